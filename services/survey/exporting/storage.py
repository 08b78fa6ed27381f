"""Responses as the `read` role sees them: row-level security shows the departments a transaction names."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.row_security import name_rows
from services.survey.exporting.sheet import ExportedResponse

ROWS_AT_ONCE = 500

RESPONSES = text("""
SELECT id, version_id, department_id, touchpoint_id, stage, channel, segment, language, local_day, occurred_at,
    received_at, answers,
    (SELECT json_object_agg(question_id, text)::text FROM survey_verbatim WHERE response_id = r.id) AS words
FROM survey_response r
WHERE version_id = ANY (CAST(:versions AS uuid[])) AND department_id = ANY (CAST(:departments AS uuid[]))
    AND local_day >= :from_day AND local_day < :to_day""")


async def show_departments(session: AsyncSession, departments: Iterable[str]) -> None:
    """Let the rest of this transaction see the responses of these departments (ids)."""
    await name_rows(session, departments=departments)


async def responses(
    session: AsyncSession,
    versions: Sequence[str],
    departments: Iterable[str],
    days: tuple[int, int],
) -> AsyncIterator[list[ExportedResponse]]:
    """Responses to versions of a survey in departments, on local days from one to before another; in batches."""
    parameters = {
        "versions": list(map(UUID, versions)),
        "departments": list(map(UUID, departments)),
        "from_day": days[0],
        "to_day": days[1],
    }
    options = {"max_row_buffer": ROWS_AT_ONCE}  # yield_per says nothing to a text statement
    found = await session.stream(RESPONSES, parameters, execution_options=options)
    async for rows in found.partitions(ROWS_AT_ONCE):
        yield [_response(row) for row in rows]


def _response(row: Row[tuple[object, ...]]) -> ExportedResponse:
    columns = row._mapping
    return ExportedResponse(
        id=str(columns["id"]),
        version_id=str(columns["version_id"]),
        department_id=str(columns["department_id"]),
        touchpoint_id=str(columns["touchpoint_id"]) if columns["touchpoint_id"] else None,
        stage=columns["stage"],
        channel=columns["channel"],
        segment=columns["segment"],
        language=columns["language"],
        local_day=columns["local_day"],
        occurred_at=columns["occurred_at"],
        received_at=columns["received_at"],
        answers=columns["answers"],
        words=json.loads(columns["words"] or "{}"),
    )
