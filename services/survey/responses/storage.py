"""Every query about responses and labels, on the driver and in bulk; nothing here commits.

Queries about surveys are in survey_storage.py.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import asyncpg

from services.kit.db.database import Connection, Pool
from services.kit.events.streams import RESPONSES_RECORDED
from services.survey.attribution.domain import FrozenAttribution
from services.survey.invitations.domain import Fixed, Invitation

MOST_LABELS = 1_000  # of each kind


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


class Verbatim(NamedTuple):
    """A respondent's own words: personal data."""

    response_id: str
    question_id: str
    text: str


class Label(NamedTuple):
    """A channel, segment or language in use."""

    kind: str
    value: str


# The first bytes of an envelope: its field `envelope` as a varint of eight bytes (it may be longer than it need be, and
# messages of a type that follow each other are merged when read). The number is drawn while the statement holds its
# lock on the outbox: whoever locks the outbox finds every number drawn so far committed, or given up.
_SEPTETS = " | ".join(
    f"((number >> {7 * place} & 127 | {128 if place < 7 else 0}) << {56 - 8 * place})"
    for place in range(8)
)
_HEAD = rf"'\x08'::bytea || int8send({_SEPTETS})"
NUMBER = "nextval('outbox_id_seq') AS number"

ADD_RESPONSES = f"""
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
    SELECT number, $3, {_HEAD} || facts, $4
    FROM (SELECT {NUMBER}, facts FROM (
        SELECT string_agg(fact, '' ORDER BY id) AS facts FROM given
        WHERE id IN (SELECT id FROM stored) GROUP BY envelope ORDER BY envelope
    ) AS packed) AS numbered
)
SELECT id::text FROM stored"""

# The same, of responses some of which come with an invitation: they are stored only if they spend it. An invitation
# that somebody else spends at this moment is waited for, and then found spent.
ADD_INVITED = ADD_RESPONSES.replace(
    "), stored AS (",
    """), invited AS (
    SELECT * FROM unnest($5::bytea[], $6::uuid[]) AS i (token_hash, id)
), spent AS (
    UPDATE survey_invitation AS o SET spent_by = i.id, spent_at = now() FROM invited i
    WHERE o.token_hash = i.token_hash AND o.spent_by IS NULL
        AND NOT EXISTS (SELECT FROM survey_response r WHERE r.id = i.id)
    RETURNING i.id
), stored AS (""",
    1,
).replace(
    "FROM given\n    ON CONFLICT",
    """FROM given
    WHERE id NOT IN (SELECT id FROM invited) OR id IN (SELECT id FROM spent)
    ON CONFLICT""",
    1,
)


ANNOUNCE = f"""
INSERT INTO outbox (id, subject, payload, traceparent)
SELECT number, $1, {_HEAD} || $2::bytea, $3 FROM (SELECT {NUMBER}) AS numbered"""


async def add_responses(
    connection: Connection,
    envelopes: Sequence[Sequence[Row]],
    verbatims: Sequence[Verbatim],
    traceparent: str | None,
    invited: Sequence[tuple[bytes, str]] = (),
) -> set[str]:
    """Store responses of different ids and their verbatims, and announce them; all in one statement, so all or nothing.

    `envelopes` are the responses whose facts may go into each. Returns the ids that were not there before and, where
    they are `invited` (hash of the token, response id), spent their invitation; only these are announced. Rows go in
    by id, so that two replicas with the same ids wait for each other instead of deadlocking.
    """
    given = sorted((*row, place) for place, rows in enumerate(envelopes) for row in rows)
    tokens = ([token for token, _ in invited], [response_id for _, response_id in invited])
    rows = await connection.fetch(
        ADD_INVITED if invited else ADD_RESPONSES,
        given,
        verbatims,
        RESPONSES_RECORDED,
        traceparent,
        *(tokens if invited else ()),
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


async def invitations(pool: Pool, hashes: Sequence[bytes]) -> dict[bytes, Invitation]:
    """Invitations by the hashes of their tokens; what is absent is left out."""
    rows = await pool.fetch(
        "SELECT token_hash, survey_id::text, expires_at, customer_ref, department, touchpoint, channel, segment,"
        " language, spent_by::text FROM survey_invitation WHERE token_hash = ANY ($1)",
        hashes,
    )
    return {
        row[0]: Invitation(row[0], row[1], row[2], row[3], Fixed(*tuple(row)[4:9]), row[9])
        for row in rows
    }


async def add_invitations(pool: Pool, made: Sequence[Invitation]) -> None:
    """Store new invitations; all or none."""
    rows = [(i.token_hash, i.survey_id, i.expires_at, i.customer_ref, *i.fixed) for i in made]
    async with pool.acquire() as connection, connection.transaction():
        await connection.executemany(
            "INSERT INTO survey_invitation (token_hash, survey_id, expires_at, customer_ref, department, touchpoint,"
            " channel, segment, language) VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9)",
            rows,
        )


class StoredResponse(NamedTuple):
    """A response that is stored; its answers as they are kept."""

    id: str
    version_id: str
    frozen: FrozenAttribution
    answers: bytes
    withdrawn: bool


_GIVEN = (
    "SELECT id::text, version_id::text, department_id::text, local_day, touchpoint_id::text, stage, channel, segment,"
    " language, answers, withdrawn_at IS NOT NULL FROM survey_response WHERE id = $1::uuid"
)


async def find_response(connection: Connection | Pool, response_id: str) -> StoredResponse | None:
    """A response by id."""
    row = await connection.fetchrow(_GIVEN, response_id)
    return None if row is None else _given(row)


async def lock_response(connection: Connection, response_id: str) -> StoredResponse:
    """A response that is there and that nobody else may change until the end of the transaction."""
    row = await connection.fetchrow(f"{_GIVEN} FOR UPDATE", response_id)
    assert row is not None
    return _given(row)


def _given(row: asyncpg.Record) -> StoredResponse:
    return StoredResponse(row[0], row[1], FrozenAttribution(*tuple(row)[2:9]), row[9], row[10])


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


async def erase_response(connection: Connection, response_id: str, nothing: bytes) -> None:
    """Erase what a response said and who said it; its id and the hash of its body stay."""
    await connection.execute(
        "UPDATE survey_response SET answers = $2, customer_ref = NULL, withdrawn_at = now()"
        " WHERE id = $1::uuid",
        response_id,
        nothing,
    )
    await connection.execute(
        "DELETE FROM survey_verbatim WHERE response_id = $1::uuid", response_id
    )
    await connection.execute(
        "UPDATE survey_invitation SET customer_ref = NULL WHERE spent_by = $1::uuid", response_id
    )


async def announce_envelope(
    connection: Connection, facts: Sequence[bytes], traceparent: str | None
) -> None:
    """Store an envelope of facts to be published after the commit."""
    await connection.execute(ANNOUNCE, RESPONSES_RECORDED, b"".join(facts), traceparent)
