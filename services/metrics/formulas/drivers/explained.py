"""How much of the differences in an outcome drivers explain among all who could have answered.

R squared of a sample lies above that: drivers explain something of every sample by chance alone. What is told is
adjusted for it, with an exact interval for answers whose differences are normal and drivers that are as people answer.

Sources: M. Ezekiel, "Methods of Correlation Analysis" (1930), adjusted R squared; J. Gurland, Journal of the Royal
Statistical Society B 30 (1968), the distribution of R squared of a sample as a mixture over a negative binomial one;
J. H. Steiger, R. T. Fouladi, Behavior Research Methods 24 (1992), the interval by inverting it.
"""

import numpy as np
from scipy.optimize import brentq
from scipy.special import betainc, gammaln

from services.metrics.formulas.drivers.weights import Estimate

TAIL = 0.025
ALMOST_ALL = 1 - 1e-9
SPREADS = 10
STEPS = 4_000


def explained_by(r_squared: float, drivers: int, base: int) -> Estimate:
    """What drivers explain, 0 to 1, and its 95 % interval, by R squared of a sample; base > drivers + 1.

    A sample with less than what chance alone explains on average has the upper end of one with as much: the exact one
    would shrink to nothing.
    """
    free = base - drivers - 1
    adjusted = 1 - (1 - r_squared) * (base - 1) / free
    low = _where_chance_is(1 - TAIL, r_squared, drivers, base)
    high = _where_chance_is(TAIL, max(r_squared, drivers / (base - 1)), drivers, base)
    return Estimate(max(adjusted, 0.0), low, high)


def chance_below(r_squared: float, truth: float, drivers: int, base: int) -> float:
    """How likely a sample has at most this R squared where drivers explain `truth` of the differences."""
    size = (base - 1) / 2
    mean = size * truth / (1 - truth)
    spread = (mean / (1 - truth)) ** 0.5
    first, last = max(mean - SPREADS * spread, 0) // 1, mean + SPREADS * spread + SPREADS
    terms = np.arange(first, last, max((last - first) // STEPS, 1))
    logs = gammaln(size + terms) - gammaln(terms + 1) + terms * np.log(max(truth, 1e-300))
    weights = np.exp(logs - logs.max())
    chances = betainc(drivers / 2 + terms, (base - drivers - 1) / 2, r_squared)
    return float(weights @ chances / weights.sum())


def _where_chance_is(chance: float, r_squared: float, drivers: int, base: int) -> float:
    """What drivers explain where so small an R squared has this chance."""

    def beyond(truth: float) -> float:
        return chance_below(r_squared, truth, drivers, base) - chance

    if beyond(0.0) <= 0:
        return 0.0
    if beyond(ALMOST_ALL) >= 0:
        return 1.0
    return float(brentq(beyond, 0.0, ALMOST_ALL, xtol=1e-9))
