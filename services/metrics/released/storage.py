"""Every query about what was released."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.metrics.released.domain import Release, ReleasedNumber, WaveFigure

FigureOfPeriod = tuple[int, str, str]
"""A period, by its place, a statistic and a department."""

PUT_WAVE = text("""
INSERT INTO metrics_released_wave AS kept (wave_id, key, opened_day, closed_day, statistics)
VALUES (:wave, :key, :opened, :closed, CAST(:statistics AS text[]))
ON CONFLICT (wave_id) DO UPDATE
SET statistics = ARRAY(SELECT DISTINCT unnest(kept.statistics || excluded.statistics) ORDER BY 1)
WHERE NOT kept.statistics @> excluded.statistics
""")
PUT_DEPARTMENTS = text("""
INSERT INTO metrics_released_department (wave_id, department_id, released, counted_in)
SELECT :wave, * FROM unnest(CAST(:ids AS text[]), CAST(:released AS bool[]), CAST(:counted_in AS text[]))
ON CONFLICT DO NOTHING
""")
PUT_CELLS = text("""
INSERT INTO metrics_released_cell
    (wave_id, department_id, statistic, counted_in, n, value, low, high, method, sd, items)
SELECT :wave, id, statistic, counted_in, n, value, low, high, method, sd, string_to_array(items, ' ') FROM unnest(
    CAST(:ids AS text[]), CAST(:statistics AS text[]), CAST(:counted_in AS text[]), CAST(:n AS int[]),
    CAST(:value AS float8[]), CAST(:low AS float8[]), CAST(:high AS float8[]), CAST(:method AS text[]),
    CAST(:sd AS float8[]), CAST(:items AS text[])
) AS cell (id, statistic, counted_in, n, value, low, high, method, sd, items)
ON CONFLICT DO NOTHING
""")
CELL_COLUMNS = ("statistics", "counted_in", "n", "value", "low", "high", "method", "sd", "items")
"""As the fields of ReleasedNumber."""

NUMBERS_OF = """
SELECT p - 1, shown.statistic, shown.department_id, key, opened_day, closed_day, released, shown.counted_in,
    c.statistic IS NOT NULL, c.counted_in, n, value, low, high, method, sd, items
FROM shown LEFT JOIN metrics_released_cell c
    ON c.wave_id = shown.wave_id AND c.department_id = shown.department_id AND c.statistic = shown.statistic
"""
# Of waves that closed on one day the one that opened last is the latest.
LATEST = text(f"""
WITH shown AS (
    SELECT DISTINCT ON (p, statistic, department_id) p, statistic, w.*, department_id, released, counted_in
    FROM unnest(CAST(:lows AS int[]), CAST(:highs AS int[])) WITH ORDINALITY AS e (lo, hi, p),
        unnest(CAST(:statistics AS text[])) AS statistic,
        metrics_released_wave w JOIN metrics_released_department USING (wave_id)
    WHERE closed_day >= lo AND closed_day < hi AND statistic = ANY (statistics)
        AND department_id = ANY (CAST(:departments AS text[]))
    ORDER BY p, statistic, department_id, closed_day DESC, opened_day DESC, wave_id DESC
) {NUMBERS_OF}
""")
CLOSED_IN = text(f"""
WITH shown AS (
    SELECT row_number() OVER (ORDER BY closed_day, opened_day, wave_id) AS p, CAST(:statistic AS text) AS statistic,
        w.*, department_id, released, counted_in
    FROM metrics_released_wave w JOIN metrics_released_department USING (wave_id)
    WHERE closed_day >= :start AND closed_day < :end AND :statistic = ANY (statistics) AND department_id = :department
) {NUMBERS_OF} ORDER BY p
""")
COMPARED = text("""
SELECT wave_id, department_id, statistic, NULL, n, value, low, high, method, sd, items FROM metrics_released_cell
WHERE wave_id = ANY (CAST(:waves AS text[])) AND department_id = ANY (CAST(:departments AS text[]))
    AND n IS NOT NULL AND value IS NOT NULL AND sd IS NOT NULL
""")


async def put_release(session: AsyncSession, release: Release) -> None:
    """Keep what was released; what is kept already stays as it is."""
    await session.execute(
        PUT_WAVE,
        {
            "wave": release.wave_id,
            "key": release.key,
            "opened": release.opened_day,
            "closed": release.closed_day,
            "statistics": release.statistics(),
        },
    )
    departments = {
        "wave": release.wave_id,
        "ids": [each.department_id for each in release.departments],
        "released": [each.released for each in release.departments],
        "counted_in": [each.counted_in for each in release.departments],
    }
    await session.execute(PUT_DEPARTMENTS, departments)
    cells = [(each.department_id, cell) for each in release.departments for cell in each.cells]
    if cells:
        # A key has no space in it, and a list of lists is no array of PostgreSQL.
        rows = [(*astuple(cell)[:-1], " ".join(cell.items)) for _, cell in cells]
        columns = zip(*rows, strict=True)
        ids = [department for department, _ in cells]
        named = dict(zip(CELL_COLUMNS, map(list, columns), strict=True))
        await session.execute(PUT_CELLS, {"wave": release.wave_id, "ids": ids, **named})


async def latest_figures(
    session: AsyncSession,
    departments: Collection[str],
    edges: Sequence[int],
    statistics: Collection[str],
) -> dict[FigureOfPeriod, WaveFigure]:
    """What the latest wave says that closed in a period, asked a department and asked for a statistic."""
    columns = {
        "departments": list(departments),
        "lows": list(edges[:-1]),
        "highs": list(edges[1:]),
        "statistics": list(statistics),
    }
    return _figures(await session.execute(LATEST, columns))


async def figures_closed_in(
    session: AsyncSession, department: str, start: int, end: int, statistic: str
) -> list[WaveFigure]:
    """What each wave says that asked a department for a statistic and closed on the days [start, end), by day."""
    columns = {"department": department, "start": start, "end": end, "statistic": statistic}
    return list(_figures(await session.execute(CLOSED_IN, columns)).values())


def _figures(rows: Iterable[Sequence[Any]]) -> dict[FigureOfPeriod, WaveFigure]:
    found = {}
    for row in rows:
        period, statistic, department, key, opened, closed, released, counted_in, has_cell = row[:9]
        cell = ReleasedNumber(statistic, *row[9:]) if has_cell else None
        found[period, statistic, department] = WaveFigure(
            key, opened, closed, released, counted_in, cell
        )
    return found


async def compared_cells(
    session: AsyncSession, waves: Collection[str], departments: Collection[str]
) -> Mapping[tuple[str, str], list[ReleasedNumber]]:
    """By wave and department the cells that can be compared."""
    given = {"waves": list(waves), "departments": list(departments)}
    cells: dict[tuple[str, str], list[ReleasedNumber]] = {}
    for wave, department, *columns in await session.execute(COMPARED, given):
        cells.setdefault((wave, department), []).append(ReleasedNumber(*columns))
    return cells
