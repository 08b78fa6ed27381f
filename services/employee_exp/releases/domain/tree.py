"""The departments of a wave as they were when it opened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Row = TypeVar("Row", NDArray[np.int64], NDArray[np.float64])
NONE = -1
"""No department: above the top, or above everything that is released."""
Indices = NDArray[np.int64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Departments by their place, 0 to n - 1, in the order of their ids; `parents[d]` is NONE at the top.

    ValueError where a parent is no place, or departments stand above each other in a circle.
    """

    parents: Indices
    bottom_up: tuple[int, ...] = field(init=False)
    """Every department after those below it."""
    depths: Counts = field(init=False)
    """0 at the top."""

    def __init__(self, parents: Sequence[int] | Indices) -> None:
        object.__setattr__(self, "parents", np.asarray(parents, dtype=np.int64))
        if len(self.parents) and not NONE <= self.parents.min() <= self.parents.max() < len(self):
            raise ValueError("a parent is no department of this tree")
        above = {d: [int(p)] if p != NONE else [] for d, p in enumerate(self.parents)}
        top_down = tuple(TopologicalSorter(above).static_order())
        depths = np.zeros(len(self), dtype=np.int64)
        for department in top_down:
            if self.parents[department] != NONE:
                depths[department] = depths[self.parents[department]] + 1
        object.__setattr__(self, "bottom_up", top_down[::-1])
        object.__setattr__(self, "depths", depths)

    def __len__(self) -> int:
        return len(self.parents)

    def sum_up(self, direct: Row) -> Row:
        """Each department's count or sum with all below it; `direct` has a row for each department."""
        whole = direct.copy()
        for department in self.bottom_up:
            if self.parents[department] != NONE:
                whole[self.parents[department]] += whole[department]
        return whole

    def nearest(self, chosen: frozenset[int]) -> Indices:
        """For each department itself if it is chosen, else the nearest chosen one above; NONE where there is none."""
        found = np.full(len(self), NONE, dtype=np.int64)
        for department in reversed(self.bottom_up):
            above = self.parents[department]
            if department in chosen:
                found[department] = department
            elif above != NONE:
                found[department] = found[above]
        return found
