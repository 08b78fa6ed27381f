"""Every query of profile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Integer, delete, func, select, text, type_coerce, update
from sqlalchemy.dialects.postgresql import Range, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from services.kit.clock import EPOCH, day_date
from services.kit.db.database import Pool
from services.kit.rights.tree import Closing, Department, History, Placement, Term, Touchpoint
from services.profile.directory.domain.organization import Stage
from services.profile.directory.tables import (
    DepartmentRow,
    OrganizationRow,
    PlacementRow,
    StageRow,
    TermRow,
    TouchpointRow,
)

WRITERS_LOCK = 0x64697265  # whoever changes the directory holds it until commit

RangeT = TypeVar("RangeT", Placement, Term)


@dataclass(frozen=True, slots=True)
class Organization:
    """The one organisation, and how often its directory has changed."""

    time_zone: str
    root_id: str
    version: int


async def lock_directory(session: AsyncSession) -> None:
    """Wait until no other transaction changes the directory; held to the end of this one.

    Two moves that are fine alone can close a circle together, so the second must see the first.
    """
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})


async def find_version(pool: Pool) -> int | None:
    """How often the directory has changed; None before the first start."""
    version: int | None = await pool.fetchval("SELECT version FROM profile_organization")
    return version


async def find_organization(session: AsyncSession) -> Organization | None:
    """The organisation; None before the first start."""
    row = (
        await session.execute(
            select(
                col(OrganizationRow.time_zone),
                col(OrganizationRow.root_id),
                col(OrganizationRow.version),
            )
        )
    ).one_or_none()
    return None if row is None else Organization(row.time_zone, str(row.root_id), row.version)


async def add_organization(
    session: AsyncSession, organization: Organization, stages: Iterable[Stage]
) -> None:
    """Store the organisation, whose root must be stored, and its stages."""
    session.add(
        OrganizationRow(
            time_zone=organization.time_zone,
            root_id=UUID(organization.root_id),
            version=organization.version,
        )
    )
    session.add_all(
        StageRow(key=stage.key, name=stage.name, position=stage.position) for stage in stages
    )
    await session.flush()


async def next_version(session: AsyncSession) -> int:
    """Count one more change of the directory; the caller holds the lock."""
    statement = update(OrganizationRow).values(version=col(OrganizationRow.version) + 1)
    return (await session.execute(statement.returning(col(OrganizationRow.version)))).scalar_one()


async def list_stages(session: AsyncSession) -> list[Stage]:
    """All stages in the order of the journey."""
    statement = select(col(StageRow.key), col(StageRow.name), col(StageRow.position))
    rows = await session.execute(statement.order_by(col(StageRow.position)))
    return [Stage(row.key, row.name, row.position) for row in rows]


async def departments_since(session: AsyncSession, version: int) -> list[Department]:
    """Departments changed after a version, each with its whole history."""
    rows = await session.execute(
        select(
            col(DepartmentRow.id),
            col(DepartmentRow.key),
            col(DepartmentRow.name),
            col(DepartmentRow.revision),
            col(DepartmentRow.former_names),
            type_coerce(col(DepartmentRow.closed_from) - EPOCH, Integer),
            col(DepartmentRow.merged_into),
            col(PlacementRow.parent_id),
            *_days(col(PlacementRow.valid)),
        )
        .join(PlacementRow, col(PlacementRow.department_id) == col(DepartmentRow.id))
        .where(col(DepartmentRow.revision) > version)
        .order_by(col(DepartmentRow.id), col(PlacementRow.valid))
    )
    found: dict[UUID, tuple[Department, list[Placement]]] = {}
    for id_, key, name, revision, former, closed, into, parent_id, start, end in rows:
        closing = None if closed is None else Closing(closed, None if into is None else str(into))
        state = Department(str(id_), key, name, revision, History(()), tuple(former), closing)
        parent = None if parent_id is None else str(parent_id)
        found.setdefault(id_, (state, []))[1].append(Placement(parent, start, end))
    return [replace(state, placements=History(tuple(places))) for state, places in found.values()]


async def touchpoints_since(session: AsyncSession, version: int) -> list[Touchpoint]:
    """Touchpoints changed after a version, each with its whole history."""
    rows = await session.execute(
        select(
            col(TouchpointRow.id),
            col(TouchpointRow.key),
            col(TouchpointRow.name),
            col(TouchpointRow.revision),
            col(TouchpointRow.channel),
            col(TermRow.department_id),
            col(TermRow.stage),
            *_days(col(TermRow.valid)),
        )
        .join(TermRow, col(TermRow.touchpoint_id) == col(TouchpointRow.id))
        .where(col(TouchpointRow.revision) > version)
        .order_by(col(TouchpointRow.id), col(TermRow.valid))
    )
    found: dict[UUID, tuple[tuple[str, str, int, str], list[Term]]] = {}
    for id_, key, name, revision, channel, department_id, stage, start, end in rows:
        _, terms = found.setdefault(id_, ((key, name, revision, channel), []))
        terms.append(Term(str(department_id), stage or "", start, end))
    return [
        Touchpoint(str(id_), *state, History(tuple(terms))) for id_, (state, terms) in found.items()
    ]


async def put_departments(session: AsyncSession, departments: Sequence[Department]) -> None:
    """Store departments as they are now, with their whole histories; a few statements for all of them."""
    states = [
        {
            "id": UUID(d.id),
            "key": d.key,
            "name": d.name,
            "revision": d.revision,
            "former_names": list(d.former_names),
            "closed_from": None if d.closing is None else day_date(d.closing.from_day),
            "merged_into": None if d.closing is None else _uuid(d.closing.into_id),
        }
        for d in departments
    ]
    places = [
        {"department_id": UUID(d.id), "parent_id": _uuid(p.parent_id), "valid": _range(p)}
        for d in departments
        for p in d.placements.ranges
    ]
    await _put(session, DepartmentRow, states)
    ids = [state["id"] for state in states]
    await session.execute(delete(PlacementRow).where(col(PlacementRow.department_id).in_(ids)))
    await session.execute(insert(PlacementRow), places)


async def put_touchpoints(session: AsyncSession, touchpoints: Sequence[Touchpoint]) -> None:
    """Store touchpoints as they are now, with their whole histories; a few statements for all of them."""
    states = [
        {
            "id": UUID(t.id),
            "key": t.key,
            "name": t.name,
            "channel": t.channel,
            "revision": t.revision,
        }
        for t in touchpoints
    ]
    terms = [
        {
            "touchpoint_id": UUID(t.id),
            "department_id": UUID(term.department_id),
            "stage": term.stage or None,
            "valid": _range(term),
        }
        for t in touchpoints
        for term in t.terms.ranges
    ]
    await _put(session, TouchpointRow, states)
    ids = [state["id"] for state in states]
    await session.execute(delete(TermRow).where(col(TermRow.touchpoint_id).in_(ids)))
    await session.execute(insert(TermRow), terms)


async def _put(
    session: AsyncSession, table: type[SQLModel], states: Sequence[dict[str, Any]]
) -> None:
    statement = insert(table)
    new = {name: statement.excluded[name] for name in states[0] if name != "id"}
    await session.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_=new), list(states)
    )


def _days(valid: Any) -> tuple[Any, Any]:
    """A range's first day and first day after it, as day numbers; null where it is open."""
    return (
        type_coerce(func.lower(valid) - EPOCH, Integer),
        type_coerce(func.upper(valid) - EPOCH, Integer),
    )


def _range(entry: Placement | Term) -> Range[date]:
    return Range(
        None if entry.from_day is None else day_date(entry.from_day),
        None if entry.to_day is None else day_date(entry.to_day),
    )


def _uuid(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
