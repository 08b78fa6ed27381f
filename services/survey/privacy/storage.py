"""Every query about customers who are erased; nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Connection

CHAIN_LOCK: Final = 0x65726173  # whoever writes a receipt holds it until commit

BLOCK: Final = text("""
INSERT INTO survey_erased_customer AS e (customer_ref, revision, is_blocked)
SELECT DISTINCT ref, CAST(:revision AS bigint), CAST(:is_blocked AS boolean)
FROM unnest(CAST(:refs AS bytea[])) AS r (ref) ORDER BY ref
ON CONFLICT (customer_ref) DO UPDATE SET revision = excluded.revision, is_blocked = excluded.is_blocked
WHERE e.revision < excluded.revision""")
BEGIN: Final = text("INSERT INTO survey_erasure (id) VALUES (:id) ON CONFLICT (id) DO NOTHING")
COUNT: Final = text(
    "SELECT responses, verbatims, secrets, invitations"
    " FROM survey_count_erased(CAST(:refs AS bytea[]), CAST(:ids AS uuid[]))"
)
FIND: Final = text("""
SELECT responses, verbatims, secrets, invitations, reported_at, previous, digest FROM survey_erasure WHERE id = :id
FOR UPDATE""")
NEWEST: Final = text(
    "SELECT number, digest FROM survey_erasure WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1"
)
REPORT: Final = text("""
UPDATE survey_erasure SET number = :number, reported_at = :at, previous = :previous, digest = :digest
WHERE id = :id""")


class Found(NamedTuple):
    """How many rows there are of some customers, or were erased, by table."""

    responses: int = 0
    verbatims: int = 0
    secrets: int = 0
    invitations: int = 0


@dataclass(frozen=True, slots=True)
class Erasure:
    """How far an erasure is; no `reported_at`: it goes on."""

    found: Found
    reported_at: datetime | None
    previous: bytes
    digest: bytes


async def block(
    session: AsyncSession, refs: Sequence[bytes], revision: int, *, is_blocked: bool = True
) -> None:
    """Store nothing with these customers from now on, or again; not what is older than what was said last."""
    await session.execute(BLOCK, {"refs": refs, "revision": revision, "is_blocked": is_blocked})


async def begin(session: AsyncSession, id_: UUID) -> None:
    """Note that an erasure begins; again it changes nothing."""
    await session.execute(BEGIN, {"id": id_})


async def await_response_writers(session: AsyncSession) -> None:
    """Return once all have ended who wrote responses when this began."""
    await session.execute(text("SELECT survey_await_writers_of_response()"))


async def await_invitation_writers(session: AsyncSession) -> None:
    """The same of invitations."""
    await session.execute(text("SELECT survey_await_writers_of_invitation()"))


async def count_of(session: AsyncSession, refs: Sequence[bytes], ids: Sequence[str]) -> Found:
    """What is stored of customers, and of responses by id."""
    row = (await session.execute(COUNT, {"refs": refs, "ids": [UUID(each) for each in ids]})).one()
    return Found(*row)


async def lock_erasure(session: AsyncSession, id_: UUID) -> Erasure:
    """How far an erasure that began is; nobody else goes on with it until the end of the transaction."""
    row = (await session.execute(FIND, {"id": id_})).one()
    return Erasure(Found(*row[:4]), row[4], row[5] or b"", row[6] or b"")


async def lock_chain(session: AsyncSession) -> tuple[int, bytes]:
    """Number and digest of the newest receipt, 0 and nothing before the first; no other is written meanwhile."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    row = (await session.execute(NEWEST)).first()
    return (0, b"") if row is None else (row[0], row[1])


async def put_receipt(
    session: AsyncSession, id_: UUID, number: int, at: datetime, previous: bytes, digest: bytes
) -> None:
    """Note that all of an erasure is done, and how that is shown."""
    values = {"id": id_, "number": number, "at": at, "previous": previous, "digest": digest}
    await session.execute(REPORT, values)


async def find_responses(
    connection: Connection, refs: Sequence[bytes], ids: Sequence[str], most: int
) -> list[str]:
    """Ids of some responses of customers, and of those of these that are not withdrawn."""
    statement = "SELECT id::text FROM survey_find_erased($1::bytea[], $2::uuid[], $3) AS f (id)"
    rows = await connection.fetch(statement, refs, ids, most)
    return [row[0] for row in rows]


async def count_said(connection: Connection, ids: Sequence[str]) -> tuple[int, int]:
    """How many words and secrets responses have that the transaction named."""
    row = await connection.fetchrow(
        "SELECT (SELECT count(*) FROM survey_verbatim WHERE response_id = ANY($1::uuid[])),"
        " (SELECT count(*) FROM survey_secret WHERE response_id = ANY($1::uuid[]))",
        ids,
    )
    assert row is not None
    return row[0], row[1]


async def forget_invited(connection: Connection, refs: Sequence[bytes]) -> int:
    """Take customers off the invitations that name them; how many there were."""
    forgotten: int = await connection.fetchval("SELECT survey_forget_invited($1::bytea[])", refs)
    return forgotten


async def add_found(connection: Connection, id_: str, found: Found) -> None:
    """Note what was erased in this transaction."""
    await connection.execute(
        "UPDATE survey_erasure SET responses = responses + $2, verbatims = verbatims + $3, secrets = secrets + $4,"
        " invitations = invitations + $5 WHERE id = $1::uuid",
        id_,
        *found,
    )
