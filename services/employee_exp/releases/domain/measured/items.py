"""Figures that were measured elsewhere: what each item may be, and how it is told here."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from services.employee_exp.releases.domain.figures.disclosure import (
    HIGHEST,
    LOWEST,
    NEAREST,
    PLACES,
    SMALLEST_SPREAD,
)
from services.employee_exp.releases.domain.figures.intervals import (
    Interval,
    Z,
    adjusted_wald,
    t_interval,
    wilson,
)
from services.employee_exp.releases.domain.figures.statistics import (
    BURNOUT,
    ENGAGEMENT,
    ENPS,
    EXACT_FROM,
    FEWEST_SILENT,
    PARTICIPATION,
    SMALLEST_BASE,
    CellScore,
    tell_rate,
)
from services.employee_exp.releases.domain.wave_plan import SENSITIVE_LEAST, SENSITIVE_RESIDUAL

LEAST: Final = 5
"""k of imported waves: nobody says what was promised, so it is the smallest there is."""
AS_GIVEN: Final = "as it was given"
WIDEST: Final = "widest that the value allows"


@dataclass(frozen=True, slots=True)
class Measure:
    """One item: its scale, how near to the ends of it a value is told, and the groups it is shown for.

    `least` people in a group, and `residual` outside of the groups below it, or nobody.
    """

    low: float
    high: float
    ends: float
    least: int
    residual: int = LEAST

    @property
    def width(self) -> float:
        return self.high - self.low

    def told(self, value: float) -> float:
        """The value no nearer to an end than may be told (R10)."""
        margin = self.ends * self.width
        return round(min(max(value, self.low + margin), self.high - margin), PLACES)


SHARE: Final = Measure(0, 1, LOWEST, SMALLEST_BASE)
SENSITIVE: Final = Measure(0, 1, LOWEST, SENSITIVE_LEAST, SENSITIVE_RESIDUAL)
INDICES: Final = {
    ENPS: Measure(-100, 100, (1 - HIGHEST) / 2, SMALLEST_BASE),
    ENGAGEMENT: Measure(0, 1, NEAREST, LEAST),
    BURNOUT: Measure(0, 100, NEAREST, SMALLEST_BASE),
    PARTICIPATION: Measure(0, 1, 0, LEAST),
}
"""Items that are no questions."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of `people` (of participationRate: invited) with the interval it came with, if it did."""

    people: int
    value: float
    low: float | None = None
    high: float | None = None


def is_told_less(measure: Measure, measured: Measured) -> bool:
    """Whether a value is told less near to an end than it was measured: then its interval would give it away."""
    return measure.told(measured.value) != round(measured.value, PLACES)


def score(item: str, measure: Measure, measured: Measured) -> CellScore:
    """The figure as it is published."""
    if item == PARTICIPATION:
        return _participation(measured)
    told = measure.told(measured.value)
    interval = None if is_told_less(measure, measured) else _given(measured)
    spread = _largest_spread(told, measure, measured.people)
    if interval is None:
        interval = _widest(item, told, measure, spread, measured.people)
    else:
        spread = min(spread, (interval.high - interval.low) / (2 * Z) * sqrt(measured.people))
    spread = max(spread, SMALLEST_SPREAD * measure.width)
    return CellScore(item, measured.people, told, interval, round(spread, PLACES))


def _given(measured: Measured) -> Interval | None:
    if measured.low is None or measured.high is None:
        return None
    return Interval(measured.low, measured.high, AS_GIVEN)


def _largest_spread(told: float, measure: Measure, people: int) -> float:
    """Standard deviation of one person, were all at the ends of the scale: the largest with this mean.

    For eNPS in points 100 sqrt(1 - s^2), for a share sqrt(p (1 - p)); of a mean with n - 1.
    """
    spread = sqrt((told - measure.low) * (measure.high - told))
    is_mean = measure.ends == NEAREST
    return spread * sqrt(people / (people - 1)) if is_mean and people > 1 else spread


def _widest(item: str, told: float, measure: Measure, spread: float, people: int) -> Interval:
    if item == ENPS:
        net = told / measure.high
        found = adjusted_wald((1 + net) / 2, (1 - net) / 2, people)
    elif measure.ends == NEAREST:
        found = t_interval(told, spread, people, measure.low, measure.high)
    else:  # of a share the value tells the spread
        return wilson(told, people)
    return Interval(min(found.low, told), max(found.high, told), f"{found.method}, {WIDEST}")


def _participation(measured: Measured) -> CellScore:
    """Below 20 answers, and where fewer than 5 did not answer, as those of our own waves (R13)."""
    rate, invited = measured.value, measured.people
    if rate * invited < EXACT_FROM or round((1 - rate) * invited) < FEWEST_SILENT:
        return CellScore(PARTICIPATION, None, tell_rate(rate))
    interval = _given(measured) or wilson(rate, invited)
    return CellScore(PARTICIPATION, invited, rate, interval, sqrt(rate * (1 - rate)))
