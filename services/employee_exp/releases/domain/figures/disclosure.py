"""What of a figure may be told, so that nobody can tell that a whole group answered alike.

A share at an end is told as a bound, a mean no nearer to an end of its scale than what hides one other answer, a
spread no smaller than that of two people who differ by one answer each. All else that is published of a group is
computed from what is told, so it says no more: whatever a group of one mind shows, another group shows too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from math import sqrt

LOWEST, HIGHEST = 0.1, 0.9
NEAREST = 0.05
"""Of the scale: a mean is told no nearer to its ends."""
SMALLEST_SPREAD = 0.1
"""Of the scale."""
PLACES = 9
"""The last digits of a sum of fractions tell of what it was made."""


class End(Enum):
    """Whether a share is told itself, or as a bound."""

    NEITHER = "the share itself"
    AT_MOST = "a tenth or less"
    AT_LEAST = "nine tenths or more"


@dataclass(frozen=True, slots=True)
class Band:
    """The share of one group of answers, 0.1 or 0.9 where it is at an end."""

    name: str
    share: float
    end: End = End.NEITHER


def band(name: str, hits: int, people: int) -> Band:
    """One share as it may be told; in whole numbers, for a tenth is no binary fraction."""
    if 10 * hits <= people:
        return Band(name, LOWEST, End.AT_MOST)
    if 10 * hits >= 9 * people:
        return Band(name, HIGHEST, End.AT_LEAST)
    return Band(name, hits / people)


def bands(counts: Mapping[str, int]) -> tuple[Band, ...]:
    """The shares of groups that make a whole: where one is at an end, only those at an end.

    The others would give it away, for all of them add up to 1.
    """
    people = sum(counts.values())
    found = tuple(band(name, hits, people) for name, hits in counts.items())
    at_an_end = tuple(each for each in found if each.end is not End.NEITHER)
    return at_an_end or found


@dataclass(frozen=True, slots=True)
class Scale:
    """Where means of people lie. `step`: what one answer changes at most of one person's mean.

    `parts`: to so many parts of it a mean is told.
    """

    least: float
    most: float
    step: float
    parts: int

    @property
    def width(self) -> float:
        return self.most - self.least


def tell_mean(mean: float, spread: float | None, people: int, scale: Scale) -> tuple[float, float]:
    """Mean and spread (standard deviation of one person, to a hundredth of the scale) as they may be told.

    people >= 2. Without a spread it is the largest that the told mean allows.
    """
    margin = max(NEAREST * scale.width, scale.step / people)
    floor = max(SMALLEST_SPREAD * scale.width, scale.step * sqrt(2 / (people - 1)))
    clipped = min(max(mean, scale.least + margin), scale.most - margin)
    parts = round((clipped - scale.least) / scale.width * scale.parts)
    told = round(scale.least + parts / scale.parts * scale.width, PLACES)
    if spread is None:
        spread = sqrt((told - scale.least) * (scale.most - told))
    hundredths = round(100 * max(spread, floor) / scale.width)
    return told, hundredths / 100 * scale.width


@dataclass(frozen=True, slots=True)
class ToldNet:
    """Share of the best less share of the worst, and shares that stand in for those that are not told."""

    value: float
    best: float
    worst: float

    @property
    def spread(self) -> float:
        """Standard deviation of one answer of 1, 0 or -1."""
        return max(2 * SMALLEST_SPREAD, sqrt(self.best + self.worst - self.value**2))


def tell_net(best: int, middle: int, worst: int) -> ToldNet:
    """A net as it may be told: exact between -0.9 and 0.9; 0 where nine tenths are in the middle.

    The stand-ins depend on the net that is told and on the ends alone, or an interval would give the shares away.
    """
    people = best + middle + worst
    if 10 * middle >= 9 * people:
        return ToldNet(0.0, LOWEST, LOWEST)
    net = (best - worst) / people
    value = min(max(net, -HIGHEST), HIGHEST)
    few_best, few_worst, few_middle = (10 * count <= people for count in (best, worst, middle))
    if few_best and few_worst:
        share = LOWEST - abs(value)
        return ToldNet(value, max(value, 0) + share, max(-value, 0) + share)
    if few_worst:
        share = min(LOWEST, (1 - value) / 2)
        return ToldNet(value, value + share, share)
    if few_best:
        share = min(LOWEST, (1 + value) / 2)
        return ToldNet(value, share, share - value)
    if few_middle:
        return ToldNet(value, (HIGHEST + value) / 2, (HIGHEST - value) / 2)
    return ToldNet(value, best / people, worst / people)
