"""95 % intervals of what is told of a group of employees."""

from dataclasses import dataclass
from math import sqrt

from scipy.special import stdtrit

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the figure of all employees like these lies in 95 of 100 cases; `method` for people."""

    low: float
    high: float
    method: str


def wilson(share: float, people: float, invited: int | None = None) -> Interval:
    """Wilson's score interval of a share; people >= 1. With `invited`, for that finite population.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927). The factor (N - n)/(N - 1) of a
    finite population stands in the variance: W. G. Cochran, Sampling Techniques, section 2.6.
    """
    method = "Wilson" if invited is None else "Wilson, finite population"
    if invited is not None and people >= invited:
        return Interval(share, share, method)
    base = people if invited is None else people * (invited - 1) / (invited - people)
    spread = Z * Z / base
    centre = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / base + spread / (4 * base)) / (1 + spread)
    return Interval(max(0.0, centre - half), min(1.0, centre + half), method)


def adjusted_wald(best: float, worst: float, people: int) -> Interval:
    """Interval of 100 x (share of the best - share of the worst), both as shares, cut to -100..100; people >= 1.

    Source: B. Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70(4), 2016:
    three quarters of an answer are added to either end.
    """
    up, down, total = best * people + 0.75, worst * people + 0.75, people + 3
    net = (up - down) / total
    half = Z * sqrt((up + down) / total - net * net) / sqrt(total)
    return Interval(
        max(-100.0, 100 * (net - half)), min(100.0, 100 * (net + half)), "adjusted Wald"
    )


def t_interval(mean: float, spread: float, people: int, least: float, most: float) -> Interval:
    """Student's interval of a mean, x -+ t(n-1) s/sqrt(n), cut to the scale; people >= 2."""
    half = float(stdtrit(people - 1, 0.975)) * spread / sqrt(people)
    return Interval(max(least, mean - half), min(most, mean + half), "t")
