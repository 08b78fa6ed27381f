"""A service's database and empty streams: outbox and consumer are tested on those of survey."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from infra.local.postgres import Postgres
from services.kit.db.database import Connection, Database
from tests.conftest import OpenDatabase


@pytest.fixture
async def database(new_database: OpenDatabase) -> Database:
    return await new_database("survey")


class Server:
    """Somebody who may throw everybody out of the test's database, and let them in again."""

    def __init__(self, admin: Connection, name: str) -> None:
        self.admin = admin
        self.name = name

    async def shut(self) -> None:
        await self.admin.execute(f'ALTER DATABASE "{self.name}" CONNECTION LIMIT 0')
        await self.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", self.name
        )

    async def open(self) -> None:
        await self.admin.execute(f'ALTER DATABASE "{self.name}" CONNECTION LIMIT -1')


@pytest.fixture
async def server(database: Database, postgres: Postgres) -> AsyncIterator[Server]:
    name = await database.pool.fetchval("SELECT current_database()")
    admin = await asyncpg.connect(postgres.url())
    yield Server(admin, name)
    await admin.close()
