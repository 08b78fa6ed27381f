"""What customers said, stored in batches."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.errors import Failure, Invalid, NotFound
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.profile.consents import storage
from services.profile.consents.domain.statements import (
    CheckedConsent,
    ConsentItem,
    check_consent,
    no_wording,
)
from services.profile.consents.storage import ConsentKey
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.reading import no_customer
from services.profile.customers.storage import find_numbers
from services.profile.facts.identifying import NOT_YET, AliasFinder, Named


class ConsentRecorder:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, finder: AliasFinder, clock: Clock) -> None:
        self.database = database
        self.finder = finder
        self.clock = clock

    async def record(
        self,
        who: Viewer,
        items: Sequence[ConsentItem],
        *,
        may_number: bool = True,
        dry_run: bool = False,
    ) -> tuple[ItemOutcome, ...]:
        """Store statements; a dry run says what would become of them. Who may not name numbers finds nobody by one."""
        batch = _Batch(items)
        batch.check(self.clock(), may_number=may_number)
        with reaching("consents"):
            async with self.database.write() as session:
                batch.refuse(await _without_words(session, batch.checked))
            await self._identify(who, batch, dry_run=dry_run)
            async with self.database.write.begin() as session:
                await batch.find_numbers(session)
                said = batch.said()
                if dry_run:
                    stored = {key for key in said if key.alias > 0}
                    added = said.keys() - await storage.find_stored(session, stored)
                else:
                    words = {c.digest: c.wording for c in said.values() if c.digest and c.wording}
                    await storage.put_wordings(session, words, self.clock())
                    added = await storage.add_consents(session, said, who.subject, self.clock())
                    await batch.find_erased(session)
        return batch.outcomes(added)

    async def _identify(self, who: Viewer, batch: "_Batch", *, dry_run: bool) -> None:
        named = {p: each for p, each in batch.named().items() if isinstance(each, Identifier)}
        asked = [Named(each, batch.items[p].at) for p, each in named.items()]
        found = await self.finder.find(who, asked, dry_run=dry_run)
        for position, alias in zip(named, found, strict=True):
            if isinstance(alias, Failure):
                batch.refuse({position: _of_identifier(alias)})
            else:
                batch.numbers[position] = (
                    batch.made_up(named[position]) if alias == NOT_YET else alias
                )


class _Batch:
    """Statements of one call between what is sent and what is stored, by their position."""

    def __init__(self, items: Sequence[ConsentItem]) -> None:
        self.items = items
        self.checked: dict[int, CheckedConsent] = {}
        self.refused: dict[int, Failure] = {}
        self.numbers: dict[int, int] = {}
        self._made_up: dict[Identifier, int] = {}

    def check(self, now: datetime, *, may_number: bool) -> None:
        for position, item in enumerate(self.items):
            try:
                if isinstance(item.customer, int) and not may_number:
                    raise no_customer("number")
                self.checked[position] = check_consent(item, now)
            except (Invalid, NotFound) as failure:
                self.refused[position] = failure

    def refuse(self, refused: Mapping[int, Failure]) -> None:
        self.refused |= refused

    def made_up(self, identifier: Identifier) -> int:
        """A number for an alias that a dry run does not make: no other one has it."""
        return self._made_up.setdefault(identifier, -1 - len(self._made_up))

    def named(self) -> dict[int, Identifier | int]:
        """Who is named in statements in which all is well."""
        return {p: self.items[p].customer for p in self.checked if p not in self.refused}

    async def find_numbers(self, session: AsyncSession) -> None:
        """Those of customers who are named by a number."""
        named = {p: each for p, each in self.named().items() if isinstance(each, int)}
        known = await find_numbers(session, set(named.values()))
        for position, number in named.items():
            if number in known:
                self.numbers[position] = number
            else:
                self.refused[position] = no_customer("number")

    def said(self) -> dict[ConsentKey, CheckedConsent]:
        """What is to be stored; of equal statements the first counts."""
        return {self._key(position): self.checked[position] for position in reversed(self.numbers)}

    async def find_erased(self, session: AsyncSession) -> None:
        """Refuse what was said of who was erased since the alias was found."""
        there = await find_numbers(session, set(self.numbers.values()))
        for position, number in self.numbers.items():
            if number not in there:
                message = "this customer was erased meanwhile"
                self.refused[position] = Invalid(message, reason="ERASED", field=["identifier"])

    def outcomes(self, added: set[ConsentKey]) -> tuple[ItemOutcome, ...]:
        """In the order of the items; of several equal statements the first was stored."""
        left, outcomes = set(added), []
        for position in range(len(self.items)):
            if position in self.refused:
                outcomes.append(ItemOutcome(refusal=self.refused[position]))
                continue
            key = self._key(position)
            outcomes.append(ItemOutcome(is_changed=key in left))
            left.discard(key)
        return tuple(outcomes)

    def _key(self, position: int) -> ConsentKey:
        said = self.checked[position]
        return ConsentKey(self.numbers[position], said.purpose, said.at, said.mark)


def _of_identifier(failure: Failure) -> Failure:
    return type(failure)(
        failure.message, reason=failure.reason, field=["identifier", *failure.field[1:]]
    )


async def _without_words(
    session: AsyncSession, checked: Mapping[int, CheckedConsent]
) -> dict[int, Failure]:
    """Statements that name words by a hash which nobody has sent yet."""
    asked = {said.digest for said in checked.values() if said.digest and not said.wording}
    unknown = asked - await storage.find_wordings(session, asked)
    message = "no words with this hash are known: send the words once"
    return {
        position: no_wording(message)
        for position, said in checked.items()
        if said.digest in unknown and not said.wording
    }
