"""The registry of definitions: every version of every metric, the same in every replica."""

import time
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime

import structlog

from services.kit.db.database import Database
from services.kit.errors import Conflict, NotFound
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries
from services.metrics.definitions import storage
from services.metrics.definitions.domain.definitions import BUILT_IN, Definition
from services.metrics.definitions.domain.drafts import MOST_OWN, next_version

LOOK_SECONDS = 1.0
UNSTORED = tuple(definition for definition in BUILT_IN if definition.reads_purchases)
"""Kept in memory: the release before reads every stored definition, and knows no statistic of these."""

log = structlog.get_logger()


class Definitions:
    """What another replica registers is seen here within a second; versions are only ever added.

    A metric is named by its key, which means its newest version, or as key@version.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.all: Sequence[Definition] = ()
        self.stored: Sequence[Definition] = ()
        self.taken: Set[str] = frozenset()
        self.newest: Mapping[str, Definition] = {}
        self.named: Mapping[str, Definition] = {}
        self.looked = 0.0

    async def open(self) -> None:
        """Write the built-in definitions that are stored, and read all; Conflict if one is stored otherwise."""
        async with self.database.write.begin() as session:
            for definition in BUILT_IN:
                if definition not in UNSTORED:
                    await storage.add_definition(session, definition)
        await self.refresh()

    async def look(self) -> None:
        """Read what is new, at most once a second."""
        if time.monotonic() - self.looked > LOOK_SECONDS:
            await self.refresh()

    async def refresh(self) -> None:
        """Read what is new."""
        async with self.database.read() as session:
            if await storage.count_definitions(session) != len(self.stored):
                self._learn(await storage.definitions(session))
        self.looked = time.monotonic()

    def _learn(self, stored: Sequence[Definition]) -> None:
        self.stored = stored
        keys_stored = {definition.key for definition in stored}
        unstored = [each for each in UNSTORED if each.key not in keys_stored]
        self._tell_taken({definition.key for definition in stored if definition.takes_built_in})
        self.all = definitions = (*stored, *unstored)
        order = {definition.key: index for index, definition in enumerate(BUILT_IN)}
        newest = {definition.key: definition for definition in definitions}
        keys = sorted(newest, key=lambda key: (order.get(key, len(order)), key))
        self.newest = {key: newest[key] for key in keys}
        self.named = {f"{d.key}@{d.version}": d for d in definitions} | self.newest

    def _tell_taken(self, taken: Set[str]) -> None:
        for key in sorted(taken - self.taken):
            log.warning(
                "a metric of your own has the key of a built-in one, which is left out", key=key
            )
        self.taken = taken

    async def find(self, name: str) -> Definition:
        """The metric of a name; NotFound, naming what there is."""
        if name not in self.named:
            await self.refresh()
        definition = self.named.get(name)
        if definition is None:
            raise self._unknown()
        return definition

    async def find_newest(self, key: str) -> Definition:
        """The newest version of a metric, by its key alone; NotFound, naming what there is."""
        if key not in self.newest:
            await self.refresh()
        if key not in self.newest:
            raise self._unknown()
        return self.newest[key]

    def _unknown(self) -> NotFound:
        known = ", ".join(self.newest)
        return NotFound(
            f"no such metric; there are: {known}", reason="UNKNOWN_METRIC", field=["metric"]
        )

    async def find_all(self, names: Iterable[str]) -> list[Definition]:
        """The metrics of these names, each once; names that no metric has are left out."""
        wanted = list(names)
        if any(name not in self.named for name in wanted):
            await self.refresh()
        definitions = [self.named[name] for name in wanted if name in self.named]
        return list({(each.key, each.version): each for each in definitions}.values())

    async def register(self, definition: Definition, actor: Actor, now: datetime) -> Definition:
        """Keep a definition as the next version of its key; the newest one where nothing changed."""
        async with self.database.write.begin() as session:
            await storage.lock_definitions(session)
            stored = {d.key: d for d in await storage.definitions(session)}
            own = sum(not each.is_built_in for each in stored.values())
            if definition.key not in stored and own >= MOST_OWN:
                raise Conflict(
                    f"there are {MOST_OWN} metrics of your own: use a new version of one of them",
                    reason="TOO_MANY_METRICS",
                    field=["key"],
                )
            before = stored.get(definition.key)
            kept = next_version(definition, before)
            await storage.add_definition(session, kept)
            if kept != before:
                keys = (kept.key, f"{kept.key}@{kept.version}")
                entry = AuditEntry(now, actor, Deed.METRIC_REGISTERED, (), keys)
                await write_entries(session, [entry])
        await self.refresh()
        return kept
