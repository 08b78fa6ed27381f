"""What a score is computed from, or compared by. Of known answers additive: a parent's is the sum of its children's."""

from dataclasses import dataclass

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Share:
    """Hits among a base."""

    hits: int
    base: int

    @property
    def value(self) -> float:
        """0 to 1."""
        return self.hits / self.base


@dataclass(frozen=True, slots=True)
class Net:
    """Those for and those against among a base."""

    best: int
    worst: int
    base: int

    @property
    def value(self) -> float:
        """Points, -100 to 100."""
        return 100 * (self.best - self.worst) / self.base


@dataclass(frozen=True, slots=True)
class Mean:
    """Whole numbers: how many, their sum and the sum of their squares."""

    base: int
    total: int
    squares: int

    @property
    def value(self) -> float:
        """On the scale of the answers."""
        return self.total / self.base

    @property
    def variance(self) -> float:
        """Of one answer, with n - 1; 0 for a single one. Whole numbers until the last step, so nothing cancels."""
        if self.base < 2:
            return 0.0
        return (self.base * self.squares - self.total**2) / (self.base * (self.base - 1))


@dataclass(frozen=True, slots=True)
class Rate:
    """Events in person-days, among persons."""

    events: int
    person_days: int
    base: int

    @property
    def years(self) -> float:
        return self.person_days / DAYS_PER_YEAR

    @property
    def value(self) -> float:
        """Events per person-year."""
        return self.events / self.years


@dataclass(frozen=True, slots=True)
class Published:
    """A mean of answers that are not known here: how many, the mean, the spread of one answer as it was published.

    `width` is how far apart the ends of its range are. Not additive.
    """

    base: int
    value: float
    sd: float
    width: float


Sample = Share | Net | Mean | Rate | Published
