"""What a target is, which may be set, and how a score stands to one."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from services.kit.clock import day_date
from services.kit.errors import Invalid
from services.metrics.definitions.domain.definitions import Definition, Unit
from services.metrics.domain.periods import Period
from services.metrics.formulas.scores import Score, Status

Bounds = tuple[float, float]
"""The lowest and the highest value of a metric."""

LATEST_DUE_DAYS = 3_653  # ten years
LONGEST_OWNER = 255
MOST_PER_YEAR = 100.0  # everybody leaves every four days
MOST_COUNTED = 1e12  # of money in its main unit, and of what is counted
ANSWER_DAYS = 90
STAFF_DAYS = 365


class TargetSide(Enum):
    """Whose aim it is: what customers are to experience, or what the company wants for itself."""

    CUSTOMER = "CUSTOMER"
    COMPANY = "COMPANY"


class TargetStatus(Enum):
    """How a score stands to a target."""

    REACHED = "REACHED"
    ABOVE_NOT_SURE = "ABOVE_NOT_SURE"
    NOT_YET = "NOT_YET"
    MISSED = "MISSED"
    NO_VALUE = "NO_VALUE"


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target as it is asked for. `side` None: not said; `owner` "": nobody."""

    department_id: str
    metric: str
    value: float
    side: TargetSide | None
    due_day: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a department is to reach in a metric; set by whom, and when."""

    department_id: str
    metric: str
    value: float
    side: TargetSide
    due_day: int
    owner: str
    set_by: str
    set_at: datetime

    def is_as(self, other: "Target") -> bool:
        """Whether another says the same, whoever set it and when."""
        return replace(other, set_by=self.set_by, set_at=self.set_at) == self


def check_draft(
    draft: TargetDraft, definition: Definition, bounds: Bounds, today: int
) -> TargetSide:
    """The side of a draft that may be set; Invalid for any other."""
    if draft.side is None:
        raise Invalid(
            "say whose aim it is: CUSTOMER or COMPANY", reason="SIDE_MISSING", field=["side"]
        )
    low, high = bounds
    if not low <= draft.value <= high:
        raise Invalid(
            f"{definition.key} lies between {low:g} and {high:g}, in the unit of the metric",
            reason="VALUE_OUT_OF_RANGE",
            field=["value"],
        )
    if not today <= draft.due_day <= today + LATEST_DUE_DAYS:
        first, last = day_date(today), day_date(today + LATEST_DUE_DAYS)
        raise Invalid(
            f"the due day must lie between {first} and {last}",
            reason="DUE_DAY_OUT_OF_RANGE",
            field=["due_day"],
        )
    is_subject = draft.owner.isprintable() and draft.owner == draft.owner.strip()
    if len(draft.owner) > LONGEST_OWNER or not is_subject:
        raise Invalid(
            f"an owner is a subject of at most {LONGEST_OWNER} printable characters, without blanks at its ends",
            reason="BAD_OWNER",
            field=["owner"],
        )
    return draft.side


def bounds_of(definition: Definition, scale: tuple[int, ...]) -> Bounds | None:
    """The values a metric can have; `scale` are the answers of a mean. None where they are not known."""
    match definition.unit:
        case Unit.POINTS:
            return -100.0, 100.0
        case Unit.SHARE:
            return 0.0, 1.0
        case Unit.PER_YEAR:
            return 0.0, MOST_PER_YEAR
        case Unit.SCALE if definition.reads_releases:
            return 0.0, 100.0
        case Unit.MONEY | Unit.COUNT:
            return 0.0, MOST_COUNTED
        case Unit.SCALE:
            return (float(min(scale)), float(max(scale))) if scale else None


def status_of(target: Target, definition: Definition, score: Score, today: int) -> TargetStatus:
    """How a score stands to a target on a day; of a low base nothing is said.

    What is counted whole has no interval: its value is compared.
    """
    if score.status is not Status.OK or score.value is None:
        return TargetStatus.NO_VALUE
    up = definition.higher_is_better
    nearest = score.value
    if score.interval is not None:
        nearest = score.interval.low if up else score.interval.high
    if _is_past(nearest, target.value, up):
        return TargetStatus.REACHED
    if target.due_day < today:
        return TargetStatus.MISSED
    is_past = _is_past(score.value, target.value, up)
    return TargetStatus.ABOVE_NOT_SURE if is_past else TargetStatus.NOT_YET


def days_judged(
    target: Target, definition: Definition, today: int, asked: Period | None = None
) -> Period:
    """The days asked for, unless they go on after a due day that is gone: what came later reaches nothing. Else those
    up to today, or to the due day: 90 of answers, 365 of staff."""
    is_gone = target.due_day < today
    if asked is not None and not (is_gone and asked.to_day > target.due_day + 1):
        return asked
    to_day = min(today, target.due_day) + 1
    length = ANSWER_DAYS if definition.reads_answers else STAFF_DAYS
    return Period(to_day - length, to_day)


def _is_past(value: float, target: float, up: bool) -> bool:
    return value >= target if up else value <= target
