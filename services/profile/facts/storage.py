"""Every query that all facts of customers share, on the driver and in bulk; nothing here commits."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from services.kit.db.database import Connection, Pool
from services.profile.customers.person_tables import MINE, PersonTable
from services.profile.customers.storage import Name
from services.profile.facts.domain import Dimensions

REACH_TABLES: Final = (PersonTable("profile_customer_department", f"alias {MINE}", is_locked=True),)
"""What an erasure does with who touched whom."""

FIND_ALIASES: Final = (
    "SELECT ref, kind, id FROM profile_customer_alias WHERE ref = ANY($1::bytea[])"
)
FIND_PERSON: Final = """
SELECT id, person, kind, ref FROM profile_customer_alias
WHERE person = (SELECT person FROM profile_customer_alias WHERE id = $1) ORDER BY id"""
IS_REACHED: Final = """
SELECT EXISTS (SELECT FROM profile_customer_department
    WHERE alias = ANY($1::int[]) AND department = ANY($2::int[]) AND last_at >= $3)"""
FIND_GONE: Final = """
SELECT alias FROM unnest($1::int[]) AS named (alias)
WHERE alias <> 0 AND NOT EXISTS (SELECT FROM profile_customer_alias a WHERE a.id = alias)"""
SORT_SECONDS: Final = 600.0
MAKE_MONTH: Final = "SELECT profile_make_month($1, $2, $3, $4)"
LIST_MONTHS: Final = """
SELECT substr(c.relname, length($1) + 2) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = to_regclass($1) ORDER BY c.relname"""
FIND_MONTHS: Final = "SELECT month, is_sorted, is_bare FROM profile_fact_month WHERE base = $1"
PUT_MONTH: Final = """
INSERT INTO profile_fact_month (base, month, is_sorted, is_bare) VALUES ($1, $2, true, $3)
ON CONFLICT (base, month) DO UPDATE SET is_sorted = true, is_bare = excluded.is_bare"""
SORT_MONTH: Final = "SELECT profile_sort_month($1, $2, $3, $4)"
DROP_MONTH: Final = "SELECT profile_drop_month($1, $2)"
FORGET_MONTH: Final = "DELETE FROM profile_fact_month WHERE base = $1 AND month = $2"
FIND_DEPARTMENTS: Final = "SELECT department::text, number FROM profile_fact_department"
ADD_DEPARTMENTS: Final = """
INSERT INTO profile_fact_department (department) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING"""
FIND_DIMENSIONS: Final = (
    "SELECT touchpoint::text, stage, channel, number FROM profile_dimension_set"
)
ADD_DIMENSIONS: Final = """
INSERT INTO profile_dimension_set (touchpoint, stage, channel)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING"""

IS_SOMEBODY: Final = """
(given.alias = 0 OR EXISTS (SELECT FROM profile_customer_alias a WHERE a.id = given.alias))"""
"""Of rows `given`: the alias is there still; who was erased meanwhile is nobody's to be stored."""
REACH: Final = """
INSERT INTO profile_customer_department AS d (alias, department, last_at)
SELECT alias, department, max(at) FROM stored WHERE alias <> 0 GROUP BY alias, department ORDER BY alias, department
ON CONFLICT (alias, department) DO UPDATE SET last_at = excluded.last_at WHERE d.last_at < excluded.last_at"""
"""A part of the statement that stores facts: who touched whom, from rows `stored` (alias, department, at).

In one order, so that replicas wait for each other instead of deadlocking: once in a transaction, or they do not.
"""

LOCK_REACH: Final = "LOCK TABLE ONLY profile_customer_department IN ROW EXCLUSIVE MODE"


async def lock_reach(connection: Connection) -> None:
    """Let an erasure wait for all that this transaction writes from here on; a statement of its own.

    For who writes facts in several statements, of which the one with REACH comes last.
    """
    await connection.execute(LOCK_REACH)


async def find_aliases(pool: Pool, names: Collection[Name]) -> dict[Name, int]:
    """Numbers of those aliases of these names that are known."""
    rows = await pool.fetch(FIND_ALIASES, [name.ref for name in names])
    found = {Name(kind, ref): number for ref, kind, number in rows}
    return {name: found[name] for name in names if name in found}


async def find_gone(connection: Connection, aliases: Sequence[int]) -> set[int]:
    """Those of these aliases that are no more."""
    return {row[0] for row in await connection.fetch(FIND_GONE, aliases)}


class Member(NamedTuple):
    """An alias of a person."""

    alias: int
    person: int
    kind: int
    ref: bytes


async def find_person(pool: Pool, number: int) -> list[Member]:
    """All aliases of the person of one, by number; none where there is no such alias."""
    return [Member(*row) for row in await pool.fetch(FIND_PERSON, number)]


async def is_reached(
    pool: Pool, aliases: Sequence[int], departments: Sequence[int], since: datetime
) -> bool:
    """Whether one of these departments had to do with one of these aliases since then."""
    return bool(await pool.fetchval(IS_REACHED, aliases, departments, since))


async def make_month(pool: Pool, table: str, month: str, begins: datetime, ends: datetime) -> None:
    """Let a table of facts take those of a month; one that it takes already stays as it is."""
    await pool.execute(MAKE_MONTH, table, month, begins, ends)


async def list_months(pool: Pool, table: str) -> list[str]:
    """Names of the months that a table of facts has, in order."""
    return [row[0] for row in await pool.fetch(LIST_MONTHS, table)]


async def find_months(pool: Pool, table: str) -> dict[str, tuple[bool, bool]]:
    """Of months that something was done with: whether they are sorted, and bare."""
    return {row[0]: (row[1], row[2]) for row in await pool.fetch(FIND_MONTHS, table)}


async def put_month(pool: Pool, table: str, month: str, *, is_bare: bool) -> None:
    """A month is sorted, and perhaps bare."""
    await pool.execute(PUT_MONTH, table, month, is_bare)


async def sort_month(pool: Pool, table: str, month: str, begins: datetime, ends: datetime) -> None:
    """Put the rows of a month in the order of their keys; who writes to the table waits meanwhile."""
    await pool.execute(SORT_MONTH, table, month, begins, ends, timeout=SORT_SECONDS)


async def drop_month(pool: Pool, table: str, month: str) -> None:
    """All of a month goes."""
    await pool.execute(DROP_MONTH, table, month)
    await pool.execute(FORGET_MONTH, table, month)


async def find_departments(pool: Pool) -> dict[str, int]:
    """Numbers of all departments that have facts, by their ids."""
    return {row[0]: row[1] for row in await pool.fetch(FIND_DEPARTMENTS)}


async def add_departments(pool: Pool, ids: Collection[str]) -> None:
    """Give numbers to departments; those that have one keep it."""
    await pool.execute(ADD_DEPARTMENTS, sorted(ids))


async def find_dimensions(pool: Pool) -> dict[Dimensions, int]:
    """Numbers of all sets of dimensions."""
    rows = await pool.fetch(FIND_DIMENSIONS)
    return {Dimensions(*dimensions): number for *dimensions, number in rows}


async def add_dimensions(pool: Pool, sets: Collection[Dimensions]) -> None:
    """Give numbers to sets of dimensions; those that have one keep it. In one order, as REACH."""
    ordered = sorted(sets, key=lambda each: [value or "" for value in each])
    await pool.execute(
        ADD_DIMENSIONS,
        [each.touchpoint_id for each in ordered],
        [each.stage for each in ordered],
        [each.channel for each in ordered],
    )
