"""Every query about the audit log: it is written and read, and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Connection, Pool
from services.kit.db.row_security import guard_ddl
from services.kit.errors import Conflict
from services.kit.rights.access import Grant, Role
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed

_COLUMNS = "id, at, subject, role, department, deed, ids, keys"


def audit_ddl(service: str) -> tuple[str, ...]:
    """The table of a service. Its own role may add to it and read it: not change, not delete, not empty."""
    return (
        """
        CREATE TABLE audit_entry (
            id uuid PRIMARY KEY,
            at timestamptz NOT NULL,
            subject text NOT NULL,
            role text NOT NULL,
            department text NOT NULL,
            deed text NOT NULL,
            ids text[] NOT NULL,
            keys text[] NOT NULL
        )""",
        "CREATE INDEX audit_entry_at ON audit_entry (at, id)",
        "COMMENT ON TABLE audit_entry IS 'Who did what, when, by which grant; ids and keys, never values'",
        f"GRANT SELECT, INSERT ON audit_entry TO cxm_{service}_intake",
    )


def audit_guard_ddl(service: str) -> tuple[str, ...]:
    """Its rows name persons: guarded for its owner too, and open to the service's own role as its table is."""
    role = f"cxm_{service}_intake"
    return (
        *guard_ddl("audit_entry"),
        f"CREATE POLICY intake_adds ON audit_entry FOR INSERT TO {role} WITH CHECK (true)",
        f"CREATE POLICY intake_reads ON audit_entry FOR SELECT TO {role} USING (true)",
    )


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are asked for: None or empty for all. `about` is an id or a key."""

    subject: str = ""
    deeds: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class AuditPlace:
    """A place in the log, between entries."""

    at: datetime
    id: str


async def check_time(pool: Pool, now: datetime) -> None:
    """Conflict if something was done more than a day after now: time that stands too early would mix two histories."""
    latest = await pool.fetchval("SELECT max(at) FROM audit_entry")
    if latest is not None and latest > now + timedelta(days=1):
        raise Conflict(
            f"the clock says {now:%Y-%m-%d}, but something was done on {latest:%Y-%m-%d} already: set the clock right",
            reason="CLOCK_BEHIND",
        )


async def write_entries(session: AsyncSession, entries: Sequence[AuditEntry]) -> None:
    """Write entries in the transaction of what they tell of; nothing if there are none."""
    if entries:
        statement = (
            f"INSERT INTO audit_entry ({_COLUMNS}) VALUES"
            " (:id, :at, :subject, :role, :department, :deed, :ids, :keys)"
        )
        await session.execute(text(statement), [_row(entry) for entry in entries])


async def write_on_driver(connection: Connection, *entries: AuditEntry) -> None:
    """As write_entries, where there is no session."""
    if not entries:
        return
    statement = f"INSERT INTO audit_entry ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    await connection.executemany(statement, [tuple(_row(entry).values()) for entry in entries])


async def write_alone(pool: Pool, entry: AuditEntry) -> None:
    """Write what is done besides this database, before it is done: rows that leave, work that begins."""
    async with pool.acquire() as connection:
        await write_on_driver(connection, entry)


async def list_entries(
    session: AsyncSession, first: int, before: AuditPlace | None, wanted: AuditFilter
) -> list[AuditEntry]:
    """The newest entries that stand before a place, the newest first."""
    conditions = ["true"]
    if before is not None:
        conditions.append("(at, id) < (:at, :id)")
    if wanted.subject:
        conditions.append("subject = :subject")
    if wanted.deeds:
        conditions.append("deed = ANY(:deeds)")
    if wanted.about:
        conditions.append("(:about = ANY(ids) OR :about = ANY(keys))")
    statement = (
        f"SELECT {_COLUMNS} FROM audit_entry WHERE {' AND '.join(conditions)}"
        " ORDER BY at DESC, id DESC LIMIT :first"
    )
    values = {
        "first": first,
        "at": before and before.at,
        "id": before and UUID(before.id),
        "subject": wanted.subject,
        "deeds": list(wanted.deeds),
        "about": wanted.about,
    }
    used = {name: value for name, value in values.items() if f":{name}" in statement}
    return [_entry(row) for row in await session.execute(text(statement), used)]


def _row(entry: AuditEntry) -> dict[str, Any]:
    """In the order of the columns."""
    grant = entry.actor.grant
    return {
        "id": UUID(entry.id),
        "at": entry.at,
        "subject": entry.actor.subject,
        "role": grant.role if grant else "",
        "department": (grant.department or "") if grant else "",
        "deed": entry.deed,
        "ids": list(entry.ids),
        "keys": list(entry.keys),
    }


def _entry(row: Any) -> AuditEntry:
    grant = Grant(Role(row.role), row.department or None) if row.role else None
    return AuditEntry(
        at=row.at,
        actor=Actor(row.subject, grant),
        deed=Deed(row.deed),
        ids=tuple(row.ids),
        keys=tuple(row.keys),
        id=str(row.id),
    )
