"""What the roles of the service see of persons by SQL alone: what their transaction names, and nothing after it."""

from collections.abc import Awaitable, Callable
from functools import partial

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from infra.local.postgres import Postgres
from services.kit.db.database import Database
from services.kit.db.row_security import name_rows, transaction_about
from services.survey.reconciliation.watermark import snapshot
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import SurveyService, make_submission, score, words
from tests.support.builders import id_of

COUNTS = "SELECT (SELECT count(*) FROM survey_response), (SELECT count(*) FROM survey_verbatim)"
TABLES = ("survey_response", "survey_verbatim", "survey_secret", "survey_invitation")


@pytest.fixture
async def responses(survey: SurveyService) -> list[str]:
    """Ids of a response of `shop` and one of `care`, with words, secrets and an invitation each."""
    tokens = await invite(survey, survey="relationship", count=2)
    sent = [
        make_submission(
            score(9), words("mine"), department=department, secret="s" * 32, invitation=token
        )
        for department, token in zip(("shop", "care"), tokens, strict=True)
    ]
    await survey.submit(*sent)
    return [each.id for each in sent]


Show = Callable[[AsyncSession], Awaitable[None]]


def show(*departments: str) -> Show:
    return partial(name_rows, departments=[id_of(key) for key in departments])


async def show_for_the_session(session: AsyncSession) -> None:
    """What must not be: set for the session, which the pool hands on."""
    statement = text("SELECT set_config('cxm.departments', :departments, false)")
    await session.execute(statement, {"departments": f"{{{id_of('shop')}}}"})


async def seen_by_reader(database: Database, shown: Show | None = None) -> tuple[int, ...]:
    async with database.read.begin() as session:
        if shown:
            await shown(session)
        return tuple((await session.execute(text(COUNTS))).one())


async def is_carried_on(database: Database, shown: Show) -> bool:
    """Whether who comes next on a connection of the pool sees more than nothing."""
    assert await seen_by_reader(database, shown) == (1, 1)
    return await seen_by_reader(database) != (0, 0)


async def test_a_reader_sees_the_departments_its_transaction_names_and_no_others(
    survey: SurveyService, responses: list[str]
) -> None:
    database = survey.database

    assert tuple(await database.fetchrow(COUNTS)) == (2, 2)  # the control: they are there
    assert await seen_by_reader(database) == (0, 0)
    assert await seen_by_reader(database, show("sales")) == (0, 0)
    assert await seen_by_reader(database, show("shop")) == (1, 1)
    assert await seen_by_reader(database, show("shop", "care")) == (2, 2)


async def test_what_a_reader_is_shown_ends_with_its_transaction(
    survey: SurveyService, responses: list[str]
) -> None:
    assert not await is_carried_on(survey.database, show("shop"))
    assert await is_carried_on(survey.database, show_for_the_session)  # the control


@pytest.mark.parametrize("table", TABLES)
async def test_the_intake_reads_no_table_at_large(
    survey: SurveyService, responses: list[str], postgres: Postgres, table: str
) -> None:
    """An error where nothing was named on this connection, nothing where another transaction named some."""
    query = f"SELECT count(*) FROM {table}"
    name = await survey.database.fetchval("SELECT current_database()")
    connection = await asyncpg.connect(postgres.url("cxm_survey_intake", None, name))

    with pytest.raises(asyncpg.UndefinedObjectError, match=r"cxm\.responses"):
        await connection.fetchval(query)
    async with transaction_about(connection, responses=responses[:1]):
        assert await connection.fetchval(query) == 1
    assert await connection.fetchval(query) == 0
    assert await survey.database.fetchval(query) == 2  # the control: they are there
    await connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT customer_ref FROM survey_response",
        "UPDATE survey_response SET department_id = version_id",
        "DELETE FROM survey_response",
        "UPDATE survey_verbatim SET text = ''",
        "DELETE FROM survey_invitation",
        "UPDATE survey_invitation SET spent_by = NULL",
    ],
)
async def test_the_intake_may_do_what_it_needs_and_nothing_else(
    survey: SurveyService, responses: list[str], statement: str
) -> None:
    async with survey.database.pool.acquire() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
        async with transaction_about(connection, responses=responses[:1]):
            changed = await connection.execute("UPDATE survey_response SET answers = answers")
    assert changed == "UPDATE 1"  # of two, without a condition


async def test_what_counts_all_responses_says_so(
    survey: SurveyService, responses: list[str]
) -> None:
    async with snapshot(survey.database.pool) as (_, reader):
        assert await reader.fetchval("SELECT count(*) FROM survey_response") == 2
        with pytest.raises(asyncpg.PostgresError, match=r"cxm\.responses"):
            await reader.fetchval("SELECT count(*) FROM survey_verbatim")
