"""Cells of the matrix: what the model says, what the platform did, and whether the two agree."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A cell where the platform did something else than the model says."""

    door: str
    viewer: str
    case: str
    expected: object
    observed: object

    def __str__(self) -> str:
        return f"{self.door} / {self.viewer} / {self.case}: expected {self.expected!r}, got {self.observed!r}"


@dataclass
class Cells:
    """Counts by door, and the mismatches."""

    count: Counter[str] = field(default_factory=Counter)
    mismatches: list[Mismatch] = field(default_factory=list)

    def check(self, door: str, viewer: str, case: str, expected: object, observed: object) -> None:
        """One cell."""
        self.count[door] += 1
        if expected != observed:
            self.mismatches.append(Mismatch(door, viewer, case, expected, observed))

    @property
    def total(self) -> int:
        return self.count.total()

    def doors_that_differ(self) -> list[str]:
        return sorted({mismatch.door for mismatch in self.mismatches})
