"""What an analysis of drivers is, which may be asked for, and what its weights say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from statistics import fmean

from services.kit.errors import Invalid
from services.metrics.domain.periods import Period
from services.metrics.formulas.drivers.weights import MOST_EXACT, DriverMethod, Estimate
from services.metrics.formulas.intervals import wilson
from services.metrics.formulas.scores import MINIMUM_BASE, Interval

FEWEST_DRIVERS = 2
MOST_DRIVERS = 25
SMALLEST_BASE = 100
PER_DRIVER = 10
CLEAR = 0.05
MOST_BEST = 2


class AnalysisState(Enum):
    """How far an analysis is."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class WeightStatus(Enum):
    """Whether there are weights, and if not, why."""

    OK = "OK"
    INSUFFICIENT_BASE = "INSUFFICIENT_BASE"
    OUTCOME_CONSTANT = "OUTCOME_CONSTANT"
    DRIVERS_CONSTANT = "DRIVERS_CONSTANT"
    NOTHING_EXPLAINED = "NOTHING_EXPLAINED"


class Direction(Enum):
    """Whether better answers to a driver go with better answers to the outcome, with worse, or neither is clear."""

    SAME = "SAME"
    OPPOSITE = "OPPOSITE"
    UNCLEAR = "UNCLEAR"


class Quadrant(Enum):
    """Where a driver stands by its share of what is explained and by how many are satisfied with it."""

    FIX_FIRST = "FIX_FIRST"
    KEEP_UP = "KEEP_UP"
    WATCH = "WATCH"
    LEAVE = "LEAVE"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is analysed: the outcome and drivers of a survey, by ids, over some days of a department.

    `metric` is the key by which the outcome was named, "" if it was named as a question. Days are [from, to).
    """

    id: str
    department_id: str
    survey_id: str
    metric: str
    outcome: str
    drivers: tuple[str, ...]
    method: DriverMethod
    period: Period
    subtree: bool
    as_it_was: bool
    asked_by: str
    asked_at: datetime
    filters: Mapping[str, str] = field(default_factory=dict)

    def is_as(self, other: "Asked") -> bool:
        """Whether another asks for the same, whenever that was."""
        return replace(other, asked_at=self.asked_at) == self


@dataclass(frozen=True, slots=True)
class AnalysisProgress:
    """How far it is, 0 to 1, when it ended, and why it failed; "" if it did not."""

    state: AnalysisState
    done: float = 0.0
    ended_at: datetime | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class DriverFound:
    """A driver: how many of the base are satisfied with it, its weight, and its correlation with the outcome, of
    better answers with better ones; None where there is none."""

    question_id: str
    best: int
    weight: Estimate | None = None
    share: Estimate | None = None
    correlation: Estimate | None = None

    @property
    def direction(self) -> Direction | None:
        """Which way it goes, where the interval of its correlation says so."""
        if self.correlation is None:
            return None
        if self.correlation.low > 0:
            return Direction.SAME
        return Direction.OPPOSITE if self.correlation.high < 0 else Direction.UNCLEAR


@dataclass(frozen=True, slots=True)
class Found:
    """What came out: `answered` answered the outcome, `base` of them every driver too.

    `explained` is of all who could have answered, `r_squared` of those who did.
    """

    status: WeightStatus
    answered: int
    base: int
    drivers: tuple[DriverFound, ...]
    explained: Estimate | None = None
    chance: float | None = None
    r_squared: float | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis as it is stored; `found` once it is done."""

    asked: Asked
    progress: AnalysisProgress
    found: Found | None = None


def check_count(many: int, method: DriverMethod | None) -> DriverMethod:
    """The method for so many drivers; Invalid for too few or too many of them."""
    if not FEWEST_DRIVERS <= many <= MOST_DRIVERS:
        raise Invalid(
            f"name {FEWEST_DRIVERS} to {MOST_DRIVERS} drivers; {many} are named",
            reason="BAD_NUMBER_OF_DRIVERS",
            field=["drivers"],
        )
    if method is DriverMethod.SHAPLEY and many > MOST_EXACT:
        raise Invalid(
            f"SHAPLEY looks at every subset of at most {MOST_EXACT} drivers; {many} are named: take JOHNSON",
            reason="TOO_MANY_FOR_SHAPLEY",
            field=["method"],
        )
    return method or (DriverMethod.SHAPLEY if many <= MOST_EXACT else DriverMethod.JOHNSON)


def smallest_base(drivers: int) -> int:
    """How many responses that answered everything weights of so many drivers need."""
    return max(SMALLEST_BASE, PER_DRIVER * drivers)


def satisfied(driver: DriverFound, base: int) -> tuple[float, Interval] | None:
    """The share satisfied with a driver, and its interval; None below the minimum base."""
    return (driver.best / base, wilson(driver.best, base)) if base >= MINIMUM_BASE else None


def quadrants(found: Found) -> list[Quadrant | None]:
    """Where each driver stands; the lines are an equal share for each, and the mean share of satisfied.

    None for a driver without a weight, for one that goes the other way, of which more satisfied would be worse, and
    for a weighty one that goes no way clearly.
    """
    weighed = [driver for driver in found.drivers if driver.share is not None]
    along = [each.best for each in weighed if each.direction is not Direction.OPPOSITE]
    if not along:
        return [None] * len(found.drivers)
    return [_quadrant(driver, 1 / len(weighed), fmean(along)) for driver in found.drivers]


def _quadrant(driver: DriverFound, equal_share: float, mean_best: float) -> Quadrant | None:
    if driver.share is None or driver.direction is Direction.OPPOSITE:
        return None
    is_weighty, is_strong = driver.share.value >= equal_share, driver.best >= mean_best
    if is_weighty and driver.direction is not Direction.SAME:
        return None
    if is_weighty:
        return Quadrant.KEEP_UP if is_strong else Quadrant.FIX_FIRST
    return Quadrant.LEAVE if is_strong else Quadrant.WATCH


def better(kind: str, value: float | None) -> float | None:
    """An answer as a number that is larger the better it is."""
    return -value if kind == "CES1" and value is not None else value


def best_codes(kind: str, codes: Sequence[str]) -> frozenset[str]:
    """The answers of who is satisfied: the two best of a scale, the best of one with two or three; of CES 5 to 7."""
    values = sorted(int(code) for code in codes if code.removeprefix("-").isdigit())
    if kind == "CES":
        return frozenset({"5", "6", "7"})
    many = min(len(values) // 2, MOST_BEST)
    return frozenset(map(str, values[:many] if kind == "CES1" else values[-many:]))
