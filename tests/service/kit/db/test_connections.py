"""How many connections to PostgreSQL a process may have: what a deployment of several has to allow."""

import asyncio
from contextlib import AsyncExitStack

from sqlalchemy import text

from infra.local.postgres import Postgres
from services.kit.config import KEPT_CONNECTIONS, MORE_CONNECTIONS, most_connections
from services.kit.db.database import open_database
from tests.conftest import OpenDatabase

OPEN = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = $1"
POOL = 3


async def test_a_process_has_as_many_connections_as_it_says_and_no_more(
    postgres: Postgres, new_database: OpenDatabase
) -> None:
    watched = await new_database("survey")
    name = await watched.fetchval("SELECT current_database()")
    before = await watched.fetchval(OPEN, "cxm_survey_intake")
    url = postgres.url("cxm_survey_intake", None, name)

    async with open_database(url, url, pool_size=POOL) as counted, AsyncExitStack() as held:
        for _ in range(POOL):
            await held.enter_async_context(counted.pool.acquire())
        for sessions in (counted.write, counted.read):
            for _ in range(KEPT_CONNECTIONS + MORE_CONNECTIONS):
                session = await held.enter_async_context(sessions())
                await session.execute(text("SELECT 1"))
        more = asyncio.create_task(counted.pool.fetchval("SELECT 1"))
        found = await watched.fetchval(OPEN, "cxm_survey_intake") - before
        assert not more.done()
        more.cancel()

    assert found == most_connections(POOL)
