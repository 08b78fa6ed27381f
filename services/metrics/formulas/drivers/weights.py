"""How much of the differences in an outcome goes together with each of several drivers.

The share of variance that all drivers explain (R squared) is divided among them, so that drivers that go together with
each other share what they explain. Weights are never negative and sum to R squared of the sample. They say what goes
together, never what causes what, and not in which direction: the correlation does.

Sources: R. H. Lindeman, P. F. Merenda, R. Z. Gold, "Introduction to Bivariate and Multivariate Analysis" (1980), as
the Shapley value in U. Groemping, Journal of Statistical Software 17(1) (2006); J. W. Johnson, Multivariate Behavioral
Research 35 (2000). Intervals are percentiles of draws of whole responses with replacement, and hold the value itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

MOST_EXACT = 12
"""Drivers for which all subsets are looked at: 4,096 of them."""
DRAWS = 1_000
CHUNK_CELLS = 4_000_000
SLICE = 250
NO_VARIANCE = 1e-9
LIMITS = (2.5, 97.5)

Floats = NDArray[np.float64]
Told = Callable[[float], None]
"""Hears how far the draws are, 0 to 1."""


class DriverMethod(Enum):
    """How what is explained is divided."""

    SHAPLEY = "SHAPLEY"
    JOHNSON = "JOHNSON"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """R squared of the sample, and of each driver its part in it, that part as a share of it, and its correlation
    with the outcome."""

    r_squared: float
    weights: tuple[Estimate, ...]
    shares: tuple[Estimate, ...]
    correlations: tuple[Estimate, ...]


def weigh(
    values: Floats,
    counts: NDArray[np.int64],
    method: DriverMethod,
    *,
    seed: int,
    draws: int = DRAWS,
    tell: Told = lambda done: None,
) -> Weighed:
    """The weights of drivers, the columns of `values` [pattern, driver] but the last, which is the outcome.

    `counts` says how many responses have each pattern. Every column varies; the same seed gives the same intervals.
    """
    divide = shapley if method is DriverMethod.SHAPLEY else johnson
    of_all = correlations(values, counts[None].astype(np.float64))
    drawn = _drawn_correlations(values, counts, draws, seed, tell)
    found = np.clip(divide(of_all)[0], 0, 1)
    parts = [divide(drawn[at : at + SLICE]) for at in range(0, draws, SLICE)]
    weights = np.clip(np.concatenate([np.empty((0, len(found))), *parts]), 0, 1)
    cleared, shares = _without_chance(weights, int(counts.sum())), _shares(found[None])[0]
    of_outcome = np.clip(of_all[0, :-1, -1], -1, 1)
    return Weighed(
        min(float(found.sum()), 1.0),
        _reaching(_estimates(found, weights), _estimates(found, cleared)),
        _reaching(_estimates(shares, _shares(weights)), _estimates(shares, _shares(cleared))),
        _estimates(of_outcome, np.clip(drawn[:, :-1, -1], -1, 1)),
    )


def correlations(values: Floats, weights: Floats) -> Floats:
    """Correlations of the columns, [draw, column, column], with the weight of each pattern in each draw.

    What does not vary in a draw has none, with itself neither.
    """
    centred = values - values.mean(axis=0)
    shares = weights / weights.sum(axis=1, keepdims=True)
    means = shares @ centred
    products = np.stack([(centred * share[:, None]).T @ centred for share in shares])
    covariances = products - means[:, :, None] * means[:, None, :]
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    varies = variances > NO_VARIANCE * values.var(axis=0)
    scale = np.where(varies, 1 / np.sqrt(np.where(varies, variances, 1.0)), 0.0)
    found: Floats = covariances * scale[:, :, None] * scale[:, None, :]
    return found


def shapley(correlated: Floats) -> Floats:
    """Weights [draw, driver]: what a driver adds to R squared, averaged over all orders in which drivers may come."""
    drivers = correlated.shape[1] - 1
    explained = 1 - _left_over(correlated)
    sizes = np.array([subset.bit_count() for subset in range(1 << drivers)])
    orders = np.array(
        [factorial(s) * factorial(drivers - s - 1) / factorial(drivers) for s in range(drivers)]
    )
    weights = np.empty((correlated.shape[0], drivers))
    for driver in range(drivers):
        without = np.flatnonzero(np.arange(1 << drivers) >> driver & 1 == 0)
        added = explained[without | 1 << driver] - explained[without]
        weights[:, driver] = orders[sizes[without]] @ added
    return weights


def johnson(correlated: Floats) -> Floats:
    """Weights [draw, driver]: by the nearest drivers that do not go together with each other."""
    among, with_outcome = correlated[:, :-1, :-1], correlated[:, :-1, -1]
    sizes, axes = np.linalg.eigh(among)
    sizes = np.maximum(sizes, 0)
    is_there = sizes > NO_VARIANCE
    roots = np.sqrt(sizes)
    inverse = np.where(is_there, 1 / np.where(is_there, roots, 1.0), 0.0)
    across = np.swapaxes(axes, 1, 2)
    loadings = (axes * roots[:, None, :]) @ across
    slopes = ((axes * inverse[:, None, :]) @ across @ with_outcome[:, :, None])[:, :, 0]
    weights: Floats = (loadings**2 @ (slopes**2)[:, :, None])[:, :, 0]
    return weights


def chance_of(explained: float, drivers: int, base: int) -> float:
    """How likely drivers that have nothing to do with the outcome explain as much, by the F test of the regression."""
    free = base - drivers - 1
    if free < 1:
        return 1.0
    ratio = explained / drivers / max((1 - explained) / free, NO_VARIANCE)
    return float(fdtrc(drivers, free, ratio))


def _left_over(correlated: Floats) -> Floats:
    """The variance of the outcome that each subset of drivers does not explain, [subset, draw]; bit i is driver i."""
    left = np.empty((1 << (correlated.shape[1] - 1), correlated.shape[0]))

    def go_on(matrix: Floats, driver: int, subset: int) -> None:
        if matrix.shape[1] == 1:
            left[subset] = matrix[:, 0, 0]
            return
        go_on(matrix[:, 1:, 1:], driver + 1, subset)
        pivot, row = matrix[:, 0, 0], matrix[:, 0, 1:]
        is_new = pivot > NO_VARIANCE
        scaled = row * np.where(is_new, 1 / np.where(is_new, pivot, 1.0), 0.0)[:, None]
        taken_out = matrix[:, 1:, 1:] - scaled[:, :, None] * row[:, None, :]
        go_on(taken_out, driver + 1, subset | 1 << driver)

    go_on(correlated, 0, 0)
    return left


def _drawn_correlations(
    values: Floats, counts: NDArray[np.int64], draws: int, seed: int, tell: Told
) -> Floats:
    base, chance = int(counts.sum()), np.random.default_rng(seed)
    shares = counts / base
    step = min(max(CHUNK_CELLS // len(counts), 1), SLICE)
    drawn = np.empty((draws, values.shape[1], values.shape[1]))
    for at in range(0, draws, step):
        many = min(step, draws - at)
        weights = chance.multinomial(base, shares, many).astype(np.float64)
        drawn[at : at + many] = correlations(values, weights)
        tell((at + many) / draws)
    return drawn


def _shares(weights: Floats) -> Floats:
    explained = weights.sum(axis=1, keepdims=True)
    return np.where(explained > 0, weights / np.where(explained > 0, explained, 1.0), 0.0)


def _without_chance(drawn: Floats, base: int) -> Floats:
    """Weights of draws less what chance adds to each of them: (1 - R squared) / (base - drivers - 1) to those of the
    sample, and once more to those of a draw from it."""
    left = 1 - np.minimum(drawn.sum(axis=1, keepdims=True), 1)
    cleared: Floats = np.maximum(drawn - 2 * left / max(base - drawn.shape[1] - 1, 1), 0)
    return cleared


def _reaching(plain: Sequence[Estimate], other: Sequence[Estimate]) -> tuple[Estimate, ...]:
    """Estimates whose intervals hold those of both: chance makes weights larger, and shares more alike."""
    return tuple(
        Estimate(one.value, min(one.low, two.low), max(one.high, two.high))
        for one, two in zip(plain, other, strict=True)
    )


def _estimates(found: Floats, drawn: Floats) -> tuple[Estimate, ...]:
    low, high = np.percentile(drawn, LIMITS, axis=0)
    return tuple(
        Estimate(value, min(below, value), max(above, value))
        for value, below, above in zip(found.tolist(), low.tolist(), high.tolist(), strict=True)
    )
