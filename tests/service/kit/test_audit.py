"""The audit log: written with what it tells of, read newest first, never changed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.kit.db.database import Database
from services.kit.errors import Conflict
from services.kit.rights.access import Grant, Role
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.kit.rights.audit.storage import (
    AuditFilter,
    AuditPlace,
    check_time,
    list_entries,
    write_entries,
    write_on_driver,
)
from tests.conftest import OpenDatabase

BEGIN = datetime(2026, 5, 4, 12, tzinfo=UTC)
ANN = Actor("ann", Grant(Role.ANALYST, "care"))
GUEST = Actor("anonymous")


@pytest.fixture
async def database(new_database: OpenDatabase) -> Database:
    return await new_database("profile")


def entry(minute: int, deed: Deed, actor: Actor = ANN, *keys: str) -> AuditEntry:
    return AuditEntry(BEGIN + timedelta(minutes=minute), actor, deed, ("an-id",), keys)


async def test_entries_come_back_newest_first_and_by_what_is_asked(database: Database) -> None:
    changed = entry(0, Deed.SURVEY_CHANGED, ANN, "pulse")
    published = entry(1, Deed.SURVEY_PUBLISHED, ANN, "pulse")
    withdrawn = entry(2, Deed.RESPONSE_WITHDRAWN, GUEST)
    async with database.write.begin() as session:
        await write_entries(session, [published, changed])
    async with database.pool.acquire() as connection:
        await write_on_driver(connection, withdrawn)

    async def listed(**wanted: object) -> list[AuditEntry]:
        async with database.write() as session:
            return await list_entries(session, 9, None, AuditFilter(**wanted))  # type: ignore[arg-type]

    async with database.write() as session:
        place = AuditPlace(published.at, published.id)
        rest = await list_entries(session, 9, place, AuditFilter())

    assert await listed() == [withdrawn, published, changed]
    assert rest == [changed]
    assert await listed(subject="ann") == [published, changed]
    assert await listed(deeds=("survey_changed",)) == [changed]
    assert await listed(about="pulse", deeds=("survey_published",)) == [published]
    assert await listed(about="an-id") == [withdrawn, published, changed]


async def test_what_is_rolled_back_leaves_no_entry(database: Database) -> None:
    async with database.write() as session:
        await write_entries(session, [entry(0, Deed.SURVEY_CHANGED)])
        assert len(await list_entries(session, 9, None, AuditFilter())) == 1
        await session.rollback()

    async with database.write() as session:
        assert await list_entries(session, 9, None, AuditFilter()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET subject = 'bob'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DROP TABLE audit_entry",
        "ALTER TABLE audit_entry DROP COLUMN subject",
    ],
)
async def test_the_role_of_the_service_cannot_change_the_log(
    database: Database, statement: str
) -> None:
    async with database.write.begin() as session:
        await write_entries(session, [entry(0, Deed.SURVEY_CHANGED)])

    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        async with database.write.begin() as session:
            await session.execute(text(statement))

    async with database.write() as session:
        assert len(await list_entries(session, 9, None, AuditFilter())) == 1


async def test_a_clock_that_stands_before_what_was_done_is_refused(database: Database) -> None:
    await check_time(database.pool, BEGIN)
    async with database.write.begin() as session:
        await write_entries(session, [entry(0, Deed.SURVEY_CHANGED)])

    await check_time(database.pool, BEGIN - timedelta(hours=23))
    with pytest.raises(Conflict, match="2026-05-04"):
        await check_time(database.pool, BEGIN - timedelta(days=2))
