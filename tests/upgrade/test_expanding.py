"""Processes of the last release run on today's schema: it takes away and demands nothing that they do not know."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import count

import asyncpg
import pytest

from infra.local.postgres import BINARIES, Postgres, create_service
from infra.roles import SERVICES
from services.kit.db.migrate import migrate
from tests.conftest import OpenDatabase
from tests.support import releases
from tests.upgrade.support.catalog import missed, read_catalog

PLANTED = {
    "DROP TABLE survey_import CASCADE": "gone: column survey_import.",
    "ALTER TABLE survey_survey DROP COLUMN key CASCADE": "gone: column survey_survey.key text",
    "ALTER TABLE survey_survey RENAME key TO name": "gone: column survey_survey.key text",
    "ALTER TABLE survey_survey ALTER state TYPE integer": "gone: column survey_survey.state smallint",
    "ALTER TABLE survey_survey ADD COLUMN a text NOT NULL": "new: survey_survey must fill a",
    "ALTER TABLE survey_response ALTER segment SET NOT NULL": "gone: survey_response.segment may be left out",
    "ALTER TABLE survey_survey ADD CHECK (length(key) < 9)": "new: survey_survey must keep CHECK",
    "CREATE UNIQUE INDEX ON survey_response (received_at)": "new: survey_response has one row a key",
    "REVOKE SELECT ON survey_survey FROM cxm_survey_read": "gone: cxm_survey_read may SELECT survey_survey.key",
    "ALTER TABLE survey_survey ENABLE ROW LEVEL SECURITY": "new: rows of survey_survey are shown",
    "ALTER TYPE survey_given ADD ATTRIBUTE a text": "new: survey_given has ",
    "ALTER TABLE outbox DROP CONSTRAINT outbox_pkey": "gone: one row a key of outbox: id",
}
"""What a migration must not do, and what is said of it."""
MEANT = {
    "survey: new: survey_invitation calls leave_out_erased",
    "survey: new: survey_response calls leave_out_erased",
}
"""They demand nothing of a process of the last release, which would store a customer again who was erased."""
ADDED = (
    "ALTER TABLE survey_survey ADD COLUMN a text NOT NULL DEFAULT '' CHECK (length(a) < 9)",
    "CREATE TABLE survey_other (key text PRIMARY KEY CHECK (key <> ''))",
    "CREATE UNIQUE INDEX ON survey_survey (a) WHERE a <> ''",
    "GRANT SELECT ON survey_response TO cxm_survey_read",
)
_numbers = count(1)


@asynccontextmanager
async def released(postgres: Postgres, service: str, version: str) -> AsyncIterator[str]:
    """The URL of the owner of a database as a release left it."""
    name, owner = f"cxm_{service}_released_{next(_numbers)}", f"cxm_{service}_owner"
    await create_service(postgres, service)
    admin = await asyncpg.connect(postgres.url())
    await admin.execute(f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE template0')
    try:
        dump = releases.FOLDER / version / f"{service}.sql"
        command = [BINARIES / "psql", "-qX", "-1", "-vON_ERROR_STOP=1", "-f", dump]
        url = postgres.url(database=name)
        load = partial(subprocess.run, [*command, url], check=True, capture_output=True)
        await asyncio.to_thread(load)
        yield postgres.url(owner, None, name)
    finally:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()


async def changes(postgres: Postgres, service: str, version: str) -> list[str]:
    """What processes of a release would miss in the schema of a service."""
    async with released(postgres, service, version) as url:
        connection = await asyncpg.connect(url)
        before = await read_catalog(connection)
        await asyncio.to_thread(migrate, service, url)
        found = missed(before, await read_catalog(connection))
        await connection.close()
    return [f"{service}: {line}" for line in found]


async def test_processes_of_the_last_release_miss_nothing(postgres: Postgres) -> None:
    release = releases.last()
    if not release.rolling:
        pytest.skip(f"{release.version} is upgraded with all processes stopped")

    found = [
        line for service in SERVICES for line in await changes(postgres, service, release.version)
    ]

    assert sorted(set(found) - MEANT) == []
    assert set(found) >= MEANT, "what is no longer meant goes from the list"


async def test_what_is_taken_away_or_demanded_is_said(new_database: OpenDatabase) -> None:
    database = await new_database("survey")
    connection = await asyncpg.connect(database.superuser_url)
    before = await read_catalog(connection)
    unsaid = []
    for statement, start in PLANTED.items():
        planting = connection.transaction()
        await planting.start()
        await connection.execute(statement)
        said = missed(before, await read_catalog(connection))
        await planting.rollback()
        if not any(line.startswith(start) for line in said):
            unsaid.append((statement, said))
    for statement in ADDED:
        await connection.execute(statement)
    after = await read_catalog(connection)
    await connection.close()

    assert unsaid == []
    assert missed(before, after) == []
