"""What a request would erase, as it is now."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.sealing.receipts import ErasureReceipt
from services.profile.customers.domain.kinds import CUSTOMER
from services.profile.customers.storage import SealedAlias, find_numbers, find_sealed
from services.profile.privacy import storage
from services.profile.privacy.announcing import ErasureEvents
from services.profile.privacy.domain import Erasure, ErasureState

SERVICE: Final = "profile"


async def find_aliases(session: AsyncSession, number: int) -> tuple[int, list[SealedAlias]]:
    """The number of the person of an alias, and its aliases; none where another request erased it meanwhile."""
    found = (await find_numbers(session, [number])).get(number)
    if found is None:
        return number, []
    return found.person, await find_sealed(session, found.person)


async def count_anew(
    session: AsyncSession, events: ErasureEvents, erasure: Erasure, now: datetime
) -> Erasure:
    """Count our own tables, and ask the others; it is undecided then. The transaction holds the lock of customers."""
    person, sealed = await find_aliases(session, erasure.alias)
    numbers = [alias.number for alias in sealed]
    erasure = replace(
        erasure,
        state=ErasureState.REQUESTED,
        person=person,
        numbers=tuple(numbers),
        refs=tuple(alias.ref for alias in sealed if alias.kind == CUSTOMER.number),
        formerly=await storage.find_formerly(session, numbers),
        round=erasure.round + 1,
        announced_at=now,
        decided_by="",
        decided_at=None,
        sealed_decision=None,
        is_sole=False,
    )
    await storage.put_erasure(session, erasure)
    await storage.remove_counts(session, erasure.id)
    tables = await storage.count_tables(session, numbers)
    await storage.add_receipt(session, ErasureReceipt(erasure.id, SERVICE, now, tables))
    await events.asked(session, erasure)
    return erasure
