"""What the owner of a stream does when the broker has lost it: declare it again, and announce anew what it told of.

A stream is lost with the disk of a broker that has one copy, or by a hand; what was published and not applied is lost
with it, and so is what is published while a place is missing. Nouns say what must be announced then (`Restore`).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog
from nats.errors import ConnectionClosedError
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.errors import BadRequestError, NotFoundError
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.config import LARGEST_STREAM_BYTES
from services.kit.db.database import PATIENCE_SECONDS, TROUBLE_OF_SESSIONS, Database
from services.kit.events.streams import declare, durables_of
from services.kit.numbers import metering

LOOK_SECONDS = 1.0
WAS_USED = "SELECT pg_sequence_last_value('outbox_id_seq') IS NOT NULL"
PASSES: tuple[type[Exception], ...] = (NatsError, OSError, *TROUBLE_OF_SESSIONS)

LASTS = (BadRequestError, ConnectionClosedError)
"""What asking again does not mend."""

Restore = Callable[[AsyncSession], Awaitable[None]]
Report = Callable[[bool], Awaitable[None]]

log = structlog.get_logger()
_MISSING = metering.gauge(
    "cxm.stream.missing",
    unit="{thing}",
    meaning="Streams and durables of this service that the broker has lost and that are not declared again yet.",
)
_LOST = metering.gauge(
    "cxm.stream.lost",
    unit="{time}",
    meaning="How often since its start this service found its stream lost and announced everything anew.",
)


class StreamKeeper:
    """Looks every second whether a stream and its places are there. `report` is told whether they are."""

    def __init__(
        self,
        name: str,
        stream: JetStreamContext,
        database: Database,
        restoring: Sequence[Restore],
        report: Report,
        *,
        replicas: int = 1,
        max_bytes: int = LARGEST_STREAM_BYTES,
    ) -> None:
        self.name = name
        self.stream = stream
        self.database = database
        self.restoring = restoring
        self.report = report
        self.replicas = replicas
        self.max_bytes = max_bytes
        self.times_lost = 0
        self.is_restoring = False  # begun, and not seen to its end

    async def start(self) -> None:
        """Declare the stream; one that held facts and is gone waits for `run`, when all nouns are wired.

        A broker whose nodes are not all there answers nothing about streams: it is waited for.
        """
        _MISSING.set(0)
        _LOST.set(0)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                if await self._is_there() or not await self.database.pool.fetchval(WAS_USED):
                    await self._declare()
            except PASSES as error:
                if isinstance(error, LASTS) or time.monotonic() > deadline:
                    raise
                log.warning(
                    "stream not declared",
                    stream=self.name,
                    error=str(error) or type(error).__name__,
                )
                await asyncio.sleep(LOOK_SECONDS)
            else:
                return

    async def run(self) -> None:
        """Look until cancelled. A broker that is away has lost nothing yet."""
        while True:
            try:
                await self.look()
            except PASSES as error:
                log.warning("stream not looked at", stream=self.name, error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> bool:
        """Declare again what is missing and announce anew; whether something was missing.

        Where the broker's answer to that is lost, all may be there at the next look and nothing announced: done again.
        """
        is_there = await self._is_there()
        missing = await self._missing_durables() if is_there else [self.name]
        if not missing and not self.is_restoring:
            return False
        log.error("stream lost", stream=self.name, missing=missing)
        self.is_restoring = True
        _MISSING.set(len(missing))
        await self.report(False)
        # Announced before a stream is declared, so that who is killed between finds it missing again; a place must be
        # there before what is announced for it leaves the outbox.
        async with self.database.write.begin() as session:
            for restore in self.restoring:
                await restore(session)
            if is_there:
                await self._declare()
        if not is_there:
            await self._declare()
        self.is_restoring = False
        self.times_lost += 1
        _LOST.set(self.times_lost)
        _MISSING.set(0)
        await self.report(True)
        log.warning("stream declared again, everything is announced anew", stream=self.name)
        return True

    async def _is_there(self) -> bool:
        try:
            await self.stream.stream_info(self.name)
        except NotFoundError:
            return False
        return True

    async def _missing_durables(self) -> list[str]:
        missing = []
        for durable in durables_of(self.name):
            try:
                await self.stream.consumer_info(self.name, durable.name)
            except NotFoundError:
                missing.append(durable.name)
        return missing

    async def _declare(self) -> None:
        await declare(
            self.stream, replicas=self.replicas, max_bytes=self.max_bytes, names=[self.name]
        )
