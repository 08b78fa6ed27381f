"""Which waves a wave that was measured elsewhere could be subtracted from, or they from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from services.employee_exp.waves.domain.overlaps import DAYS_APART, Name
from services.kit.errors import Conflict

NOT_OVER: Final = 10_000_000
"""The day on which a wave closes that is open: no wave lies after it."""


@dataclass(frozen=True, slots=True)
class ToldItem:
    """One item that a wave tells. `shown`: ids of the departments that see it; None: it is not released yet.

    `inside`: ids of the departments whose people it is made of, so those shown with all under them.
    """

    names: frozenset[Name]
    shown: frozenset[str] | None
    inside: frozenset[str]

    def could_be_subtracted(self, other: "ToldItem") -> bool:
        """Whether both are of the same, and of other groups of the same people."""
        if self.names.isdisjoint(other.names) or self.inside.isdisjoint(other.inside):
            return False
        return self.shown is None or other.shown is None or self.shown != other.shown


@dataclass(frozen=True, slots=True)
class ToldWave:
    """What a wave tells, besides participation. Days are days since 1970-01-01 in the organisation's time zone."""

    key: str
    opened_day: int
    closed_day: int
    items: Sequence[ToldItem]

    def is_near(self, opened_day: int, closed_day: int) -> bool:
        """Whether the days of two waves overlap, or lie less than DAYS_APART from each other."""
        return max(self.opened_day, opened_day) - min(self.closed_day, closed_day) < DAYS_APART


def check_apart(wave: ToldWave, others: Iterable[ToldWave]) -> None:
    """Conflict where an item of a wave is told by another one near in time, of other groups of the same people."""
    for other in others:
        if not other.is_near(wave.opened_day, wave.closed_day):
            continue
        if any(a.could_be_subtracted(b) for a in wave.items for b in other.items):
            raise _overlaps(other.key)


def _overlaps(key: str) -> Conflict:
    return Conflict(
        f"the wave {key} lies less than {DAYS_APART} days from this one and has an item of it, of some of the same"
        " people but not of exactly the same departments, so one could be subtracted from the other: give that item for"
        " the same departments, or leave it out",
        reason="WAVE_OVERLAPS",
        field=["wave"],
    )
