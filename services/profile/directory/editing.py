"""Changing the directory: each change is stored, numbered and announced in one transaction."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.events.outbox import Outbox
from services.kit.events.streams import DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Department, Touchpoint, Tree
from services.profile.directory import convert, storage
from services.profile.directory.auditing import department_entries, touchpoint_entries
from services.profile.directory.domain.charts import upsert_chart
from services.profile.directory.domain.closing import Closed, ClosingOrder
from services.profile.directory.domain.departments import DepartmentItem
from services.profile.directory.domain.moves import move_department
from services.profile.directory.domain.touchpoints import TouchpointItem, upsert_touchpoints
from services.profile.directory.tree_cache import TreeCache


class DirectoryEditor:
    """Writers wait for one another; Unavailable without PostgreSQL."""

    def __init__(self, database: Database, outbox: Outbox, cache: TreeCache) -> None:
        self.database = database
        self.outbox = outbox
        self.cache = cache

    async def upsert_departments(
        self, who: Viewer, items: Sequence[DepartmentItem]
    ) -> Sequence[ItemOutcome]:
        """Rights are asked for each item: on the department, where it exists, and on its parent."""
        async with self._writing() as (session, tree):
            change = upsert_chart(tree, items, who, new_id)
            await self._keep(session, tree, who, change.departments, change.touchpoints)
        return change.outcomes

    async def close_department(self, who: Viewer, order: ClosingOrder) -> Closed | None:
        """What it changes, as it is stored now; None where it was so before. A dry run stores nothing."""
        async with self._writing() as (session, tree):
            change = order.carry_out(tree, who)
            if change is None or order.is_dry_run:
                return change
            stored = await self._keep(session, tree, who, change.departments, change.touchpoints)
        return replace(change, department=stored[0])

    async def _keep(
        self,
        session: AsyncSession,
        tree: Tree,
        who: Viewer,
        departments: Sequence[Department],
        touchpoints: Sequence[Touchpoint],
    ) -> list[Department]:
        """Write down, store and announce."""
        await write_entries(session, [*department_entries(tree, who, departments)])
        await write_entries(session, [*touchpoint_entries(tree, who, touchpoints)])
        stored = await self._store_departments(session, departments)
        await self._store_touchpoints(session, touchpoints)
        return stored

    async def upsert_touchpoints(
        self, who: Viewer, items: Sequence[TouchpointItem]
    ) -> Sequence[ItemOutcome]:
        """Rights are asked for each item: on the owner, and on the owner it takes the touchpoint from."""
        async with self._writing() as (session, tree):
            upserted = upsert_touchpoints(tree, items, who, new_id)
            await self._keep(session, tree, who, [], upserted.changed)
        return upserted.outcomes

    async def move_department(
        self, who: Viewer, key: str, parent: str, from_day: int
    ) -> Department:
        """The department as it is stored now; a repeated move changes nothing and announces nothing."""
        async with self._writing() as (session, tree):
            moved = move_department(tree, key, parent, from_day, who)
            if moved is None:
                return tree.departments[str(tree.id_of(key))]
            [stored] = await self._keep(session, tree, who, [moved], [])
        return stored

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[tuple[AsyncSession, Tree]]:
        """A transaction that alone changes the directory, and the tree at its start."""
        with reaching("the directory"):
            async with self.database.write.begin() as session:
                yield session, (await self.cache.locked(session)).tree

    async def _store_departments(
        self, session: AsyncSession, changed: Sequence[Department]
    ) -> list[Department]:
        """Store and announce new states under the next version of the directory; nothing if there are none."""
        if not changed:
            return []
        version = await storage.next_version(session)
        stored = [replace(state, revision=version) for state in changed]
        await storage.put_departments(session, stored)
        facts = map(convert.department_changed, stored)
        await self.outbox.announce(session, DEPARTMENT_CHANGED, *facts)
        return stored

    async def _store_touchpoints(
        self, session: AsyncSession, changed: Sequence[Touchpoint]
    ) -> None:
        """As _store_departments."""
        if not changed:
            return
        version = await storage.next_version(session)
        stored = [replace(state, revision=version) for state in changed]
        await storage.put_touchpoints(session, stored)
        facts = map(convert.touchpoint_changed, stored)
        await self.outbox.announce(session, TOUCHPOINT_CHANGED, *facts)
