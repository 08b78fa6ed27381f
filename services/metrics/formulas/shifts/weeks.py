"""Whether a score has fallen below its usual level, by the sums of its weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cbrt, sqrt

from services.metrics.formulas.scores import NORMAL_BASE
from services.metrics.formulas.shifts.ewma import ewma, spread, third_moment

USUAL_WEEKS, LATEST_WEEKS = 12, 5
"""The usual level is that of 12 weeks; the 5 after them, with the one that runs, are judged by it."""
FEWEST_USUAL = 8
LIMIT = 2.5
"""How many standard deviations below the usual level are a fall: `make bench-alerts` prints what it finds."""
ENOUGH = 0.25
"""From so much of a usual week on the running one is judged: looks at its first answers would raise alerts by chance,
the more the more answers it gets."""
ADDED = 1.5
"""So many answers are added at either end of the scale to those of the usual level: few that lie far from the others
are known badly, and where all are alike none are known."""
STRAIGHT = 1e-6
"""A skewness below this is none."""
CALM = 12.0
"""As many weeks without any scatter of their own are added to those that are seen: few weeks know it badly."""


Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class WeekSums:
    """Answers of a week as numbers in the unit of the score: how many; sums of them, of their squares and cubes."""

    base: int
    total: float
    squares: float
    cubes: float

    @property
    def value(self) -> float:
        return self.total / self.base

    def __add__(self, other: "WeekSums") -> "WeekSums":
        return WeekSums(
            self.base + other.base,
            self.total + other.total,
            self.squares + other.squares,
            self.cubes + other.cubes,
        )


NOTHING = WeekSums(0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual level: its answers, all and a week; mean, variance and skewness of one, with those that are ADDED; and
    how much more than chance its weeks scatter, 1 and up. `value` is of the answers alone.
    """

    base: int
    weekly: float
    value: float
    mean: float
    variance: float
    skewness: float
    scatter: float

    @property
    def is_known(self) -> bool:
        """Not of what was kept before all of it was."""
        return self.variance > 0


@dataclass(frozen=True, slots=True)
class Shift:
    """How the latest weeks stand to the usual level.

    `deviation`: as unlikely as so many standard deviations of a normal distribution, negative where it is worse.
    `since`: with which of the latest weeks it began, most likely; `latest` is of the weeks from then on.
    """

    deviation: float
    usual: Usual
    since: int
    latest: WeekSums

    def is_fall(self, limit: float = LIMIT) -> bool:
        return self.deviation < -limit

    def is_back(self, limit: float = LIMIT) -> bool:
        """Whether a fall is over: half way back, so that chance alone does not end and begin it again."""
        return self.deviation > -limit / 2


def usual_weeks(weeks: Sequence[WeekSums]) -> list[WeekSums]:
    """Those with 30 answers or more; none where they are fewer than 8."""
    stable = [week for week in weeks if week.base >= NORMAL_BASE]
    return stable if len(stable) >= FEWEST_USUAL else []


def usual_level(weeks: Sequence[WeekSums], ends: Ends) -> Usual | None:
    """The level of `usual_weeks`; None of none. `ends` are the least and the most that an answer can count as.

    Weeks that scatter more than chance allows make the limits as much wider, as in P. B. Laney, "Improved control
    charts for attributes", Quality Engineering 14 (2002).
    """
    stable = usual_weeks(weeks)
    low, high = ends
    if not stable or low == high:
        return None
    total = sum(stable, NOTHING)
    base = total.base + 2 * ADDED
    mean = (total.total + ADDED * (low + high)) / base
    squares = (total.squares + ADDED * (low**2 + high**2)) / base
    cubes = (total.cubes + ADDED * (low**3 + high**3)) / base
    variance = squares - mean**2
    skewness = (cubes - 3 * mean * squares + 2 * mean**3) / variance**1.5
    apart = sum((week.value - total.value) ** 2 * week.base / variance for week in stable)
    scatter = sqrt(max(1.0, (apart + CALM) / (len(stable) - 1 + CALM)))
    weekly = total.base / len(stable)
    return Usual(total.base, weekly, total.value, mean, variance, skewness, scatter)


def shift_of(
    latest: Sequence[WeekSums], usual: Usual, *, higher_is_better: bool = True
) -> Shift | None:
    """The average of the latest weeks, standardised by what it would vary at the usual level; None without 30 answers.

    The last one runs: it is judged from 30 answers and a quarter of a usual week on.
    Each week of 30 answers or more enters as z = (value - mean) / sqrt(variance / base). The usual level is not known
    exactly, and its error is in all z alike: the variance of the average is that of independent values, and
    (sum of weight x sqrt(base))^2 / base of the usual level.
    """
    judged = [(place, week) for place, week in enumerate(latest) if week.base >= NORMAL_BASE]
    if judged and judged[-1][0] == len(latest) - 1 and latest[-1].base < ENOUGH * usual.weekly:
        judged.pop()
    if not judged:
        return None
    roots = [sqrt(week.base) for _, week in judged]
    scaled = [
        (week.value - usual.mean) * root / sqrt(usual.variance)
        for (_, week), root in zip(judged, roots, strict=True)
    ]
    from_level = ewma(roots, 0.0)[-1]
    spreads = sqrt(spread(len(judged)) ** 2 + from_level**2 / usual.base)
    thirds = third_moment([1 / root for root in roots]) - from_level**3 / usual.base**2
    deviation = ewma(scaled, 0.0)[-1] / spreads / usual.scatter
    sign = 1.0 if higher_is_better else -1.0
    since, sums = _began(judged, usual, sign)
    as_normal = normal_of(deviation, usual.skewness * thirds / spreads**3)
    return Shift(sign * as_normal, usual, since, sums)


def normal_of(deviation: float, skewness: float) -> float:
    """The standard normal value that is as likely as a standardised one of the gamma distribution with a skewness.

    Source: E. B. Wilson and M. M. Hilferty, "The Distribution of Chi-Square", Proceedings of the National Academy of
    Sciences 17 (1931): the cube root of such a value is nearly normal.
    """
    if abs(skewness) < STRAIGHT:
        return deviation
    return 6 / skewness * (cbrt(1 + skewness * deviation / 2) - 1) + skewness / 6


def _began(
    judged: Sequence[tuple[int, WeekSums]], usual: Usual, sign: float
) -> tuple[int, WeekSums]:
    """The week from which on all together are farthest below the usual level, and their sums."""
    found: list[tuple[float, int, WeekSums]] = []
    sums = NOTHING
    for place, week in reversed(judged):
        sums = sums + week
        apart = (sums.value - usual.value) / sqrt(1 / sums.base + 1 / usual.base)
        found.append((sign * apart, place, sums))
    _, place, sums = min(found, key=lambda each: each[0])
    return place, sums
