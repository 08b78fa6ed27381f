"""A process waits for its schema, and runs on that of the next version."""

import asyncio

import asyncpg
import pytest

from services.kit.db.migrate import await_schema, migrate, newest_version
from services.kit.errors import Unavailable
from tests.conftest import OpenDatabase
from tests.support.database import WholeDatabase


async def set_version(database: WholeDatabase, version: str) -> None:
    """Say that the database has this schema."""
    connection = await asyncpg.connect(database.superuser_url)
    await connection.execute("UPDATE alembic_version SET version_num = $1", version)
    await connection.close()


async def test_a_process_starts_when_its_schema_has_come(new_database: OpenDatabase) -> None:
    database = await new_database("profile")
    await set_version(database, "0001")

    waiting = asyncio.create_task(await_schema(database.pool, "profile"))
    done, _ = await asyncio.wait([waiting], timeout=0.5)
    assert not done
    await set_version(database, newest_version("profile"))

    await asyncio.wait_for(waiting, timeout=10)


async def test_a_schema_that_does_not_come_is_named(new_database: OpenDatabase) -> None:
    database = await new_database("profile")
    await set_version(database, "0001")

    with pytest.raises(Unavailable, match="has schema 0001, this code needs") as refused:
        await await_schema(database.pool, "profile", seconds=0)
    assert refused.value.reason == "SCHEMA_DIFFERS"


async def test_a_process_starts_again_after_the_next_version_has_migrated(
    new_database: OpenDatabase,
) -> None:
    database = await new_database("profile")
    await set_version(database, "9999")

    await await_schema(database.pool, "profile", seconds=0)
    await asyncio.to_thread(migrate, "profile", database.superuser_url)

    assert await database.fetchval("SELECT version_num FROM alembic_version") == "9999"
