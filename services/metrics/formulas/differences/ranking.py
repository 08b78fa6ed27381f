"""Which places of a league table a score may have: those that pairwise tests leave open."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from services.metrics.formulas.differences.comparison import Verdict, changes, difference
from services.metrics.formulas.samples import Published, Sample
from services.metrics.formulas.scores import Score

ENOUGH_TO_RANK = 100
"""Answers on either side of a comparison (metrics with fewer would be ranked by chance)."""
MOST_RANKED = 30
"""Groups of one table: each is tested against each, in milliseconds that others wait."""
KeyT = TypeVar("KeyT")


@dataclass(frozen=True, slots=True)
class Places:
    """From the best to the worst place a score may have among `of` that are ranked; 1 is the best."""

    best: int
    worst: int
    of: int


def places(scores: Mapping[KeyT, Score], *, higher_is_better: bool) -> dict[KeyT, Places]:
    """By key the places of scores with a base of 100 or more; none for fewer than 2 of them, or for more than 30.

    A place is left out where a score is clearly better or worse, all pairs judged as one family of tests. Who shares
    places cannot be told apart. Not for employee surveys.
    """
    samples: dict[KeyT, Sample] = {
        key: score.sample
        for key, score in scores.items()
        if score.sample is not None
        and not isinstance(score.sample, Published)
        and score.sample.base >= ENOUGH_TO_RANK
    }
    if not 2 <= len(samples) <= MOST_RANKED:
        return {}
    found = changes(
        {
            (one, other): difference(samples[one], samples[other])
            for one, other in combinations(samples, 2)
        }
    )
    better, worse = dict.fromkeys(samples, 0), dict.fromkeys(samples, 0)
    for (one, other), change in found.items():
        if change.verdict is Verdict.CLEAR:
            is_first = (change.difference.delta > 0) == higher_is_better
            winner, loser = (one, other) if is_first else (other, one)
            worse[winner] += 1
            better[loser] += 1
    return {
        key: Places(1 + better[key], len(samples) - worse[key], len(samples)) for key in samples
    }
