"""Watermarks: numbers of envelopes up to which everything is committed, and after which nothing is.

An envelope draws its number inside the statement that inserts it (responses/storage.py). So while the outbox is locked
against inserts, every number drawn so far is committed or given up, and every later one is greater.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from services.kit.db.database import Connection, Pool
from services.kit.errors import Unavailable

# Who waits for the lock holds up everybody who submits; the relay has it for as long as the broker takes to answer.
PATIENCE_MS = 100
MOST_TRIES = 50
REST_SECONDS = 0.1

# Shows all responses, to this transaction.
COUNTING = "SET LOCAL cxm.purpose = 'reconciliation'"
LAST = "coalesce(pg_sequence_last_value('outbox_id_seq'), 0)"
PUBLISHED = f"SELECT coalesce((SELECT min(id) - 1 FROM outbox), {LAST})"
PUBLISHED_UP_TO = "SELECT coalesce((SELECT min(id) - 1 FROM outbox WHERE id <= $1), $1)"


async def get_watermark(pool: Pool, watermark: int = 0) -> int:
    """The number up to which every envelope has left the outbox, so was acknowledged by the broker.

    At most `watermark`, if one is given: up to there everything is committed, so nothing needs a lock.
    """
    async with pool.acquire() as reader:
        if watermark:
            number: int = await reader.fetchval(PUBLISHED_UP_TO, watermark)
            return number
        return await _while_still(pool, reader, PUBLISHED)


@asynccontextmanager
async def snapshot(pool: Pool) -> AsyncIterator[tuple[int, Connection]]:
    """A watermark, and a connection that sees the responses as they were at it for as long as it is held."""
    async with (
        pool.acquire() as reader,
        reader.transaction(isolation="repeatable_read", readonly=True),
    ):
        await reader.execute(COUNTING)
        # The first query of the transaction takes its snapshot; what sets something is none.
        yield await _while_still(pool, reader, f"SELECT {LAST}"), reader


async def _while_still(pool: Pool, reader: Connection, query: str) -> int:
    """The number that a query finds while nobody inserts into the outbox; Unavailable if the relay does not let go."""
    for _ in range(MOST_TRIES):
        try:
            async with pool.acquire() as connection, connection.transaction():
                await connection.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
                await connection.execute("LOCK TABLE outbox IN SHARE MODE")
                number: int = await reader.fetchval(query)
                return number
        except asyncpg.LockNotAvailableError:
            await asyncio.sleep(REST_SECONDS)
    raise Unavailable("facts are on their way to the broker, which does not answer: try again")
