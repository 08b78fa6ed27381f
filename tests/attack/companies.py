"""Companies of chance: departments, who answered in them, declared categories, and who answered which question."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import NONE, Tree

SHARES = ((0.6, 0.38, 0.02), (0.4, 0.3, 0.2, 0.1), (0.5, 0.3, 0.15, 0.05))
QUESTIONS = ("recommend", "energy", "growth")
ANSWERING = (1.0, 0.98, 0.9)


@dataclass(frozen=True, slots=True)
class Wave:
    """Who answered, and which of them each question."""

    respondents: Respondents
    answered: dict[str, NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Company:
    tree: Tree
    waves: tuple[Wave, ...]


def company(seed: int, *, departments: int = 100, mean: int = 10, waves: int = 3) -> Company:
    """`mean` employees at each department itself on average, skewed; some 70 % of them answer in a wave."""
    dice = np.random.default_rng(seed)
    wide = int(dice.integers(3, 7))
    parents = [NONE] + [
        int(dice.integers(max(0, d // wide - 2), d // wide + 1)) for d in range(departments - 1)
    ]
    staff = np.repeat(np.arange(departments), dice.geometric(1 / mean, size=departments))
    dimensions = SHARES[: int(dice.integers(1, len(SHARES) + 1))]
    categories = [dice.choice(len(shares), p=shares, size=len(staff)) for shares in dimensions]
    return Company(Tree(parents), tuple(_wave(dice, staff, categories) for _ in range(waves)))


def _wave(
    dice: np.random.Generator, staff: NDArray[np.int64], categories: list[NDArray[np.int64]]
) -> Wave:
    here = dice.random(len(staff)) < dice.uniform(0.6, 0.85)
    people = Respondents(staff, tuple(categories)).only(here)
    rates = zip(QUESTIONS, ANSWERING, strict=True)
    return Wave(people, {name: dice.random(len(people)) < rate for name, rate in rates})
