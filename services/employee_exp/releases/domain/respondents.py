"""Who answered, as far as a release may know it: where each one counts, and the declared categories."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.employee_exp.releases.domain.tree import Counts, Indices, Tree


class Cut(NamedTuple):
    """The results of one department by one declared dimension: a cell for each of its categories."""

    department: int
    dimension: int


@dataclass(frozen=True, slots=True, eq=False)
class Respondents:
    """People in any order: the department where each one's answers count, and the category in each dimension, from 0.

    "Not given" is a category like the others. A head's own answers count at the department above.
    """

    departments: Indices
    categories: tuple[Indices, ...] = ()

    def __len__(self) -> int:
        return len(self.departments)

    def only(self, who: NDArray[np.bool_]) -> "Respondents":
        """Those who answered one question."""
        return Respondents(
            self.departments[who], tuple(category[who] for category in self.categories)
        )

    def count(self, tree: Tree) -> Counts:
        """How many count directly at each department."""
        return np.bincount(self.departments, minlength=len(tree))

    def count_categories(self, tree: Tree, dimension: int, categories: int) -> Counts:
        """The same, departments by categories."""
        places = self.departments * categories + self.categories[dimension]
        return np.bincount(places, minlength=len(tree) * categories).reshape(len(tree), categories)


def number_of_categories(populations: Sequence[Respondents], dimension: int) -> int:
    """One more than the highest that occurs."""
    return max((int(p.categories[dimension].max()) + 1 for p in populations if len(p)), default=0)
