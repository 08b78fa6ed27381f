"""Under which alias a fact is stored: one that is known, or that becomes one now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.kit.db.database import Database, reaching
from services.kit.errors import Failure, Invalid
from services.kit.groups.group_commit import GroupCommit
from services.kit.rights.access import Viewer
from services.profile.customers.domain.identifiers import Identifier, NormalIdentifier, normalised
from services.profile.customers.domain.items import CustomerItem
from services.profile.customers.domain.kinds import Kinds
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.storage import Name, find_kinds
from services.profile.customers.upserting import CustomerWriter
from services.profile.facts import storage
from services.profile.facts.domain import NOBODY

MOST_AT_ONCE: Final = 1_000
NOT_YET: Final = -1
"""Of a dry run: it would become an alias."""


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """Who is named in a fact, None: nobody, and when that was. Personal data."""

    identifier: Identifier | None
    at: datetime


class AliasFinder:
    """Look-ups of callers that wait are made together. Unavailable without PostgreSQL."""

    def __init__(self, database: Database, sealed: SealedNames, writer: CustomerWriter) -> None:
        self.database = database
        self.sealed = sealed
        self.writer = writer
        self.kinds = Kinds()
        self.questions = GroupCommit(self._find, largest=MOST_AT_ONCE)

    async def find(
        self, who: Viewer, named: Sequence[Named], *, dry_run: bool = False
    ) -> list[int | Failure]:
        """The number of each alias, NOBODY where none is named, or why it is refused.

        Unknown ones become aliases, first seen when the earliest of their facts was; one that was erased is refused
        (ERASED). A dry run makes none: NOT_YET.
        """
        with reaching("customers"):
            await self._know_kinds(named)
            names = [self._normal(each.identifier) for each in named]
            wanted = {each for each in names if isinstance(each, NormalIdentifier)}
            known = await self._look_up(wanted)
            refused: Mapping[NormalIdentifier, Failure] = {}
            if unknown := wanted - known.keys():
                seen = _first_seen(names, named, unknown)
                refused = await self._make(who, seen, dry_run=dry_run)
                known |= await self._look_up(unknown - refused.keys())
        return [
            refused.get(each) or known.get(each, NOT_YET)
            if isinstance(each, NormalIdentifier)
            else each
            for each in names
        ]

    async def _know_kinds(self, named: Sequence[Named]) -> None:
        """Own kinds are made now and then, and never go."""
        keys = {each.identifier.kind for each in named if each.identifier is not None}
        if any(self.kinds.find(key) is None for key in keys):
            async with self.database.write() as session:
                self.kinds = await find_kinds(session)

    def _normal(self, sent: Identifier | None) -> NormalIdentifier | Failure | int:
        if sent is None:
            return NOBODY
        try:
            return normalised(sent, self.kinds, self.writer.country)
        except Invalid as failure:
            path = ("customer", *failure.field)
            return Invalid(failure.message, reason=failure.reason, field=path)

    async def _look_up(self, wanted: Collection[NormalIdentifier]) -> dict[NormalIdentifier, int]:
        if not wanted:
            return {}
        asked = list(wanted)
        names = [Name(each.kind.number, self.sealed.ref(each)) for each in asked]
        found = await self.questions.submit(names)
        return {each: number for each, number in zip(asked, found, strict=True) if number}

    async def _find(self, names: Sequence[Name]) -> Sequence[int | None]:
        known = await storage.find_aliases(self.database.pool, names)
        return [known.get(name) for name in names]

    async def _make(
        self, who: Viewer, seen: Mapping[NormalIdentifier, datetime], *, dry_run: bool
    ) -> dict[NormalIdentifier, Failure]:
        """Let identifiers become aliases; why some are refused."""
        items = [
            CustomerItem((Identifier(each.kind.key, each.value),), first_seen=at)
            for each, at in seen.items()
        ]
        upserted = await self.writer.upsert(who, items, dry_run=dry_run)
        return {
            each: type(refusal)(refusal.message, reason=refusal.reason, field=["customer"])
            for each, outcome in zip(seen, upserted.outcomes, strict=True)
            if (refusal := outcome.refusal) is not None
        }


def _first_seen(
    names: Sequence[NormalIdentifier | Failure | int],
    named: Sequence[Named],
    unknown: Collection[NormalIdentifier],
) -> dict[NormalIdentifier, datetime]:
    seen: dict[NormalIdentifier, datetime] = {}
    for name, each in zip(names, named, strict=True):
        if isinstance(name, NormalIdentifier) and name in unknown:
            seen[name] = min(each.at, seen.get(name, each.at))
    return seen
