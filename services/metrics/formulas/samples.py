"""What a score is computed from, or compared by. Of known answers additive: a parent's is the sum of its children's.

`width` is how far apart the ends of the range of its values are, in their unit; of rates, of what is drawn of them.
"""

from dataclasses import dataclass
from typing import ClassVar

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Share:
    """Hits among a base."""

    hits: int
    base: int
    width: ClassVar[float] = 1.0

    @property
    def value(self) -> float:
        """0 to 1."""
        return self.hits / self.base

    @property
    def worked(self) -> str:
        """The value as a calculation with its numbers."""
        return f"{self.hits} / {self.base}"


@dataclass(frozen=True, slots=True)
class Net:
    """Those for and those against among a base."""

    best: int
    worst: int
    base: int
    width: ClassVar[float] = 200.0

    @property
    def value(self) -> float:
        """Points, -100 to 100."""
        return 100 * (self.best - self.worst) / self.base

    @property
    def worked(self) -> str:
        """The value as a calculation with its numbers."""
        return f"100 x ({self.best} - {self.worst}) / {self.base}"


@dataclass(frozen=True, slots=True)
class Mean:
    """Whole numbers: how many, their sum and the sum of their squares; `width` of their scale, 0 if it is not known,
    which begins at `least`.

    `divisor`: how many parts make one, where what is averaged is no whole number.
    """

    base: int
    total: int
    squares: int
    width: float = 0.0
    divisor: int = 1
    least: float = 0.0

    @property
    def value(self) -> float:
        """On the scale of the answers."""
        return self.total / (self.base * self.divisor)

    @property
    def worked(self) -> str:
        """The value as a calculation with its numbers."""
        return f"{self.total / self.divisor:.12g} / {self.base}"

    @property
    def variance(self) -> float:
        """Of one answer, with n - 1; 0 for a single one, and where something was taken back before it came.

        Whole numbers until the last step, so nothing cancels.
        """
        if self.base < 2:
            return 0.0
        parts = self.base * (self.base - 1) * self.divisor**2
        return max(0, self.base * self.squares - self.total**2) / parts


@dataclass(frozen=True, slots=True)
class Rate:
    """Events in person-days, among persons."""

    events: int
    person_days: int
    base: int
    width: ClassVar[float] = 1.0

    @property
    def years(self) -> float:
        return self.person_days / DAYS_PER_YEAR

    @property
    def value(self) -> float:
        """Events per person-year."""
        return self.events / self.years

    @property
    def worked(self) -> str:
        """The value as a calculation with its numbers."""
        return f"{self.events} / {self.person_days} x {DAYS_PER_YEAR}"


@dataclass(frozen=True, slots=True)
class Published:
    """A mean of answers that are not known here: how many, the mean, the spread of one answer as it was published.

    `items`: what it is a mean of, where that is known. Not
    additive.
    """

    base: int
    value: float
    sd: float
    width: float
    items: tuple[str, ...] = ()
    worked: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class PersonShare:
    """Hits among persons. Not additive: who is of two parts is one person of their whole."""

    hits: int
    base: int
    width: ClassVar[float] = 1.0

    @property
    def value(self) -> float:
        """0 to 1."""
        return self.hits / self.base

    @property
    def worked(self) -> str:
        """The value as a calculation with its numbers."""
        return f"{self.hits} / {self.base}"


Sample = Share | Net | Mean | Rate | Published | PersonShare
