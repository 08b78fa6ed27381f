"""Rebuilding: the answer log made anew from what survey stores, while responses come in.

While a rebuild is pending every writer names the envelope in its journal rows, and those rows are not compacted. Then
survey gives a watermark and every response as of it. One transaction, while nobody writes, puts these in the place of
all blocks, and of the journal rows up to the watermark; rows that name no envelope are older than the rebuild, so they
are among those. What else the journal holds came after the watermark and stays. An envelope up to the watermark that
comes later counts nothing, as one that was pruned.

Who is interrupted leaves the log as it was. The journal rows that name their envelope are then let go, so that they are
compacted; or the next rebuild takes them as they are.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import grpc
import structlog

from cxm.survey.v1.reconciliation_pb2 import StreamFactsRequest, StreamFactsResponse
from services.kit import clock
from services.kit.db.advisory_lock import IS_TAKEN, try_lock, unlock
from services.kit.db.database import TROUBLE, Connection, Pool
from services.kit.errors import Failure, Unavailable
from services.kit.process import Process
from services.kit.rights.audit.entries import AuditEntry
from services.kit.rights.audit.storage import write_on_driver
from services.kit.rpc.servicing import ServiceIdentity
from services.kit.service import Shared
from services.metrics.answer_log.dictionary import Dictionary
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.answer_log.wiring import WiredLog
from services.metrics.domain.work import WorkState
from services.metrics.rebuild.snapshot import Snapshot
from services.metrics.rebuild.swap import let_go, name_envelopes, swap

if TYPE_CHECKING:
    from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceAsyncStub
    from services.kit.db.advisory_lock import LockHolder

LOOK_SECONDS = 60.0
PROGRESS_SECONDS = 0.5
HELD_SECONDS = 0.05
LONGEST_STREAM_SECONDS = 3600.0

START = """
INSERT INTO metrics_rebuild (started_at, done, total, ended, error) VALUES ($1, 0, 0, false, '')
ON CONFLICT (one) DO UPDATE SET started_at = $1, done = 0, total = 0, ended = false, error = ''"""
SET_PROGRESS = "UPDATE metrics_rebuild SET done = $1, total = $2"
REBUILDING = 2  # the advisory lock; no other lock of metrics has this number
READ = f"SELECT started_at, done, total, ended, error, {IS_TAKEN} AS runs FROM metrics_rebuild"
END = "UPDATE metrics_rebuild SET ended = true, error = $1"
INTERRUPTED = "the process that rebuilt has ended, and the log is as it was: start again"

AnnounceEverywhere = Callable[[], Awaitable[None]]
"""Called once all scores are read from another log."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RebuildProgress:
    """How far a rebuild is, in responses; `total` is 0 until it is known."""

    state: WorkState
    started_at: datetime | None = None
    done: int = 0
    total: int = 0
    error: str = ""


class Rebuild:
    """One at a time for all replicas."""

    def __init__(
        self,
        pool: Pool,
        dictionary: Dictionary,
        surveys: SurveyCopy,
        owner: "ReconciliationServiceAsyncStub",
        identity: ServiceIdentity,
        announce: AnnounceEverywhere | None = None,
    ) -> None:
        self.pool = pool
        self.dictionary = dictionary
        self.surveys = surveys
        self.owner = owner
        self.identity = identity
        self.announce = announce
        self.work: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Clear away what an interrupted rebuild left, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.clear_away()
            except TROUBLE as error:
                log.warning("rebuild not cleared away", error=type(error).__name__)

    async def clear_away(self) -> None:
        """Let compaction go on if a rebuild is pending and nobody works on it."""
        if not await self.pool.fetchval("SELECT bool_or(pending) FROM metrics_source"):
            return
        connection = await try_lock(self.pool, REBUILDING)
        if connection is not None:
            try:
                await let_go(connection)
            finally:
                await unlock(self.pool, REBUILDING, connection)

    async def read(self) -> RebuildProgress:
        """The rebuild that runs, else the last one."""
        row = await self.pool.fetchrow(READ, REBUILDING)
        if row is None:
            return RebuildProgress(WorkState.NEVER)
        started_at, done, total, ended, error, runs = row
        state, error = _state(ended=ended, runs=runs, error=error)
        return RebuildProgress(state, started_at, done, total, error)

    async def start(self, *entries: AuditEntry) -> None:
        """Start to rebuild, unless one runs; who asked for it is in the entries.

        Somebody may hold the lock while none runs: who has not said yet that it began, has just ended, or clears away.
        """
        while (connection := await try_lock(self.pool, REBUILDING)) is None:
            if (await self.read()).state is WorkState.RUNNING:
                return
            await asyncio.sleep(HELD_SECONDS)
        try:
            async with connection.transaction():
                await connection.execute(START, clock.now())
                await write_on_driver(connection, *entries)
        except BaseException:
            await unlock(self.pool, REBUILDING, connection)
            raise
        self.work = asyncio.create_task(self._work(connection))

    async def ensure(self, since: datetime) -> None:
        """Return once a rebuild that began at or after an instant has ended well; Unavailable while none has."""
        progress = await self.read()
        if (
            progress.state is WorkState.DONE
            and progress.started_at is not None
            and progress.started_at >= since
        ):
            return
        if progress.state is not WorkState.RUNNING:
            await self.start()
        raise Unavailable("the answer log is being made anew: try again in a moment")

    async def _work(self, connection: "LockHolder") -> None:
        """Rebuild under the lock that the connection holds, and say how it ended."""
        try:
            try:
                await self._rebuild(connection)
            except Exception as error:  # noqa: BLE001 - whoever asked must hear of it, and nobody waits for this task
                await self._fail(connection, error)
        except TROUBLE as error:
            log.warning("rebuild not ended", error=type(error).__name__)
        finally:
            await unlock(self.pool, REBUILDING, connection)

    async def _rebuild(self, connection: Connection) -> None:
        began = time.monotonic()
        await name_envelopes(connection)
        snapshot = Snapshot(self.dictionary, self.surveys)
        watermark = await self._gather(snapshot, connection)
        responses = snapshot.responses
        blocks = await snapshot.pack()
        swapping = time.monotonic()
        async with connection.transaction():
            await swap(connection, watermark, blocks)
            await connection.execute(END, "")
        ended = time.monotonic()
        if self.announce is not None:
            await self.announce()
        log.info(
            "answer log rebuilt",
            watermark=watermark,
            responses=responses,
            seconds=round(ended - began, 1),
            writers_waited_seconds=round(ended - swapping, 2),
        )

    async def _gather(self, snapshot: Snapshot, connection: Connection) -> int:
        """Take over every response; returns the watermark. Unavailable if survey ends before."""
        watermark, total, shown_at = 0, 0, 0.0
        try:
            async for message in self._facts():
                watermark, total = message.watermark, total or message.responses
                await snapshot.add(message)
                if time.monotonic() - shown_at > PROGRESS_SECONDS:
                    shown_at = time.monotonic()
                    await connection.execute(SET_PROGRESS, snapshot.responses, total)
        except grpc.aio.AioRpcError as error:
            raise Unavailable("the survey service went away: start again") from error
        if snapshot.responses != total:
            raise Unavailable(f"{snapshot.responses} of {total} responses came: start again")
        await connection.execute(SET_PROGRESS, snapshot.responses, total)
        return watermark

    def _facts(self) -> AsyncIterator[StreamFactsResponse]:
        call = self.owner.StreamFacts(
            StreamFactsRequest(),
            timeout=LONGEST_STREAM_SECONDS,
            metadata=self.identity.metadata("survey"),
        )
        return aiter(call)

    async def _fail(self, connection: Connection, error: Exception) -> None:
        if isinstance(error, Failure):
            log.warning("answer log not rebuilt", reason=error.reason)
            text = error.message
        else:
            log.error("answer log not rebuilt", exc_info=error)
            text = "it could not be rebuilt, and is as it was: see the log of metrics"
        await connection.execute(END, text)
        await let_go(connection)


def _state(*, ended: bool, runs: bool, error: str) -> tuple[WorkState, str]:
    if ended:
        return (WorkState.FAILED if error else WorkState.DONE), error
    if runs:
        return WorkState.RUNNING, ""
    return WorkState.FAILED, INTERRUPTED


def wire(process: Process, shared: Shared, log: WiredLog, announce: AnnounceEverywhere) -> Rebuild:
    """Clear away in the background what an interrupted rebuild left."""
    rebuild = Rebuild(
        shared.database.pool, log.dictionary, log.surveys, log.stored, shared.identity, announce
    )
    process.background(rebuild.run)
    return rebuild
