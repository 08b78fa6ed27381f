"""What is asked of a linkage, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from services.kit.clock import day_date, day_number
from services.kit.errors import Invalid
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain.periods import check_period
from services.metrics.formulas.linkage.links import Slope
from services.metrics.formulas.linkage.verdict import JudgedLink, LinkVerdict
from services.metrics.formulas.scores import Score, Status

MOST_PERIODS: Final = 40
MONTHS: Final = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


class LinkageLimit(Enum):
    """What to mind of a linkage, beside that it shows no cause."""

    SAME_SOURCE = "SAME_SOURCE"
    ONE_PERIOD = "ONE_PERIOD"
    NO_HEADCOUNTS = "NO_HEADCOUNTS"
    ONE_VALUE = "ONE_VALUE"


@dataclass(frozen=True, slots=True)
class LinkageQuery:
    """Keys of a metric of customers and of one of staff; so many calendar intervals, the last cut at `until_day`."""

    customers: str
    staff: str
    interval: str | None
    periods: int
    until_day: int

    def edges(self) -> list[int]:
        """The borders of the periods; Invalid for an unknown interval, days out of range, and none or too many."""
        if self.interval is None:
            raise Invalid("the interval is not known", reason="UNKNOWN_INTERVAL")
        if not 1 <= self.periods <= MOST_PERIODS:
            raise Invalid(
                f"ask for 1 to {MOST_PERIODS} periods",
                reason="PERIODS_OUT_OF_RANGE",
                field=["periods"],
            )
        check_period(self.until_day - 1, self.until_day, field="until")
        step = MONTHS[self.interval]
        last = day_date(self.until_day - 1)
        first = last.year * 12 + (last.month - 1) // step * step - step * (self.periods - 1)
        starts = [first + step * place for place in range(self.periods)]
        return [*(day_number(date(m // 12, m % 12 + 1, 1)) for m in starts), self.until_day]


@dataclass(frozen=True, slots=True)
class LinkagePoint:
    """Both scores of a department over the days [from, to)."""

    department_id: str
    from_day: int
    to_day: int
    customers: float
    staff: float


@dataclass(frozen=True, slots=True)
class Linkage:
    """What links two metrics under a department.

    `departments` are those that have both scores in some period, none above another; coefficients and slopes are of 20
    or more. `is_better_together`: where one is better the other is; None where nothing is clear.
    """

    verdict: LinkVerdict
    is_better_together: bool | None
    departments: int
    detectable: float | None
    links: Sequence[JudgedLink]
    within: Slope | None
    between: Slope | None
    points: Sequence[LinkagePoint]
    points_left_out: int
    limits: Sequence[LinkageLimit]
    edges: Sequence[int]


def check_pair(customers: Definition, staff: Definition) -> None:
    """Invalid unless the first is made of answers of customers, and the second of staff."""
    if not customers.reads_answers:
        raise Invalid(
            f"{customers.key} is not made of answers of customers",
            reason="NOT_OF_CUSTOMERS",
            field=["cx"],
        )
    if staff.reads_answers or staff.reads_purchases:
        raise Invalid(f"{staff.key} is not of staff", reason="NOT_OF_STAFF", field=["ex"])


def value_that_counts(metric: Definition, score: Score) -> float | None:
    """The value of a score that may stand in a link: of 30 customers; of staff what is released, or of 10 persons."""
    is_enough = score.status is Status.OK or (
        score.status is Status.LOW_BASE and not metric.reads_answers
    )
    return score.value if is_enough else None
