"""Every query about employment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.kit.db.row_security import name_rows
from services.metrics.domain.scope import Span
from services.metrics.employment.tables import EmploymentWhole, KeptEmployment, Stint, WholePart
from services.metrics.formulas.turnover import EmploymentCounts

PUT_EMPLOYMENTS = text("""
INSERT INTO metrics_employment AS kept (employee_id, revision)
SELECT * FROM unnest(CAST(:ids AS text[]), CAST(:revisions AS bigint[])) AS given (employee_id, revision)
ORDER BY employee_id
ON CONFLICT (employee_id) DO UPDATE SET revision = excluded.revision WHERE kept.revision < excluded.revision
RETURNING employee_id
""")
PUT_STINTS = text("""
INSERT INTO metrics_stint (employee_id, started_day, left_day, department_id, leaving)
SELECT * FROM unnest(
    CAST(:ids AS text[]), CAST(:starts AS int[]), CAST(:ends AS int[]), CAST(:departments AS text[]),
    CAST(:leaving AS bool[])
)
""")

PUT_PART = text("""
INSERT INTO metrics_employment_whole AS kept (id, parts, heard, heard_at)
VALUES (:id, :parts, ARRAY[CAST(:number AS int)], :at)
ON CONFLICT (id) DO UPDATE SET
    parts = greatest(kept.parts, excluded.parts),
    heard = ARRAY(SELECT DISTINCT unnest(kept.heard || excluded.heard)),
    heard_at = greatest(kept.heard_at, excluded.heard_at)
RETURNING parts > 0 AND cardinality(heard) >= parts
""")
OPEN_WHOLE = """
SELECT FROM metrics_employment_whole
WHERE heard_at > CAST(:open_since AS timestamptz) AND (parts = 0 OR cardinality(heard) < parts)
"""
IS_COUNTING = text(f"SELECT EXISTS ({OPEN_WHOLE})")
OPEN_FOR: Final = timedelta(minutes=5)
"""A whole that lacks parts for longer gets no more: the process that sent it was killed."""
KEPT_FOR: Final = timedelta(days=30)
"""So long it is known which parts came: one that comes again opens nothing anew."""


async def put_employments(session: AsyncSession, employments: Iterable[KeptEmployment]) -> set[str]:
    """Keep stints of employees unless a newer revision is kept; what follows in the transaction sees these employees.

    Of several revisions of one employee the newest counts. Returns the departments of the stints, those before and
    those given. Four statements whatever their number: one by one 10,000 people took 17 to 40 s.
    """
    newest: dict[str, KeptEmployment] = {}
    departments: set[str] = set()
    for given in employments:
        departments.update(stint.department_id for stint in given.stints)
        known = newest.get(given.employee_id)
        if known is None or known.revision < given.revision:
            newest[given.employee_id] = given
    await name_rows(session, employees=list(newest))
    revisions = [given.revision for given in newest.values()]
    kept = list(
        await session.scalars(PUT_EMPLOYMENTS, {"ids": list(newest), "revisions": revisions})
    )
    before = await session.scalars(
        delete(Stint).where(col(Stint.employee_id).in_(kept)).returning(col(Stint.department_id))
    )
    departments.update(before)
    await _add_stints(session, [newest[id_] for id_ in kept])
    return departments


async def _add_stints(session: AsyncSession, employments: Iterable[KeptEmployment]) -> None:
    stints = [(kept.employee_id, stint) for kept in employments for stint in kept.stints]
    columns = {
        "ids": [employee_id for employee_id, _ in stints],
        "starts": [stint.started_day for _, stint in stints],
        "ends": [stint.left_day for _, stint in stints],
        "departments": [stint.department_id for _, stint in stints],
        "leaving": [stint.leaving for _, stint in stints],
    }
    await session.execute(PUT_STINTS, columns)


async def put_parts(session: AsyncSession, parts: Iterable[WholePart], at: datetime) -> bool:
    """Note which parts of wholes have come, with the employments in them; whether a whole has all of them now."""
    is_whole = False
    for part in sorted(parts, key=lambda part: part.whole_id):
        values = {"id": part.whole_id, "number": part.number, "parts": part.parts, "at": at}
        is_whole |= bool(await session.scalar(PUT_PART, values))
    if is_whole:
        forgotten = col(EmploymentWhole.heard_at) < at - KEPT_FOR
        await session.execute(delete(EmploymentWhole).where(forgotten))
    return is_whole


async def is_counting(session: AsyncSession, now: datetime) -> bool:
    """Whether some whole lacks parts that may still come."""
    return bool(await session.scalar(IS_COUNTING, {"open_since": now - OPEN_FOR}))


# A stint enters each span and period with the days it shares with both; it leaves on its last day employed. The last
# days of months in [first, after) are the first days of months in (first, after]. Whether a whole is open is asked in
# the same statement: between two of them its first part could come, or its last.
EMPLOYMENT_COUNTS = text(f"""
WITH span AS (
    SELECT * FROM unnest(
        CAST(:departments AS text[]), CAST(:starts AS int[]), CAST(:ends AS int[]), CAST(:groups AS int[])
    ) AS s (department_id, starts, ends, g)
), piece AS (
    SELECT g, p, department_id, greatest(starts, lo) AS lo, least(ends, hi) AS hi
    FROM span, unnest(CAST(:lows AS int[]), CAST(:highs AS int[])) WITH ORDINALITY AS e (lo, hi, p)
    WHERE greatest(starts, lo) < least(ends, hi)
), counted AS (
    SELECT g, p,
        count(*) FILTER (WHERE leaving AND left_day - 1 >= lo AND left_day - 1 < hi) AS leavers,
        sum(least(coalesce(left_day, hi), hi) - greatest(started_day, lo)) AS person_days,
        count(DISTINCT employee_id) AS persons,
        CAST(sum(CASE WHEN CAST(:with_headcounts AS bool) THEN
            12 * (date_part('year', after) - date_part('year', first))
            + date_part('month', after) - date_part('month', first)
        ELSE 0 END) AS bigint) AS month_ends
    FROM piece JOIN metrics_stint USING (department_id) CROSS JOIN LATERAL (
        SELECT DATE '1970-01-01' + greatest(started_day, lo) AS first,
            DATE '1970-01-01' + least(coalesce(left_day, hi), hi) AS after
    ) AS employed
    WHERE started_day < hi AND coalesce(left_day, hi) > lo
    GROUP BY g, p
)
SELECT is_counting, g, p, leavers, person_days, persons, month_ends
FROM (SELECT EXISTS ({OPEN_WHOLE}) AS is_counting) AS w LEFT JOIN counted ON true
""")


@dataclass(frozen=True, slots=True)
class StaffCounts:
    """Employment by (group, period); `is_counting`: a file is counted only in part."""

    by_cell: Mapping[tuple[int, int], EmploymentCounts]
    is_counting: bool


async def employment_counts(
    session: AsyncSession,
    spans: Sequence[Span],
    edges: Sequence[int],
    *,
    today: int,
    now: datetime,
    with_headcounts: bool,
) -> StaffCounts:
    """Leavers, person-days and persons; days after today have not happened yet.

    Headcounts at ends of months only where they are asked for.
    """
    edges = [min(edge, today + 1) for edge in edges]
    await name_rows(session, departments={span.department_id for span in spans})
    result = await session.execute(
        EMPLOYMENT_COUNTS,
        {
            "departments": [span.department_id for span in spans],
            "starts": [span.from_day for span in spans],
            "ends": [span.to_day for span in spans],
            "groups": [span.group for span in spans],
            "lows": edges[:-1],
            "highs": edges[1:],
            "with_headcounts": with_headcounts,
            "open_since": now - OPEN_FOR,
        },
    )
    rows = result.all()
    by_cell = {(g, p - 1): EmploymentCounts(*counts) for _, g, p, *counts in rows if g is not None}
    return StaffCounts(by_cell, is_counting=rows[0][0])
