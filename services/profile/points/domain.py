"""A ledger of points: limits of entries, and what is left once what was spent is taken from what ends first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from heapq import heappop, heappush, heapreplace
from typing import Final
from zoneinfo import ZoneInfo

from services.kit.errors import Conflict, Invalid
from services.kit.letters import plain
from services.profile.customers.domain.identifiers import Identifier
from services.profile.facts.domain import LONGEST_ID, check_at, mark

MOST_ENTRIES: Final = 1_000
MOST_POINTS: Final = 1_000_000_000
LONGEST_SOURCE: Final = 100
NEVER: Final = date.max
UNBOUNDED: Final = 1 << 62
"""More than all points of a ledger."""
NO_BOUND: Final = (UNBOUNDED, UNBOUNDED)
Lot = tuple[date, int, int]
"""The last day, a number that no other lot has, points."""


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


def check_points(item: PointItem, zone: ZoneInfo, now: datetime) -> CheckedPoints:
    """The entry as it is kept, on the day in `zone`; Invalid with the path of what is wrong."""
    id_, source = item.id.strip(), plain(item.source)
    if not id_ or len(id_) > LONGEST_ID or not id_.isprintable():
        message = f"an entry has an id of its source, of 1 to {LONGEST_ID} characters"
        raise Invalid(message, reason="INVALID_ID", field=["id"])
    if len(source) > LONGEST_SOURCE or not source.isprintable():
        message = f"a source has at most {LONGEST_SOURCE} printable characters"
        raise Invalid(message, reason="INVALID_SOURCE", field=["source"])
    check_at(item.at, now)
    on = item.at.astimezone(zone).date()
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


class _Lots:
    """What was earned and is not spent yet, in the order in which it ends."""

    def __init__(self, heap: Iterable[Lot] = (), points: int = 0, number: int = 0) -> None:
        self.heap = list(heap)
        self.points = points
        self.number = number
        self.ended = 0

    def copy(self) -> "_Lots":
        return _Lots(self.heap, self.points, self.number)

    def left(self, on: date) -> int:
        """How many points can be spent on a day; what ended before goes."""
        while self.heap and self.heap[0][0] < on:
            ended = heappop(self.heap)[2]
            self.points -= ended
            self.ended += ended
        return self.points

    def take(self, entry: PointEntry) -> int:
        """Add an entry; how many of its points are spent without being there."""
        if entry.points > 0:
            self.number += 1
            heappush(self.heap, (entry.expires_on or NEVER, self.number, entry.points))
            self.points += entry.points
            return 0
        needed = -entry.points
        taken = min(needed, self.left(entry.on))
        self.points -= taken
        while taken:
            ends, number, points = self.heap[0]
            if points > taken:
                heapreplace(self.heap, (ends, number, points - taken))
                return 0
            heappop(self.heap)
            taken -= points
            needed -= points
        return needed


def _in_order(entries: Iterable[PointEntry]) -> list[PointEntry]:
    """Of one instant what is earned comes first."""
    return sorted(entries, key=_instant)


def _instant(entry: PointEntry) -> tuple[datetime, bool]:
    return entry.at, entry.points < 0


def balance(entries: Iterable[PointEntry], today: date) -> PointBalance:
    """What is left on a day. What is spent is taken from what can be spent then, first from what ends first.

    Of one instant what is earned comes first. What is spent beyond what is there is not taken from later entries.
    First-expiring-first covers all that any other order covers, so joining two ledgers uncovers nothing.
    """
    lots = _Lots()
    uncovered = sum(lots.take(entry) for entry in _in_order(entries))
    return _left(lots.heap, today, uncovered)


def _left(lots: Iterable[Lot], today: date, uncovered: int) -> PointBalance:
    left = [(ends, points) for ends, _, points in lots if ends >= today]
    ending = min((ends for ends, _ in left), default=NEVER)
    first = sum(points for ends, points in left if ends == ending) if ending < NEVER else 0
    total = sum(points for _, points in left)
    return PointBalance(total, first, ending if first else None, uncovered)


class Ledger:
    """The entries of one person, to which a batch adds: nothing that would be spent beyond what is there."""

    def __init__(self, entries: Sequence[PointEntry]) -> None:
        self.entries = list(entries)

    def take(self, entries: Sequence[PointEntry]) -> list[bool]:
        """Which of these entries are kept, in their order: what is earned, and of what is spent the earlier first."""
        kept = [each.points > 0 for each in entries]
        trial = _Trial([*self.entries, *(each for each in entries if each.points > 0)])
        spent = [place for place, each in enumerate(entries) if each.points < 0]
        for place in sorted(spent, key=lambda place: entries[place].at):
            kept[place] = trial.spend(entries[place])
        self.entries += [each for each, is_kept in zip(entries, kept, strict=True) if is_kept]
        return kept


class _Trial:
    """Spendings are tried in the order of their times, in a ledger that is settled once.

    With another spending before it, no entry is covered by more than without: so a spending fits where it is covered
    itself, and no later entry is covered by less.
    """

    def __init__(self, entries: Sequence[PointEntry]) -> None:
        self.entries = _in_order(entries)
        lots = _Lots()
        self.uncovered: list[int] = []
        left, ever = [UNBOUNDED], [UNBOUNDED]
        after: list[tuple[int, int]] = []
        for entry in self.entries:
            self.uncovered.append(lots.take(entry))
            is_spent = entry.points < 0
            after.append((lots.points, lots.points + lots.ended) if is_spent else NO_BOUND)
        # Of the entries from a place on, the least that is left after one: so much more surely fits before them.
        # And the least with what has ended: of more than that some is missing, even if all that ends is spent.
        for points, with_ended in reversed(after):
            left.append(min(left[-1], points))
            ever.append(min(ever[-1], with_ended))
        self.least, self.most = left[::-1], ever[::-1]
        self.lots = _Lots()
        self.place = 0
        self.spent = 0
        self.refused = UNBOUNDED

    def spend(self, entry: PointEntry) -> bool:
        """Whether it fits; then it is spent. None that is earlier comes after it."""
        while self.place < len(self.entries) and _instant(self.entries[self.place]) <= _instant(
            entry
        ):
            self.lots.take(self.entries[self.place])
            self.place += 1
            self.refused = UNBOUNDED
        needed = -entry.points
        if needed >= self.refused or needed > self.lots.left(entry.on):
            return False
        after = self.spent + needed
        if after > self.most[self.place] - self.lots.ended:
            return False
        if after > self.least[self.place] and not self._leaves_enough(entry):
            self.refused = needed
            return False
        self.lots.take(entry)
        self.spent = after
        return True

    def _leaves_enough(self, entry: PointEntry) -> bool:
        lots = self.lots.copy()
        lots.take(entry)
        later = range(self.place, len(self.entries))
        return all(lots.take(self.entries[n]) <= self.uncovered[n] for n in later)
