"""Exponentially weighted moving average: what came last weighs most."""

from collections.abc import Sequence
from math import sqrt

WEIGHT = 0.3
"""Of the newest value."""


def ewma(values: Sequence[float], start: float, weight: float = WEIGHT) -> list[float]:
    """The average after each value: weight x value + (1 - weight) x the average before.

    Source: S. W. Roberts, Technometrics 1 (1959); NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.4.
    """
    found: list[float] = []
    average = start
    for value in values:
        average = weight * value + (1 - weight) * average
        found.append(average)
    return found


def spread(many: int, weight: float = WEIGHT) -> float:
    """The standard deviation of the average of so many independent values, whose own is 1."""
    return sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * many)))


def third_moment(thirds: Sequence[float], weight: float = WEIGHT) -> float:
    """The third central moment of the average of independent values with these."""
    last = len(thirds) - 1
    return sum((weight * (1 - weight) ** (last - at)) ** 3 * each for at, each in enumerate(thirds))
