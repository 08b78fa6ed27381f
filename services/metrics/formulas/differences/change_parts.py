"""Of what a change of a whole is made: its parts changed, or answers came from other parts (Simpson's paradox)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.metrics.formulas.differences.rest import without
from services.metrics.formulas.samples import PersonShare, Published, Rate, Sample

KeyT = TypeVar("KeyT")


@dataclass(frozen=True, slots=True)
class ChangePart:
    """What a part adds to the change of its whole, in the unit of the score; weights are shares of all answers, 0 to 1.

    `rate`: the part itself changed; `mix`: it holds more or fewer of the answers than before.
    """

    rate: float
    mix: float
    weight_before: float
    weight: float


@dataclass(frozen=True, slots=True)
class ChangeParts(Generic[KeyT]):
    """`rate` and `mix` of all parts sum to `delta`; `others` are the parts too small to be shown, together."""

    delta: float
    rate: float
    mix: float
    parts: Mapping[KeyT, ChangePart]
    others: ChangePart | None


Sides = tuple[Sample, Mapping[KeyT, Sample]]
"""A whole, and the parts of it that are shown."""


def split_change(this: "Sides[KeyT]", before: "Sides[KeyT]") -> ChangeParts[KeyT] | None:
    """The change of a whole between two periods by its parts; None for samples that do not add up.

    rate = W1 (x1 - x0) and mix = (W1 - W0) (x0 - X0), with W the part's share of answers, x its value, X that of the
    whole, 0 before and 1 now. A part that is not shown before has x0 = X0, one that is not shown now adds to
    the mix alone; where a part is not shown, its answers are among the others.

    Source: E. M. Kitagawa, Journal of the American Statistical Association 50 (1955), with the weights of now.
    """
    (whole, parts), (whole_before, parts_before) = this, before
    if (
        isinstance(whole, Published | PersonShare)
        or weight_of(whole) == 0
        or weight_of(whole_before) == 0
    ):
        return None
    found = {
        key: _part(parts.get(key), parts_before.get(key), whole, whole_before)
        for key in [*parts, *(key for key in parts_before if key not in parts)]
    }
    left, left_before = (_others(*side) for side in (this, before))
    others = _part(left, left_before, whole, whole_before)
    all_parts = [*found.values(), others]
    return ChangeParts(
        whole.value - whole_before.value,
        sum(part.rate for part in all_parts),
        sum(part.mix for part in all_parts),
        found,
        others if others.weight or others.weight_before else None,
    )


def weight_of(sample: Sample) -> int:
    """What a part counts with in the value of its whole: answers, or person-days of a rate."""
    return sample.person_days if isinstance(sample, Rate) else sample.base


def _others(whole: Sample, parts: Mapping[KeyT, Sample]) -> Sample | None:
    left: Sample | None = whole
    for part in parts.values():
        left = without(left, part) if left is not None else None
    return left if left is not None and weight_of(left) > 0 else None


def _part(
    this: Sample | None, before: Sample | None, whole: Sample, whole_before: Sample
) -> ChangePart:
    weight = weight_of(this) / weight_of(whole) if this else 0.0
    weight_before = weight_of(before) / weight_of(whole_before) if before else 0.0
    was = before.value if before else whole_before.value
    rate = weight * (this.value - was) if this else 0.0
    mix = (weight - weight_before) * (was - whole_before.value)
    return ChangePart(rate, mix, weight_before, weight)
