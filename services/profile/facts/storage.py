"""Every query that all facts of customers share, on the driver and in bulk; nothing here commits."""

from collections.abc import Collection, Sequence
from typing import Final

from services.kit.db.database import Connection, Pool
from services.profile.customers.person_tables import MINE, PersonTable
from services.profile.customers.storage import Name
from services.profile.facts.domain import Dimensions

REACH_TABLES: Final = (PersonTable("profile_customer_department", f"alias {MINE}", is_locked=True),)
"""What an erasure does with who touched whom."""

FIND_ALIASES: Final = (
    "SELECT ref, kind, id FROM profile_customer_alias WHERE ref = ANY($1::bytea[])"
)
FIND_GONE: Final = """
SELECT alias FROM unnest($1::int[]) AS named (alias)
WHERE alias <> 0 AND NOT EXISTS (SELECT FROM profile_customer_alias a WHERE a.id = alias)"""
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

In one order, so that replicas wait for each other instead of deadlocking.
"""


async def find_aliases(pool: Pool, names: Collection[Name]) -> dict[Name, int]:
    """Numbers of those aliases of these names that are known."""
    rows = await pool.fetch(FIND_ALIASES, [name.ref for name in names])
    found = {Name(kind, ref): number for ref, kind, number in rows}
    return {name: found[name] for name in names if name in found}


async def find_gone(connection: Connection, aliases: Sequence[int]) -> set[int]:
    """Those of these aliases that are no more."""
    return {row[0] for row in await connection.fetch(FIND_GONE, aliases)}


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
    """Give numbers to sets of dimensions; those that have one keep it."""
    await pool.execute(
        ADD_DIMENSIONS,
        [each.touchpoint_id for each in sets],
        [each.stage for each in sets],
        [each.channel for each in sets],
    )
