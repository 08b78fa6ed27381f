"""Every query about responses, on the driver and in bulk; nothing here commits.

Of what was stored before a transaction sees the responses it named, and what functions of the database give to whom
names it: migrations/0009_rows.py.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import count
from typing import NamedTuple

import asyncpg

from services.kit.db.database import Connection
from services.kit.events.streams import RESPONSES_RECORDED
from services.survey.attribution.domain import Attribution
from services.survey.responses.domain.fingerprint import keyed
from services.survey.responses.domain.outcome import StoredBody
from services.survey.responses.domain.quota import QuotaKey


class Row(NamedTuple):
    """A response as the type survey_given holds it, all but which envelope it goes into."""

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


class Added(NamedTuple):
    """Ids of the responses that were stored, and how much of their quotas is used now."""

    ids: set[str]
    used: list[tuple[QuotaKey, int]]


class Verbatim(NamedTuple):
    """A respondent's own words: personal data."""

    response_id: str
    question_id: str
    text: str


# The first bytes of an envelope: its field `envelope` as a varint of eight bytes (it may be longer than it need be, and
# messages of a type that follow each other are merged when read). The number is drawn while the statement holds its
# lock on the outbox: whoever locks the outbox finds every number drawn so far committed, or given up.
_SEPTETS = " | ".join(
    f"((number >> {7 * place} & 127 | {128 if place < 7 else 0}) << {56 - 8 * place})"
    for place in range(8)
)
_HEAD = rf"'\x08'::bytea || int8send({_SEPTETS})"
NUMBER = "nextval('outbox_id_seq') AS number"

_SPENT = """invited AS (
    SELECT unnest(${ids}::uuid[]) AS id
), spent AS (
    SELECT survey_spend_invitations(${hashes}::bytea[], ${ids}::uuid[]) AS id
), """
_SECRETS = """, secrets AS (
    INSERT INTO survey_secret (response_id, hash)
    SELECT * FROM unnest(${ids}::uuid[], ${hashes}::bytea[]) AS s (id, hash) WHERE id IN (SELECT id FROM stored)
)"""
# In the order of what is given, which is numbered then; 0 for what is no row of a file.
_ORIGIN = (
    "nullif((${importers}::bigint[])[ordinality], 0)",
    "nullif((${imports}::bigint[])[ordinality], 0)",
)
# In one order, so that replicas wait for each other instead of deadlocking.
_USED = """, used AS (
    INSERT INTO survey_daily AS d (survey_id, local_day, taken)
    SELECT survey_id, local_day, count(*)
    FROM unnest(${ids}::uuid[], ${surveys}::uuid[], ${days}::int[]) AS u (id, survey_id, local_day)
    WHERE id IN (SELECT id FROM stored) GROUP BY survey_id, local_day ORDER BY survey_id, local_day
    ON CONFLICT (survey_id, local_day) DO UPDATE SET taken = d.taken + excluded.taken
    RETURNING survey_id, local_day, taken
)"""
_OR_USED = "UNION ALL SELECT survey_id::text, local_day, taken FROM used"
# All are spent before the first response goes in: who waits for a response must hold no invitation that another wants.
_IF_SPENT = """, (SELECT count(*) FROM spent) AS before
    WHERE id NOT IN (SELECT id FROM invited) OR id IN (SELECT id FROM spent)"""


@cache
def _add_statement(*, invited: bool, secret: bool, counted: bool, imported: bool) -> str:
    """One statement that stores and announces.

    By whether some of the responses come with an invitation (they are stored only if they spend it), with a secret,
    count against the daily quota of their survey, or are rows of a file.
    """
    number = count(5)
    spent = _SPENT.format(hashes=next(number), ids=next(number)) if invited else ""
    secrets = _SECRETS.format(ids=next(number), hashes=next(number)) if secret else ""
    columns = {name: next(number) for name in ("ids", "surveys", "days") if counted}
    used = _USED.format(**columns) if counted else ""
    origin = "NULL::bigint, NULL::bigint"
    if imported:
        origin = ", ".join(_ORIGIN).format(importers=next(number), imports=next(number))
    return f"""
WITH given AS (
    SELECT * FROM unnest($1::survey_given[]) {"WITH ORDINALITY" if imported else ""}
), {spent}stored AS (
    INSERT INTO survey_response (id, version_id, body_hash, department_id, local_day, touchpoint_id,
        stage, channel, segment, language, customer_ref, occurred_at, answers, imported_by, import_number)
    SELECT id, version_id, body_hash, department_id, local_day, touchpoint_id,
        stage, channel, segment, language, customer_ref, occurred_at, answers, {origin} FROM given
    {_IF_SPENT if invited else ""}
    ON CONFLICT (id) DO NOTHING RETURNING id
), written AS (
    INSERT INTO survey_verbatim (response_id, question_id, text)
    SELECT * FROM unnest($2::survey_words[]) WHERE response_id IN (SELECT id FROM stored)
), announced AS (
    INSERT INTO outbox (id, subject, payload, traceparent)
    SELECT number, $3, {_HEAD} || facts, $4
    FROM (SELECT {NUMBER}, facts FROM (
        SELECT string_agg(fact, '' ORDER BY id) AS facts FROM given
        WHERE id IN (SELECT id FROM stored) GROUP BY envelope ORDER BY envelope
    ) AS packed) AS numbered
){secrets}{used}
SELECT id::text, NULL::int, NULL::int FROM stored {_OR_USED if counted else ""}"""


ANNOUNCE = f"""
INSERT INTO outbox (id, subject, payload, traceparent)
SELECT number, $1, {_HEAD} || $2::bytea, $3 FROM (SELECT {NUMBER}) AS numbered"""


async def add_responses(
    connection: Connection,
    envelopes: Sequence[Sequence[Row]],
    verbatims: Sequence[Verbatim],
    traceparent: str | None,
    invited: Sequence[tuple[bytes, str]] = (),
    secrets: Sequence[tuple[str, bytes]] = (),
    counted: Sequence[tuple[str, QuotaKey]] = (),
    origins: Mapping[str, tuple[int, int | None]] | None = None,
) -> Added:
    """Store responses of different ids and their verbatims, and announce them; all in one statement, so all or nothing.

    `envelopes` are the responses whose facts may go into each. Stored are those that were not there before and, where
    they are `invited` (hash of the token, response id), spent their invitation; only these are announced, their
    `secrets` (response id, hash) kept, and they are `counted` (response id, quota); of rows of files their `origins`
    (importer, number of the import) are kept, by response id. Rows go in by id, so that two replicas with the same ids
    wait for each other instead of deadlocking.
    """
    given = sorted((*row, place) for place, rows in enumerate(envelopes) for row in rows)
    quotas = [(response_id, *key) for response_id, key in counted]
    columns = [*_columns(invited), *_columns(secrets), *_columns(quotas)]
    if origins:
        found = (origins.get(row[0], (0, None)) for row in given)
        columns += _columns([(importer, number or 0) for importer, number in found])
    statement = _add_statement(
        invited=bool(invited), secret=bool(secrets), counted=bool(counted), imported=bool(origins)
    )
    rows = await connection.fetch(
        statement, given, verbatims, RESPONSES_RECORDED, traceparent, *columns
    )
    return Added(
        {row[0] for row in rows if row[2] is None},
        [(QuotaKey(row[0], row[1]), row[2]) for row in rows if row[2] is not None],
    )


def _columns(rows: Sequence[tuple[object, ...]]) -> list[Sequence[object]]:
    return list(zip(*rows, strict=True))


async def used_quotas(
    connection: Connection, keys: Sequence[QuotaKey]
) -> list[tuple[QuotaKey, int]]:
    """How much of each is used."""
    surveys, days = zip(*keys, strict=True)
    rows = await connection.fetch(
        "SELECT q.survey_id::text, q.local_day, coalesce(taken, 0)"
        " FROM unnest($1::uuid[], $2::int[]) AS q (survey_id, local_day)"
        " LEFT JOIN survey_daily USING (survey_id, local_day)",
        surveys,
        days,
    )
    return [(QuotaKey(row[0], row[1]), row[2]) for row in rows]


async def stored_bodies(
    connection: Connection, ids: Sequence[str], key: bytes
) -> dict[str, StoredBody]:
    """By what those of the responses are known again that are stored, by id. `key`: of the hashes of bodies."""
    rows = await connection.fetch(
        "SELECT id::text, body_hash, secret_hash FROM survey_stored_bodies($1::uuid[])", ids
    )
    return {
        row[0]: StoredBody(row[1], row[2], None if row[1] is None else keyed(key, row[1]))
        for row in rows
    }


async def departments_of(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Whom stored responses that the transaction named count for: ids of departments by ids of responses."""
    rows = await connection.fetch(
        "SELECT id::text, department_id::text FROM survey_response WHERE id = ANY($1::uuid[])", ids
    )
    return {row[0]: row[1] for row in rows}


class StoredResponse(NamedTuple):
    """A response that is stored; its answers as they are kept."""

    id: str
    version_id: str
    attribution: Attribution
    answers: bytes
    withdrawn: bool


_STORED = (
    "SELECT id::text, version_id::text, department_id::text, local_day, touchpoint_id::text, stage, channel, segment,"
    " language, answers, withdrawn_at IS NOT NULL FROM survey_response"
)
_GIVEN = f"{_STORED} WHERE id = $1::uuid"
_GIVEN_MANY = f"{_STORED} WHERE id = ANY($1::uuid[])"


async def find_response(connection: Connection, response_id: str) -> StoredResponse | None:
    """A response by id."""
    row = await connection.fetchrow(_GIVEN, response_id)
    return None if row is None else _given(row)


async def lock_response(connection: Connection, response_id: str) -> StoredResponse:
    """A response that is there and that nobody else may change until the end of the transaction."""
    row = await connection.fetchrow(f"{_GIVEN} FOR UPDATE", response_id)
    assert row is not None
    return _given(row)


async def lock_responses(connection: Connection, ids: Sequence[str]) -> list[StoredResponse]:
    """As lock_response, of several that the transaction named; in one order, so that two such wait for each other."""
    rows = await connection.fetch(f"{_GIVEN_MANY} ORDER BY id FOR UPDATE", ids)
    return [_given(row) for row in rows]


def _given(row: asyncpg.Record) -> StoredResponse:
    return StoredResponse(row[0], row[1], Attribution(*tuple(row)[2:9]), row[9], row[10])


async def replace_answers(connection: Connection, response_id: str, answers: bytes) -> None:
    await connection.execute(
        "UPDATE survey_response SET answers = $2 WHERE id = $1::uuid", response_id, answers
    )


async def replace_words(
    connection: Connection, response_id: str, words: Sequence[tuple[str, str]]
) -> bool:
    """Leave a response these verbatims (question id, text) and no others; False if it has them."""
    rows = await connection.fetch(
        "SELECT question_id::text, text FROM survey_verbatim WHERE response_id = $1::uuid",
        response_id,
    )
    if {tuple(row) for row in rows} == set(words):
        return False
    await connection.execute(
        "DELETE FROM survey_verbatim WHERE response_id = $1::uuid", response_id
    )
    await connection.executemany(
        "INSERT INTO survey_verbatim (response_id, question_id, text) VALUES ($1::uuid, $2::uuid, $3)",
        [(response_id, question_id, text) for question_id, text in words],
    )
    return True


async def mark_corrected(connection: Connection, ids: Sequence[str]) -> None:
    """Note of responses that their answers or words were replaced, so that no import takes them back."""
    await connection.execute(
        "UPDATE survey_response SET corrected_at = now() WHERE id = ANY($1::uuid[])", ids
    )


async def erase_responses(connection: Connection, nothing: Mapping[str, bytes]) -> None:
    """Erase what responses said and who said it, each with answers that say nothing, by id.

    Their ids stay, and a hash each that no body has.
    """
    await connection.execute(
        "UPDATE survey_response AS r SET answers = e.answers, customer_ref = NULL, withdrawn_at = now(),"
        " body_hash = uuid_send(gen_random_uuid())"
        " FROM unnest($1::uuid[], $2::bytea[]) AS e (id, answers) WHERE r.id = e.id",
        list(nothing),
        list(nothing.values()),
    )
    for table in ("survey_verbatim", "survey_secret"):
        await connection.execute(
            f"DELETE FROM {table} WHERE response_id = ANY($1::uuid[])", list(nothing)
        )


async def announce_envelope(
    connection: Connection, facts: Sequence[bytes], traceparent: str | None
) -> None:
    """Store an envelope of facts to be published after the commit."""
    await connection.execute(ANNOUNCE, RESPONSES_RECORDED, b"".join(facts), traceparent)
