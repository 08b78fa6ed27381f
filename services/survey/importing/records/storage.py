"""Every query about imports that are over or go on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import asyncpg

from services.kit import clock
from services.kit.db.database import Connection, Pool
from services.survey.importing.records.domain import Counts, ImportRecord, ImportState

# The longest that an import waits for what is away is 30 seconds: kit/imports/row_batches.
SILENT: Final = "interval '2 minutes'"
_RECORD: Final = f"""SELECT number, id::text, subject, file_name, survey, started_at,
    CASE WHEN state = 'RUNNING' AND heard_at < $1::timestamptz - {SILENT} THEN 'CUT' ELSE state END,
    rows, stored, corrected, already_stored, refused, left_out, joined FROM survey_import"""


async def add_import(
    pool: Pool, id_: str, subject: str, file_name: str, survey: str, *, is_counted: bool
) -> int:
    """Note that an import begins; its number. `is_counted`: its rows stand for many responses."""
    number: int = await pool.fetchval(
        "INSERT INTO survey_import (id, subject, file_name, survey, started_at, heard_at, counted_at)"
        " VALUES ($1::uuid, $2, $3, $4, $5, $5, CASE WHEN $6 THEN timestamptz 'infinity' END) RETURNING number",
        id_,
        subject,
        file_name,
        survey,
        clock.now(),
        is_counted,
    )
    return number


async def set_counts(pool: Pool, number: int, state: ImportState, counts: Counts) -> None:
    """Note how far an import is; one that was taken back meanwhile stays so."""
    await pool.execute(
        "UPDATE survey_import SET heard_at = $3, state = CASE state WHEN 'RUNNING' THEN $2 ELSE state END,"
        " rows = $4, stored = $5, corrected = $6, already_stored = $7, refused = $8, left_out = $9, joined = $10"
        " WHERE number = $1",
        number,
        state.name,
        clock.now(),
        *counts,
    )


async def end_import(pool: Pool, number: int, state: ImportState) -> None:
    """Note that an import came to an end."""
    await pool.execute("UPDATE survey_import SET state = $2 WHERE number = $1", number, state.name)


async def begin_taking_back(connection: Connection, number: int) -> bool:
    """Note that it is taken back; False if that began before."""
    statement = (
        "UPDATE survey_import SET taken_back_at = $2 WHERE number = $1 AND taken_back_at IS NULL"
        " RETURNING true"
    )
    return await connection.fetchval(statement, number, clock.now()) is not None


async def find_import(pool: Pool, id_: str) -> ImportRecord | None:
    """An import by its id, a UUID."""
    row = await pool.fetchrow(f"{_RECORD} WHERE id = $2::uuid", clock.now(), id_)
    return None if row is None else (await _with_late(pool, [_record(row)]))[0]


async def list_imports(
    pool: Pool, subject: str | None, before: int | None, most: int
) -> list[ImportRecord]:
    """The newest that began before one, the newest first; None: of everybody, from the newest on."""
    rows = await pool.fetch(
        f"{_RECORD} WHERE ($2::text IS NULL OR subject = $2) AND ($3::bigint IS NULL OR number < $3)"
        " ORDER BY number DESC LIMIT $4",
        clock.now(),
        subject,
        before,
        most,
    )
    return await _with_late(pool, [_record(row) for row in rows])


async def _with_late(pool: Pool, records: list[ImportRecord]) -> list[ImportRecord]:
    """The same, with what was stored by those that were cut after their last note: batches were on their way. Each is
    counted at every look until it is silent, and once from then on."""
    cut = [record.number for record in records if record.state is ImportState.CUT]
    if not cut:
        return records
    rows = await pool.fetch(
        "UPDATE survey_import SET counted_at = $2, stored = greatest(stored,"
        " (SELECT sum(responses)::bigint FROM survey_count_imported(number)))"
        f" WHERE number = ANY($1) AND (counted_at IS NULL OR counted_at < heard_at + {SILENT})"
        " RETURNING number, stored",
        cut,
        clock.now(),
    )
    stored = {row[0]: row[1] for row in rows}
    return [
        replace(record, counts=record.counts._replace(stored=stored[record.number]))
        if record.number in stored
        else record
        for record in records
    ]


class StoredCount(NamedTuple):
    """How many of an import's responses, not withdrawn, count for a department."""

    department_id: str
    is_corrected: bool
    responses: int


async def count_stored(pool: Pool, number: int) -> list[StoredCount]:
    """What an import stored and is not withdrawn."""
    rows = await pool.fetch(
        "SELECT department_id::text, is_corrected, responses FROM survey_count_imported($1)", number
    )
    return [StoredCount(*row) for row in rows]


async def find_stored(pool: Pool, number: int, departments: Sequence[str], most: int) -> list[str]:
    """Ids of responses of departments that an import stored, and that nobody corrected or withdrew."""
    rows = await pool.fetch(
        "SELECT id::text FROM survey_find_imported($1, $2::uuid[], $3) AS f (id)",
        number,
        departments,
        most,
    )
    return [row[0] for row in rows]


def _record(row: asyncpg.Record) -> ImportRecord:
    number, id_, subject, file_name, survey, started_at, state, *counts = row
    return ImportRecord(
        number, id_, subject, file_name, survey, started_at, ImportState[state], Counts(*counts)
    )
