"""Work that one replica at a time does: it holds an advisory lock, and a lock ends with its process."""

from typing import TYPE_CHECKING

from services.kit.db.database import TROUBLE, Pool

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    LockHolder = PoolConnectionProxy[asyncpg.Record]

# A machine that is gone does not close its connection: half a minute later its lock is free, and not after hours.
NOTICE = """
SET tcp_keepalives_idle = 15;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 3"""
# Whether anybody holds the lock $1.
IS_TAKEN = """EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid, objid, objsubid) = (0, $1, 1)
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""


async def try_lock(pool: Pool, lock: int) -> "LockHolder | None":
    """The connection that holds the lock, to be given to `unlock`; None if another one holds it."""
    connection = await pool.acquire()
    try:
        await connection.execute(NOTICE)
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", lock):
            return connection
    except BaseException:
        await unlock(pool, lock, connection)
        raise
    await pool.release(connection)
    return None


async def unlock(pool: Pool, lock: int, connection: "LockHolder") -> None:
    """Free the lock, also if the connection is broken."""
    try:
        await connection.execute("SELECT pg_advisory_unlock($1)", lock)
    except TROUBLE:
        connection.terminate()  # and the lock with it
    finally:
        await pool.release(connection)
