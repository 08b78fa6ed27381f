"""Every query of employee_exp."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, delete, func, select, text, type_coerce
from sqlalchemy.dialects.postgresql import Range, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.employee_exp.employment.domain.employment import Employment, Stint
from services.employee_exp.employment.tables import EmployeeRow, StintRow
from services.kit.clock import EPOCH, day_date
from services.kit.db.row_security import name_rows, state_purpose

WRITERS_LOCK = 0x656D7078  # whoever changes employments holds it until commit


async def lock_employments(session: AsyncSession) -> None:
    """Wait until no other transaction changes employments; held to the end of this one.

    Imports are rare and large; in a row they can neither deadlock nor overlap each other's stints.
    """
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})


async def find_employments(
    session: AsyncSession, external_ids: Iterable[str]
) -> dict[str, Employment]:
    """Employments of those who are known, by external id; the rest of the transaction sees these and no others."""
    external_ids = list(external_ids)
    await name_rows(session, employees=external_ids)
    return await _employments(session, [col(EmployeeRow.external_id).in_(external_ids)])


async def find_unkeyed(session: AsyncSession, names: Iterable[str]) -> set[str]:
    """Those of the names that are external ids of rows imported before such ids were keyed."""
    names = list(names)
    await name_rows(session, employees=names)
    found = await session.scalars(
        select(col(EmployeeRow.external_id)).where(
            col(EmployeeRow.external_id).in_(names), col(EmployeeRow.unkeyed)
        )
    )
    return set(found)


async def all_employments(session: AsyncSession) -> dict[str, Employment]:
    """Every employment, by external id; to be announced."""
    await state_purpose(session, "announcing")
    return await _employments(session, [])


async def _employments(
    session: AsyncSession, conditions: Iterable[ColumnElement[bool]]
) -> dict[str, Employment]:
    valid: Any = col(StintRow.valid)
    rows = await session.execute(
        select(
            col(EmployeeRow.external_id),
            col(EmployeeRow.id),
            col(EmployeeRow.revision),
            col(StintRow.department_id),
            type_coerce(func.lower(valid) - EPOCH, Integer),
            type_coerce(func.upper(valid) - EPOCH, Integer),
            col(StintRow.stored_by),
        )
        .outerjoin(StintRow, col(StintRow.employee_id) == col(EmployeeRow.id))
        .where(*conditions)
        .order_by(col(EmployeeRow.id), valid)
    )
    found: dict[str, tuple[str, int, list[Stint]]] = {}
    for external_id, id_, revision, department_id, started, left, stored_by in rows:
        _, _, stints = found.setdefault(external_id, (str(id_), revision, []))
        if department_id is not None:  # of an employee whose stints were all removed
            stints.append(Stint(str(department_id), started, left, stored_by or ""))
    return {
        external_id: Employment(id_, revision, tuple(stints))
        for external_id, (id_, revision, stints) in found.items()
    }


async def put_employments(session: AsyncSession, employments: Mapping[str, Employment]) -> None:
    """Store employments, by external id, as they are now; the transaction has looked for them before."""
    employees = [
        {"id": UUID(e.employee_id), "external_id": external_id, "revision": e.revision}
        for external_id, e in employments.items()
    ]
    stints = [
        {
            "employee_id": UUID(e.employee_id),
            "department_id": UUID(s.department_id),
            "valid": _range(s),
            "stored_by": s.stored_by or None,
        }
        for e in employments.values()
        for s in e.stints
    ]
    statement = insert(EmployeeRow)
    new = {"revision": statement.excluded["revision"]}
    await session.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_=new), employees
    )
    ids = [employee["id"] for employee in employees]
    await session.execute(delete(StintRow).where(col(StintRow.employee_id).in_(ids)))
    if stints:
        await session.execute(insert(StintRow), stints)


def _range(stint: Stint) -> Range[date]:
    return Range(
        day_date(stint.started_day), None if stint.left_day is None else day_date(stint.left_day)
    )
