"""Space that deleted rows leave behind.

The tables that rows only pass through grow to the size of a large import. Vacuum lets the next rows use that space, but
gives little of it back: the table is written anew once what it holds is small beside the space it takes.
"""

import asyncpg
import structlog

from services.kit.db.database import Pool

LEAST_BYTES = 1024**2
"""Smaller tables are left as they are."""
MOST_KEPT_BYTES = 16 * 1024**2
"""What is written anew in a tenth of a second; for so long nobody reads or writes the table."""
PATIENCE_MILLISECONDS = 250
"""For how long the others wait in line behind us when somebody holds the table; a later sweep tries again."""

log = structlog.get_logger()


async def reclaim(pool: Pool, table: str) -> None:
    """Write a table anew if three quarters of its space and more are free, unless somebody holds it."""
    taken: int = await pool.fetchval("SELECT pg_total_relation_size($1::regclass)", table)
    if taken < LEAST_BYTES:
        return
    held = f"SELECT coalesce(sum(pg_column_size(t)), 0)::bigint FROM {table} AS t"
    kept: int = await pool.fetchval(held)
    if kept > min(taken // 4, MOST_KEPT_BYTES):
        return
    async with pool.acquire() as connection:
        # Vacuum runs in no transaction, so what is set is unset by hand.
        await connection.execute(f"SET lock_timeout = {PATIENCE_MILLISECONDS}")
        try:
            await connection.execute(f"VACUUM (FULL) {table}")
        except asyncpg.LockNotAvailableError:
            log.info("space not given back", table=table)
        finally:
            await connection.execute("RESET lock_timeout")
