"""In which part of a whole a fall sits: one that fell clearly more than all the others together."""

from collections.abc import Mapping
from math import sqrt
from typing import TypeVar

from scipy.special import ndtri

from services.metrics.formulas.differences.change_parts import split_change
from services.metrics.formulas.differences.rest import without
from services.metrics.formulas.samples import Mean, Net, Sample, Share
from services.metrics.formulas.scores import NORMAL_BASE

KeyT = TypeVar("KeyT")
Sides = tuple[Sample, Mapping[KeyT, Sample]]
"""A whole, and the parts of it that are shown."""
ERROR = 0.05


def seat_of(
    this: "Sides[KeyT]", before: "Sides[KeyT]", *, higher_is_better: bool = True
) -> KeyT | None:
    """The part that adds most to the fall, of those that fell clearly more than the rest; None where none did.

    The change of a part is compared with that of all others together: z = difference of the two changes by its
    standard error, one-sided, at 5 % over all parts that are tested (Bonferroni). Part and rest need 30 answers now
    and before. What a part adds is rate and mix of `split_change`.
    """
    split = split_change(this, before)
    if split is None:
        return None
    sign = 1.0 if higher_is_better else -1.0
    tested = {
        key: z
        for key in this[1]
        if (z := _apart(this, before, key)) is not None and key in split.parts
    }
    if not tested:
        return None
    limit = float(ndtri(ERROR / len(tested)))
    added = {
        key: sign * (split.parts[key].rate + split.parts[key].mix)
        for key, z in tested.items()
        if sign * z < limit
    }
    worst = min(added, key=lambda key: added[key], default=None)
    return worst if worst is not None and added[worst] < 0 else None


def _apart(this: "Sides[KeyT]", before: "Sides[KeyT]", key: KeyT) -> float | None:
    """How much more a part changed than the rest, in standard errors; None where answers are too few."""
    change, variance = 0.0, 0.0
    for sign, (whole, parts) in ((1.0, this), (-1.0, before)):
        part = parts.get(key)
        rest = None if part is None else without(whole, part)
        if part is None or rest is None or min(part.base, rest.base) < NORMAL_BASE:
            return None
        change += sign * (part.value - rest.value)
        variance += _variance(part) / part.base + _variance(rest) / rest.base
    return change / sqrt(variance) if variance > 0 else None


def _variance(sample: Sample) -> float:
    """Of one answer, in the unit of the score squared."""
    match sample:
        case Share():
            return sample.value * (1 - sample.value)
        case Net():
            apart = (sample.best - sample.worst) / sample.base
            return 10_000 * ((sample.best + sample.worst) / sample.base - apart**2)
        case Mean():
            return sample.variance
    raise TypeError("only answers have a variance of their own")
