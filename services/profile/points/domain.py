"""A ledger of points: limits of entries, and what is left once what was spent is taken from what ends first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from heapq import heappop, heappush
from typing import Final

from services.kit.errors import Conflict, Invalid
from services.kit.letters import plain
from services.profile.customers.domain.identifiers import Identifier
from services.profile.facts.domain import LONGEST_ID, check_at, mark

MOST_ENTRIES: Final = 1_000
MOST_POINTS: Final = 1_000_000_000
LONGEST_SOURCE: Final = 100
NEVER: Final = date.max


class PointKind(IntEnum):
    """What an entry is."""

    EARNED = 1
    SPENT = 2
    CORRECTED = 3


@dataclass(frozen=True, slots=True, repr=False)
class PointItem:
    """An entry as it was sent. Personal data."""

    identifier: Identifier
    id: str
    at: datetime
    points: int
    kind: PointKind
    expires_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PointEntry:
    """Of an entry what counts. `on`: its local day; `expires_on`: the last day on which they can be spent."""

    at: datetime
    on: date
    points: int
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckedPoints:
    """An entry in which all is well; with the alias and the time `mark` names it."""

    entry: PointEntry
    kind: PointKind
    source: str
    mark: int


@dataclass(frozen=True, slots=True)
class PointBalance:
    """What can be spent on a day, and what of it ends first; no day: nothing of it ends.

    `uncovered`: spent without being there, as when persons were parted.
    """

    points: int
    next_to_expire: int
    expires_on: date | None
    uncovered: int


def check_points(item: PointItem, on: date, now: datetime) -> CheckedPoints:
    """The entry as it is kept, `on` the local day of its time; Invalid with the path of what is wrong."""
    id_, source = item.id.strip(), plain(item.source)
    if not id_ or len(id_) > LONGEST_ID or not id_.isprintable():
        message = f"an entry has an id of its source, of 1 to {LONGEST_ID} characters"
        raise Invalid(message, reason="INVALID_ID", field=["id"])
    if len(source) > LONGEST_SOURCE or not source.isprintable():
        message = f"a source has at most {LONGEST_SOURCE} printable characters"
        raise Invalid(message, reason="INVALID_SOURCE", field=["source"])
    check_at(item.at, now)
    _check_sign(item)
    if item.expires_on is not None and (item.points < 0 or item.expires_on < on):
        message = "points that are earned end on the day of the entry or later; what is spent does not end"
        raise Invalid(message, reason="DAYS", field=["expires_on"])
    entry = PointEntry(item.at, on, item.points, item.expires_on)
    return CheckedPoints(entry, item.kind, source, mark(source, id_))


def _check_sign(item: PointItem) -> None:
    wrong = {PointKind.EARNED: item.points < 0, PointKind.SPENT: item.points > 0}
    if item.points == 0 or abs(item.points) > MOST_POINTS or wrong.get(item.kind):
        message = (
            f"points are a number above 0 and at most {MOST_POINTS:,}; below 0 where they are spent"
        )
        raise Invalid(message, reason="POINTS", field=["points"])


def too_few() -> Conflict:
    """Points never fall below 0."""
    message = "there are not so many points on that day: nobody spends more than there is"
    return Conflict(message, reason="POINTS", field=["points"])


def balance(entries: Iterable[PointEntry], today: date) -> PointBalance:
    """What is left on a day. What is spent is taken from what can be spent then, first from what ends first.

    Of one instant what is earned comes first. What is spent beyond what is there is not taken from later entries.
    First-expiring-first covers all that any other order covers, so joining two ledgers uncovers nothing.
    """
    uncovered = 0
    heap: list[tuple[date, int, int]] = []  # last day, number of the lot, points
    ordered = sorted(entries, key=lambda each: (each.at, each.points < 0))
    for number, entry in enumerate(ordered):
        if entry.points > 0:
            heappush(heap, (entry.expires_on or NEVER, number, entry.points))
            continue
        needed = -entry.points
        while needed and heap:
            ends, lot, points = heappop(heap)
            if ends < entry.on:
                continue
            if points > needed:
                heappush(heap, (ends, lot, points - needed))
            needed -= min(points, needed)
        uncovered += needed
    return _left(heap, today, uncovered)


def _left(lots: Iterable[tuple[date, int, int]], today: date, uncovered: int) -> PointBalance:
    left = [(ends, points) for ends, _, points in lots if ends >= today]
    ending = min((ends for ends, _ in left), default=NEVER)
    first = sum(points for ends, points in left if ends == ending) if ending < NEVER else 0
    total = sum(points for _, points in left)
    return PointBalance(total, first, ending if first else None, uncovered)


class Ledger:
    """The entries of one person, to which a batch adds: nothing that would be spent beyond what is there."""

    def __init__(self, entries: Sequence[PointEntry]) -> None:
        self.entries = list(entries)
        self._uncovered = balance(entries, NEVER).uncovered

    def take(self, entries: Sequence[PointEntry]) -> list[bool]:
        """Which of these entries are kept, in their order: at once where all fit, else the earlier ones first."""
        if not self._goes_beyond([*self.entries, *entries]):
            self.entries += entries
            return [True] * len(entries)
        kept = [False] * len(entries)
        in_order = sorted(range(len(entries)), key=lambda n: (entries[n].points < 0, entries[n].at))
        for place in in_order:
            if entries[place].points > 0 or not self._goes_beyond([*self.entries, entries[place]]):
                self.entries.append(entries[place])
                kept[place] = True
        return kept

    def _goes_beyond(self, entries: Sequence[PointEntry]) -> bool:
        return balance(entries, NEVER).uncovered > self._uncovered
