"""Interactions are stored: what waits goes into one statement, the same again is stored once."""

from collections.abc import Collection, Sequence
from enum import Enum, auto
from typing import Final

from services.kit.db.database import Database, reaching
from services.kit.errors import Failure, Invalid
from services.kit.groups.group_commit import GroupCommit
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.profile.facts.attributing import FactAttributor, FactPlace
from services.profile.facts.domain import Attribution
from services.profile.facts.identifying import AliasFinder, Named
from services.profile.facts.month_making import MonthMaker
from services.profile.facts.storage import find_gone
from services.profile.interactions import storage
from services.profile.interactions.domain.items import (
    MOST_ITEMS,
    CheckedInteraction,
    InteractionItem,
    check_interaction,
)
from services.profile.interactions.known_kinds import KnownKinds
from services.profile.interactions.storage import InteractionKey, NewInteraction

ERASED: Final = Invalid(
    "a customer with this identifier was erased: a privacy officer may allow it again",
    reason="ERASED",
    field=["customer"],
)


class Fate(Enum):
    """What became of an interaction that was to be stored."""

    STORED = auto()
    AGAIN = auto()
    ERASED = auto()


class InteractionRecorder:
    """Unavailable without PostgreSQL."""

    def __init__(
        self,
        database: Database,
        kinds: KnownKinds,
        attributor: FactAttributor,
        finder: AliasFinder,
        months: MonthMaker,
    ) -> None:
        self.database = database
        self.kinds = kinds
        self.attributor = attributor
        self.finder = finder
        self.months = months
        self.groups = GroupCommit(self._commit, largest=MOST_ITEMS)

    async def record(
        self, who: Viewer, items: Sequence[InteractionItem], *, dry_run: bool = False
    ) -> list[ItemOutcome]:
        """An outcome for each item, whose id is the number of its alias; a dry run stores nothing."""
        with reaching("interactions"):
            outcomes: dict[int, ItemOutcome] = {}
            checked = await self._check(items, outcomes)
            places = await self._places(who, items, checked.keys(), outcomes)
            aliases = await self._aliases(who, items, places.keys(), outcomes, dry_run=dry_run)
            found = [places[position] for position in aliases]
            numbered = await self.attributor.number(found, dry_run=dry_run)
            rows = {
                position: self._row(items[position], checked[position], place, alias)
                for (position, alias), place in zip(aliases.items(), numbered, strict=True)
            }
            fates: Sequence[Fate] = ()
            if dry_run:
                fates = await self._judge(list(rows.values()))
            elif rows:
                fates = await self.groups.submit(list(rows.values()))
        for (position, row), fate in zip(rows.items(), fates, strict=True):
            outcomes[position] = _outcome(row, fate)
        return [outcomes[position] for position in range(len(items))]

    async def _check(
        self, items: Sequence[InteractionItem], outcomes: dict[int, ItemOutcome]
    ) -> dict[int, CheckedInteraction]:
        kinds = await self.kinds.having((item.kind, item.details) for item in items)
        checked: dict[int, CheckedInteraction] = {}
        for position, item in enumerate(items):
            try:
                self.months.check(item.place.at)
                checked[position] = check_interaction(item, kinds)
            except Invalid as failure:
                outcomes[position] = ItemOutcome(refusal=failure)
        return checked

    async def _places(
        self,
        who: Viewer,
        items: Sequence[InteractionItem],
        positions: Collection[int],
        outcomes: dict[int, ItemOutcome],
    ) -> dict[int, Attribution]:
        found = await self.attributor.attribute(who, [items[each].place for each in positions])
        places: dict[int, Attribution] = {}
        for position, place in zip(positions, found, strict=True):
            if isinstance(place, Failure):
                outcomes[position] = ItemOutcome(refusal=place)
            else:
                places[position] = place
        return places

    async def _aliases(
        self,
        who: Viewer,
        items: Sequence[InteractionItem],
        positions: Collection[int],
        outcomes: dict[int, ItemOutcome],
        *,
        dry_run: bool,
    ) -> dict[int, int]:
        named = [Named(items[each].customer, items[each].place.at) for each in positions]
        found = await self.finder.find(who, named, dry_run=dry_run)
        aliases: dict[int, int] = {}
        for position, alias in zip(positions, found, strict=True):
            if isinstance(alias, Failure):
                outcomes[position] = ItemOutcome(refusal=alias)
            else:
                aliases[position] = alias
        return aliases

    def _row(
        self, item: InteractionItem, checked: CheckedInteraction, place: FactPlace, alias: int
    ) -> NewInteraction:
        at, kind = item.place.at, checked.kind.number
        details = None if self.months.is_bare(at) else dict(checked.details) or None
        key = InteractionKey(alias, at, checked.mark)
        return NewInteraction(key, place.department, place.dimensions, kind, details)

    async def _judge(self, rows: Sequence[NewInteraction]) -> list[Fate]:
        """What would become of them: of several that are the same the first is new."""
        known = await storage.find_stored(self.database.pool, [row.key for row in rows])
        fates: list[Fate] = []
        for row in rows:
            fates.append(Fate.AGAIN if row.key in known else Fate.STORED)
            known.add(row.key)
        return fates

    async def _commit(self, rows: Sequence[NewInteraction]) -> Sequence[Fate]:
        """One statement; an alias may have been erased since it was looked up."""
        await self.months.make(row.key.at for row in rows)
        async with self.database.pool.acquire() as connection:
            stored = await storage.add_interactions(connection, rows)
            missing = {row.key.alias for row in rows if row.key not in stored}
            gone = await find_gone(connection, sorted(missing)) if missing else set()
        return _fates(rows, stored, gone)


def _fates(
    rows: Sequence[NewInteraction], stored: set[InteractionKey], gone: set[int]
) -> list[Fate]:
    fates: list[Fate] = []
    for row in rows:
        if row.key in stored:
            stored.discard(row.key)
            fates.append(Fate.STORED)
        else:
            fates.append(Fate.ERASED if row.key.alias in gone else Fate.AGAIN)
    return fates


def _outcome(row: NewInteraction, fate: Fate) -> ItemOutcome:
    if fate is Fate.ERASED:
        return ItemOutcome(refusal=ERASED)
    return ItemOutcome(str(max(row.key.alias, 0)), fate is Fate.STORED)
