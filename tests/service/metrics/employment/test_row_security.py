"""What copies employments sees one employee at a time, whichever conditions its queries forget."""

import asyncpg
import pytest

from infra.local.postgres import Postgres
from services.kit.db.database import Database
from services.kit.db.row_security import transaction_about
from services.metrics.employment.storage import put_employments
from services.metrics.employment.tables import KeptEmployment, KeptStint
from tests.conftest import OpenDatabase

STAFF = ("ann", "ben")
TABLES = ("metrics_employment", "metrics_stint")


@pytest.fixture
async def database(new_database: OpenDatabase) -> Database:
    """Two employees are kept, in one transaction as a consumer does it."""
    database = await new_database("metrics")
    async with database.write.begin() as session:
        await put_employments(session, [kept(name, 1) for name in STAFF])
    return database


def kept(name: str, revision: int, started_day: int = 1) -> KeptEmployment:
    stint = KeptStint(started_day, None, "d0", leaving=False)
    return KeptEmployment(name, revision, (stint,))


@pytest.mark.parametrize("table", TABLES)
async def test_a_transaction_sees_the_employee_it_names(database: Database, table: str) -> None:
    async with database.pool.acquire() as connection:
        for names in (["ann"], ["ann", "ben"], []):
            async with transaction_about(connection, employees=names):
                rows = await connection.fetch(f"SELECT employee_id FROM {table}")
            assert sorted(row[0] for row in rows) == names


async def test_a_forgotten_condition_erases_nobody_else(database: Database) -> None:
    async with database.pool.acquire() as connection:
        async with transaction_about(connection, employees=["ann"]):
            assert await connection.execute("DELETE FROM metrics_stint") == "DELETE 1"
            assert await connection.execute("UPDATE metrics_employment SET revision = 9") == (
                "UPDATE 1"
            )
        async with transaction_about(connection, employees=["ben"]):
            assert await connection.fetchval("SELECT count(*) FROM metrics_stint") == 1
            assert await connection.fetchval("SELECT revision FROM metrics_employment") == 1
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction_about(connection, employees=["ben"]):
                await connection.execute("INSERT INTO metrics_employment VALUES ('eve', 1)")


async def test_a_process_of_the_last_version_goes_on(
    database: Database, postgres: Postgres
) -> None:
    """It names nobody, on any of its connections; one that named somebody once is bound from then on."""
    name = await database.pool.fetchval("SELECT current_database()")
    connection = await asyncpg.connect(postgres.url("cxm_metrics_intake", None, name))
    count = "SELECT count(*) FROM metrics_employment"

    await connection.execute("INSERT INTO metrics_employment VALUES ('eve', 1)")
    assert await connection.fetchval(count) == 3
    async with transaction_about(connection, employees=["eve"]):
        assert await connection.fetchval(count) == 1
    assert await connection.fetchval(count) == 0
    await connection.close()


async def test_a_newer_revision_replaces_and_an_older_changes_nothing(database: Database) -> None:
    async with database.write.begin() as session:
        await put_employments(session, [kept("ann", 3, 30)])
        await put_employments(session, [kept("ann", 2, 20)])
        await put_employments(session, [kept("ben", 3, 3), kept("ben", 2, 2)])

    async with (
        database.pool.acquire() as connection,
        transaction_about(connection, employees=STAFF),
    ):
        rows = await connection.fetch("SELECT employee_id, started_day FROM metrics_stint")
    assert sorted(map(tuple, rows)) == [("ann", 30), ("ben", 3)]
