"""What the database alone asks for the same rows, in the same run: the ratio holds on a noisy machine too."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from uuid_utils.compat import uuid7

from infra.local.postgres import Postgres
from tests.bench.support.cpu import tree_seconds

CONNECTIONS = 8
PER_STATEMENT = 100
TABLE = """
CREATE TABLE response (
    id uuid PRIMARY KEY, version_id uuid NOT NULL, body_hash bytea NOT NULL, department_id uuid NOT NULL,
    local_day int NOT NULL, channel text, segment text, language text, answers bytea NOT NULL, verbatim text
)"""
COLUMNS = "uuid[], uuid[], bytea[], uuid[], int[], text[], text[], text[], bytea[], text[]"
INSERT = "INSERT INTO response VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
UNNEST = "INSERT INTO response SELECT * FROM unnest({}) ON CONFLICT DO NOTHING".format(
    ", ".join(f"${n}::{kind}" for n, kind in enumerate(COLUMNS.split(", "), 1))
)

Row = tuple[UUID, UUID, bytes, UUID, int, str, str, str, bytes, str]


async def baselines(server: Postgres, pid: int, rows: int) -> tuple[float, float]:
    """CPU microseconds per row, of PostgreSQL and its client: one insert per transaction; 100 rows by unnest."""
    admin = await asyncpg.connect(server.url())
    await admin.execute("DROP DATABASE IF EXISTS bench_baseline")
    await admin.execute("CREATE DATABASE bench_baseline")
    await admin.close()
    url = server.url(database="bench_baseline")
    async with asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool:
        await pool.execute(TABLE)
        single = await _cost(pool, pid, _rows(rows // 4), _insert)
        bulk = await _cost(pool, pid, _rows(rows), _unnest)
    return single, bulk


def _rows(count: int) -> list[Row]:
    version, department = uuid4(), uuid4()
    return [
        (uuid7(), version, os.urandom(16), department, 20_000, "EMAIL", "consumer", "lv", b"\x09\x00",
         "I waited for a week and nobody called back.")
        for _ in range(count)
    ]  # fmt: skip


async def _cost(
    pool: Any, pid: int, rows: list[Row], store: Callable[[Any, Sequence[Row]], Awaitable[None]]
) -> float:
    shares = [rows[n::CONNECTIONS] for n in range(CONNECTIONS)]
    server, client = tree_seconds(pid), time.process_time()
    await asyncio.gather(*(store(pool, share) for share in shares))
    spent = tree_seconds(pid) - server + time.process_time() - client
    return spent * 1e6 / len(rows)


async def _insert(pool: Any, rows: Sequence[Row]) -> None:
    async with pool.acquire() as connection:
        statement = await connection.prepare(INSERT)
        for row in rows:
            await statement.fetch(*row)


async def _unnest(pool: Any, rows: Sequence[Row]) -> None:
    async with pool.acquire() as connection:
        statement = await connection.prepare(UNNEST)
        for start in range(0, len(rows), PER_STATEMENT):
            await statement.fetch(
                *map(list, zip(*rows[start : start + PER_STATEMENT], strict=True))
            )
