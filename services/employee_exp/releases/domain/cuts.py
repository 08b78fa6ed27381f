"""Which departments' results could be released by a declared dimension."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from services.employee_exp.releases.domain.respondents import (
    Cut,
    Respondents,
    number_of_categories,
)
from services.employee_exp.releases.domain.tree import NONE, Counts, Tree

SMALLEST_IN_K = 6
"""A department that is cut has at least so many times the smallest group."""


def propose(
    tree: Tree, populations: Sequence[Respondents], released: frozenset[int], *, least: int
) -> frozenset[Cut]:
    """The cuts that hold for every population when each dimension is looked at alone, the deepest first.

    A cut is all or nothing. Its department is released and has 6 x `least` respondents or more; every category that
    occurs has at least `least`, and those of a category outside the deeper cuts are none or at least `least`. What
    several cuts give away together is for the audit.
    """
    dimensions = len(populations[0].categories) if populations else 0
    return frozenset(
        Cut(department, dimension)
        for dimension in range(dimensions)
        for department in _departments(tree, populations, released, dimension, least)
    )


def _departments(
    tree: Tree,
    populations: Sequence[Respondents],
    released: frozenset[int],
    dimension: int,
    least: int,
) -> Iterator[int]:
    categories = number_of_categories(populations, dimension)
    rests = [p.count_categories(tree, dimension, categories) for p in populations]
    wholes = [tree.sum_up(rest) for rest in rests]
    for department in tree.bottom_up:
        if department in released and all(
            _holds(whole[department], rest[department], least)
            for whole, rest in zip(wholes, rests, strict=True)
        ):
            yield department
            for rest in rests:
                rest[department] = 0
        above = tree.parents[department]
        if above != NONE:
            for rest in rests:
                rest[above] += rest[department]


def _holds(whole: Counts, rest: Counts, least: int) -> bool:
    """For one population at one department, by categories."""
    says_something = np.count_nonzero(whole) > 1
    enough = whole.sum() >= SMALLEST_IN_K * least
    return bool(says_something and enough and _fits(whole, least) and _fits(rest, least))


def _fits(counts: Counts, least: int) -> bool:
    small: NDArray[np.bool_] = (counts > 0) & (counts < least)
    return not small.any()
