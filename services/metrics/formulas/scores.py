"""What a score is, and when it may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from services.metrics.formulas.samples import Sample

MINIMUM_BASE = 10
NORMAL_BASE = 30


class Status(Enum):
    """Whether there is a value, and if not, why."""

    OK = "OK"
    LOW_BASE = "LOW_BASE"
    INSUFFICIENT_BASE = "INSUFFICIENT_BASE"
    NO_DATA = "NO_DATA"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    COUNTING = "COUNTING"
    WITHHELD = "WITHHELD"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval in the unit of its score."""

    low: float
    high: float
    method: str


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many gave one answer; value None is don't know, or an option named by the label."""

    value: int | None
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class IndexMade:
    """Of how many items an index is, and Cronbach's alpha of the `complete` responses to all; None: no alpha."""

    items: int
    alpha: float | None
    complete: int


@dataclass(frozen=True, slots=True)
class Score:
    """A score with all that must stand beside it. Value and interval are set when status is OK or LOW_BASE.

    `secondary` is another reading of the same answers, where the definition has one; `sample` is what the value
    was computed from. `wave` is the key of the employee survey it was released of, `counted_in` the name of the
    department that holds what is WITHHELD here; both "" for none.
    `elsewhere`, of a churn: how many of the lost bought in another department.
    """

    status: Status
    base: int | None = None
    value: float | None = None
    interval: Interval | None = None
    distribution: tuple[Bucket, ...] = ()
    secondary: float | None = None
    secondary_interval: Interval | None = None
    sample: Sample | None = None
    counted_in: str = ""
    wave: str = ""
    index: IndexMade | None = None
    elsewhere: int | None = None


NOT_APPLICABLE = Score(Status.NOT_APPLICABLE)

Answers = Mapping[str, int]
"""How many gave each answer, by its code: "0".."10", "1".."5", the key of an option, "DONT_KNOW"."""
DONT_KNOW = "DONT_KNOW"


def status_of(base: int, *, minimum_base: int = MINIMUM_BASE) -> Status:
    """The status that a base allows: 0, below the minimum, below 30, enough. Rule: 10 to show, 30 to rank."""
    if base <= 0:
        return Status.NO_DATA
    if base < minimum_base:
        return Status.INSUFFICIENT_BASE
    return Status.LOW_BASE if base < NORMAL_BASE else Status.OK


def withheld(base: int, minimum_base: int) -> Score | None:
    """The score below the minimum base: its base and nothing else. None if there is enough to show."""
    status = status_of(base, minimum_base=minimum_base)
    return Score(status, base) if status in (Status.NO_DATA, Status.INSUFFICIENT_BASE) else None


def buckets(answers: Answers, codes: tuple[str, ...]) -> tuple[Bucket, ...]:
    """The distribution over all codes of an item, best known order: as the scale runs, don't know last."""
    return tuple(Bucket(number(code), code, answers.get(code, 0)) for code in codes)


@lru_cache(4096)
def number(code: str) -> int | None:
    """The answer a code stands for; None for don't know and for options, which are named and not counted."""
    return int(code) if code.isascii() and code.removeprefix("-").isdigit() else None
