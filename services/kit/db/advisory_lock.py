"""Work that one replica at a time does: who has the turn holds an advisory lock, and a lock ends with its process."""

from typing import TYPE_CHECKING

from services.kit.db.database import TROUBLE, Pool

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    Turn = PoolConnectionProxy[asyncpg.Record]

COMPARING, REBUILDING = 1, 2  # the advisory locks

# A machine that is gone says no farewell: half a minute later its turn is over, and not after hours.
NOTICE = """
SET tcp_keepalives_idle = 15;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 3"""
IS_TAKEN = """EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid, objid, objsubid) = (0, $1, 1)
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""


async def take_turn(pool: Pool, lock: int) -> "Turn | None":
    """The connection that has the turn, to be given to `end_turn`; None if somebody else has it."""
    connection = await pool.acquire()
    try:
        await connection.execute(NOTICE)
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", lock):
            return connection
    except BaseException:
        await end_turn(pool, lock, connection)
        raise
    await pool.release(connection)
    return None


async def end_turn(pool: Pool, lock: int, connection: "Turn") -> None:
    """Let the next one have the turn, also if the connection is broken."""
    try:
        await connection.execute("SELECT pg_advisory_unlock($1)", lock)
    except TROUBLE:
        connection.terminate()  # and the lock with it
    finally:
        await pool.release(connection)
