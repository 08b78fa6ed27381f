"""After a restore of an older backup: erasures that the journal has and the database lacks are done again."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.db.database import Database, reaching
from services.kit.numbers import metering
from services.kit.rights.audit.entries import AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries
from services.profile.customers import storage as customer_storage
from services.profile.customers.domain.kinds import CUSTOMER
from services.profile.customers.linking import part_persons
from services.profile.privacy import storage
from services.profile.privacy.domain import BACKUPS_HOLD, Erasure, ErasureState
from services.profile.privacy.journal import EntryKind, Journal, JournalEntry
from services.profile.privacy.ordering import ITSELF, RUNNER_LOCK, ErasureOrders

LOOK_SECONDS: Final = 1.0
CARRIED_OUT: Final = frozenset({ErasureState.RUNNING, ErasureState.DONE})
GOES_ON: Final = CARRIED_OUT | {ErasureState.APPROVED, ErasureState.REFUSED}
"""Of an order in the journal: it was carried out, is about to be, or never went out and was refused later."""

log = structlog.get_logger()
_MISSING = metering.gauge(
    "cxm.erasures.missing",
    unit="{erasure}",
    meaning="Erasures that the journal has and the database lacks: more than 0 after a restore of an older backup.",
)


class ErasureReapplier:
    """Several replicas may wait; one at a time acts. Unavailable without PostgreSQL or the journal."""

    def __init__(
        self, database: Database, orders: ErasureOrders, journal: Journal, clock: Clock
    ) -> None:
        self.database = database
        self.orders = orders
        self.journal = journal
        self.clock = clock

    async def await_agreement(self, tell: Callable[[str], None]) -> None:
        """Return once the database has all that the journal has; `tell` is called with what is waited for."""
        said = ""
        while missing := len(await self.find_missing()):
            if self.journal.is_to_be_reapplied:
                await self.reapply_alone()
                continue
            sentence = (
                f"ERASURES_MISSING: the database lacks {missing} of the erasures in the journal, as after a restore of"
                " an older backup: run `cxm privacy reapply`"
            )
            if sentence != said:
                log.error("erasures are missing", missing=missing)
            tell(said := sentence)
            await asyncio.sleep(LOOK_SECONDS)
        tell("")
        await self.complete_journal()

    async def find_missing(self) -> list[JournalEntry]:
        """Orders of the journal that the database lacks, the last of each request."""
        ordered = self.journal.orders()
        with reaching("erasures"):
            async with self.database.write() as session:
                states = await storage.find_states(session, list(ordered))
        missing = [e for e in ordered.values() if states.get(e.request) not in GOES_ON]
        _MISSING.set(len(missing))
        return missing

    async def look(self) -> None:
        """Show how many are missing."""
        await self.find_missing()

    async def complete_journal(self) -> None:
        """Write into the journal what was carried out before there was one, or while it was lost."""
        with reaching("erasures"):
            async with self.database.write.begin() as session:
                await customer_storage.lock_customers(session)
                known = self.journal.orders()
                allowed = {(e.revision, *e.names) for e in self._allowed()}
                lacking = [
                    *(o for o in await storage.list_carried_out(session) if o.request not in known),
                    *(
                        each
                        for each in await storage.list_allowed_names(session)
                        if (each.revision, *each.names) not in allowed
                    ),
                ]
                for entry in lacking:
                    self.journal.append(entry)
        if lacking:
            log.warning("erasures were not in the journal", written=len(lacking))

    async def reapply_alone(self) -> bool:
        """Do it if no other replica does."""
        pool = self.database.pool
        connection = await try_lock(pool, RUNNER_LOCK)
        if connection is None:
            await asyncio.sleep(LOOK_SECONDS)
            return False
        try:
            await self.reapply()
        finally:
            await unlock(pool, RUNNER_LOCK, connection)
        return True

    async def reapply(self) -> None:
        """Do again what is missing; order again whatever a backup of another service may have brought back."""
        missing = await self.find_missing()
        with reaching("erasures"):
            for entry in missing:
                async with self.database.write.begin() as session:
                    await customer_storage.lock_customers(session)
                    await self._order(session, entry)
            async with self.database.write.begin() as session:
                await customer_storage.lock_customers(session)
                await self._allow(session)
                await self._announce_recent(session, {entry.request for entry in missing})
        self.journal.forget_reapply()
        log.info("erasures were done again", missing=len(missing))

    async def _order(self, session: AsyncSession, entry: JournalEntry) -> None:
        """As it was ordered then: the identifiers of the journal, under the revision of then."""
        found = await customer_storage.find_refs(session, entry.names)
        numbers = tuple(sorted(alias.number for alias in found.values()))
        persons = {alias.person for alias in found.values()}
        before = await storage.find_erasure(session, UUID(entry.request), lock=True)
        erasure = replace(
            before or self._unknown(entry),
            state=ErasureState.RUNNING,
            numbers=numbers,
            refs=tuple(name.ref for name in entry.names if name.kind == CUSTOMER.number),
            formerly=(),
            responses=tuple(entry.responses),
            revision=entry.revision,
            announced_at=self.clock(),
            decided_by=ITSELF.subject,
            decided_at=self.clock(),
        )
        await storage.reach_revision(session, entry.revision)
        store = storage.put_erasure if before else storage.add_erasure
        await store(session, erasure)
        await self.orders.carry_out(session, erasure, entry.names)
        # The backup may have joined others with whom the order names: it is nobody who joins them now.
        await part_persons(session, persons, None, self.clock())
        done = AuditEntry(self.clock(), ITSELF, Deed.ERASURE_REAPPLIED, (erasure.id,))
        await write_entries(session, [done])

    def _unknown(self, entry: JournalEntry) -> Erasure:
        """A request of which only the journal knows: who asked and decided stands in no journal."""
        return Erasure(
            entry.request,
            ErasureState.RUNNING,
            person=0,
            alias=0,
            numbers=(),
            refs=(),
            formerly=(),
            round=0,
            revision=entry.revision,
            requested_by=ITSELF.subject,
            requested_at=entry.at,
            sealed_reason=None,
            announced_at=self.clock(),
        )

    async def _allow(self, session: AsyncSession) -> None:
        """What was allowed after an order is allowed again, where the block is older."""
        for entry in self._allowed():
            await storage.reach_revision(session, entry.revision)
            for name in entry.names:
                if not await storage.is_blocked_before(session, name, entry.revision):
                    continue
                done = AuditEntry(
                    self.clock(), ITSELF, Deed.CUSTOMER_ALLOWED_AGAIN, (entry.request,)
                )
                await write_entries(session, [done])
                await storage.allow(session, name, entry.at, done.id, entry.revision)
                if name.kind == CUSTOMER.number:
                    await self.orders.events.lifted(session, entry.revision, [name.ref])

    def _allowed(self) -> Sequence[JournalEntry]:
        return [e for e in self.journal.read() if e.kind is EntryKind.ALLOWED]

    async def _announce_recent(self, session: AsyncSession, told: Collection[str]) -> None:
        """All but those that were just told of. Services that erased already answer with the receipt that they gave."""
        since = self.clock() - BACKUPS_HOLD
        for entry in self.journal.orders().values():
            if entry.at < since or entry.request in told:
                continue
            erasure = await storage.find_erasure(session, UUID(entry.request))
            if erasure is not None and erasure.state in CARRIED_OUT:
                again = replace(erasure, responses=tuple(entry.responses))
                await self.orders.events.ordered(session, again)
