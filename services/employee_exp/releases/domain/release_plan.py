"""What is released of a wave: decided by who answered, never by what."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.employee_exp.releases.domain.audit import find_leaks
from services.employee_exp.releases.domain.cuts import propose
from services.employee_exp.releases.domain.planning import plan_all
from services.employee_exp.releases.domain.respondents import (
    Cut,
    Respondents,
    number_of_categories,
)
from services.employee_exp.releases.domain.tree import Tree


class NotReleasable(Exception):
    """The audit found people that departments alone give away: nothing is published."""


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """The departments and cuts that are released for every question of a wave, and the cuts that the audit dropped.

    `cells`: how many were audited, over all questions.
    """

    departments: frozenset[int]
    cuts: frozenset[Cut]
    dropped: tuple[Cut, ...]
    cells: int = 0


def decide(
    tree: Tree,
    respondents: Respondents,
    answered: Mapping[str, NDArray[np.bool_]],
    *,
    least: int,
) -> ReleasePlan:
    """Plan, then audit every question, and drop the smallest cut of what leaks until nothing does.

    `answered` says for each question who of `respondents` answered it. NotReleasable where no cut is left to drop,
    which the plan's own rule excludes.
    """
    populations = [respondents, *(respondents.only(who) for who in _different(answered))]
    counts = [population.count(tree) for population in populations]
    departments = plan_all(tree, counts, least=least)
    cuts = propose(tree, populations, departments, least=least)
    sizes = tree.sum_up(counts[0])
    dropped: list[Cut] = []
    for population in populations:
        while leaks := set(find_leaks(tree, population, departments, cuts, least=least)):
            if frozenset() in leaks:
                raise NotReleasable
            smallest = [min(leak, key=lambda cut: (sizes[cut.department], cut)) for leak in leaks]
            dropped += sorted(set(smallest))
            cuts -= set(smallest)
    audited = sum(_count_cells(tree, population, departments, cuts) for population in populations)
    return ReleasePlan(departments, cuts, tuple(dropped), audited)


def _count_cells(
    tree: Tree, population: Respondents, departments: frozenset[int], cuts: frozenset[Cut]
) -> int:
    """Departments, and the categories of those that are cut."""
    found = len(departments)
    for dimension in range(len(population.categories)):
        places = [cut.department for cut in cuts if cut.dimension == dimension]
        columns = number_of_categories([population], dimension)
        if places and columns:
            whole = tree.sum_up(population.count_categories(tree, dimension, columns))
            found += int(np.count_nonzero(whole[places]))
    return found


def _different(answered: Mapping[str, NDArray[np.bool_]]) -> list[NDArray[np.bool_]]:
    """The groups of people who answered, each once."""
    return list({who.tobytes(): who for who in answered.values()}.values())
