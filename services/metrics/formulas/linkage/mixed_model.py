"""A linear model in which each department has a level of its own."""

from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from services.metrics.formulas.linkage.correlation import Numbers, Places

GRID = np.concatenate([[0.0], np.geomspace(1e-4, 1e4, 81)])
GOLDEN = (sqrt(5) - 1) / 2
STEPS = 60


@dataclass(frozen=True, slots=True)
class RandomIntercept:
    """Coefficients with their standard errors, the variance of departments and that of what is left."""

    coefficients: Numbers
    errors: Numbers
    between: float
    within: float


def random_intercept(y: Numbers, x: Numbers, groups: Places) -> RandomIntercept:
    """y = x b + u + e with a normal u for each group and a normal e for each value, by restricted likelihood (REML).

    With q = var(u) / var(e) all else is least squares weighted by V = 1 + q for values of one group; the likelihood is
    looked for along q alone, first on a grid, then by golden sections. The columns of x are independent and fewer than
    the values.

    Source: D. Bates, M. Maechler, B. Bolker, S. Walker, "Fitting Linear Mixed-Effects Models Using lme4", Journal of
    Statistical Software 67(1), 2015, equations 32 to 42.
    """
    sums = _Sums(y, x, groups)
    best = int(np.argmin([sums.loss(q) for q in GRID]))
    low, high = GRID[max(best - 1, 0)], GRID[min(best + 1, len(GRID) - 1)]
    for _ in range(STEPS):
        one, two = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if sums.loss(one) < sums.loss(two):
            high = two
        else:
            low = one
    q = min((low, high, 0.0), key=sums.loss)
    information, coefficients, rest = sums.fit(q)
    within = rest / sums.free
    errors = np.sqrt(within * np.diag(np.linalg.inv(information)))
    return RandomIntercept(coefficients, np.asarray(errors, np.float64), q * within, within)


class _Sums:
    """Sums of products of the columns (x, y), and their sums by group: all that the likelihood is made of."""

    def __init__(self, y: Numbers, x: Numbers, groups: Places) -> None:
        both = np.column_stack([x, y])
        _, group = np.unique(groups, return_inverse=True)
        self.size = np.bincount(group).astype(np.float64)
        self.by_group = np.column_stack([np.bincount(group, weights=column) for column in both.T])
        self.products = both.T @ both
        self.free = len(y) - x.shape[1]

    def fit(self, q: float) -> tuple[Numbers, Numbers, float]:
        """X'X, b and the sum of squares that is left, all weighted."""
        weight = q / (1 + q * self.size)
        products = self.products - self.by_group.T @ (weight[:, None] * self.by_group)
        information, moments = products[:-1, :-1], products[:-1, -1]
        coefficients: Numbers = np.linalg.solve(information, moments).astype(np.float64)
        return information, coefficients, float(products[-1, -1] - moments @ coefficients)

    def loss(self, q: float) -> float:
        """-2 log of the restricted likelihood, but for a constant."""
        information, _, rest = self.fit(q)
        spread = float(np.log1p(q * self.size).sum())
        determinant = float(np.linalg.slogdet(information)[1])
        return float(self.free * log(rest) + spread + determinant)
