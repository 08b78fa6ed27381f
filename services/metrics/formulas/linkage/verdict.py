"""What all links of all pairs of metrics together let one say of one pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from services.metrics.formulas.differences.comparison import CLEAR, adjusted
from services.metrics.formulas.linkage.links import Link, LinkKind

PairT = TypeVar("PairT")
OF_LEVELS = (LinkKind.BETWEEN, LinkKind.WITHIN)


class LinkVerdict(Enum):
    """What can be said of a pair."""

    TOO_FEW_DEPARTMENTS = "TOO_FEW_DEPARTMENTS"
    NO_CLEAR_LINK = "NO_CLEAR_LINK"
    TOGETHER = "TOGETHER"


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """A link among all that were tested."""

    link: Link
    adjusted_p_value: float

    @property
    def is_clear(self) -> bool:
        return self.adjusted_p_value < CLEAR


def judged(families: Mapping[PairT, Sequence[Link]]) -> dict[PairT, list[JudgedLink]]:
    """The links of all pairs as one family of tests, by Benjamini and Hochberg."""
    p_values = {
        (pair, place): link.found.p_value
        for pair, links in families.items()
        for place, link in enumerate(links)
    }
    found = adjusted(p_values)
    return {
        pair: [JudgedLink(link, found[pair, place]) for place, link in enumerate(links)]
        for pair, links in families.items()
    }


def verdict(links: Sequence[JudgedLink]) -> LinkVerdict:
    """What the links of a pair of enough departments let one say; there are none where a score does not vary.

    Which comes first is never said: links at a lag that run one way are shown as they are. Where both follow a third
    thing, and customers are asked all the time and staff in one month of it, one of them seems to lead in every case.
    """
    is_linked = any(each.is_clear and each.link.kind in OF_LEVELS for each in links)
    return LinkVerdict.TOGETHER if is_linked else LinkVerdict.NO_CLEAR_LINK


def direction(links: Sequence[JudgedLink]) -> float:
    """The sign of the clear link, the clearest first; 0 where none is clear."""
    clear = [each for each in links if each.is_clear and each.link.kind in OF_LEVELS]
    if not clear:
        return 0.0
    r = min(clear, key=lambda each: each.adjusted_p_value).link.found.r
    return 1.0 if r > 0 else -1.0
