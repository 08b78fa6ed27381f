"""What is released of a wave: decided by who answered, never by what."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.employee_exp.releases.domain.audit import find_leaks
from services.employee_exp.releases.domain.cuts import propose
from services.employee_exp.releases.domain.planning import plan_all
from services.employee_exp.releases.domain.respondents import Cut, Respondents
from services.employee_exp.releases.domain.tree import Tree


class NotReleasable(Exception):
    """The audit found people that departments alone give away: nothing is published."""


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """The departments and cuts that are released for every question of a wave, and the cuts that the audit dropped."""

    departments: frozenset[int]
    cuts: frozenset[Cut]
    dropped: tuple[Cut, ...]


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
    return ReleasePlan(departments, cuts, tuple(dropped))


def _different(answered: Mapping[str, NDArray[np.bool_]]) -> list[NDArray[np.bool_]]:
    """The groups of people who answered, each once."""
    return list({who.tobytes(): who for who in answered.values()}.values())
