"""Counts and sums over the people of each group: departments with all below them, whole or by category."""

from dataclasses import dataclass

import numpy as np

from services.employee_exp.releases.domain.figures.answers import Figures, Who
from services.employee_exp.releases.domain.respondents import Respondents, number_of_categories
from services.employee_exp.releases.domain.tree import NONE, Counts, Tree


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """People by department and category; every result has a row for each department, a column for each category."""

    tree: Tree
    rows: Counts
    """The group of each person: department x columns + category."""
    columns: int

    @classmethod
    def by(cls, tree: Tree, people: Respondents, dimension: int = NONE) -> "Groups":
        """By a dimension; without one there is one column."""
        if dimension == NONE:
            return cls(tree, people.departments, 1)
        columns = max(1, number_of_categories([people], dimension))
        return cls(tree, people.departments * columns + people.categories[dimension], columns)

    def count(self, who: Who) -> Counts:
        """How many of some people."""
        direct: Counts = np.bincount(self.rows[who], minlength=len(self.tree) * self.columns)
        return self.tree.sum_up(direct.reshape(-1, self.columns))

    def total(self, values: Figures, who: Who) -> Figures:
        """The sum of each one's value."""
        size = len(self.tree) * self.columns
        direct = np.bincount(self.rows[who], weights=values[who], minlength=size)
        return self.tree.sum_up(direct.astype(np.float64).reshape(-1, self.columns))
