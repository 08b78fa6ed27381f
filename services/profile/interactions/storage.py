"""Every query about interactions: they are stored on the driver and in bulk; nothing here commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from json import dumps
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Connection, Pool
from services.kit.db.row_security import state_purpose
from services.profile.customers.person_tables import MINE, PersonTable
from services.profile.facts.storage import IS_SOMEBODY, REACH
from services.profile.interactions.domain.kinds import Direction, InteractionKind, InteractionKinds

INTERACTION_TABLES: Final = (PersonTable("profile_interaction", f"alias {MINE}", is_locked=True),)
"""What an erasure does with interactions."""
PURPOSE: Final = "withdrawal"
"""For which rows are deleted beside an erasure."""

FIND_KINDS: Final = """
SELECT number, key, direction, is_contact, details, name FROM profile_interaction_kind ORDER BY number"""
PUT_KIND: Final = text("""
INSERT INTO profile_interaction_kind (number, key, direction, is_contact, details, name)
VALUES (:number, :key, :direction, :is_contact, :details, :name)
ON CONFLICT (number) DO UPDATE SET name = excluded.name, details = excluded.details""")
LOCK_KINDS: Final = text("LOCK TABLE profile_interaction_kind IN SHARE ROW EXCLUSIVE MODE")

ADD: Final = f"""
WITH given AS (
    SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::bigint[], $4::int[], $5::int[], $6::smallint[], $7::jsonb[])
        AS sent (alias, at, mark, department, dims, kind, details)
), stored AS (
    INSERT INTO profile_interaction (alias, at, mark, department, dims, kind, details)
    SELECT * FROM given WHERE {IS_SOMEBODY}
    ON CONFLICT DO NOTHING RETURNING alias, at, mark, department
), reached AS ({REACH})
SELECT alias, at, mark FROM stored"""
BARE_MONTH: Final = "SELECT profile_bare_interactions($1)"
FIND_STORED: Final = """
SELECT alias, at, mark FROM profile_interaction
WHERE (alias, at, mark) IN (SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::bigint[]))"""
WITHDRAW: Final = text("""
DELETE FROM profile_interaction WHERE (alias, at, mark) IN (
    SELECT * FROM unnest(CAST(:aliases AS int[]), CAST(:at AS timestamptz[]), CAST(:marks AS bigint[])))
RETURNING alias, at, mark""")
LIST: Final = text("""
SELECT f.alias, f.at, f.mark, f.kind, f.details, f.department, of.department::text AS department_id,
    d.touchpoint::text AS touchpoint_id, d.stage, d.channel
FROM unnest(CAST(:aliases AS int[])) AS own (alias)
CROSS JOIN LATERAL (
    SELECT * FROM profile_interaction i
    WHERE i.alias = own.alias AND i.at <= :at
        AND (i.at < :at OR (i.mark, i.alias) < (CAST(:mark AS bigint), CAST(:alias AS int)))
        AND (CAST(:kinds AS smallint[]) IS NULL OR i.kind = ANY(CAST(:kinds AS smallint[])))
    ORDER BY i.at DESC, i.mark DESC LIMIT :first
) AS f
JOIN profile_dimension_set d ON d.number = f.dims JOIN profile_fact_department of ON of.number = f.department
ORDER BY f.at DESC, f.mark DESC, f.alias DESC LIMIT :first""")
WHEREABOUTS: Final = text("""
WITH facts AS MATERIALIZED (
    SELECT i.at, i.kind, d.stage FROM profile_interaction i JOIN profile_dimension_set d ON d.number = i.dims
    WHERE i.alias = ANY(CAST(:aliases AS int[])) AND i.at <= :now AND i.kind = ANY(CAST(:kinds AS smallint[]))
), staged AS (
    SELECT at, stage FROM facts WHERE stage IS NOT NULL AND kind = ANY(CAST(:by_customer AS smallint[]))
), latest AS (
    SELECT stage FROM staged ORDER BY at DESC, stage LIMIT 1
)
SELECT (SELECT stage FROM latest) AS stage,
    (SELECT min(at) FROM staged WHERE stage = (SELECT stage FROM latest) AND at >= coalesce(
        (SELECT max(at) FROM staged WHERE stage <> (SELECT stage FROM latest)), '-infinity')) AS since,
    (SELECT max(at) FROM facts WHERE kind = ANY(CAST(:contacts AS smallint[]))) AS last_contact""")


class InteractionKey(NamedTuple):
    """By which an interaction is known."""

    alias: int
    at: datetime
    mark: int


@dataclass(frozen=True, slots=True)
class NewInteraction:
    """An interaction to be stored; numbers of its department, its dimensions and its kind."""

    key: InteractionKey
    department: int
    dimensions: int
    kind: int
    details: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class StoredInteraction:
    """An interaction with its frozen attribution; None for what it does not have."""

    key: InteractionKey
    kind: int
    department_id: str
    touchpoint_id: str | None
    stage: str | None
    channel: str | None
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands; None for what there is not."""

    stage: str | None
    since: datetime | None
    last_contact: datetime | None


async def find_kinds(pool: Pool) -> InteractionKinds:
    """All kinds of interactions."""
    rows = await pool.fetch(FIND_KINDS)
    return InteractionKinds(
        InteractionKind(
            row["number"],
            row["key"],
            Direction(row["direction"]),
            row["is_contact"],
            tuple(row["details"]),
            row["name"],
        )
        for row in rows
    )


async def lock_kinds(session: AsyncSession) -> None:
    """Nobody else makes kinds until the end of the transaction."""
    await session.execute(LOCK_KINDS)


async def put_kinds(session: AsyncSession, kinds: Iterable[InteractionKind]) -> None:
    """Store kinds; of one that is there name and keys of details change."""
    rows = [
        {
            "number": kind.number,
            "key": kind.key,
            "direction": kind.direction,
            "is_contact": kind.is_contact,
            "details": list(kind.details),
            "name": kind.name,
        }
        for kind in kinds
    ]
    if rows:
        await session.execute(PUT_KIND, rows)


async def add_interactions(
    connection: Connection, rows: Sequence[NewInteraction]
) -> set[InteractionKey]:
    """Store interactions and who touched whom, in one statement; which were stored now."""
    ordered = sorted(rows, key=lambda row: row.key)
    found = await connection.fetch(
        ADD,
        [row.key.alias for row in ordered],
        [row.key.at for row in ordered],
        [row.key.mark for row in ordered],
        [row.department for row in ordered],
        [row.dimensions for row in ordered],
        [row.kind for row in ordered],
        [row.details and dumps(row.details) for row in ordered],
    )
    return {InteractionKey(*row) for row in found}


async def find_stored(pool: Pool, keys: Sequence[InteractionKey]) -> set[InteractionKey]:
    """Those of these that are stored."""
    aliases, at, marks = _columns(keys)
    return {InteractionKey(*row) for row in await pool.fetch(FIND_STORED, aliases, at, marks)}


async def bare_month(pool: Pool, month: str) -> None:
    """Interactions of a month have no details any more."""
    await pool.execute(BARE_MONTH, month)


async def withdraw(session: AsyncSession, keys: Sequence[InteractionKey]) -> set[InteractionKey]:
    """Take interactions back; which were there."""
    await state_purpose(session, PURPOSE)
    aliases, at, marks = _columns(keys)
    rows = await session.execute(WITHDRAW, {"aliases": aliases, "at": at, "marks": marks})
    return {InteractionKey(*row) for row in rows}


def _columns(keys: Sequence[InteractionKey]) -> tuple[list[int], list[datetime], list[int]]:
    return [key.alias for key in keys], [key.at for key in keys], [key.mark for key in keys]


async def list_interactions(
    session: AsyncSession,
    aliases: Sequence[int],
    before: InteractionKey,
    kinds: Sequence[int] | None,
    first: int,
) -> list[StoredInteraction]:
    """The newest before one; None: of all kinds."""
    values = {
        "aliases": list(aliases),
        "at": before.at,
        "mark": before.mark,
        "alias": before.alias,
        "kinds": None if kinds is None else list(kinds),
        "first": first,
    }
    return [_stored(row) for row in await session.execute(LIST, values)]


async def find_standing(
    session: AsyncSession, aliases: Sequence[int], kinds: InteractionKinds, now: datetime
) -> Standing:
    """Where a person stands now."""
    values = {
        "aliases": list(aliases),
        "now": now,
        "kinds": sorted({*kinds.by_customer, *kinds.contacts}),
        "by_customer": kinds.by_customer,
        "contacts": kinds.contacts,
    }
    row = (await session.execute(WHEREABOUTS, values)).one()
    return Standing(row.stage, row.since, row.last_contact)


def _stored(row: Any) -> StoredInteraction:
    return StoredInteraction(
        InteractionKey(row.alias, row.at, row.mark),
        row.kind,
        row.department_id,
        row.touchpoint_id,
        row.stage,
        row.channel,
        row.details or {},
    )
