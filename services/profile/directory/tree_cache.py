"""The directory as it is in the database now, kept in memory and read again only where it changed."""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.errors import Unavailable
from services.kit.rights.tree import Department, Touchpoint, Tree
from services.profile.directory import storage
from services.profile.directory.domain.organization import Stage, zone
from services.profile.directory.domain.upserts import KeyedT


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything at one version, with departments and touchpoints also in the order of their keys; immutable."""

    version: int
    tree: Tree
    stages: Sequence[Stage]
    departments: Sequence[Department]
    touchpoints: Sequence[Touchpoint]


class TreeCache:
    """Whoever asks gets what was committed last, at the price of reading one number.

    Revisions are versions of the directory, and nothing is ever deleted; so what changed since the version in
    memory is what has a higher revision.
    """

    def __init__(self, database: Database, now: Clock) -> None:
        self.database = database
        self.now = now
        self.directory: Directory | None = None
        self.reading = asyncio.Lock()

    async def read(self) -> Directory:
        """The directory now; Unavailable if PostgreSQL does not answer."""
        with reaching("the directory"):
            version = await storage.find_version(self.database.pool)
            known = self.directory
            if known is not None and known.version == version:
                return known
            async with self.reading, self.database.read() as session:
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                return await self._refresh(session)

    async def read_tree(self) -> Tree:
        """The tree of `read`."""
        return (await self.read()).tree

    async def locked(self, session: AsyncSession) -> Directory:
        """The directory now, which nobody else can change until the session's transaction ends.

        To be read before the transaction changes anything itself: what is read is kept in memory.
        """
        await storage.lock_directory(session)
        return await self._refresh(session)

    async def _refresh(self, session: AsyncSession) -> Directory:
        """Bring the directory in memory to the version the session sees, unless it is newer already."""
        organization = await storage.find_organization(session)
        if organization is None:
            raise Unavailable("the directory is not founded yet: wait for the first start to end")
        known = self.directory
        if known is not None and known.version >= organization.version:
            return known
        since = -1 if known is None else known.version
        departments = await storage.departments_since(session, since)
        touchpoints = await storage.touchpoints_since(session, since)
        if known is None:
            tree = Tree(zone(organization.time_zone), organization.root_id, {}, {}, self.now)
            stages = await storage.list_stages(session)
            known = Directory(since, tree, stages, (), ())
        newer = _merge(known, organization.version, departments, touchpoints)
        if self.directory is None or self.directory.version < newer.version:
            self.directory = newer
        return newer


def page(ordered: Sequence[KeyedT], after: str) -> Iterable[KeyedT]:
    """What comes after a key, in the order of keys; from the start if it is empty."""
    start = bisect_right(ordered, after, key=attrgetter("key")) if after else 0
    return (ordered[place] for place in range(start, len(ordered)))


def _merge(
    known: Directory,
    version: int,
    departments: Iterable[Department],
    touchpoints: Iterable[Touchpoint],
) -> Directory:
    by_id = {**known.tree.departments, **{d.id: d for d in departments}}
    touchpoints_by_id = {**known.tree.touchpoints, **{t.id: t for t in touchpoints}}
    return replace(
        known,
        version=version,
        tree=replace(known.tree, departments=by_id, touchpoints=touchpoints_by_id),
        departments=sorted(by_id.values(), key=attrgetter("key")),
        touchpoints=sorted(touchpoints_by_id.values(), key=attrgetter("key")),
    )
