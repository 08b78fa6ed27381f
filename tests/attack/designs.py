"""What a design publishes of one question, as sets of people: the release, and three that leak."""

from collections.abc import Callable, Iterable

import numpy as np

from services.employee_exp.releases.domain.release_plan import ReleasePlan
from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import NONE, Tree
from tests.attack.algebra import Cell

Design = Callable[[Tree, Respondents, int], list[Cell]]


def released(tree: Tree, people: Respondents, plan: ReleasePlan) -> list[Cell]:
    """Everything that is released of a question that these people answered."""
    whole = members(tree, people)
    by_category = [_categories(people, cut.dimension, whole[cut.department]) for cut in plan.cuts]
    return [whole[d] for d in plan.departments] + [cell for cells in by_category for cell in cells]


def members(tree: Tree, people: Respondents) -> list[Cell]:
    """Who counts in each department, with all below it."""
    whole: list[set[int]] = [set() for _ in range(len(tree))]
    for person, department in enumerate(people.departments):
        whole[department].add(person)
    for department in tree.bottom_up:
        if tree.parents[department] != NONE:
            whole[tree.parents[department]] |= whole[department]
    return [frozenset(cell) for cell in whole]


def threshold(tree: Tree, people: Respondents, least: int) -> list[Cell]:
    """Every department and every category of one with `least` people or more."""
    whole = members(tree, people)
    return [cell for cell in (*whole, *_all_categories(people, whole)) if len(cell) >= least]


def remainder(tree: Tree, people: Respondents, least: int) -> list[Cell]:
    """The same where what the cell leaves of the department above, or of its own, is none or `least` people too."""
    whole = members(tree, people)
    above = [whole[p] if p != NONE else whole[d] for d, p in enumerate(tree.parents)]
    pairs = [*zip(whole, above, strict=True)]
    pairs += [(c, cell) for cell in whole for c in _all_categories(people, [cell])]
    return [
        cell for cell, of in pairs if len(cell) >= least and len(of - cell) not in range(1, least)
    ]


def next_smallest(tree: Tree, people: Respondents, least: int) -> list[Cell]:
    """Departments of `least` people; where one below a department is hidden alone, so is the next smallest."""
    whole = members(tree, people)
    hidden = {d for d, cell in enumerate(whole) if len(cell) < least}
    for department in range(len(tree)):
        children = [int(c) for c in np.flatnonzero(tree.parents == department)]
        shown = sorted((c for c in children if c not in hidden), key=lambda c: len(whole[c]))
        if sum(c in hidden and bool(whole[c]) for c in children) == 1 and shown:
            hidden.add(shown[0])
    return [cell for d, cell in enumerate(whole) if d not in hidden]


LEAKY: dict[str, tuple[Design, int]] = {
    "threshold": (threshold, 200),
    "remainder": (remainder, 200),
    "next smallest": (next_smallest, 1),
}
"""Each with how many people must be given away in eight companies, or the attack is worth nothing."""


def _all_categories(people: Respondents, cells: Iterable[Cell]) -> list[Cell]:
    dimensions = range(len(people.categories))
    return [part for cell in cells for d in dimensions for part in _categories(people, d, cell)]


def _categories(people: Respondents, dimension: int, cell: Cell) -> list[Cell]:
    category = people.categories[dimension]
    parts: dict[int, set[int]] = {}
    for person in cell:
        parts.setdefault(int(category[person]), set()).add(person)
    return [frozenset(part) for part in parts.values()]
