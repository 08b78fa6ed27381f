"""What links customers' scores and those of staff: levels, changes, and who is ahead of whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy.special import stdtrit

from services.metrics.formulas.linkage.correlation import (
    Correlation,
    Numbers,
    Places,
    correlation,
    demeaned,
    lead,
    ranks,
)
from services.metrics.formulas.linkage.mixed_model import random_intercept

FEWEST_DEPARTMENTS = 20
LONGEST_LAG = 3


class LinkKind(Enum):
    """Which two things are correlated; "ahead" is some periods earlier."""

    LEVEL = "LEVEL"
    LEVEL_GIVEN_HEADCOUNT = "LEVEL_GIVEN_HEADCOUNT"
    BETWEEN = "BETWEEN"
    WITHIN = "WITHIN"
    STAFF_AHEAD = "STAFF_AHEAD"
    STAFF_AHEAD_WITHIN = "STAFF_AHEAD_WITHIN"
    CUSTOMERS_AHEAD = "CUSTOMERS_AHEAD"
    CUSTOMERS_AHEAD_WITHIN = "CUSTOMERS_AHEAD_WITHIN"
    LEAD = "LEAD"


@dataclass(frozen=True, slots=True)
class Panel:
    """Scores of customers and of staff, and headcounts, by department and period; nan where there is none."""

    customers: Numbers
    staff: Numbers
    headcounts: Numbers

    @property
    def has_headcounts(self) -> bool:
        """Whether every period with both scores has one."""
        return bool(np.isfinite(self.headcounts[_both(self)]).all())


@dataclass(frozen=True, slots=True)
class Link:
    """One correlation; `lag` in periods."""

    kind: LinkKind
    lag: int
    found: Correlation


@dataclass(frozen=True, slots=True)
class Slope:
    """How many units customers' score is higher where that of staff is one unit higher, with its 95 % interval."""

    value: float
    low: float
    high: float


def links(panel: Panel) -> list[Link]:
    """All correlations that enough departments have."""
    if len(panel.staff) < FEWEST_DEPARTMENTS:
        return []
    return [
        Link(kind, lag, found)
        for kind, lag, found in _candidates(panel)
        if found is not None and found.departments >= FEWEST_DEPARTMENTS
    ]


def _candidates(panel: Panel) -> Iterator[tuple[LinkKind, int, Correlation | None]]:
    for lag in range(LONGEST_LAG + 1):
        yield LinkKind.LEVEL, lag, level(panel, lag)
    if panel.has_headcounts:
        yield LinkKind.LEVEL_GIVEN_HEADCOUNT, 0, level(panel, 0, given_headcount=True)
    yield LinkKind.BETWEEN, 0, between(panel)
    yield LinkKind.WITHIN, 0, within(panel)
    turned = Panel(panel.staff, panel.customers, panel.headcounts)
    for lag in range(1, LONGEST_LAG + 1):
        yield LinkKind.STAFF_AHEAD, lag, ahead(panel, lag)
        yield LinkKind.STAFF_AHEAD_WITHIN, lag, ahead(panel, lag, is_within=True)
        yield LinkKind.CUSTOMERS_AHEAD, lag, ahead(turned, lag)
        yield LinkKind.CUSTOMERS_AHEAD_WITHIN, lag, ahead(turned, lag, is_within=True)
        yield LinkKind.LEAD, lag, staff_lead(panel, lag)


def level(panel: Panel, lag: int = 0, *, given_headcount: bool = False) -> Correlation | None:
    """Spearman's correlation of the staff of a period with the customers of `lag` periods later.

    It says nothing of what comes first: departments that are good at both stay so.
    """
    staff, customers, headcounts = _early(panel.staff, lag), _late(panel.customers, lag), None
    columns = [staff, customers]
    if given_headcount:
        headcounts = np.log(_early(panel.headcounts, lag))
        columns.append(headcounts)
    departments, _, (one, other, *given) = _rows(columns)
    return correlation(ranks(one), ranks(other), departments, [ranks(each) for each in given])


def between(panel: Panel) -> Correlation | None:
    """Of the means of departments over the periods that have both scores."""
    departments, _, (staff, customers) = _rows([panel.staff, panel.customers])
    names, group = np.unique(departments, return_inverse=True)
    count = np.bincount(group)
    means = [np.bincount(group, weights=each) / count for each in (staff, customers)]
    return correlation(means[0], means[1], names)


def within(panel: Panel, *, given_periods: bool = True) -> Correlation | None:
    """Of what departments differ from their own means, and, unless told otherwise, from what all did in a period."""
    departments, periods, columns = _rows([panel.staff, panel.customers])
    departments, periods, columns = _seen_twice(departments, periods, columns)
    known = _periods(periods) if given_periods else []
    staff, customers, *given = [demeaned(each, departments) for each in (*columns, *known)]
    return correlation(staff, customers, departments, given)


def ahead(panel: Panel, lag: int, *, is_within: bool = False) -> Correlation | None:
    """Of the staff of a period with the customers of `lag` periods later, given the customers of the same period and
    the log of headcounts, where these are known: what staff foretell of customers beyond what these foretell.

    `is_within`: of differences from the own means and from what all did; what lasts in a department cannot make it.
    """
    columns = [
        _early(panel.staff, lag),
        _late(panel.customers, lag),
        _early(panel.customers, lag),
    ]
    if panel.has_headcounts:
        columns.append(np.log(_early(panel.headcounts, lag)))
    departments, periods, found = _rows(columns)
    if is_within:
        departments, periods, found = _seen_twice(departments, periods, found)
        found = [demeaned(each, departments) for each in (*found, *_periods(periods))]
    staff, customers, *given = found
    return correlation(staff, customers, departments, given)


def staff_lead(panel: Panel, lag: int) -> Correlation | None:
    """How much more staff go with later customers than customers with later staff."""
    departments, periods, (staff, customers) = _rows([panel.staff, panel.customers])
    return lead(staff, customers, departments, periods, lag)


def slopes(panel: Panel) -> tuple[Slope, Slope] | None:
    """How customers' score goes with that of staff within departments and between them; None of one period.

    CX = b0 + b1 (EX - mean EX of the department) + b2 (mean EX of the department) + period + a level of the department.
    Intervals are Student's: between, by departments less 2; within, by values less departments and periods.

    Source: Y. Mundlak, Econometrica 46 (1978); degrees of freedom: M. D. Schluchter, J. D. Elashoff, Journal of
    Statistical Computation and Simulation 37 (1990).
    """
    departments, periods, (staff, customers) = _rows([panel.staff, panel.customers])
    count, seen = len(np.unique(departments)), _periods(periods)
    free = len(staff) - count - len(seen) - 1
    if count < FEWEST_DEPARTMENTS or not seen or free < 1:
        return None
    own = demeaned(staff, departments)
    x = np.column_stack([np.ones(len(staff)), own, staff - own, *seen])
    if np.linalg.matrix_rank(x) < x.shape[1] or np.ptp(customers) == 0:
        return None
    fitted = random_intercept(customers, x, departments)
    return _slope(fitted.coefficients[1], fitted.errors[1], free), _slope(
        fitted.coefficients[2], fitted.errors[2], count - 2
    )


def _slope(value: float, error: float, free: int) -> Slope:
    half = float(stdtrit(free, 0.975)) * float(error)
    return Slope(float(value), float(value) - half, float(value) + half)


def _both(panel: Panel) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    return np.isfinite(panel.customers) & np.isfinite(panel.staff)


def _early(values: Numbers, lag: int) -> Numbers:
    return values[:, : max(0, values.shape[1] - lag)]


def _late(values: Numbers, lag: int) -> Numbers:
    return values[:, lag:]


def _rows(columns: Sequence[Numbers]) -> tuple[Places, Places, list[Numbers]]:
    """Department, period and values of the cells in which no column has a gap."""
    complete = np.logical_and.reduce([np.isfinite(column) for column in columns])
    departments, periods = np.nonzero(complete)
    return departments, periods, [column[complete] for column in columns]


def _seen_twice(
    departments: Places, periods: Places, columns: Sequence[Numbers]
) -> tuple[Places, Places, list[Numbers]]:
    """The rows of departments that have two or more: one alone differs from its mean by nothing."""
    kept = np.bincount(departments)[departments] > 1 if len(departments) else departments > 0
    return departments[kept], periods[kept], [column[kept] for column in columns]


def _periods(periods: Places) -> list[Numbers]:
    """1 in a period and 0 else, for each that there is but the first."""
    return [(periods == period).astype(np.float64) for period in np.unique(periods)[1:]]
