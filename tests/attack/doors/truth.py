"""What was released, read from the tables as a superuser: the one thing that doors may show."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import asyncpg

from tests.support.database import superuser_url

Cell = tuple[str, str, str, str]
"""Key of the department, dimension, category, statistic; empty: not by a dimension."""
Shown = tuple[int | None, float | None, float | None, float | None]
"""People, value, low and high."""

CELLS = """
SELECT d.key, dimension, category, statistic, n, value, low, high, bands, alpha
FROM employee_exp_release_cell AS c JOIN employee_exp_wave AS w ON w.id = c.wave_id
JOIN employee_exp_wave_department AS d ON d.wave_id = w.id AND d.department_id = c.department_id
WHERE w.key = $1"""
DEPARTMENTS = """
SELECT d.key, above.name AS counted_in
FROM employee_exp_wave_department AS d JOIN employee_exp_wave AS w ON w.id = d.wave_id
LEFT JOIN employee_exp_wave_department AS above ON above.wave_id = w.id AND above.place = d.counted_in_place
WHERE w.key = $1"""


@dataclass(frozen=True)
class Truth:
    """Every released number; `counted_in` of each department of the snapshot, None where there is none."""

    cells: Mapping[Cell, Shown]
    counted_in: Mapping[str, str | None]
    beside: Mapping[Cell, tuple[float, ...]] = field(default_factory=dict)
    """What stands beside a number: shares of bands, alpha."""

    @property
    def released(self) -> frozenset[str]:
        """Departments that see results."""
        return frozenset(key for key, *_ in self.cells)

    def only(self, departments: set[str]) -> "Truth":
        """What may be shown to who sees only these departments."""
        return replace(self, cells=self.of(departments))

    def of(self, departments: set[str]) -> dict[Cell, Shown]:
        """The numbers of some departments."""
        return {cell: shown for cell, shown in self.cells.items() if cell[0] in departments}


def read_truth(data_dir: Path, wave: str) -> Truth:
    """As the tables of employee_exp have it."""
    return asyncio.run(_read(data_dir, wave))


async def _read(data_dir: Path, wave: str) -> Truth:
    connection = await asyncpg.connect(superuser_url(data_dir, "cxm_employee_exp"))
    try:
        cells = await connection.fetch(CELLS, wave)
        departments = await connection.fetch(DEPARTMENTS, wave)
    finally:
        await connection.close()
    return Truth(
        {
            (row["key"], row["dimension"], row["category"], row["statistic"]): (
                row["n"],
                row["value"],
                row["low"],
                row["high"],
            )
            for row in cells
        },
        {row["key"]: row["counted_in"] for row in departments},
        {
            (row["key"], row["dimension"], row["category"], row["statistic"]): (
                *(band["share"] for band in json.loads(row["bands"])),
                *(() if row["alpha"] is None else (row["alpha"],)),
            )
            for row in cells
        },
    )
