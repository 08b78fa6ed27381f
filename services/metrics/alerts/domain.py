"""What an alert is, when one is raised, and when it is over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from services.metrics.definitions.domain.calculation import (
    Calculation,
    CalculationKind,
    calculation_of,
)
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain.periods import FIRST_MONDAY, WEEK_DAYS
from services.metrics.formulas.intervals import adjusted_wald, t_interval, wilson
from services.metrics.formulas.samples import Mean
from services.metrics.formulas.scores import DONT_KNOW, Interval, number
from services.metrics.formulas.shifts.weeks import (
    LATEST_WEEKS,
    LIMIT,
    NOTHING,
    USUAL_WEEKS,
    Ends,
    Shift,
    Usual,
    WeekSums,
    shift_of,
    usual_level,
)

BACK_WEEKS = USUAL_WEEKS + LATEST_WEEKS - 1
"""So many weeks before the running one the usual level begins."""
LONGEST_WEEKS = BACK_WEEKS
"""An alert is open for so long at most: then the usual level is all of weeks since it was raised."""
READ_WEEKS = BACK_WEEKS + 1
EWMA = "ewma"


class AlertAction(Enum):
    """What somebody who saw an alert does about it."""

    ACTING = "ACTING"
    NO_ACTION = "NO_ACTION"


class AlertEnd(Enum):
    """Why an alert is over: the score is back, its level is the usual one by now, or it cannot be judged any more."""

    BACK = "BACK"
    NEW_LEVEL = "NEW_LEVEL"
    NOT_JUDGED = "NOT_JUDGED"


@dataclass(frozen=True, slots=True)
class Alert:
    """A score of a department fell below its usual level. What is said of it is as it was when the alert was raised.

    `usual` is the level it is judged by as long as it is open. `week`: the Monday of that week; `since_day`: of the
    week in which the fall began, most likely. `value` and `base` are of the days from then on. `touchpoint` (id) and
    `segment`: where the fall sits; "" where not in one alone.
    """

    id: str
    department_id: str
    metric: str
    version: int
    rule: str
    week: int
    since_day: int
    value: float
    value_interval: Interval
    base: int
    usual: Usual
    usual_interval: Interval
    deviation: float
    touchpoint: str
    segment: str
    raised_at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    action: AlertAction | None = None
    ended_at: datetime | None = None
    end: AlertEnd | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a department's alerts in a metric: the open one, and weeks (Mondays) of those that went back."""

    open: Alert | None = None
    fallen_weeks: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the weeks say: a fall to raise an alert of, or why the open one is over; neither where nothing changes."""

    fall: Shift | None = None
    end: AlertEnd | None = None


NO_CHANGE = Judgement()


def week_of(day: int) -> int:
    """The Monday of a day's ISO week."""
    return day - (day - FIRST_MONDAY) % WEEK_DAYS


def weeks_read(today: int) -> list[int]:
    """The borders of the weeks that are read, up to the end of the running one."""
    first = week_of(today) - (READ_WEEKS - 1) * WEEK_DAYS
    return list(range(first, first + READ_WEEKS * WEEK_DAYS + 1, WEEK_DAYS))


def judge(
    definition: Definition,
    weeks: Sequence[WeekSums],
    ends: Ends,
    today: int,
    past: Past,
    limit: float = LIMIT,
) -> Judgement:
    """What is to be done by the sums of the weeks of `weeks_read`.

    An open alert is judged by the usual level that is kept with it: answers of days long before that come later change
    nothing about it. Weeks of a fall that went back are not usual.
    """
    raised = past.open
    if raised is not None and raised.version != definition.version:
        return Judgement(end=AlertEnd.NOT_JUDGED)
    if raised is None:
        usual = usual_level(weeks_before(weeks, today, past), ends)
    elif (week_of(today) - raised.week) // WEEK_DAYS >= LONGEST_WEEKS:
        return Judgement(end=AlertEnd.NEW_LEVEL)
    else:
        usual = raised.usual
    found = _shift(definition, weeks, usual)
    if raised is None:
        return Judgement(fall=found) if found is not None and found.is_fall(limit) else NO_CHANGE
    if found is None:
        return Judgement(end=AlertEnd.NOT_JUDGED)
    return Judgement(end=AlertEnd.BACK) if found.is_back(limit) else NO_CHANGE


def _shift(definition: Definition, weeks: Sequence[WeekSums], usual: Usual | None) -> Shift | None:
    if usual is None or not usual.is_known:
        return None
    return shift_of(weeks[-LATEST_WEEKS:], usual, higher_is_better=definition.higher_is_better)


def weeks_before(weeks: Sequence[WeekSums], today: int, past: Past) -> list[WeekSums]:
    """The weeks of the usual level, without what belongs to a fall that went back."""
    first = week_of(today) - BACK_WEEKS * WEEK_DAYS
    fallen = {(monday - first) // WEEK_DAYS for monday in past.fallen_weeks}
    return [NOTHING if at in fallen else week for at, week in enumerate(weeks[:USUAL_WEEKS])]


def interval_of(definition: Definition, sums: WeekSums) -> Interval:
    """95 %, of the mean of answers that `values_of` counts."""
    calculation = calculation_of(definition)
    base, total = sums.base, round(sums.total)
    if calculation is None:
        raise TypeError(f"{definition.key} is not calculated of answers")
    match calculation.kind:
        case CalculationKind.NET:
            either, apart = round(sums.squares) // 10_000, total // 100
            return adjusted_wald((either + apart) // 2, (either - apart) // 2, base)
        case CalculationKind.MEAN:
            return t_interval(Mean(base, total, round(sums.squares)))
    return wilson(total, base)


def is_judged(definition: Definition) -> bool:
    """Whether alerts are raised of a metric: of one that counts answers one by one."""
    return definition.reads_answers and not definition.is_index


def values_of(definition: Definition, codes: Sequence[str]) -> list[float | None]:
    """What each answer counts as, so that the mean is the value of the metric; None for one that does not count."""
    calculation = calculation_of(definition)
    if calculation is None:
        raise TypeError(f"{definition.key} is not calculated of answers")
    return [_value(calculation, code) for code in codes]


def _value(calculation: Calculation, code: str) -> float | None:
    if calculation.kind is CalculationKind.MEAN:
        answer = number(code)
        return None if answer is None else float(answer)
    if code == DONT_KNOW and not calculation.with_dont_know:
        return None
    one = 100.0 if calculation.kind is CalculationKind.NET else 1.0
    if code in calculation.answers:
        return one
    return -one if code in calculation.against else 0.0
