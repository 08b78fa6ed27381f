"""What a wave would come to if it opened today: how many, never who."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.employee_exp.waves.domain.snapshot import Opening


@dataclass(frozen=True, slots=True)
class PreviewedDimension:
    """A declared dimension; who has no value is a category. `cuts`: departments that would be cut by it.

    `cuts_if_given`: the same without those who have no value, who may be too few to be shown; never fewer than `cuts`.
    `is_unknown`: nobody who would be asked has a value.
    """

    name: str
    categories: int
    cuts: int
    cuts_if_given: int
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """`shown`: departments that would see results; `others`: how many with other values of k, ascending."""

    people: int
    reachable: int
    departments: int
    shown: int
    dimensions: tuple[PreviewedDimension, ...]
    others: tuple[tuple[int, int], ...]


ForeseeRelease = Callable[[Opening, int, tuple[str, ...]], Awaitable[Preview]]
"""By the rules of releases: the opening, k and the declared dimensions."""
