"""The check: a reconciliation every hour and when an operator asks, one at a time for all replicas."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from services.kit import clock
from services.kit.db.advisory_lock import IS_TAKEN, try_lock, unlock
from services.kit.db.database import TROUBLE, Pool
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Failure
from services.kit.numbers import metering
from services.kit.rights.audit.entries import AuditEntry
from services.kit.rights.audit.storage import write_on_driver
from services.metrics.domain.work import WorkState
from services.metrics.reconciliation.comparing import Reconciler
from services.metrics.reconciliation.convert import read_report, report_bytes
from services.metrics.reconciliation.report import Report, report

if TYPE_CHECKING:
    from services.kit.db.advisory_lock import LockHolder

EVERY = timedelta(hours=1)
LOOK_SECONDS = 60.0
HELD_SECONDS = 0.05

START = """
INSERT INTO metrics_reconciliation (started_at) VALUES ($1)
ON CONFLICT (one) DO UPDATE SET started_at = excluded.started_at, found = NULL"""
COMPARING = 1  # the advisory lock; no other lock of metrics has this number
READ = f"SELECT started_at, found, {IS_TAKEN} AS runs FROM metrics_reconciliation"

log = structlog.get_logger()
_DIFFERENCES = metering.gauge(
    "cxm.metrics.reconcile.differences",
    unit="{difference}",
    meaning="Numbers of the answer log that are not those of the stored responses, when last compared.",
)


class ReconciliationRunner:
    """Reconciles now and then, and remembers what was found."""

    def __init__(self, pool: Pool, reconciler: Reconciler, directory: DirectoryCopy) -> None:
        self.pool = pool
        self.reconciler = reconciler
        self.directory = directory
        self.since = clock.now()
        self.work: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Compare every hour until cancelled, and show what was found last, by whichever replica."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except TROUBLE as error:
                log.warning("answer log not compared", error=type(error).__name__)

    async def look(self) -> None:
        """Show what was found last, and start anew an hour after that, the first time an hour after our own start."""
        last = await self.read()
        if last.state is WorkState.DONE:
            _DIFFERENCES.set(last.differing)
        started_at = await self.pool.fetchval("SELECT started_at FROM metrics_reconciliation")
        if clock.now() - (started_at or self.since) >= EVERY:
            await self.start()

    async def read(self) -> Report:
        """The comparison that runs, else the last one."""
        row = await self.pool.fetchrow(READ, COMPARING)
        if row is None:
            return Report(WorkState.NEVER)
        started_at, found, runs = row
        if found is not None:
            return replace(read_report(found), started_at=started_at)
        if runs:
            return Report(WorkState.RUNNING, started_at)
        return Report(
            WorkState.FAILED, started_at, "the process that compared has ended: start again"
        )

    async def start(self, *entries: AuditEntry) -> None:
        """Start to compare, unless a comparison runs; who asked for it is in the entries.

        Somebody may hold the lock while none runs: who has not said yet that it began, or has just ended.
        """
        while (connection := await try_lock(self.pool, COMPARING)) is None:
            if (await self.read()).state is WorkState.RUNNING:
                return
            await asyncio.sleep(HELD_SECONDS)
        try:
            async with connection.transaction():
                await connection.execute(START, clock.now())
                await write_on_driver(connection, *entries)
        except BaseException:
            await unlock(self.pool, COMPARING, connection)
            raise
        self.work = asyncio.create_task(self._work(connection))

    async def _work(self, connection: "LockHolder") -> None:
        """Compare and keep what was found, under the lock that the connection holds."""
        try:
            kept = report_bytes(await self._compare())
            await connection.execute("UPDATE metrics_reconciliation SET found = $1", kept)
        except TROUBLE as error:
            log.warning("comparison not kept", error=type(error).__name__)
        finally:
            await unlock(self.pool, COMPARING, connection)

    async def _compare(self) -> Report:
        try:
            comparison = await self.reconciler.reconcile()
            done = report(comparison, self.directory.tree, self.reconciler.surveys)
        except Failure as failure:
            log.warning("answer log not compared", reason=failure.reason)
            return Report(WorkState.FAILED, error=failure.message)
        except Exception as error:  # whoever asked must hear of it, and nobody waits for this task
            log.error("answer log not compared", exc_info=error)
            error_text = "it could not be compared: see the log of metrics"
            return Report(WorkState.FAILED, error=error_text)
        if done.differing:
            log.error("answer log differs", compared=done.compared, differing=done.differing)
        _DIFFERENCES.set(done.differing)
        return done
