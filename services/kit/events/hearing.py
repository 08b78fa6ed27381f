"""Whether what a service announced was applied by all who hear it."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from services.kit.db.database import TROUBLE, Pool

LOOK_SECONDS = 0.1
PASSES: tuple[type[Exception], ...] = (TimeoutError, NatsError, OSError, *TROUBLE)
LAST_ANNOUNCED = "SELECT coalesce(max(id), 0) FROM outbox"
WAITING = "SELECT EXISTS (SELECT FROM outbox WHERE id <= $1)"

log = structlog.get_logger()


class Hearing:
    """Of one stream. A message leaves it when every durable that hears it has acknowledged it."""

    def __init__(self, pool: Pool, stream: JetStreamContext, name: str) -> None:
        self.pool = pool
        self.stream = stream
        self.name = name

    async def wait(self, seconds: float) -> bool:
        """Whether all that is announced now was applied within so many seconds; False too where nobody can say."""
        try:
            async with asyncio.timeout(seconds):
                last = await self.pool.fetchval(LAST_ANNOUNCED)
                await _until(partial(self._is_published, last))
                last = (await self.stream.stream_info(self.name)).state.last_seq
                await _until(partial(self._is_acknowledged, last))
        except PASSES as error:
            log.info("not known to be applied", stream=self.name, error=type(error).__name__)
            return False
        return True

    async def _is_published(self, last: int) -> bool:
        return not await self.pool.fetchval(WAITING, last)

    async def _is_acknowledged(self, last: int) -> bool:
        state = (await self.stream.stream_info(self.name)).state
        return not state.messages or state.first_seq > last


async def _until(is_so: Callable[[], Awaitable[bool]]) -> None:
    while True:
        if await is_so():
            return
        await asyncio.sleep(LOOK_SECONDS)
