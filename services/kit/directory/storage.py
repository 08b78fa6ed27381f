"""Tables and queries of a service's own copy of the directory."""

from collections.abc import Sequence
from typing import Literal

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.profile.v1 import profile_pb2 as pb
from services.kit.db.database import Pool

Kind = Literal["department", "touchpoint"]

DIRECTORY_DDL = """
CREATE TABLE directory_copy (
    id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('department', 'touchpoint')),
    revision bigint NOT NULL,
    state bytea NOT NULL
);
CREATE TABLE directory_state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL,
    time_zone text NOT NULL,
    root_id text NOT NULL
)"""

PUT = text(
    "INSERT INTO directory_copy AS c (id, kind, revision, state) VALUES (:id, :kind, :revision, :state)"
    " ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, state = excluded.state"
    " WHERE c.revision < excluded.revision"
)
# The first statement of every writer: its row lock orders them, so they cannot wait for one another in a circle.
TOUCH = text("UPDATE directory_state SET version = version + 1")
FOUND = text(
    "INSERT INTO directory_state (version, time_zone, root_id)"
    " VALUES (0, :time_zone, :root_id) ON CONFLICT DO NOTHING"
)


async def find_state(pool: Pool) -> asyncpg.Record | None:
    """Version of the copy, time zone and root's id; None before it was filled."""
    return await pool.fetchrow("SELECT version, time_zone, root_id FROM directory_state")


async def list_states(pool: Pool) -> tuple[list[pb.Department], list[pb.Touchpoint]]:
    """Everything that is copied."""
    rows = await pool.fetch("SELECT kind, state FROM directory_copy")
    states: dict[str, list[bytes]] = {"department": [], "touchpoint": []}
    for row in rows:
        states[row["kind"]].append(row["state"])
    return (
        [pb.Department.FromString(state) for state in states["department"]],
        [pb.Touchpoint.FromString(state) for state in states["touchpoint"]],
    )


async def add_state(session: AsyncSession, organization: pb.Organization) -> None:
    """Make the copy of an organisation, unless there is one."""
    values = {"time_zone": organization.time_zone, "root_id": organization.root_id}
    await session.execute(FOUND, values)


async def touch(session: AsyncSession) -> None:
    """Count one more change of the copy; before any other statement of the transaction."""
    await session.execute(TOUCH)


async def put(
    session: AsyncSession,
    departments: Sequence[pb.Department] = (),
    touchpoints: Sequence[pb.Touchpoint] = (),
) -> None:
    """Store states, unless later ones are there."""
    for department in departments:
        await _put(session, "department", department)
    for touchpoint in touchpoints:
        await _put(session, "touchpoint", touchpoint)


async def _put(session: AsyncSession, kind: Kind, item: pb.Department | pb.Touchpoint) -> None:
    state = {"id": item.id, "kind": kind, "revision": item.revision}
    await session.execute(PUT, {**state, "state": item.SerializeToString()})
