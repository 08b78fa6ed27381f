"""Every query about what was released."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.metrics.released.domain import Release, ReleasedNumber, WaveCells

WaveOfPeriod = tuple[int, str]
"""A period, by its place, and a statistic."""

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
INSERT INTO metrics_released_cell (wave_id, department_id, statistic, counted_in, n, value, low, high, method, sd)
SELECT :wave, * FROM unnest(
    CAST(:ids AS text[]), CAST(:statistics AS text[]), CAST(:counted_in AS text[]), CAST(:n AS int[]),
    CAST(:value AS float8[]), CAST(:low AS float8[]), CAST(:high AS float8[]), CAST(:method AS text[]),
    CAST(:sd AS float8[])
)
ON CONFLICT DO NOTHING
""")
CELL_COLUMNS = ("statistics", "counted_in", "n", "value", "low", "high", "method", "sd")
"""As the fields of ReleasedNumber."""

NUMBERS_OF = """
SELECT p - 1, shown.statistic, key, opened_day, closed_day, d.department_id, released, d.counted_in,
    c.statistic IS NOT NULL, c.counted_in, n, value, low, high, method, sd
FROM shown
LEFT JOIN metrics_released_department d
    ON d.wave_id = shown.wave_id AND d.department_id = ANY (CAST(:departments AS text[]))
LEFT JOIN metrics_released_cell c
    ON c.wave_id = d.wave_id AND c.department_id = d.department_id AND c.statistic = shown.statistic
"""
# Of waves that closed on one day the one that opened last is the latest.
LATEST = text(f"""
WITH shown AS (
    SELECT DISTINCT ON (p, statistic) p, statistic, wave_id, key, opened_day, closed_day
    FROM unnest(CAST(:lows AS int[]), CAST(:highs AS int[])) WITH ORDINALITY AS e (lo, hi, p),
        unnest(CAST(:statistics AS text[])) AS statistic, metrics_released_wave
    WHERE closed_day >= lo AND closed_day < hi AND statistic = ANY (statistics)
    ORDER BY p, statistic, closed_day DESC, opened_day DESC, wave_id DESC
) {NUMBERS_OF}
""")
CLOSED_IN = text(f"""
WITH shown AS (
    SELECT row_number() OVER (ORDER BY closed_day, opened_day, wave_id) AS p, CAST(:statistic AS text) AS statistic,
        wave_id, key, opened_day, closed_day
    FROM metrics_released_wave
    WHERE closed_day >= :start AND closed_day < :end AND :statistic = ANY (statistics)
) {NUMBERS_OF} ORDER BY p
""")
COMPARED = text("""
SELECT wave_id, department_id, statistic, NULL, n, value, low, high, method, sd FROM metrics_released_cell
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
    columns = zip(*(astuple(cell) for _, cell in cells), strict=True)
    if cells:
        ids = [department for department, _ in cells]
        named = dict(zip(CELL_COLUMNS, map(list, columns), strict=True))
        await session.execute(PUT_CELLS, {"wave": release.wave_id, "ids": ids, **named})


async def latest_waves(
    session: AsyncSession,
    departments: Collection[str],
    edges: Sequence[int],
    statistics: Collection[str],
) -> dict[WaveOfPeriod, WaveCells]:
    """The latest wave that closed in each period and asked for a statistic, with what it says of these departments."""
    columns = {
        "departments": list(departments),
        "lows": list(edges[:-1]),
        "highs": list(edges[1:]),
        "statistics": list(statistics),
    }
    return _waves(await session.execute(LATEST, columns))


async def waves_closed_in(
    session: AsyncSession, department: str, start: int, end: int, statistic: str
) -> list[WaveCells]:
    """All waves that asked for a statistic and closed on the days [start, end), by day, with what they say."""
    columns = {"departments": [department], "start": start, "end": end, "statistic": statistic}
    return list(_waves(await session.execute(CLOSED_IN, columns)).values())


def _waves(rows: Iterable[Sequence[Any]]) -> dict[WaveOfPeriod, WaveCells]:
    waves: dict[WaveOfPeriod, WaveCells] = {}
    for row in rows:
        period, statistic, *wave, department, released, counted_in, has_cell = row[:9]
        found = waves.setdefault((period, statistic), WaveCells(*wave))
        if released:
            found.cells[department] = ReleasedNumber(statistic, *row[9:]) if has_cell else None
        elif department is not None:
            found.withheld[department] = counted_in
    return waves


async def compared_cells(
    session: AsyncSession, waves: Collection[str], departments: Collection[str]
) -> Mapping[tuple[str, str], list[ReleasedNumber]]:
    """By wave and department the cells that can be compared."""
    given = {"waves": list(waves), "departments": list(departments)}
    cells: dict[tuple[str, str], list[ReleasedNumber]] = {}
    for wave, department, *columns in await session.execute(COMPARED, given):
        cells.setdefault((wave, department), []).append(ReleasedNumber(*columns))
    return cells
