"""Every query about employment."""

from collections.abc import Sequence

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.kit.db.row_security import name_rows
from services.metrics.domain.scope import Span
from services.metrics.employment.tables import Employment, Stint
from services.metrics.formulas.turnover import EmploymentCounts


async def put_employment(
    session: AsyncSession, employee_id: str, revision: int, stints: Sequence[Stint]
) -> set[str]:
    """Keep an employee's stints unless a newer revision is kept; what follows in the transaction sees this employee.

    Returns the departments of the stints, those before and those given.
    """
    departments = {stint.department_id for stint in stints}
    await name_rows(session, employees=[employee_id])
    statement = insert(Employment).values(employee_id=employee_id, revision=revision)
    kept = await session.scalar(
        statement.on_conflict_do_update(
            index_elements=[col(Employment.employee_id)],
            set_={"revision": statement.excluded.revision},
            where=col(Employment.revision) < statement.excluded.revision,
        ).returning(col(Employment.employee_id))
    )
    if kept is None:
        return departments
    before = await session.scalars(
        delete(Stint)
        .where(col(Stint.employee_id) == employee_id)
        .returning(col(Stint.department_id))
    )
    departments.update(before)
    session.add_all(stints)
    await session.flush()
    return departments


# A stint enters each span and period with the days it shares with both; it leaves on its last day employed.
EMPLOYMENT_COUNTS = text("""
WITH span AS (
    SELECT * FROM unnest(
        CAST(:departments AS text[]), CAST(:starts AS int[]), CAST(:ends AS int[]), CAST(:groups AS int[])
    ) AS s (department_id, starts, ends, g)
), piece AS (
    SELECT g, p, department_id, greatest(starts, lo) AS lo, least(ends, hi) AS hi
    FROM span, unnest(CAST(:lows AS int[]), CAST(:highs AS int[])) WITH ORDINALITY AS e (lo, hi, p)
    WHERE greatest(starts, lo) < least(ends, hi)
)
SELECT g, p,
    count(*) FILTER (WHERE leaving AND left_day - 1 >= lo AND left_day - 1 < hi) AS leavers,
    sum(least(coalesce(left_day, hi), hi) - greatest(started_day, lo)) AS person_days,
    count(DISTINCT employee_id) AS persons
FROM piece JOIN metrics_stint USING (department_id)
WHERE started_day < hi AND coalesce(left_day, hi) > lo
GROUP BY g, p
""")


async def employment_counts(
    session: AsyncSession, spans: Sequence[Span], edges: Sequence[int], *, until: int
) -> dict[tuple[int, int], EmploymentCounts]:
    """Leavers, person-days and persons by (group, period); days from `until` on have not happened yet."""
    edges = [min(edge, until) for edge in edges]
    await name_rows(session, departments={span.department_id for span in spans})
    rows = await session.execute(
        EMPLOYMENT_COUNTS,
        {
            "departments": [span.department_id for span in spans],
            "starts": [span.from_day for span in spans],
            "ends": [span.to_day for span in spans],
            "groups": [span.group for span in spans],
            "lows": edges[:-1],
            "highs": edges[1:],
        },
    )
    return {
        (g, p - 1): EmploymentCounts(leavers, person_days, persons)
        for g, p, leavers, person_days, persons in rows
    }
