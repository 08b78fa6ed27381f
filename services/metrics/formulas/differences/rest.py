"""How a part differs from the rest of its whole; the whole holds the part, so it is no measure of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from services.metrics.formulas.differences.comparison import Change, changes, difference
from services.metrics.formulas.samples import Mean, Net, Rate, Sample, Share
from services.metrics.formulas.scores import Score, Status, status_of

KeyT = TypeVar("KeyT")


@dataclass(frozen=True, slots=True)
class Rest:
    """All of a whole but one part: its value in the unit of the score, and what the part is more than it.

    `base` is None for rates: who worked in the part and in the rest counts in both.
    """

    value: float
    base: int | None
    change: Change


class Pair(NamedTuple):
    """A part and the whole that holds it, of a metric with this minimum base."""

    part: Score
    whole: Score
    minimum_base: int


def without(whole: Sample, part: Sample) -> Sample | None:
    """What is left of a whole without a part of it; None for samples that do not add up.

    Of a rate the base is the least there can be.
    """
    match whole, part:
        case Share(), Share():
            return Share(whole.hits - part.hits, whole.base - part.base)
        case Net(), Net():
            return Net(whole.best - part.best, whole.worst - part.worst, whole.base - part.base)
        case Mean(), Mean():
            return Mean(
                whole.base - part.base,
                whole.total - part.total,
                whole.squares - part.squares,
                whole.width,
                whole.divisor,
                whole.least,
            )
        case Rate(), Rate():
            days = whole.person_days - part.person_days
            return Rate(whole.events - part.events, days, whole.base - part.base)
    return None


def beside_rest(pairs: Mapping[KeyT, Pair]) -> dict[KeyT, Rest]:
    """The rest of each pair where part and rest have enough answers to be ranked; judged as one family of tests."""
    samples: dict[KeyT, tuple[Sample, Sample]] = {}
    for key, (part, whole, minimum_base) in pairs.items():
        if part.status is not Status.OK or part.sample is None or whole.sample is None:
            continue
        rest = without(whole.sample, part.sample)
        if rest is not None and status_of(rest.base, minimum_base=minimum_base) is Status.OK:
            samples[key] = part.sample, rest
    judged = changes({key: difference(*both) for key, both in samples.items()})
    return {
        key: Rest(rest.value, None if isinstance(rest, Rate) else rest.base, judged[key])
        for key, (_, rest) in samples.items()
    }
