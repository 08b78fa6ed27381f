"""Every query of employee_exp."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, and_, func, or_, select, text, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.employee_exp.employment.domain.employment import Employment, Stint
from services.employee_exp.employment.tables import EmployeeRow, StintRow
from services.kit.clock import EPOCH
from services.kit.db.row_security import name_rows, state_purpose

WRITERS_LOCK = 0x656D7078  # whoever changes employments holds it until commit
PUT_EMPLOYEES = text("""
INSERT INTO employee_exp_employee (id, external_id, revision)
SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:external_ids AS text[]), CAST(:revisions AS bigint[]))
ON CONFLICT (id) DO UPDATE SET revision = excluded.revision
""")
DELETE_STINTS = text("DELETE FROM employee_exp_stint WHERE employee_id = ANY(CAST(:ids AS uuid[]))")
PUT_STINTS = text("""
INSERT INTO employee_exp_stint (employee_id, department_id, valid, stored_by)
SELECT employee_id, department_id, daterange(DATE '1970-01-01' + starts, DATE '1970-01-01' + ends), stored_by
FROM unnest(
    CAST(:ids AS uuid[]), CAST(:departments AS uuid[]), CAST(:starts AS int[]), CAST(:ends AS int[]),
    CAST(:stored_by AS text[])
) AS given (employee_id, department_id, starts, ends, stored_by)
""")

PUT_DETAILS = text("""
UPDATE employee_exp_employee AS e SET details = given.details
FROM unnest(CAST(:ids AS uuid[]), CAST(:details AS bytea[])) AS given (id, details) WHERE e.id = given.id
""")

ERASE_EMPLOYEE = text("""
UPDATE employee_exp_employee SET external_id = :replacement, details = NULL, unkeyed = false, spelt = false,
    erased = true
WHERE id = CAST(:id AS uuid)
""")

Working = tuple[str, str, bytes | None]
"""Who works here: our ids of employee and department, and sealed details."""


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


async def find_former(
    session: AsyncSession, names: Sequence[str], keyed: Sequence[str]
) -> set[str]:
    """External ids of rows that were imported by how they are spelt: those of the names that were stored before ids
    were keyed, and those of the keyed ids."""
    await name_rows(session, employees=[*names, *keyed])
    is_unkeyed = and_(col(EmployeeRow.external_id).in_(names), col(EmployeeRow.unkeyed))
    is_spelt = and_(col(EmployeeRow.external_id).in_(keyed), col(EmployeeRow.spelt))
    found = await session.scalars(
        select(col(EmployeeRow.external_id)).where(or_(is_unkeyed, is_spelt))
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


async def find_working(session: AsyncSession, day: date) -> list[Working]:
    """Who works here on a day and was not erased, by our id: employee, department and sealed details. To open a wave.

    Two plain scans: how a join goes is left to statistics, which a new database does not have.
    """
    await state_purpose(session, "opening")
    valid: Any = col(StintRow.valid)
    stints = select(col(StintRow.employee_id), col(StintRow.department_id))
    there = await session.execute(stints.where(valid.contains(day)))
    departments = {stint.employee_id: stint.department_id for stint in there}
    known = select(col(EmployeeRow.id), col(EmployeeRow.details))
    rows = await session.execute(known.where(~col(EmployeeRow.erased)))
    return sorted(
        (str(id_), str(departments[id_]), details) for id_, details in rows if id_ in departments
    )


async def put_employments(session: AsyncSession, employments: Mapping[str, Employment]) -> None:
    """Store employments, by external id, as they are now; the transaction has looked for them before.

    Three statements whatever their number: each of many would read all that the transaction has named.
    """
    employees = {
        "ids": [e.employee_id for e in employments.values()],
        "external_ids": list(employments),
        "revisions": [e.revision for e in employments.values()],
    }
    await session.execute(PUT_EMPLOYEES, employees)
    await session.execute(DELETE_STINTS, {"ids": employees["ids"]})
    stints = [(e.employee_id, stint) for e in employments.values() for stint in e.stints]
    columns = {
        "ids": [id_ for id_, _ in stints],
        "departments": [stint.department_id for _, stint in stints],
        "starts": [stint.started_day for _, stint in stints],
        "ends": [stint.left_day for _, stint in stints],
        "stored_by": [stint.stored_by or None for _, stint in stints],
    }
    await session.execute(PUT_STINTS, columns)


async def find_invited(session: AsyncSession, ids: Collection[str]) -> dict[str, bytes | None]:
    """Sealed details of employees, whom the transaction names by our own ids."""
    await name_rows(session, employees=[], invited=ids)
    return await find_details(session, ids)


async def find_details(session: AsyncSession, ids: Iterable[str]) -> dict[str, bytes | None]:
    """Sealed details of employees that the transaction has named, by our own id."""
    rows = await session.execute(
        select(col(EmployeeRow.id), col(EmployeeRow.details)).where(
            col(EmployeeRow.id).in_([UUID(id_) for id_ in ids])
        )
    )
    return {str(id_): details for id_, details in rows}


async def put_details(session: AsyncSession, sealed: Mapping[str, bytes | None]) -> None:
    """Store sealed details of employees that the transaction has named, by our own id."""
    await session.execute(PUT_DETAILS, {"ids": list(sealed), "details": list(sealed.values())})


async def erase_employee(
    session: AsyncSession, id_: str, external_id: str, replacement: str
) -> None:
    """Take away what an employee is known by; the rest of the transaction sees who was known by it, and nobody else."""
    await name_rows(session, employees=[external_id, replacement], invited=[id_])
    await session.execute(ERASE_EMPLOYEE, {"id": id_, "replacement": replacement})
