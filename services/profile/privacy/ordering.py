"""An order is carried out: written into the journal, its identifiers blocked, erased here, told to all others."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.rights.audit.entries import Actor
from services.kit.sealing.receipts import ErasureReceipt, sign_receipt
from services.profile.customers.storage import Name
from services.profile.privacy import storage
from services.profile.privacy.announcing import ErasureEvents
from services.profile.privacy.counting import SERVICE
from services.profile.privacy.domain import Erasure
from services.profile.privacy.journal import EntryKind, Journal, JournalEntry

RUNNER_LOCK: Final = 0x65727231
"""Held by the replica that lets requests go on."""
ITSELF: Final = Actor("service:profile")


class ErasureOrders:
    """`key`: of the digests of receipts. The transaction holds the lock of customers."""

    def __init__(self, events: ErasureEvents, journal: Journal, key: bytes, clock: Clock) -> None:
        self.events = events
        self.journal = journal
        self.key = key
        self.clock = clock

    async def order(self, session: AsyncSession, erasure: Erasure, names: Sequence[Name]) -> None:
        """Write the order into the journal, then carry it out; who is cut in between does it again, by that line."""
        now = self.clock()
        entry = JournalEntry(
            EntryKind.ORDERED, erasure.id, now, erasure.revision, names, erasure.responses
        )
        written = self.journal.append_order(entry)
        if written.revision != erasure.revision:
            await storage.reach_revision(session, written.revision)
            erasure = replace(erasure, revision=written.revision)
        await storage.put_erasure(session, erasure)
        await self.carry_out(session, erasure, names)

    async def carry_out(
        self, session: AsyncSession, erasure: Erasure, names: Sequence[Name]
    ) -> None:
        """Block these identifiers, order everybody to erase, and erase what profile knows, with a receipt."""
        await storage.block(session, names, erasure.id, erasure.revision)
        await self.events.ordered(session, erasure)
        tables = await storage.erase_tables(session, erasure.numbers)
        number, previous = await storage.lock_chain(session)
        receipt = ErasureReceipt(erasure.id, SERVICE, self.clock(), tables, previous)
        await storage.add_receipt(session, sign_receipt(self.key, receipt), number=number + 1)
