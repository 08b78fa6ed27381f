"""Whether the ends in a file are last days worked, which are no leaving days."""

from collections import defaultdict
from itertools import pairwise
from typing import Final

from services.employee_exp.employment.domain.employment import StintItem

MOST_LOOKED_AT: Final = 100_000
"""Stints of a file, the first; more tell nothing new."""


class LastDays:
    """Looks at stints as they are read, in any order.

    HR writes 31 December beside 1 January for a contract that is renewed: read as leaving days, which are the first
    days not employed, each renewal is a leaving.
    """

    def __init__(self) -> None:
        self.stints: defaultdict[str, list[tuple[int, int | None]]] = defaultdict(list)
        self.looked_at = 0

    def look(self, item: StintItem) -> None:
        """One more stint."""
        if self.looked_at < MOST_LOOKED_AT:
            self.looked_at += 1
            self.stints[item.employee].append((item.started_day, item.left_day))

    def count(self) -> int:
        """Ends one day before the next stint of the same employee; 0 unless most of those with a next one are so."""
        ends = [
            following - left
            for stints in self.stints.values()
            for (_, left), (following, _) in pairwise(sorted(stints, key=lambda stint: stint[0]))
            if left is not None
        ]
        gaps = ends.count(1)
        return gaps if 2 * gaps > len(ends) else 0
