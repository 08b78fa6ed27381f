"""The gate of a release: whether anybody could work out the sum of fewer people than the smallest group.

What is published of one question are sums over cells: departments, and categories of the departments that are cut.
What can be worked out of them by adding and subtracting cannot change while the cells do not (linear audit: F. Chin,
G. Ozsoyoglu, IEEE Transactions on Software Engineering 8 (1982)). So a set of people is safe when an exchange of
answers that leaves all cells as they are changes its sum. Not all exchanges are looked for: that can make
the audit stricter, never laxer.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from services.employee_exp.releases.domain.respondents import Cut, Respondents
from services.employee_exp.releases.domain.swaps import Cells, find_swaps
from services.employee_exp.releases.domain.tree import NONE, Indices, Tree


def find_leaks(
    tree: Tree,
    respondents: Respondents,
    released: frozenset[int],
    cuts: frozenset[Cut],
    *,
    least: int,
) -> Iterator[frozenset[Cut]]:
    """The cuts behind each sum of fewer than `least` people that could be worked out: nothing where there is none.

    Also by somebody who knows one person's answer. An empty set where departments alone give something away.
    """
    kinds, people, owners = cells(tree, respondents, released, cuts)
    for unprotected in find_swaps(kinds, people).find_unprotected(least):
        named = np.unique(kinds[sorted(unprotected)])
        yield frozenset(owners[name] for name in named if name != NONE) & cuts


def cells(
    tree: Tree, respondents: Respondents, released: frozenset[int], cuts: frozenset[Cut]
) -> tuple[Cells, NDArray[np.int64], list[Cut]]:
    """Kinds of people by the cells they are in, how many of each, and whose cell each number is.

    Cells here are disjoint: a department or category less the released ones below, which says the same. A kind's first
    cell is its department's, the others are its categories', or NONE.
    """
    nearest = tree.nearest(released)[respondents.departments]
    inside = nearest != NONE
    columns, owners = [nearest[inside]], [Cut(d, NONE) for d in range(len(tree))]
    for dimension, category in enumerate(respondents.categories):
        cut_at = tree.nearest(frozenset(c.department for c in cuts if c.dimension == dimension))
        column, named = _name(cut_at[respondents.departments[inside]], category[inside])
        columns.append(np.where(column == NONE, NONE, column + len(owners)))
        owners += [Cut(department, dimension) for department in named]
    kinds, people = np.unique(np.column_stack(columns), axis=0, return_counts=True)
    return kinds, people, owners


def _name(departments: Indices, category: Indices) -> tuple[Indices, list[int]]:
    """A number from 0 for each pair that occurs, NONE where there is no department; and the department of each."""
    column = np.full(len(departments), NONE, dtype=np.int64)
    somewhere = departments != NONE
    pairs = np.column_stack((departments, category))[somewhere]
    named, numbers = np.unique(pairs, axis=0, return_inverse=True)
    column[somewhere] = numbers.reshape(-1)
    return column, [int(department) for department, _ in named]
