"""Correlations of departments that are each seen several times."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, copysign, factorial, hypot, sqrt, tanh

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from services.metrics.formulas.differences.comparison import CLEAR
from services.metrics.formulas.intervals import Z, around
from services.metrics.formulas.scores import Interval

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
MOST_ORDERED = 150
"""Departments whose orders are counted: of more the probability of one is no number of a computer any more."""
ONE_OF_FIVE = 0.8416212335729143
"""The 80 % point of the normal distribution."""
SMALLEST_PART = 1e-10
"""What is left of a variable's spread, at least, once the others are taken out; below it they say the same."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """r with its 95 % interval and two-sided p-value; `departments` it is of, and `pairs` of values."""

    r: float
    interval: Interval
    p_value: float
    departments: int
    pairs: int


def ranks(values: Numbers) -> Numbers:
    """1 for the lowest; equal values share the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    after = np.cumsum(count)
    shared: Numbers = (after - (count - 1) / 2)[place]
    return shared


def demeaned(values: Numbers, groups: Places) -> Numbers:
    """Values less the mean of their group."""
    count = np.bincount(groups)
    means = np.bincount(groups, weights=values) / np.maximum(count, 1)
    return values - np.asarray(means[groups], np.float64)


def correlation(
    x: Numbers, y: Numbers, departments: Places, given: Sequence[Numbers] = ()
) -> Correlation | None:
    """The (partial) correlation of x and y: of what a straight line through the variables `given` leaves of them.

    Where each department has one value, p is Student's and the interval Fisher's. Several values of a department
    resemble each other, so then the standard error is that of the slope between the standardised rests with departments
    as clusters (CR1), and p and interval are Student's with one degree of freedom less than departments. None where one
    of them does not vary, or of one department.

    Source: A. C. Cameron, D. L. Miller, "A Practitioner's Guide to Cluster-Robust Inference", Journal of Human
    Resources 50 (2015), section II.
    """
    names, clusters = np.unique(departments, return_inverse=True)
    pairs, count = len(x), len(names)
    known = np.column_stack([np.ones(pairs), *given])
    if count < 2 or pairs <= known.shape[1] + 1:
        return None
    rests = [_standard_rest(values, known) for values in (x, y)]
    one, other = rests
    if one is None or other is None:
        return None
    r = max(-1.0, min(1.0, float(one @ other) / pairs))
    if count == pairs:
        return _of_single_values(r, count, known.shape[1] - 1)
    factor = (pairs - 1) / (pairs - known.shape[1] - 1)
    return _judged(r, one * (other - r * one), clusters, factor, 1.0)


def lead(
    x: Numbers, y: Numbers, departments: Places, periods: Places, lag: int
) -> Correlation | None:
    """How much more x goes with what y is `lag` periods later than y with what x is: -2 to 2.

    It is a difference of two correlations. What moves both at once makes none, however much of either is chance; nor
    does what lasts, for each is taken less the mean of its department and of its period.

    Source: D. A. Kenny, "Cross-lagged panel correlation: a test for spuriousness", Psychological Bulletin 82 (1975);
    standard error with departments as clusters.
    """
    if len(x) < 2:
        return None
    seen = [(periods == period).astype(np.float64) for period in np.unique(periods)[1:]]
    known = np.column_stack([np.ones(len(x)), *(demeaned(each, departments) for each in seen)])
    rests = [_standard_rest(demeaned(values, departments), known) for values in (x, y)]
    one, other = rests
    if one is None or other is None:
        return None
    place = {cell: row for row, cell in enumerate(zip(departments, periods, strict=True))}
    found = [
        (row, later)
        for (department, period), row in place.items()
        if (later := place.get((department, period + lag))) is not None
    ]
    if len(found) < 2:
        return None
    early, late = np.array(found).T
    products = one[early] * other[late] - other[early] * one[late]
    r = float(products.mean())
    names, clusters = np.unique(departments[early], return_inverse=True)
    return _judged(r, products - r, clusters, 1.0, 2.0) if len(names) > 1 else None


def _of_single_values(r: float, count: int, given: int) -> Correlation | None:
    """r of departments that have one value each, the variables `given` taken out; None of too few.

    Source: R. A. Fisher, "Statistical Methods for Research Workers", 1925: Student's t of r, and the interval of its
    inverse hyperbolic tangent, which is normal with variance 1 / (n - 3).
    """
    free = count - given - 2
    if free < 2:
        return None
    most = _largest_t(count, free)
    t = min(most, abs(r) * sqrt(free / max(1 - r * r, SMALLEST_PART)))
    centre, half = atanh(min(abs(r), most / hypot(most, sqrt(free)))), Z / sqrt(free - 1)
    found = tuple(copysign(1.0, r) * tanh(centre + side) for side in (-half, half))
    interval = around(r, (min(found), max(found)), (-1.0, 1.0), "Fisher")
    return Correlation(r, interval, _two_sided(t, free), count, count)


def _judged(r: float, scores: Numbers, clusters: Places, factor: float, most: float) -> Correlation:
    """r with what its errors, summed by department, say of it; it lies between -most and most."""
    pairs, count = len(scores), int(clusters.max()) + 1
    sums, free = np.bincount(clusters, weights=scores), count - 1
    error = sqrt(float(sums @ sums) * count / free * factor) / pairs
    error = max(error, abs(r) / _largest_t(count, free), SMALLEST_PART)
    half = float(stdtrit(free, 0.975)) * error
    interval = around(r, (r - half, r + half), (-most, most), "t, departments as clusters")
    return Correlation(r, interval, _two_sided(abs(r) / error, free), count, pairs)


def _largest_t(count: int, free: int) -> float:
    """The largest t that so many departments can show.

    Without any link each order of theirs is as likely, so no p-value is below 2 / count!: two orders are the extremes.
    """
    if count > MOST_ORDERED:
        return sqrt(free / SMALLEST_PART)
    return -float(stdtrit(free, 1 / factorial(count)))


def _two_sided(t: float, free: int) -> float:
    return min(1.0, 2 * float(stdtr(free, -t)))


def _standard_rest(values: Numbers, known: Numbers) -> Numbers | None:
    """What `known` leaves of values, with a mean square of 1; None where it leaves nothing."""
    rest = values - known @ np.linalg.lstsq(known, values, rcond=None)[0]
    spread = sqrt(float(rest @ rest) / len(rest))
    whole = values - values.mean()
    if spread <= SMALLEST_PART * max(1.0, sqrt(float(whole @ whole) / len(whole))):
        return None
    scaled: Numbers = rest / spread
    return scaled


def detectable(departments: int, tests: int = 1) -> float:
    """The smallest correlation that so many departments, each seen once, show as clear in 4 of 5 cases; 5 or more.

    Clear among so many `tests` at once, however few of the others find anything: by Bonferroni's bound, than which
    Benjamini-Hochberg finds no less. Source: Student's t of r at that bound, and R. A. Fisher's transformation, in
    which the found one lies 0.842 / sqrt(n - 3) or more below the true one in 1 of 5 cases.
    """
    free = departments - 2
    t = -float(stdtrit(free, CLEAR / 2 / tests))
    return tanh(atanh(t / hypot(t, sqrt(free))) + ONE_OF_FIVE / sqrt(departments - 3))
