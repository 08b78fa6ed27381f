"""Every statement about the purchase log and who is who in it, on the driver."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import asyncpg

from services.kit.db.database import Connection, Pool

# A second delivery is a unique violation of the inbox: nothing happens. Nor does it for a generation that is not the
# one that is counted; who begins a new one waits for those who write, and they for it. The row of a department orders
# its writers, so revisions have no gaps.
ADD: Final = """
WITH source AS (
    SELECT FROM metrics_purchase_state WHERE generation = $6 FOR SHARE
), once AS (
    INSERT INTO metrics_purchase_inbox (department_id, envelope, at)
    SELECT d, e, $5 FROM unnest($1::int[], $2::bigint[]) AS i (d, e) WHERE EXISTS (SELECT FROM source)
), part AS (
    SELECT d, p FROM unnest($3::int[], $4::bytea[]) AS n (d, p) WHERE EXISTS (SELECT FROM source)
), stood AS (
    INSERT INTO metrics_purchase_standing AS o (department_id, revision) SELECT d, 1 FROM part ORDER BY d
    ON CONFLICT (department_id) DO UPDATE SET revision = o.revision + 1
    RETURNING department_id, revision
)
INSERT INTO metrics_purchase_journal (department_id, revision, purchases)
SELECT department_id, revision, p FROM stood JOIN part ON d = department_id"""
GENERATION: Final = "SELECT generation FROM metrics_purchase_state"
BEGIN_GENERATION: Final = (
    "UPDATE metrics_purchase_state SET generation = $1 WHERE generation < $1 RETURNING generation"
)
VOID: Final = """
WITH blocks AS (DELETE FROM metrics_purchase_block), journal AS (DELETE FROM metrics_purchase_journal),
    inbox AS (DELETE FROM metrics_purchase_inbox)
UPDATE metrics_purchase_standing SET revision = revision + 1"""
HOLD_GENERATION: Final = "SELECT FROM metrics_purchase_state FOR SHARE"
STANDING: Final = """
SELECT department_id, revision FROM metrics_purchase_standing WHERE $1::int[] IS NULL OR department_id = ANY ($1)"""
HAS_STANDING: Final = "SELECT EXISTS (SELECT FROM metrics_purchase_standing)"
NEWS: Final = """
SELECT department_id, count(*) AS rows, string_agg(purchases, ''::bytea ORDER BY revision) AS purchases
FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS k (d, known, wanted)
JOIN metrics_purchase_journal ON department_id = d AND revision > known AND revision <= wanted
GROUP BY department_id"""
REVISION: Final = "SELECT revision FROM metrics_purchase_standing WHERE department_id = $1"
BLOCKS: Final = "SELECT purchases FROM metrics_purchase_block WHERE department_id = $1"
ROWS: Final = "SELECT purchases FROM metrics_purchase_journal WHERE department_id = $1"

UP_TO: Final = "department_id = $1 AND revision <= $2"
# One statement: who waits here for another does not see, and so leaves, the early row that the other has written.
TAKE_ROWS: Final = f"DELETE FROM metrics_purchase_journal WHERE {UP_TO} RETURNING purchases"
KEEP_EARLY: Final = """
INSERT INTO metrics_purchase_journal AS kept (department_id, revision, purchases) VALUES ($1, 0, $2)
ON CONFLICT (department_id, revision) DO UPDATE SET purchases = kept.purchases || excluded.purchases"""
READ_BLOCK: Final = "SELECT purchases FROM metrics_purchase_block WHERE department_id = $1 AND month = $2 FOR UPDATE"
WRITE_BLOCK: Final = """
INSERT INTO metrics_purchase_block (department_id, month, count, purchases) VALUES ($1, $2, $3, $4)
ON CONFLICT (department_id, month) DO UPDATE SET count = excluded.count, purchases = excluded.purchases"""
DELETE_BLOCK: Final = "DELETE FROM metrics_purchase_block WHERE department_id = $1 AND month = $2"
OLD_ROWS: Final = """
SELECT department_id, max(revision) AS revision FROM metrics_purchase_journal WHERE revision > 0 GROUP BY 1"""
FORGET: Final = "DELETE FROM metrics_purchase_inbox WHERE at < $1"
KEPT_FOR: Final = timedelta(days=60)
"""So long it is known which envelopes came; a dead letter that is older was never counted."""

# The row of the state orders the writers: what a reader sees up to a revision is all there is up to it.
PUT_PERSONS: Final = """
WITH state AS (UPDATE metrics_person_state SET revision = revision + 1 RETURNING revision)
INSERT INTO metrics_person AS kept (alias, person, said, revision)
SELECT alias, person, said, (SELECT revision FROM state)
FROM unnest($1::int[], $2::int[], $3::bigint[]) AS n (alias, person, said) ORDER BY alias
ON CONFLICT (alias) DO UPDATE SET person = excluded.person, said = excluded.said, revision = excluded.revision
WHERE kept.person > 0 AND (excluded.person = 0 OR kept.said < excluded.said)"""
PERSONS_REVISION: Final = "SELECT revision FROM metrics_person_state"
NEW_PERSONS: Final = (
    "SELECT alias, person FROM metrics_person WHERE revision > $1 AND revision <= $2"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """The person of an alias, said as of a revision of profile's."""

    person: int
    said: int


async def generation(pool: Pool) -> int:
    """The one that is counted."""
    found: int = await pool.fetchval(GENERATION)
    return found


async def begin_generation(pool: Pool, number: int) -> None:
    """Void all that was counted, unless this generation or a later one has begun already."""
    async with pool.acquire() as connection, connection.transaction():
        if await connection.fetchval(BEGIN_GENERATION, number) is not None:
            await connection.execute(VOID)


async def add_purchases(
    pool: Pool,
    once: Sequence[tuple[int, int]],
    parts: Mapping[int, bytes],
    at: datetime,
    number: int,
) -> bool:
    """Store what envelopes of a generation have for departments; False, and nothing stored, where one of them was
    stored before. What is of another generation than is counted is not stored, and need not be.

    `once`: (department, envelope) of each pair that holds something.
    """
    departments, envelopes = zip(*once, strict=True)
    columns = departments, envelopes, list(parts), list(parts.values())
    try:
        await pool.execute(ADD, *columns, at, number)
    except asyncpg.UniqueViolationError as error:
        if not (error.constraint_name or "").startswith("metrics_purchase_inbox"):
            raise
        return False
    return True


async def standing(pool: Pool, departments: Collection[int] | None) -> dict[int, int]:
    """By department how far its log is; None for all."""
    rows = await pool.fetch(STANDING, None if departments is None else list(departments))
    return {row["department_id"]: row["revision"] for row in rows}


async def has_standing(pool: Pool) -> bool:
    """Whether any department has a log."""
    found: bool = await pool.fetchval(HAS_STANDING)
    return found


async def news(pool: Pool, behind: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, bytes]]:
    """By department how many journal rows there are between two revisions, and what is in them."""
    known, wanted = zip(*behind.values(), strict=True)
    rows = await pool.fetch(NEWS, list(behind), known, wanted)
    return {row["department_id"]: (row["rows"], row["purchases"]) for row in rows}


async def whole(pool: Pool, department: int) -> tuple[int, list[bytes], list[bytes]]:
    """A department's revision, blocks and journal rows, from one moment of the database."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        revision = await connection.fetchval(REVISION, department)
        blocks = await connection.fetch(BLOCKS, department)
        rows = await connection.fetch(ROWS, department)
    return revision or 0, [row[0] for row in blocks], [row[0] for row in rows]


async def old_rows(pool: Pool) -> dict[int, int]:
    """By department the newest journal row."""
    return {row["department_id"]: row["revision"] for row in await pool.fetch(OLD_ROWS)}


async def take_rows(connection: Connection, department: int, revision: int) -> list[bytes]:
    """Take journal rows up to a revision out of the journal, each by one caller alone.

    No new generation begins until the transaction ends.
    """
    await connection.execute(HOLD_GENERATION)
    rows = await connection.fetch(TAKE_ROWS, department, revision)
    return [row["purchases"] for row in rows]


async def keep_early(connection: Connection, department: int, purchases: bytes) -> None:
    await connection.execute(KEEP_EARLY, department, purchases)


async def read_block(connection: Connection, department: int, month: int) -> bytes | None:
    block: bytes | None = await connection.fetchval(READ_BLOCK, department, month)
    return block


async def write_block(
    connection: Connection, department: int, month: int, count: int, purchases: bytes
) -> None:
    """Store a block, or delete one that holds nothing."""
    if count:
        await connection.execute(WRITE_BLOCK, department, month, count, purchases)
    else:
        await connection.execute(DELETE_BLOCK, department, month)


async def forget_envelopes(pool: Pool, at: datetime) -> None:
    await pool.execute(FORGET, at - KEPT_FOR)


async def put_persons(pool: Pool, moved: Mapping[int, Moved]) -> None:
    """Keep whose aliases are, unless something newer is kept. Person 0 is the last word: the alias is erased, and what
    was said of it before changes nothing, however late it comes.
    """
    persons = [each.person for each in moved.values()]
    await pool.execute(PUT_PERSONS, list(moved), persons, [each.said for each in moved.values()])


async def persons_revision(pool: Pool) -> int:
    revision: int = await pool.fetchval(PERSONS_REVISION)
    return revision


async def new_persons(pool: Pool, known: int, wanted: int) -> dict[int, int]:
    """By alias its person, of those that changed between two revisions; 0 of what is erased."""
    rows = await pool.fetch(NEW_PERSONS, known, wanted)
    return {row["alias"]: row["person"] for row in rows}
