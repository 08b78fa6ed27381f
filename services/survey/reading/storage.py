"""Responses and texts as the `read` role sees them: row-level security shows the departments a transaction names."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.row_security import name_rows
from services.survey.reading.domain import AnswerByte, ReadingPlace, ReadingQuery
from services.survey.surveys.domain.questions import WRITTEN

COLUMNS = ("touchpoint_id", "stage", "channel", "segment", "language")
"""What responses may be filtered by."""


class ReadRow(NamedTuple):
    """A response as it is stored; `words` by question id: all of it, or the one text that is read."""

    id: str
    version_id: str
    department_id: str
    local_day: int
    touchpoint_id: str | None
    stage: str | None
    channel: str | None
    segment: str | None
    language: str | None
    occurred_at: datetime
    answers: bytes
    position: int
    question_id: str | None
    words: dict[str, str]

    @property
    def place(self) -> ReadingPlace:
        return ReadingPlace(self.occurred_at, self.id, self.position)


SPANS = """unnest(CAST(:departments AS uuid[]), CAST(:from_days AS int[]), CAST(:to_days AS int[]))
    AS s (department_id, from_day, to_day)
JOIN survey_response r ON r.department_id = s.department_id AND r.local_day >= s.from_day AND r.local_day < s.to_day"""
TEXTS = f"""JOIN unnest(CAST(:text_versions AS uuid[]), CAST(:text_positions AS int[]), CAST(:text_questions AS uuid[]))
    AS t (version_id, position, question_id)
    ON t.version_id = r.version_id AND get_byte(r.answers, t.position) = {WRITTEN}"""
WORDS = "(SELECT json_object_agg(question_id, text)::text FROM survey_verbatim WHERE response_id = p.id)"
ONE_TEXT = (
    "(SELECT json_build_object(v.question_id, v.text)::text FROM survey_verbatim v"
    " WHERE v.response_id = p.id AND v.question_id = p.question_id)"
)
# A letter with a mark is one character or two, as it was written: both are looked for.
SEARCHED = """EXISTS (SELECT FROM survey_verbatim v WHERE v.response_id = r.id AND v.question_id = t.question_id
    AND (strpos(lower(v.text), lower(:composed)) > 0 {or_decomposed}))"""
OR_DECOMPOSED = "OR strpos(lower(v.text), lower(:decomposed)) > 0"
ANSWERED = """EXISTS (SELECT FROM unnest(CAST(:versions{n} AS uuid[]), CAST(:positions{n} AS int[]))
        AS b (version_id, position)
    WHERE b.version_id = r.version_id AND get_byte(r.answers, b.position) BETWEEN :low{n} AND :high{n})"""
AFTER = """((r.occurred_at, r.id) < (:after_at, CAST(:after_id AS uuid))
    OR (r.id = CAST(:after_id AS uuid) AND {position} > :after_position))"""

MOST_OF_CUSTOMER: Final = 10_000
FIRST_ID: Final = UUID(int=0)
OF_CUSTOMER: Final = text("""
SELECT r.id, r.version_id, r.department_id, r.local_day, r.touchpoint_id, r.stage, r.channel, r.segment, r.language,
    r.occurred_at, r.answers, 0 AS position, NULL::uuid AS question_id, NULL AS words
FROM survey_response r
WHERE r.id = ANY (ARRAY(SELECT survey_find_of_customers(CAST(:refs AS bytea[]), :most)))
    AND (r.occurred_at, r.id) < (:at, CAST(:id AS uuid))
ORDER BY r.occurred_at DESC, r.id DESC LIMIT :first""")


async def show_departments(session: AsyncSession, departments: Iterable[str]) -> None:
    """Let the rest of this transaction see the responses of these departments (ids)."""
    await name_rows(session, departments=departments)


async def read_rows(
    session: AsyncSession,
    query: ReadingQuery,
    days: tuple[datetime, datetime],
    after: ReadingPlace | None,
    first: int,
) -> list[ReadRow]:
    """The newest rows that were given from one instant to before another and stand after a place, at most `first`."""
    is_text = query.texts is not None
    position, question = ("t.position", "t.question_id") if is_text else ("0", "NULL::uuid")
    parameters: dict[str, Any] = {"since": days[0], "before": days[1], "first": first}
    conditions = ["r.occurred_at >= :since", "r.occurred_at < :before"]
    if after is not None and after.id is not None:
        conditions.append(AFTER.format(position=position))
        parameters |= {"after_at": after.at, "after_id": UUID(after.id)}
        parameters["after_position"] = after.position
    statement = f"""
WITH p AS (
    SELECT r.id, r.version_id, r.department_id, r.local_day, r.touchpoint_id, r.stage, r.channel, r.segment, r.language,
        r.occurred_at, r.answers, {position} AS position, {question} AS question_id
    FROM {_matching(query, conditions, parameters)}
    ORDER BY r.occurred_at DESC, r.id DESC, position LIMIT :first
)
SELECT p.*, {ONE_TEXT if is_text else WORDS} AS words FROM p ORDER BY occurred_at DESC, id DESC, position"""
    rows = await session.execute(text(statement), parameters)
    return [_read_row(row) for row in rows]


async def read_of_customer(
    session: AsyncSession, refs: Sequence[bytes], after: ReadingPlace, first: int
) -> list[ReadRow]:
    """The newest responses of a customer that stand after a place, of departments that the transaction names."""
    id_ = UUID(after.id) if after.id is not None else FIRST_ID
    parameters = {
        "refs": list(refs),
        "most": MOST_OF_CUSTOMER,
        "at": after.at,
        "id": id_,
        "first": first,
    }
    return [_read_row(row) for row in await session.execute(OF_CUSTOMER, parameters)]


async def count_rows(session: AsyncSession, query: ReadingQuery) -> int:
    """How many there are in all."""
    parameters: dict[str, Any] = {}
    statement = f"SELECT count(*) FROM {_matching(query, ['true'], parameters)}"
    return await session.scalar(text(statement), parameters) or 0


def _matching(query: ReadingQuery, conditions: Sequence[str], parameters: dict[str, Any]) -> str:
    """What a query reads, from the spans on; adds its parameters to those of the statement."""
    wanted, texts = list(conditions), ""
    stretches = query.stretches
    parameters["departments"] = [UUID(stretch.department_id) for stretch in stretches]
    parameters["from_days"] = [stretch.from_day for stretch in stretches]
    parameters["to_days"] = [stretch.to_day for stretch in stretches]
    for column in COLUMNS:
        if column in query.columns:
            wanted.append(f"r.{column} = :{column}")
            parameters[column] = query.columns[column]
    if query.versions is not None:
        wanted.append("r.version_id = ANY (CAST(:only_versions AS uuid[]))")
        parameters["only_versions"] = list(map(UUID, query.versions))
    for number, condition in enumerate(query.conditions):
        wanted.append(ANSWERED.format(n=number))
        parameters |= {f"low{number}": condition.low, f"high{number}": condition.high}
        parameters |= _columns(condition.bytes, f"versions{number}", f"positions{number}")
    if query.texts is not None:
        texts = TEXTS
        parameters |= _columns(query.texts, "text_versions", "text_positions")
        parameters["text_questions"] = [UUID(byte.question_id) for byte in query.texts]
    if query.search:
        wanted.append(_searched(query, parameters))
    return f"{SPANS} {texts} WHERE {' AND '.join(wanted)}"


def _searched(query: ReadingQuery, parameters: dict[str, Any]) -> str:
    composed, decomposed = query.spellings
    parameters["composed"] = composed
    if decomposed == composed:
        return SEARCHED.format(or_decomposed="")
    parameters["decomposed"] = decomposed
    return SEARCHED.format(or_decomposed=OR_DECOMPOSED)


def _columns(places: Sequence[AnswerByte], versions: str, positions: str) -> dict[str, Any]:
    return {
        versions: [UUID(place.version_id) for place in places],
        positions: [place.position for place in places],
    }


def _read_row(row: Any) -> ReadRow:
    found = row._mapping
    ids = ("id", "version_id", "department_id", "touchpoint_id", "question_id")
    given = {name: found[name] for name in ReadRow._fields if name not in ids}
    named = {name: str(found[name]) if found[name] else None for name in ids}
    return ReadRow(**{**given, **named, "words": json.loads(found["words"] or "{}")})
