"""What a score shows of a release: the numbers as they were published, or why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from services.metrics.formulas.samples import Published
from services.metrics.formulas.scores import NORMAL_BASE, Interval, Score, Status

WIDTHS: Final = {"enps": 200.0, "burnout": 100.0}
"""How far apart the ends of the range are, by statistic; all others are shares."""
SHARE_WIDTH: Final = 1.0


@dataclass(frozen=True, slots=True)
class ReleasedNumber:
    """What was released as one statistic; numbers as of ReleasedScore in the contract of employee_exp."""

    statistic: str
    counted_in: str | None = None  # set: withheld; "": counted in no department
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = ""
    sd: float | None = None


@dataclass(frozen=True, slots=True)
class DepartmentRelease:
    """What was released of one department; no cells where it is withheld."""

    department_id: str
    released: bool
    counted_in: str = ""
    cells: Sequence[ReleasedNumber] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """What was released of a wave, or a part of it. Days are local, since 1970-01-01."""

    wave_id: str
    key: str
    opened_day: int
    closed_day: int
    departments: Sequence[DepartmentRelease]

    def statistics(self) -> list[str]:
        """All that were asked for, as far as these departments tell."""
        return sorted({cell.statistic for each in self.departments for cell in each.cells})


@dataclass(frozen=True, slots=True)
class WaveCells:
    """What one wave says of a statistic: of departments by their ids, withheld ones with where they are counted.

    A department in none of both was not in the wave; one without a cell was released and has no such number.
    """

    key: str
    opened_day: int
    closed_day: int
    withheld: dict[str, str] = field(default_factory=dict)
    cells: dict[str, ReleasedNumber | None] = field(default_factory=dict)


def score_in(found: WaveCells | None, department_id: str) -> Score:
    """The score of a department in a wave; None: there was none."""
    if found is None:
        return Score(Status.NO_DATA, 0)
    if department_id in found.withheld:
        return _withheld(found.key, found.withheld[department_id])
    cell = found.cells.get(department_id)
    if cell is None:
        return Score(Status.NO_DATA, 0, wave=found.key)
    if cell.counted_in is not None:
        return _withheld(found.key, cell.counted_in)
    return _shown(cell, found.key)


def _withheld(wave: str, counted_in: str) -> Score:
    return Score(Status.WITHHELD, counted_in=counted_in, wave=wave)


def _shown(cell: ReleasedNumber, wave: str) -> Score:
    if cell.value is None:
        status = Status.INSUFFICIENT_BASE if cell.n else Status.NO_DATA
        return Score(status, cell.n or 0, wave=wave)
    # A base is left out where the value is rounded because it is small.
    is_low = cell.n is None or cell.n < NORMAL_BASE
    interval = None
    if cell.low is not None and cell.high is not None:
        interval = Interval(cell.low, cell.high, cell.method)
    return Score(
        Status.LOW_BASE if is_low else Status.OK,
        cell.n,
        cell.value,
        interval,
        sample=sample_of(cell),
        wave=wave,
    )


def sample_of(cell: ReleasedNumber) -> Published | None:
    """What a cell is compared by; None where it was published without the spread of its answers."""
    if cell.n is None or cell.value is None or cell.sd is None:
        return None
    return Published(cell.n, cell.value, cell.sd, WIDTHS.get(cell.statistic, SHARE_WIDTH))
