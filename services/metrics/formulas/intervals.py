"""95 % intervals."""

from math import inf, sqrt

from scipy.special import gammaincinv, stdtrit

from services.metrics.formulas.samples import Mean
from services.metrics.formulas.scores import Interval

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""
EQUAL = "Wilson, equal answers"
"""The method of an interval of a mean of answers that are all the same."""


def around(
    value: float, interval: tuple[float, float], ends: tuple[float, float], method: str
) -> Interval:
    """An interval that holds its value and lies between the ends of the range, whatever was rounded on the way."""
    (low, high), (least, most) = interval, ends
    return Interval(max(least, min(low, value)), min(most, max(high, value)), method)


def wilson(hits: int, base: int) -> Interval:
    """Wilson's score interval of a share; base >= 1.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    share, spread = hits / base, Z * Z / base
    centre = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / base + spread / (4 * base)) / (1 + spread)
    return around(share, (centre - half, centre + half), (0.0, 1.0), "Wilson")


def adjusted_wald(best: int, worst: int, base: int) -> Interval:
    """Interval of 100 x (share of the best - share of the worst), cut to -100..100; base >= 1.

    Source: B. Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70(4), 2016:
    three quarters are added to either end.
    """
    up, down, total = best + 0.75, worst + 0.75, base + 3
    net = (up - down) / total
    half = Z * sqrt((up / total + down / total - net * net) / total)
    found = 100 * (net - half), 100 * (net + half)
    return around(100 * (best - worst) / base, found, (-100.0, 100.0), "adjusted Wald")


def exact_poisson(events: int) -> tuple[float, float]:
    """Exact interval of an expected number of events, from what was counted.

    Source: F. Garwood, Biometrika 28 (1936); chi2(.025; 2k)/2 and chi2(.975; 2k+2)/2 as gamma quantiles.
    """
    low = float(gammaincinv(events, 0.025)) if events else 0.0
    return low, float(gammaincinv(events + 1, 0.975))


def t_interval(sample: Mean) -> Interval:
    """Student's interval of a mean, x -+ t(n-1) s/sqrt(n), cut to the scale where it is known; base >= 2.

    Equal answers have no s. Of all answers a share p may still be others, by Wilson's interval of n among n, and lie at
    an end of the scale: the interval is x - p (x - least) to x + p (most - x).
    """
    value = sample.value
    ends = (sample.least, sample.least + sample.width) if sample.width else (-inf, inf)
    if sample.variance == 0 and sample.width:
        others = 1 - wilson(sample.base, sample.base).low
        low, high = (value + others * (end - value) for end in ends)
        return around(value, (low, high), ends, EQUAL)
    half = float(stdtrit(sample.base - 1, 0.975)) * sqrt(sample.variance / sample.base)
    return around(value, (value - half, value + half), ends, "t")
