"""What happens to a request by itself: it is ordered, carried out here, announced again, ended."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.db.database import TROUBLE_OF_SESSIONS, Database, reaching
from services.kit.errors import Failure
from services.kit.numbers import metering
from services.kit.rights.audit.entries import AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries
from services.profile.customers import storage as customer_storage
from services.profile.customers.domain.kinds import CUSTOMER
from services.profile.privacy import storage
from services.profile.privacy.counting import count_anew, find_subject
from services.profile.privacy.domain import NOTICE, SERVICES, Erasure, ErasureState
from services.profile.privacy.ordering import ITSELF, RUNNER_LOCK, ErasureOrders
from services.profile.privacy.reapplying import ErasureReapplier

LOOK_SECONDS: Final = 1.0
AGAIN_AFTER: Final = timedelta(minutes=1)
"""What nobody answered is announced again after so long: the broker may have lost it."""
LATER: Final[tuple[type[Exception], ...]] = (Failure, *TROUBLE_OF_SESSIONS)
"""What passes: the same is tried at the next look."""

log = structlog.get_logger()
_DUE = metering.gauge(
    "cxm.erasures.due",
    unit="{erasure}",
    meaning="Requests to erase that are not ended and are due within 10 days, or were.",
)


class ErasureRunner:
    """Several replicas may look; one at a time acts."""

    def __init__(
        self, database: Database, orders: ErasureOrders, reapplier: ErasureReapplier, clock: Clock
    ) -> None:
        self.database = database
        self.orders = orders
        self.events = orders.events
        self.reapplier = reapplier
        self.clock = clock

    async def run(self) -> None:
        """Look every second, until cancelled."""
        while True:
            try:
                await self._alone()
            except LATER as error:
                log.warning("erasures are looked at later", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Take every request as far as it goes now; each step is a transaction, and may be repeated."""
        with reaching("erasures"):
            async with self.database.write() as session:
                waiting = await storage.find_to_do(session)
            for erasure in waiting:
                await self._go_on(UUID(erasure.id))

    async def show_due(self) -> None:
        """Show how many requests have to be answered soon."""
        with reaching("erasures"):
            async with self.database.write() as session:
                _DUE.set(await storage.count_due(session, self.clock() + NOTICE))

    async def announce_open(self, session: AsyncSession) -> None:
        """Announce anew whatever the broker may have lost."""
        for erasure in await storage.find_to_do(session):
            await self._announce(session, erasure)
        for ref, revision in await storage.list_allowed(session, CUSTOMER.number):
            await self.events.lifted(session, revision, [ref])

    async def _alone(self) -> None:
        pool = self.database.pool
        connection = await try_lock(pool, RUNNER_LOCK)
        if connection is None:
            return
        try:
            if self.reapplier.journal.is_to_be_reapplied:
                await self.reapplier.reapply()
            await self.look()
        finally:
            await unlock(pool, RUNNER_LOCK, connection)

    async def _go_on(self, id_: UUID) -> None:
        for step in (self._carry_out, self._end, self._remind):
            async with self.database.write.begin() as session:
                await customer_storage.lock_customers(session)
                erasure = await storage.find_erasure(session, id_, lock=True)
                assert erasure is not None
                await step(session, erasure)

    async def _carry_out(self, session: AsyncSession, erasure: Erasure) -> None:
        """Order the erasure and erase what is ours, in one transaction: nobody joins the person in between.

        A person who is known by other aliases than were counted is counted anew: that was not approved.
        """
        if erasure.state is not ErasureState.APPROVED:
            return
        subject = await find_subject(session, erasure)
        if set(subject.numbers) != set(erasure.numbers):
            log.info("another person than was counted: counted anew", erasure=erasure.id)
            self.orders.journal.void(erasure.id, self.clock())
            await count_anew(session, self.events, erasure, self.clock())
            return
        erasure = replace(
            erasure,
            state=ErasureState.RUNNING,
            person=subject.person,
            refs=subject.refs,
            formerly=await storage.find_formerly(session, subject.numbers),
            revision=await storage.next_revision(session),
            announced_at=self.clock(),
        )
        await self.orders.order(session, erasure, subject.names)

    async def _end(self, session: AsyncSession, erasure: Erasure) -> None:
        """All receipts are there, and the same walk finds nothing: what was said of the request goes too."""
        if erasure.state is not ErasureState.RUNNING:
            return
        if set(SERVICES) - await self._reported(session, erasure):
            return
        left = await storage.count_tables(session, erasure.numbers)
        if tables := [table.table for table in left if table.erased or table.blanked]:
            log.error("found after it was erased", erasure=erasure.id, tables=tables)
            return
        ended = replace(
            erasure,
            state=ErasureState.DONE,
            numbers=(),
            formerly=(),
            asked_refs=(),
            responses=(),
            sealed_reason=None,
            sealed_decision=None,
            done_at=self.clock(),
        )
        await storage.put_erasure(session, ended)
        entry = AuditEntry(self.clock(), ITSELF, Deed.ERASURE_DONE, (erasure.id,))
        await write_entries(session, [entry])

    async def _remind(self, session: AsyncSession, erasure: Erasure) -> None:
        """Ask again where nobody answered for long."""
        if self.clock() - erasure.announced_at < AGAIN_AFTER:
            return
        if await self._announce(session, erasure):
            await storage.put_erasure(session, replace(erasure, announced_at=self.clock()))

    async def _announce(self, session: AsyncSession, erasure: Erasure) -> bool:
        """Announce a request as it stands; False where nobody's answer is due."""
        if erasure.state is ErasureState.REQUESTED:
            await self.events.asked(session, erasure)
        elif erasure.state is ErasureState.RUNNING:
            await self.events.ordered(session, erasure)
        else:
            return False
        return True

    async def _reported(self, session: AsyncSession, erasure: Erasure) -> set[str]:
        """Services whose receipts are there."""
        receipts = await storage.list_receipts(session, [erasure.id])
        return {receipt.service for receipt in receipts if receipt.digest}
