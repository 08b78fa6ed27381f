"""What an import must know of responses that are stored."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from services.kit.db.database import Connection, Pool
from services.survey.attribution.domain import Attribution
from services.survey.responses.storage import StoredResponse


async def keyed_since(pool: Pool) -> datetime | None:
    """Since when ids of imported rows are keyed; None where no response is older."""
    since: datetime | None = await pool.fetchval("SELECT since FROM survey_keyed_import")
    return since


async def meant_since(pool: Pool) -> datetime | None:
    """Since when rows without ids are known by what they mean; None where no response is older."""
    since: datetime | None = await pool.fetchval("SELECT since FROM survey_meant_import")
    return since


async def stored_before(connection: Connection, ids: Sequence[str], since: datetime) -> set[str]:
    """Which of these ids, which the transaction named, were stored before."""
    rows = await connection.fetch(
        "SELECT id::text FROM survey_response WHERE id = ANY($1::uuid[]) AND received_at < $2",
        ids,
        since,
    )
    return {row[0] for row in rows}


class StoredRow(NamedTuple):
    """A response that is stored under a row's id, with its words (question id, text) and whose row it is."""

    response: StoredResponse
    words: frozenset[tuple[str, str]]
    importer: int | None
    is_corrected: bool = False


class Correction(NamedTuple):
    """What a response says from now on; its words by question id. No `body_hash`: it stays as it was."""

    id: str
    answers: bytes
    body_hash: bytes | None
    words: Sequence[tuple[str, str]]


async def stored_rows(
    connection: Connection, ids: Sequence[str], *, lock: bool = False
) -> dict[str, StoredRow]:
    """Responses that the transaction named, by id; locked by id, so that two imports wait for each other."""
    rows = await connection.fetch(
        "SELECT id::text, version_id::text, department_id::text, local_day, touchpoint_id::text, stage, channel,"
        " segment, language, answers, withdrawn_at IS NOT NULL, imported_by,"
        " corrected_at IS NOT NULL FROM survey_response"
        f" WHERE id = ANY($1::uuid[]) ORDER BY id {'FOR UPDATE' if lock else ''}",
        ids,
    )
    words: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for response_id, question_id, text in await connection.fetch(
        "SELECT response_id::text, question_id::text, text FROM survey_verbatim WHERE response_id = ANY($1::uuid[])",
        ids,
    ):
        words[response_id].add((question_id, text))
    return {
        row[0]: StoredRow(
            StoredResponse(row[0], row[1], Attribution(*tuple(row)[2:9]), row[9], row[10]),
            frozenset(words[row[0]]),
            row[11],
            row[12],
        )
        for row in rows
    }


async def withdrawn_by_id(
    connection: Connection, ids: Sequence[str], sees: Callable[[str], bool]
) -> dict[str, bool]:
    """Whether they are withdrawn, of responses that the transaction named and that are stored for a department that is
    seen."""
    rows = await connection.fetch(
        "SELECT id::text, department_id::text, withdrawn_at IS NOT NULL FROM survey_response"
        " WHERE id = ANY($1::uuid[])",
        ids,
    )
    return {row[0]: row[2] for row in rows if sees(row[1])}


async def same_customers(connection: Connection, refs: Mapping[str, bytes]) -> set[str]:
    """Which of the responses are of these customers, by response id."""
    rows = await connection.fetch(
        "SELECT id::text FROM survey_same_customers($1::uuid[], $2::bytea[]) AS s (id)",
        list(refs),
        list(refs.values()),
    )
    return {row[0] for row in rows}


async def correct_responses(connection: Connection, corrections: Sequence[Correction]) -> None:
    """Give responses, which are locked, other answers and words."""
    ids = [correction.id for correction in corrections]
    await connection.execute(
        "UPDATE survey_response AS r SET answers = c.answers, body_hash = coalesce(c.body_hash, r.body_hash)"
        " FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS c (id, answers, body_hash) WHERE r.id = c.id",
        ids,
        [correction.answers for correction in corrections],
        [correction.body_hash for correction in corrections],
    )
    await connection.execute("DELETE FROM survey_verbatim WHERE response_id = ANY($1::uuid[])", ids)
    words = [(c.id, question_id, text) for c in corrections for question_id, text in c.words]
    await connection.executemany(
        "INSERT INTO survey_verbatim (response_id, question_id, text) VALUES ($1::uuid, $2::uuid, $3)",
        words,
    )
