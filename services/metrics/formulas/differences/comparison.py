"""How a score differs from another one: tests of independent samples, and what several tests together say."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from math import exp, hypot, inf, sqrt
from typing import TypeVar

import numpy as np
from scipy.special import gammaln, ndtr, stdtr, stdtrit

from services.metrics.formulas.intervals import Z, exact_poisson, t_interval, wilson
from services.metrics.formulas.samples import (
    Mean,
    Net,
    PersonShare,
    Published,
    Rate,
    Sample,
    Share,
)
from services.metrics.formulas.scores import Interval

CLEAR, WEAK = 0.05, 0.20
SMALLEST_EXPECTED = 5
AS_LIKELY = 1 + 1e-7
"""An outcome this little more likely than the one seen counts as just as likely; probabilities are rounded."""
SMALL = 1 / 40
"""A difference of this part of the range, 5 points of NPS, is small: our choice, none is published."""
KeyT = TypeVar("KeyT")


class Finding(Enum):
    """What can be said of a difference: of its test, and of how large it may be."""

    CLEARLY_UP = "CLEARLY_UP"
    PERHAPS_UP = "PERHAPS_UP"
    ABOUT_THE_SAME = "ABOUT_THE_SAME"
    NO_CLEAR_CHANGE = "NO_CLEAR_CHANGE"
    PERHAPS_DOWN = "PERHAPS_DOWN"
    CLEARLY_DOWN = "CLEARLY_DOWN"


class Verdict(Enum):
    """What an adjusted p-value says: below 0.05, up to 0.20, above."""

    CLEAR = "CLEAR"
    WEAK = "WEAK"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Difference:
    """One score less another, in their unit; `p_value` is two-sided, `width` that of the range of the scores."""

    delta: float
    interval: Interval
    p_value: float
    width: float = 0.0

    @property
    def is_small(self) -> bool:
        """Whether it is small wherever in its interval it lies; a difference that is not clear may still be large."""
        small = SMALL * self.width
        return -small <= self.interval.low and self.interval.high <= small


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

    @property
    def finding(self) -> Finding:
        """What can be said of it in words."""
        is_up = self.difference.delta > 0
        if self.verdict is Verdict.CLEAR:
            return Finding.CLEARLY_UP if is_up else Finding.CLEARLY_DOWN
        if self.difference.is_small:
            return Finding.ABOUT_THE_SAME
        if self.verdict is Verdict.WEAK:
            return Finding.PERHAPS_UP if is_up else Finding.PERHAPS_DOWN
        return Finding.NO_CLEAR_CHANGE


def changes(differences: Mapping[KeyT, Difference]) -> dict[KeyT, Change]:
    """The changes of one family of tests, by the same keys, the largest p-value first."""
    found = adjusted({key: each.p_value for key, each in differences.items()})
    return {key: Change(differences[key], p_value) for key, p_value in found.items()}


def adjusted(p_values: Mapping[KeyT, float]) -> dict[KeyT, float]:
    """The p-values of one family of tests, adjusted to the rate of false findings; the largest first.

    Source: Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995).
    """
    falling = sorted(p_values, key=lambda key: p_values[key], reverse=True)
    by_key: dict[KeyT, float] = {}
    lowest = 1.0
    for index, key in enumerate(falling):
        lowest = min(lowest, p_values[key] * len(falling) / (len(falling) - index))
        by_key[key] = lowest
    return by_key


def is_alike(this: Sample, other: Sample) -> bool:
    """Whether both measure the same: means of other items are other things, and differ without any change."""
    if not isinstance(this, Published) or not isinstance(other, Published):
        return True
    return not this.items or not other.items or this.items == other.items


def difference(this: Sample, other: Sample) -> Difference:
    """This sample's value less the other's; both of one statistic, with a base of 2 or more."""
    match this, other:
        case Share(), Share():
            return share_difference(this, other)
        case PersonShare(), PersonShare():
            return share_difference(Share(this.hits, this.base), Share(other.hits, other.base))
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
    return Difference(this.value - other.value, interval, two_sided(gap / error), this.width)


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
    hits, base = this.hits + other.hits, this.base + other.base
    expected = min(this.base, other.base) * min(hits, base - hits) / base
    few = expected < SMALLEST_EXPECTED
    p_value = fisher(this, other) if few else two_sided(pooled_z(this, other))
    interval = _joined((this.value, one), (other.value, two), "Newcombe")
    return Difference(delta, interval, p_value, this.width)


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

    Source: B. L. Welch, Biometrika 34 (1947). Where no answer differs from its neighbours there is no spread to test
    against: p is Fisher's of all answers of one against all of the other, and the interval joins those of both means.
    """
    delta = this.value - other.value
    if this.variance == other.variance == 0:
        one, two = t_interval(this), t_interval(other)
        interval = _joined((this.value, one), (other.value, two), f"{one.method}, joined")
        return Difference(delta, interval, _apart(delta, this.base, other.base), this.width)
    half, p_value = _welch(delta, (this.variance, this.base), (other.variance, other.base))
    return Difference(delta, _interval(delta, half, "Welch t"), p_value, this.width)


def _welch(delta: float, this: tuple[float, int], other: tuple[float, int]) -> tuple[float, float]:
    """Half of the interval, and the p-value, of a difference of means by their variances and bases."""
    parts = [variance / base for variance, base in (this, other)]
    error = sqrt(sum(parts))
    if error == 0:
        return 0.0, _apart(delta, this[1], other[1])
    freedom = sum(parts) ** 2 / sum(
        part**2 / (base - 1) for part, (_, base) in zip(parts, (this, other), strict=True)
    )
    half = float(stdtrit(freedom, 0.975)) * error
    return half, min(1.0, 2 * float(stdtr(freedom, -abs(delta) / error)))


def _apart(delta: float, this: int, other: int) -> float:
    """The p-value of two samples that do not vary: 1 where they are equal, else that of answers that all differ."""
    return 1.0 if delta == 0 else fisher(Share(this, this), Share(0, other))


def _joined(this: tuple[float, Interval], other: tuple[float, Interval], method: str) -> Interval:
    """The interval of a difference from both values, each with its own interval."""
    (value1, own1), (value0, own0) = this, other
    delta = value1 - value0
    low = delta - hypot(value1 - own1.low, own0.high - value0)
    high = delta + hypot(own1.high - value1, value0 - own0.low)
    return Interval(low, high, method)


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
    method = "exact Poisson, joined"
    one, two = (Interval(*_exact(rate), method) for rate in (this, other))
    interval = _joined((this.value, one), (other.value, two), method)
    return Difference(delta, interval, _no_likelier(logs, this.events), this.width)


def published_difference(this: Published, other: Published) -> Difference:
    """Welch's t test and interval of two means of independent answers, each with the spread it was published with.

    Groups of staff are small: a normal test of eNPS finds a change in 7 of 100 pairs of ten people where there is none.
    """
    delta = this.value - other.value
    half, p_value = _welch(delta, (this.sd**2, this.base), (other.sd**2, other.base))
    interval = _interval(delta, half, "Welch t", this.width)
    return Difference(delta, interval, p_value, this.width)


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
