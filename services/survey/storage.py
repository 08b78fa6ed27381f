"""Every query of survey. Responses go in bulk on the driver, surveys in sessions; nothing here commits."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.kit.database import Connection, Pool
from services.kit.streams import RESPONSES_RECORDED
from services.survey import tables
from services.survey.domain.questions import Kind, Option, Question
from services.survey.domain.surveys import Survey

MOST_LABELS = 1_000  # of each kind

Statement = Select[*tuple[Any, ...]]


class Row(NamedTuple):
    """A response as the type survey_given holds it, all but the number of its envelope."""

    id: str
    version_id: str
    body_hash: bytes
    department_id: str
    local_day: int
    touchpoint_id: str | None
    stage: str | None
    channel: str | None
    segment: str | None
    language: str | None
    customer_ref: bytes | None
    occurred_at: datetime
    answers: bytes
    fact: bytes


class Verbatim(NamedTuple):
    """A respondent's own words: personal data."""

    response_id: str
    question_id: str
    text: str


class Label(NamedTuple):
    """A channel, segment or language in use."""

    kind: str
    value: str


ADD_RESPONSES = """
WITH given AS (
    SELECT * FROM unnest($1::survey_given[])
), stored AS (
    INSERT INTO survey_response (id, version_id, body_hash, department_id, local_day, touchpoint_id,
        stage, channel, segment, language, customer_ref, occurred_at, answers)
    SELECT id, version_id, body_hash, department_id, local_day, touchpoint_id,
        stage, channel, segment, language, customer_ref, occurred_at, answers FROM given
    ON CONFLICT (id) DO NOTHING RETURNING id
), written AS (
    INSERT INTO survey_verbatim (response_id, question_id, text)
    SELECT * FROM unnest($2::survey_words[]) WHERE response_id IN (SELECT id FROM stored)
), announced AS (
    INSERT INTO outbox (id, subject, payload, traceparent)
    SELECT number, $5, head || string_agg(fact, '' ORDER BY id), $6
    FROM given JOIN unnest($3::bigint[], $4::bytea[]) AS e (number, head) ON number = envelope
    WHERE id IN (SELECT id FROM stored) GROUP BY number, head
)
SELECT id::text FROM stored"""


class Envelope(NamedTuple):
    """A numbered envelope: the bytes it begins with, and the responses whose facts may go into it."""

    number: int
    head: bytes
    rows: Sequence[Row]


async def add_responses(
    connection: Connection,
    envelopes: Sequence[Envelope],
    verbatims: Sequence[Verbatim],
    traceparent: str | None,
) -> set[str]:
    """Store responses of different ids and their verbatims, and announce them; all in one statement, so all or nothing.

    Returns the ids that were not there before; only these are announced. Rows go in by id, so that two
    replicas with the same ids wait for each other instead of deadlocking.
    """
    given = sorted((*row, envelope.number) for envelope in envelopes for row in envelope.rows)
    rows = await connection.fetch(
        ADD_RESPONSES,
        given,
        verbatims,
        [envelope.number for envelope in envelopes],
        [envelope.head for envelope in envelopes],
        RESPONSES_RECORDED,
        traceparent,
    )
    return {row[0] for row in rows}


async def body_hashes(connection: Connection, ids: Sequence[str]) -> dict[str, bytes]:
    """What stored responses said, by id."""
    rows = await connection.fetch(
        "SELECT id::text, body_hash FROM survey_response WHERE id = ANY($1::uuid[])", ids
    )
    return {row[0]: row[1] for row in rows}


async def list_labels(pool: Pool) -> set[Label]:
    return {
        Label(row[0], row[1]) for row in await pool.fetch("SELECT kind, value FROM survey_label")
    }


async def add_labels(connection: Connection, labels: Iterable[Label]) -> None:
    """Store new labels, in order, as far as the limit of their kind allows; needs a transaction."""
    await connection.execute("LOCK TABLE survey_label IN SHARE ROW EXCLUSIVE MODE")
    for kind, value in labels:
        await connection.execute(
            "INSERT INTO survey_label (kind, value) SELECT $1::text, $2::text"
            " WHERE (SELECT count(*) FROM survey_label WHERE kind = $1) < $3 ON CONFLICT DO NOTHING",
            kind, value, MOST_LABELS,
        )  # fmt: skip


async def add_survey(session: AsyncSession, survey: Survey) -> bool:
    """True if stored now, False if its key was used before."""
    state = {
        "id": UUID(survey.id),
        "key": survey.key,
        "title": survey.title,
        "public": survey.public,
        "in_scorecard": survey.in_scorecard,
        "department_id": None if survey.department_id is None else UUID(survey.department_id),
        "revision": survey.revision,
    }
    statement = upsert(tables.Survey).values(state).on_conflict_do_nothing()
    if await session.scalar(statement.returning(col(tables.Survey.id))) is None:
        return False
    version = {
        "id": UUID(survey.version_id),
        "survey_id": UUID(survey.id),
        "number": survey.version,
    }
    await session.execute(insert(tables.Version).values(version))
    await session.execute(insert(tables.Question), _question_rows(survey))
    return True


def _question_rows(survey: Survey) -> list[dict[str, Any]]:
    return [
        {
            "version_id": UUID(survey.version_id),
            "position": position,
            "id": UUID(question.id),
            "key": question.key,
            "kind": int(question.kind),
            "text": question.text,
            "dont_know": question.dont_know,
            "low": question.low,
            "high": question.high,
            "options": [asdict(option) for option in question.options],
        }
        for position, question in enumerate(survey.questions)
    ]


async def surveys_by_key(session: AsyncSession, keys: Iterable[str]) -> dict[str, Survey]:
    """The surveys of these keys, by key; what is absent is left out."""
    found = await _surveys(session, _current().where(col(tables.Survey.key).in_(list(keys))))
    return {survey.key: survey for survey in found}


async def batch_surveys(
    session: AsyncSession, ids: Iterable[UUID], keys: Iterable[str]
) -> list[Survey]:
    """The surveys of these ids or keys; what is absent is left out."""
    wanted = or_(col(tables.Survey.id).in_(list(ids)), col(tables.Survey.key).in_(list(keys)))
    return await _surveys(session, _current().where(wanted))


async def list_surveys(session: AsyncSession, first: int, after: str) -> list[Survey]:
    """The next surveys after a key, by key."""
    key = col(tables.Survey.key)
    page = select(key).where(key > after).order_by(key).limit(first)
    return await _surveys(session, _current().where(key.in_(page)))


async def count_surveys(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(tables.Survey)) or 0


def _current() -> Statement:
    """Surveys with the questions of their current version, a row per question, by key and position."""
    survey, version, question = tables.Survey, tables.Version, tables.Question
    newest = (
        select(func.max(col(version.number)))
        .where(col(version.survey_id) == col(survey.id))
        .correlate(survey)
        .scalar_subquery()
    )
    return (
        select(
            col(survey.id),
            col(survey.key),
            col(survey.title),
            col(survey.public),
            col(survey.in_scorecard),
            col(survey.department_id),
            col(survey.revision),
            col(version.id).label("version_id"),
            col(version.number),
            col(question.id).label("question_id"),
            col(question.key).label("question_key"),
            col(question.kind),
            col(question.text),
            col(question.dont_know),
            col(question.low),
            col(question.high),
            col(question.options),
        )
        .join(version, col(version.survey_id) == col(survey.id))
        .join(question, col(question.version_id) == col(version.id))
        .where(col(version.number) == newest)
        .order_by(col(survey.key), col(question.position))
    )


async def _surveys(session: AsyncSession, statement: Statement) -> list[Survey]:
    rows = (await session.execute(statement)).mappings()
    return [_survey(list(group)) for _, group in groupby(rows, key=lambda row: row["id"])]


def _survey(rows: Sequence[RowMapping]) -> Survey:
    first = rows[0]
    questions = tuple(
        Question(
            str(row["question_id"]),
            row["question_key"],
            Kind(row["kind"]),
            row["text"],
            row["dont_know"],
            row["low"],
            row["high"],
            tuple(Option(**option) for option in row["options"]),
        )
        for row in rows
    )
    return Survey(
        id=str(first["id"]),
        key=first["key"],
        title=first["title"],
        public=first["public"],
        in_scorecard=first["in_scorecard"],
        department_id=None if first["department_id"] is None else str(first["department_id"]),
        version_id=str(first["version_id"]),
        version=first["number"],
        questions=questions,
        revision=first["revision"],
    )
