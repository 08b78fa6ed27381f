"""How a score differs from another one: tests of independent samples, and what several tests together say."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from math import exp, inf, sqrt
from typing import TypeVar

import numpy as np
from scipy.special import gammaln, ndtr, stdtr, stdtrit

from services.metrics.formulas.intervals import Z, exact_poisson, wilson
from services.metrics.formulas.samples import Mean, Net, Published, Rate, Sample, Share
from services.metrics.formulas.scores import Interval

CLEAR, WEAK = 0.05, 0.20
SMALLEST_EXPECTED = 5
AS_LIKELY = 1 + 1e-7
"""An outcome this little more likely than the one seen counts as just as likely; probabilities are rounded."""
KeyT = TypeVar("KeyT")


class Verdict(Enum):
    """What an adjusted p-value says: below 0.05, up to 0.20, above."""

    CLEAR = "CLEAR"
    WEAK = "WEAK"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Difference:
    """One score less another, in their unit; `p_value` is two-sided."""

    delta: float
    interval: Interval
    p_value: float


@dataclass(frozen=True, slots=True)
class Change:
    """A difference among all those that were tested beside it."""

    difference: Difference
    adjusted_p_value: float

    @property
    def verdict(self) -> Verdict:
        if self.adjusted_p_value < CLEAR:
            return Verdict.CLEAR
        return Verdict.WEAK if self.adjusted_p_value <= WEAK else Verdict.NONE


def changes(differences: Mapping[KeyT, Difference]) -> dict[KeyT, Change]:
    """The changes of one family of tests, by the same keys.

    Source: Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995).
    """
    falling = sorted(differences, key=lambda key: differences[key].p_value, reverse=True)
    by_key: dict[KeyT, Change] = {}
    lowest = 1.0
    for index, key in enumerate(falling):
        difference = differences[key]
        lowest = min(lowest, difference.p_value * len(falling) / (len(falling) - index))
        by_key[key] = Change(difference, lowest)
    return by_key


def difference(this: Sample, other: Sample) -> Difference:
    """This sample's value less the other's; both of one statistic, with a base of 2 or more."""
    match this, other:
        case Share(), Share():
            return share_difference(this, other)
        case Net(), Net():
            return net_difference(this, other)
        case Mean(), Mean():
            return mean_difference(this, other)
        case Rate(), Rate():
            return rate_difference(this, other)
        case Published(), Published():
            return published_difference(this, other)
    raise TypeError("samples of two statistics have no difference")


def net_difference(this: Net, other: Net) -> Difference:
    """Raw difference of two nets; test and interval with three eighths added to either end of each sample.

    Source: half of B. Rocks' adjustment (intervals.adjusted_wald) to each: its false alarms stay near 5 % at n = 10.
    """
    (net1, variance1), (net0, variance0) = (_adjusted(sample) for sample in (this, other))
    gap, error = net1 - net0, sqrt(variance1 + variance0)
    interval = _interval(100 * gap, 100 * Z * error, "adjusted Wald", 200)
    return Difference(this.value - other.value, interval, two_sided(gap / error))


def _adjusted(sample: Net) -> tuple[float, float]:
    up, down, total = sample.best + 0.375, sample.worst + 0.375, sample.base + 1.5
    net = (up - down) / total
    return net, (up / total + down / total - net * net) / total


def share_difference(this: Share, other: Share) -> Difference:
    """Pooled z test, or Fisher's exact one where fewer than 5 are expected; Newcombe's interval (method 10).

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890.
    """
    delta = this.value - other.value
    one, two = wilson(this.hits, this.base), wilson(other.hits, other.base)
    low = delta - sqrt((this.value - one.low) ** 2 + (two.high - other.value) ** 2)
    high = delta + sqrt((one.high - this.value) ** 2 + (other.value - two.low) ** 2)
    hits, base = this.hits + other.hits, this.base + other.base
    expected = min(this.base, other.base) * min(hits, base - hits) / base
    few = expected < SMALLEST_EXPECTED
    p_value = fisher(this, other) if few else two_sided(pooled_z(this, other))
    return Difference(delta, Interval(low, high, "Newcombe"), p_value)


def pooled_z(this: Share, other: Share) -> float:
    """The z of two shares under one common share, which must be neither 0 nor 1."""
    common = (this.hits + other.hits) / (this.base + other.base)
    error = sqrt(common * (1 - common) * (1 / this.base + 1 / other.base))
    return (this.value - other.value) / error


def fisher(this: Share, other: Share) -> float:
    """Fisher's exact test: all tables with these margins that are no likelier than the one seen."""
    hits, base = this.hits + other.hits, this.base + other.base
    tables = np.arange(max(0, hits - other.base), min(hits, this.base) + 1)
    logs = (
        _log_choose(this.base, tables)
        + _log_choose(other.base, hits - tables)
        - _log_choose(base, np.array(hits))
    )
    return _no_likelier(logs, this.hits - int(tables[0]))


def mean_difference(this: Mean, other: Mean) -> Difference:
    """Welch's t test and interval.

    Source: B. L. Welch, Biometrika 34 (1947). Where no answer differs from its neighbours there is nothing to
    test against: p is 1 for equal means and 0 for others.
    """
    delta = this.value - other.value
    half, p_value = _welch(delta, (this.variance, this.base), (other.variance, other.base))
    return Difference(delta, _interval(delta, half, "Welch t"), p_value)


def _welch(delta: float, this: tuple[float, int], other: tuple[float, int]) -> tuple[float, float]:
    """Half of the interval, and the p-value, of a difference of means by their variances and bases."""
    parts = [variance / base for variance, base in (this, other)]
    error = sqrt(sum(parts))
    if error == 0:
        return 0.0, float(delta == 0)
    freedom = sum(parts) ** 2 / sum(
        part**2 / (base - 1) for part, (_, base) in zip(parts, (this, other), strict=True)
    )
    half = float(stdtrit(freedom, 0.975)) * error
    return half, min(1.0, 2 * float(stdtr(freedom, -abs(delta) / error)))


def rate_difference(this: Rate, other: Rate) -> Difference:
    """Exact conditional test: given all events, each fell into this time with the same probability.

    Source: J. Przyborowski, H. Wilenski, Biometrika 31 (1940). The interval joins the exact ones of both rates, as
    Newcombe's joins Wilson's.
    """
    delta = this.value - other.value
    events = this.events + other.events
    chance = this.person_days / (this.person_days + other.person_days)
    splits = np.arange(events + 1)
    logs = (
        _log_choose(events, splits)
        + splits * np.log(chance)
        + (events - splits) * np.log1p(-chance)
    )
    (low1, high1), (low0, high0) = _exact(this), _exact(other)
    low = delta - sqrt((this.value - low1) ** 2 + (high0 - other.value) ** 2)
    high = delta + sqrt((high1 - this.value) ** 2 + (other.value - low0) ** 2)
    interval = Interval(low, high, "exact Poisson, joined")
    return Difference(delta, interval, _no_likelier(logs, this.events))


def published_difference(this: Published, other: Published) -> Difference:
    """Welch's t test and interval of two means of independent answers, each with the spread it was published with.

    Groups of staff are small: a normal test of eNPS finds a change in 7 of 100 pairs of ten people where there is none.
    """
    delta = this.value - other.value
    half, p_value = _welch(delta, (this.sd**2, this.base), (other.sd**2, other.base))
    return Difference(delta, _interval(delta, half, "Welch t", this.width), p_value)


def two_sided(z: float) -> float:
    """The two-sided p-value of a normal deviate."""
    return min(1.0, 2 * float(ndtr(-abs(z))))


def _exact(sample: Rate) -> tuple[float, float]:
    low, high = exact_poisson(sample.events)
    return low / sample.years, high / sample.years


def _no_likelier(logs: "np.ndarray[tuple[int], np.dtype[np.float64]]", seen: int) -> float:
    likely = exp(float(logs[seen])) * AS_LIKELY
    probabilities = np.exp(logs)
    return min(1.0, float(probabilities[probabilities <= likely].sum()))


def _log_choose(
    many: int, some: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = (
        gammaln(many + 1) - gammaln(some + 1) - gammaln(many - some + 1)
    )
    return found


def _interval(centre: float, half: float, method: str, limit: float = inf) -> Interval:
    return Interval(max(-limit, centre - half), min(limit, centre + half), method)
