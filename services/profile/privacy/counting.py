"""What a request would erase, as it is now."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.sealing.receipts import ErasureReceipt
from services.profile.customers.domain.kinds import CUSTOMER
from services.profile.customers.storage import Name, find_numbers, find_refs, find_sealed
from services.profile.privacy import storage
from services.profile.privacy.announcing import ErasureEvents
from services.profile.privacy.domain import Erasure, ErasureState

SERVICE: Final = "profile"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a request is about now: the alias that was asked for and its person, 0 for none, and all identifiers."""

    alias: int
    person: int
    numbers: tuple[int, ...]
    names: tuple[Name, ...]

    @property
    def refs(self) -> tuple[bytes, ...]:
        """Of the customer's ids, by which others know the customer."""
        return tuple(name.ref for name in self.names if name.kind == CUSTOMER.number)


async def find_subject(session: AsyncSession, erasure: Erasure) -> Subject:
    """The aliases of the person as it is now; none where profile knows nobody, or another request erased it meanwhile.

    The customer's id that was asked for belongs to it in each form in which it may have been sent.
    """
    asked = [Name(CUSTOMER.number, ref) for ref in erasure.asked_refs]
    if erasure.alias:
        found = (await find_numbers(session, [erasure.alias])).get(erasure.alias)
    else:
        found = next(iter((await find_refs(session, asked)).values()), None)
    sealed = [] if found is None else await find_sealed(session, found.person)
    names = dict.fromkeys([*(Name(alias.kind, alias.ref) for alias in sealed), *asked])
    return Subject(
        erasure.alias if found is None else found.number,
        erasure.person if found is None else found.person,
        tuple(alias.number for alias in sealed),
        tuple(names),
    )


async def count_anew(
    session: AsyncSession, events: ErasureEvents, erasure: Erasure, now: datetime
) -> Erasure:
    """Count our own tables, and ask the others; it is undecided then. The transaction holds the lock of customers."""
    subject = await find_subject(session, erasure)
    erasure = replace(
        erasure,
        state=ErasureState.REQUESTED,
        alias=subject.alias,
        person=subject.person,
        numbers=subject.numbers,
        refs=subject.refs,
        formerly=await storage.find_formerly(session, subject.numbers),
        round=erasure.round + 1,
        announced_at=now,
        decided_by="",
        decided_at=None,
        sealed_decision=None,
        is_sole=False,
    )
    await storage.put_erasure(session, erasure)
    await storage.remove_counts(session, erasure.id)
    tables = await storage.count_tables(session, subject.numbers)
    await storage.add_receipt(session, ErasureReceipt(erasure.id, SERVICE, now, tables))
    await events.asked(session, erasure)
    return erasure
