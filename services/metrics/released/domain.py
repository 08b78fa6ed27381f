"""What a score shows of a release: the numbers as they were published, or why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    items: Sequence[str] = ()
    """Keys of the questions an index is made of; none: it is made of one, or they are not known."""


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
class WaveFigure:
    """What one wave says of a statistic of a department that it asked.

    Not released: withheld, and counted in `counted_in`. Released without a cell: it has no such number.
    """

    key: str
    opened_day: int
    closed_day: int
    released: bool
    counted_in: str
    cell: ReleasedNumber | None


def score_of(found: WaveFigure | None) -> Score:
    """The score that a wave gives a department; None: no wave asked it."""
    if found is None:
        return Score(Status.NO_DATA, 0)
    if not found.released:
        return _withheld(found.key, found.counted_in)
    if found.cell is None:
        return Score(Status.NO_DATA, 0, wave=found.key)
    if found.cell.counted_in is not None:
        return _withheld(found.key, found.cell.counted_in)
    return _shown(found.cell, found.key)


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
    return Published(
        cell.n,
        cell.value,
        cell.sd,
        WIDTHS.get(cell.statistic, SHARE_WIDTH),
        tuple(cell.items),
    )
