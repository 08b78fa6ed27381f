"""The department tree over time. Pure: no database, no messages.

Days are day numbers (days since 1970-01-01 in the organisation's time zone); a range includes its first
day and not its last; None is open on that side.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from services.kit.clock import day_number
from services.kit.letters import find_alike, with_composed


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a department hangs; parent None: it is the root."""

    parent_id: str | None
    from_day: int | None = None
    to_day: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """Who owns a touchpoint, and which journey stage it belongs to ("" for none)."""

    department_id: str
    stage: str = ""
    from_day: int | None = None
    to_day: int | None = None


RangeT = TypeVar("RangeT", Placement, Term)


@dataclass(frozen=True, slots=True)
class History(Generic[RangeT]):
    """Ranges in the order of days, without gaps or overlaps, from ever to ever."""

    ranges: tuple[RangeT, ...]

    def on(self, day: int) -> RangeT:
        """The range that holds on a day."""
        return next(r for r in reversed(self.ranges) if r.from_day is None or r.from_day <= day)

    def between(self, from_day: int, to_day: int) -> Iterator[RangeT]:
        """The ranges that hold on some day of [from_day, to_day)."""
        for entry in self.ranges:
            starts_in_time = entry.from_day is None or entry.from_day < to_day
            if starts_in_time and (entry.to_day is None or entry.to_day > from_day):
                yield entry

    def change(
        self, from_day: int, make: Callable[[int | None, int | None], RangeT]
    ) -> "History[RangeT]":
        """The history with another range from a day until the next change that was planned already."""
        current = self.on(from_day)
        kept: list[RangeT] = []
        for entry in self.ranges:
            if entry is not current:
                kept.append(entry)
                continue
            if entry.from_day != from_day:
                kept.append(replace(entry, to_day=from_day))
            kept.append(make(from_day, entry.to_day))
        return History(tuple(kept))


@dataclass(frozen=True, slots=True)
class Closing:
    """From which day on a department takes nothing new, and what it was merged into (None: nothing)."""

    from_day: int
    into_id: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """A department and every place it had, has and will have; the latest former name stands last."""

    id: str
    key: str
    name: str
    revision: int
    placements: History[Placement]
    former_names: tuple[str, ...] = ()
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A touchpoint and every owner it had, has and will have; channel "" for none."""

    id: str
    key: str
    name: str
    revision: int
    channel: str
    terms: History[Term]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A department inside a scope on the days [from_day, to_day)."""

    department_id: str
    from_day: int
    to_day: int


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A calendar day of a time zone: its number, its first instant and the next day's."""

    number: int
    begins: datetime
    ends: datetime


def _midnights(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return (
        datetime.combine(day, time.min, zone),
        datetime.combine(day + timedelta(days=1), time.min, zone),
    )


@dataclass(frozen=True)
class Tree:
    """All departments and touchpoints of the organisation at one moment; immutable."""

    zone: ZoneInfo
    root_id: str
    departments: Mapping[str, Department]
    touchpoints: Mapping[str, Touchpoint]
    clock: Callable[[], datetime]
    _ids: dict[str, str] = field(init=False, repr=False)
    _touchpoint_ids: dict[str, str] = field(init=False, repr=False)
    _children: dict[int, dict[str, list[str]]] = field(init=False, repr=False, default_factory=dict)
    _recent: list[LocalDay] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        ids = with_composed({d.key: d.id for d in self.departments.values()})
        object.__setattr__(self, "_ids", ids)
        ids = with_composed({t.key: t.id for t in self.touchpoints.values()})
        object.__setattr__(self, "_touchpoint_ids", ids)

    @property
    def today(self) -> date:
        """The local day it is in the organisation."""
        return self.clock().astimezone(self.zone).date()

    @property
    def today_number(self) -> int:
        return self.local_day(self.clock())

    def local_day(self, at: datetime) -> int:
        """The day number of an instant in the organisation's time zone."""
        if self._recent and self._recent[0].begins <= at < self._recent[0].ends:
            return self._recent[0].number  # nearly every instant that is asked about is of today
        day = at.astimezone(self.zone).date()
        number, (begins, ends) = day_number(day), _midnights(day, self.zone)
        if begins.utcoffset() == ends.utcoffset():  # else the clocks may show a day twice
            self._recent[:] = [LocalDay(number, begins.astimezone(UTC), ends.astimezone(UTC))]
        return number

    def id_of(self, key: str) -> str | None:
        """The id of a department key."""
        return find_alike(self._ids, key)

    def touchpoint(self, key: str) -> Touchpoint | None:
        """The touchpoint of a key."""
        touchpoint_id = find_alike(self._touchpoint_ids, key)
        return None if touchpoint_id is None else self.touchpoints[touchpoint_id]

    def parent_on(self, department_id: str, day: int) -> str | None:
        """The parent's id on a day; None for the root and for what is not in the tree."""
        department = self.departments.get(department_id)
        return department.placements.on(day).parent_id if department else None

    def line(self, department_id: str, day: int | None = None) -> list[str]:
        """The department and its ancestors up to the root, on a day (default today); empty if it is absent."""
        day = self.today_number if day is None else day
        found: dict[str, None] = {}
        current: str | None = department_id if department_id in self.departments else None
        while current is not None and current not in found:
            found[current] = None
            current = self.parent_on(current, day)
        return list(found)

    def successor(self, department_id: str, day: int) -> str | None:
        """What takes what is new to a department on a day: itself until it is closed, then what it was merged into."""
        current: str | None = department_id
        for _ in self.departments:  # as a rule the first; merges never go round in a circle
            closing = None if current is None else self.departments[current].closing
            if closing is None or closing.from_day > day:
                return current
            current = closing.into_id
        return None

    def children(self, department_id: str, day: int | None = None) -> list[str]:
        """Ids of the departments directly under one, by key, on a day (default today)."""
        day = self.today_number if day is None else day
        if day not in self._children:
            if len(self._children) > 64:
                self._children.clear()
            self._children[day] = self._children_on(day)
        return self._children[day].get(department_id, [])

    def _children_on(self, day: int) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for department in sorted(self.departments.values(), key=lambda d: d.key):
            parent_id = department.placements.on(day).parent_id
            if parent_id is not None:
                found[parent_id].append(department.id)
        return dict(found)

    def subtree(self, department_id: str, day: int | None = None) -> frozenset[str]:
        """The department and all under it, on a day (default today)."""
        found: set[str] = set()
        open_ids = [department_id] if department_id in self.departments else []
        while open_ids:
            current = open_ids.pop()
            if current not in found:
                found.add(current)
                open_ids.extend(self.children(current, day))
        return frozenset(found)

    def move_days(self, from_day: int, to_day: int) -> list[int]:
        """The days in (from_day, to_day) on which some department changed its parent, in order."""
        return sorted(
            {
                place.from_day
                for department in self.departments.values()
                for place in department.placements.ranges[1:]
                if place.from_day is not None and from_day < place.from_day < to_day
            }
        )


def subtree_today(tree: Tree, department_id: str, from_day: int, to_day: int) -> list[Stretch]:
    """The departments under one now, each for the whole period."""
    return [Stretch(member, from_day, to_day) for member in sorted(tree.subtree(department_id))]


def subtree_as_it_was(tree: Tree, department_id: str, from_day: int, to_day: int) -> list[Stretch]:
    """The departments that were under one, each for the days it was there."""
    edges = [from_day, *tree.move_days(from_day, to_day), to_day]
    stretches = (
        Stretch(member, start, end)
        for start, end in pairwise(edges)
        for member in tree.subtree(department_id, start)
    )
    return _join(stretches)


def _join(stretches: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.department_id, s.from_day)):
        last = joined[-1] if joined else None
        adjoins = last is not None and last.department_id == stretch.department_id
        if last is not None and adjoins and last.to_day == stretch.from_day:
            joined[-1] = Stretch(last.department_id, last.from_day, stretch.to_day)
        else:
            joined.append(stretch)
    return joined
