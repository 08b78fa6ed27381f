"""What is said of customers: stored in batches, each under one lock."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock, new_id
from services.kit.db.database import Database, reaching
from services.kit.errors import Failure, Invalid
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.profile.customers import storage
from services.profile.customers.domain.identifiers import NormalIdentifier
from services.profile.customers.domain.items import CheckedItem, CustomerItem, check_item
from services.profile.customers.domain.kinds import Kinds
from services.profile.customers.domain.merging import Merging, shared_of
from services.profile.customers.domain.persons import Alias, Persons
from services.profile.customers.domain.upserts import Upserts
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.storage import Name, NewAlias, SealedAttribute
from services.profile.summaries.storage import keep_summaries

BEYOND_NUMBERS: Final = storage.LARGEST_NUMBER + 1
"""From here on are numbers of aliases that a dry run makes up."""


@dataclass(frozen=True, slots=True)
class UpsertedCustomers:
    """An outcome for each item, whose id is its person's number; `conflicts`: refused links that wait."""

    outcomes: tuple[ItemOutcome, ...]
    conflicts: int


async def load_merging(
    session: AsyncSession, aliases: Collection[Alias], kinds: Kinds, subject: str, at: datetime
) -> Merging:
    """Whole persons of some aliases and what speaks against joining them; the transaction holds the lock."""
    if not aliases:
        return Merging(Persons((), kinds.unique), (), {}, subject, at, new_id)
    numbers = [alias.number for alias in aliases]
    members = await storage.find_members(session, {alias.person for alias in aliases})
    apart = await storage.find_apart(session, (member.number for member in members))
    live = {link.pair for link in await storage.find_links(session, numbers)}
    conflicts = await storage.find_conflicts(session, numbers)
    persons = Persons(members, kinds.unique, apart)
    for conflict in conflicts:
        if conflict.kind and conflict.settled is None:
            persons.claim(conflict.pair, conflict.kind)
    shared = shared_of(conflicts, persons.kinds)
    by_pair = {conflict.pair: conflict for conflict in conflicts}
    return Merging(persons, live, by_pair, subject, at, new_id, shared=shared)


async def put_merging(session: AsyncSession, merging: Merging) -> set[int]:
    """Store links, conflicts and what moved; new aliases are stored before. Persons who changed, or are no more."""
    moves = list(merging.persons.moves())
    await storage.move_aliases(session, moves, merging.at)
    await storage.add_links(session, list(merging.made.values()))
    await storage.add_conflicts(session, list(merging.refused.values()))
    return {person for move in moves for person in (move.was, move.is_now)}


class CustomerWriter:
    """`country`: of phone numbers without a prefix (ISO 3166), or "". Unavailable without PostgreSQL."""

    def __init__(self, database: Database, sealed: SealedNames, country: str, clock: Clock) -> None:
        self.database = database
        self.sealed = sealed
        self.country = country
        self.clock = clock

    async def upsert(
        self, who: Viewer, items: Sequence[CustomerItem], *, dry_run: bool = False
    ) -> UpsertedCustomers:
        """Store items in one transaction; a dry run says what would become of them, and stores and locks nothing."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                kinds = await storage.find_kinds(session)
                now = self.clock()
                checked, refused = self._check(items, kinds, now)
                names = self._names(checked.values())
                if not dry_run:
                    await storage.lock_customers(session)
                    now = self.clock()
                batch = _Batch(session, self.sealed, names, now)
                await batch.load(who, kinds, list(checked.values()), dry_run=dry_run)
                changed, full = batch.take(checked)
                if not dry_run:
                    await batch.store()
        refused |= full
        outcomes = (
            ItemOutcome(refusal=refused[position])
            if position in refused
            else ItemOutcome(batch.person_of(checked[position]), position in changed)
            for position in range(len(items))
        )
        return UpsertedCustomers(tuple(outcomes), len(batch.merging.waiting))

    def _check(
        self, items: Sequence[CustomerItem], kinds: Kinds, now: datetime
    ) -> tuple[dict[int, CheckedItem], dict[int, Failure]]:
        """Items in which all is well, and why others are refused, by position."""
        checked: dict[int, CheckedItem] = {}
        refused: dict[int, Failure] = {}
        for position, item in enumerate(items):
            try:
                checked[position] = check_item(item, kinds, self.country, now)
            except Invalid as failure:
                refused[position] = failure
        return checked, refused

    def _names(self, items: Iterable[CheckedItem]) -> dict[NormalIdentifier, Name]:
        named = dict.fromkeys(each for item in items for each in item.identifiers)
        return {each: Name(each.kind.number, self.sealed.ref(each)) for each in named}


class _Batch:
    """Items of one transaction between what is read and what is stored."""

    def __init__(
        self,
        session: AsyncSession,
        sealed: SealedNames,
        names: Mapping[NormalIdentifier, Name],
        now: datetime,
    ) -> None:
        self.session = session
        self.sealed = sealed
        self.names = names
        self.now = now
        self.numbers: dict[NormalIdentifier, int] = {}
        self.new: dict[int, NormalIdentifier] = {}
        self.erased: set[Name] = set()
        self.merging: Merging
        self.upserts: Upserts

    async def load(
        self, who: Viewer, kinds: Kinds, items: Sequence[CheckedItem], *, dry_run: bool
    ) -> None:
        """Find what is known of the items, and give numbers to what is not."""
        known = await storage.find_refs(self.session, self.names.values())
        unknown = [each for each, name in self.names.items() if name not in known]
        if unknown:
            names = [self.names[each] for each in unknown]
            self.erased = await storage.find_erased(self.session, names)
        numbers: Iterable[int] = count(BEYOND_NUMBERS)
        if not dry_run:
            numbers = await storage.new_numbers(self.session, len(unknown))
        self.new = dict(zip(numbers, unknown, strict=False))
        self.numbers = {
            each: known[name].number for each, name in self.names.items() if name in known
        }
        self.numbers |= {each: number for number, each in self.new.items()}
        aliases = list(known.values())
        self.merging = await load_merging(self.session, aliases, kinds, who.subject, self.now)
        for number, each in self.new.items():
            self.merging.persons.add(number, each.kind.number)
        seen = {alias.number: alias.first_seen for alias in aliases}
        seen |= dict.fromkeys(self.new, self.now)
        self.upserts = Upserts(self.merging, set(self.new), seen, await self._attributes(items))

    async def _attributes(self, items: Iterable[CheckedItem]) -> dict[int, dict[str, str]]:
        """What attributes those aliases have that may get some, or whose person may lose some."""
        persons = self.merging.persons
        known: dict[int, dict[str, str]] = defaultdict(dict)
        stored: set[int] = set()
        for item in items:
            number = self.numbers[item.identifiers[0]]
            if item.attributes and number not in self.new:
                stored.add(number)
                if not all(value for _, value in item.attributes):
                    stored.update(persons.members[persons.person_of[number]])
        if stored:
            for alias, key, sealed, *_ in await storage.find_attributes(self.session, stored):
                known[alias][key] = self.sealed.open_attribute(alias, key, sealed)
        return known

    def take(self, checked: Mapping[int, CheckedItem]) -> tuple[set[int], dict[int, Failure]]:
        """Positions of items that say something new, and why others are refused."""
        changed: set[int] = set()
        refused: dict[int, Failure] = {}
        for position, item in checked.items():
            try:
                self._check_erased(item)
                if self.upserts.take(item, [self.numbers[each] for each in item.identifiers]):
                    changed.add(position)
            except Invalid as failure:
                refused[position] = failure
        return changed, refused

    def _check_erased(self, item: CheckedItem) -> None:
        """Invalid (ERASED) where one of the identifiers was erased: nothing of the item is stored then."""
        for position, each in enumerate(item.identifiers):
            if self.names[each] in self.erased:
                raise Invalid(
                    "a customer with this identifier was erased: a privacy officer may allow it again",
                    reason="ERASED",
                    field=["identifiers", str(position), "value"],
                )

    async def store(self) -> None:
        """Store all that is new; aliases that only refused items name are not."""
        upserts, persons = self.upserts, self.merging.persons
        for number in upserts.unstored:
            persons.forget(number)
        aliases = [
            NewAlias(
                number,
                name,
                self.sealed.seal_identifier(name.ref, each.value),
                upserts.seen[number],
            )
            for number, each in self.new.items()
            if number not in upserts.unstored and (name := self.names[each])
        ]
        earlier = {n: at for n, at in upserts.earlier.items() if n not in self.new}
        said = [
            SealedAttribute(
                alias,
                key,
                self.sealed.seal_attribute(alias, key, value),
                source,
                self.sealed.word(value),
            )
            for (alias, key), (value, source) in upserts.said.items()
        ]
        await storage.add_aliases(self.session, aliases, persons.person_of)
        changed = await put_merging(self.session, self.merging)
        await storage.see_earlier(self.session, earlier)
        await storage.put_attributes(self.session, said, self.now)
        spoken_of = (*earlier, *(attribute.alias for attribute in said))
        changed.update(persons.person_of[number] for number in spoken_of)
        await keep_summaries(self.session, changed)

    def person_of(self, item: CheckedItem) -> str:
        """The number of an item's person, once all items were taken."""
        return str(self.merging.persons.person_of[self.numbers[item.identifiers[0]]])
