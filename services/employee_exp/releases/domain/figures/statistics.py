"""The figures of a group of employees, each from counts or sums, with its smallest base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from services.employee_exp.releases.domain.figures.disclosure import (
    PLACES,
    Band,
    Scale,
    band,
    bands,
    tell_mean,
    tell_net,
)
from services.employee_exp.releases.domain.figures.intervals import (
    Interval,
    adjusted_wald,
    t_interval,
    wilson,
)

SMALLEST_BASE = 10
"""People from whom on shares are told, and what is computed of shares."""
EXACT_FROM = 20
"""People who answered, from whom on the participation rate is told exactly."""
FEWEST_SILENT = 5
"""People who did not answer, from whom on the rate is told exactly: else it would say that all answered, or nearly."""
ROUNDED_TO = 20
"""Else, to so many parts of the whole: 5 %; and a mean of shares that are not told themselves."""
FEWEST_SHARES = 3
"""That are not told themselves, in a mean that is."""
OF_PEOPLE = 1_000
"""So many parts of its scale a mean over people is told to: its last digits tell of how many answers it was made."""
FINE = 10**PLACES
"""And one of shares that are told themselves."""
ALPHA_PLACES = 2

ENPS, ENGAGEMENT, BURNOUT, PARTICIPATION = "enps", "engagement", "burnout", "participationRate"


@dataclass(frozen=True, slots=True)
class CellScore:
    """One figure of one group as it is published.

    `people`: behind it; of the participation rate who were invited, None where rounding would be undone by it.
    `value` None: too few people for this figure. `spread`: standard deviation of one person, as the interval takes it.
    """

    statistic: str
    people: int | None
    value: float | None = None
    interval: Interval | None = None
    spread: float | None = None
    bands: tuple[Band, ...] = ()
    alpha: float | None = None


def enps(promoters: int, passives: int, detractors: int) -> CellScore:
    """Employee Net Promoter Score, -100 to 100 points: answers 9 and 10, 7 and 8, 0 to 6."""
    people = promoters + passives + detractors
    if people < SMALLEST_BASE:
        return CellScore(ENPS, people)
    net = tell_net(promoters, passives, detractors)
    value = round(100 * net.value, PLACES)
    interval = _around(value, adjusted_wald(net.best, net.worst, people))
    shares = {"promoters": promoters, "passives": passives, "detractors": detractors}
    return CellScore(ENPS, people, value, interval, 100 * net.spread, bands(shares))


def favourable(
    question: str, agree: int, neutral: int, disagree: int, *, invited: int | None = None
) -> CellScore:
    """Share of those who agreed: answers 4 and 5, 3, 1 and 2. The interval tells `invited`; None: it must not."""
    shares = {"favourable": agree, "neutral": neutral, "unfavourable": disagree}
    people = agree + neutral + disagree
    return _share(question, "favourable", shares, people, invited)


def sensitive(question: str, yes: int, people: int, *, invited: int | None = None) -> CellScore:
    """Share of those who said yes."""
    return _share(question, "yes", {"yes": yes}, people, invited)


def _share(
    question: str, name: str, shares: Mapping[str, int], people: int, invited: int | None
) -> CellScore:
    if people < SMALLEST_BASE:
        return CellScore(question, people)
    told = band(name, shares[name], people).share
    found = bands(shares) if len(shares) > 1 else (band(name, shares[name], people),)
    population = invited if people >= EXACT_FROM else None
    interval = wilson(told, people, population)
    return CellScore(question, people, told, interval, sqrt(told * (1 - told)), found)


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one figure of each of several people: how many, their sum, and the sum of their squares."""

    people: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        return self.total / self.people

    @property
    def spread(self) -> float:
        """Standard deviation with n - 1; people >= 2."""
        squares = self.squares - self.total * self.total / self.people
        return sqrt(max(0.0, squares) / (self.people - 1))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of those who answered one question agreed."""

    agree: int
    people: int

    @property
    def share(self) -> float:
        return self.agree / self.people


def engagement(sums: Sums, items: Sequence[Agreement]) -> CellScore:
    """Mean over the questions of the share that agreed, 0 to 1, with an interval over people; from any number of them.

    Where shares are told it is the mean of what is told, and of nothing else: a mean over people would say, together
    with the shares, what those few answered who left one question out, and what stands behind a share at an end. No
    value where some shares are told and others are not. Below the base of shares it is told to 5 %, of three questions
    or more: the digits of a sum of few fractions give each of them. Of two questions the spread is the largest that the
    mean allows: that of people would tell what one answered who left one out.
    """
    told = [
        band("favourable", item.agree, item.people).share
        for item in items
        if item.people >= SMALLEST_BASE
    ]
    if 0 < len(told) < len(items) or 0 < len(items) - len(told) < FEWEST_SHARES:
        return CellScore(ENGAGEMENT, sums.people)
    shares = told or [item.share for item in items]
    mean = sum(shares) / len(shares)
    scale = Scale(0, 1, 1 / len(items), FINE if told else ROUNDED_TO)
    spread = None if len(items) == 2 else sums.spread
    return _mean(ENGAGEMENT, mean, spread, sums.people, scale)


def burnout(sums: Sums, high: int, items: int) -> CellScore:
    """Mean over people of their mean answer, 0 to 100, and the share of those with 50 or more.

    Source: Copenhagen Burnout Inventory, T. S. Kristensen et al., Work & Stress 19(3), 2005: 0 25 50 75 100.
    """
    if sums.people < SMALLEST_BASE:
        return CellScore(BURNOUT, sums.people)
    found = (band("high", high, sums.people),)
    scale = Scale(0, 100, 25 / items, OF_PEOPLE)
    return _mean(BURNOUT, sums.mean, sums.spread, sums.people, scale, found)


def _mean(
    statistic: str,
    mean: float,
    spread: float | None,
    people: int,
    scale: Scale,
    found: tuple[Band, ...] = (),
) -> CellScore:
    told, spread = tell_mean(mean, spread, people, scale)
    interval = t_interval(told, spread, people, scale.least, scale.most)
    return CellScore(statistic, people, told, interval, spread, found)


def participation(answered: int, invited: int) -> CellScore:
    """Share of those invited who sent a scored answer; invited >= answered >= 1.

    Rounded below 20 answers and where fewer than 5 did not answer, then from 5 to 95 %, and without the number of
    those invited and an interval, which would undo that.
    """
    rate = answered / invited
    if not is_rate_exact(answered, invited):
        return CellScore(PARTICIPATION, None, tell_rate(rate))
    interval = wilson(rate, invited)
    return CellScore(PARTICIPATION, invited, rate, interval, sqrt(rate * (1 - rate)))


def is_rate_exact(answered: int, invited: int) -> bool:
    """Whether the rate of participation, and with it the number of those invited, is told exactly."""
    return answered >= EXACT_FROM and invited - answered >= FEWEST_SILENT


def tell_rate(rate: float) -> float:
    """A rate of participation that is not told exactly: to 5 %, from 5 to 95 %."""
    return min(max(round(rate * ROUNDED_TO), 1), ROUNDED_TO - 1) / ROUNDED_TO


def cronbach_alpha(scores: NDArray[np.int64]) -> float | None:
    """Cronbach's alpha of people (rows) by items, to two places; None where it is not defined.

    Source: L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951).
    """
    people, items = scores.shape
    if people < SMALLEST_BASE or items < 2:
        return None
    whole = float(scores.sum(axis=1).var(ddof=1))
    if whole == 0:
        return None
    parts = float(scores.var(axis=0, ddof=1).sum())
    return round(float(items / (items - 1) * (1 - parts / whole)), ALPHA_PLACES)


def _around(value: float, interval: Interval) -> Interval:
    """The interval with the value in it: what stands in for shares that are not told may have moved it away."""
    return Interval(min(interval.low, value), max(interval.high, value), interval.method)
