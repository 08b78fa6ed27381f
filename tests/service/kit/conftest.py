"""A service's database and empty streams: outbox and consumer are tested on those of survey."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from infra.local.postgres import Postgres
from services.kit.db.database import Database
from tests.conftest import OpenDatabase
from tests.service.kit.support.server import Server


@pytest.fixture
async def database(new_database: OpenDatabase) -> Database:
    return await new_database("survey")


@pytest.fixture
async def server(database: Database, postgres: Postgres) -> AsyncIterator[Server]:
    name = await database.pool.fetchval("SELECT current_database()")
    admin = await asyncpg.connect(postgres.url())
    yield Server(admin, name)
    await admin.close()
