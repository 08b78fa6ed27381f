"""Answers that are kept for the next one who asks the same, until something of them changes.

Only answers that depend on nothing but the request and the rights of who asks (request/compiled/shareable.py). When
what they were made of changes, it is announced: scores by department; the directory, of which all may have been read.
So nothing is kept, and nothing that was kept is given, while announcements cannot be heard.
"""

import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from services.kit.rights.access import Grant

MOST_BYTES: Final = 16 * 1024 * 1024
"""Of all kept answers and their requests."""
LARGEST_REQUEST: Final = 8 * 1024
"""Longer ones are not looked up."""
LARGEST_ANSWER: Final = 256 * 1024
OVERHEAD_BYTES: Final = 1_024
"""About what an answer takes beside its text."""


Key = tuple[tuple[Grant, ...], bool, bytes]
"""The rights of who asks; whether by GET; the request."""


@dataclass(eq=False, slots=True)
class Reading:
    """An answer that is being made: what changed meanwhile."""

    changed: set[str] = field(default_factory=set)
    is_spoiled: bool = False

    def is_current(self, departments: Collection[str]) -> bool:
        """Whether nothing changed that it read: scores of these departments, or the directory."""
        return not self.is_spoiled and self.changed.isdisjoint(departments)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was sent. `operation`: of the request, for those who measure; `cost` in values."""

    content: bytes
    operation: Any
    cost: int
    departments: frozenset[str]
    until: float
    size: int


class KeptAnswers:
    """By request and rights; the one that was used least recently goes first."""

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self.now = now
        self.known: OrderedDict[Key, KeptAnswer] = OrderedDict()
        self.by_department: defaultdict[str, set[Key]] = defaultdict(set)
        self.bytes = 0
        self.readings: set[Reading] = set()

    def find(self, key: Key) -> KeptAnswer | None:
        """The answer to a request."""
        kept = self.known.get(key)
        if kept is None:
            return None
        if kept.until <= self.now():
            self._forget(key)
            return None
        self.known.move_to_end(key)
        return kept

    def begin(self) -> Reading:
        """Look from now on at what changes, until `end`."""
        reading = Reading()
        self.readings.add(reading)
        return reading

    def end(self, reading: Reading) -> None:
        """Look no more."""
        self.readings.discard(reading)

    def keep(
        self, key: Key, content: bytes, operation: Any, cost: int, departments: Collection[str]
    ) -> None:
        """Keep an answer that is current."""
        if len(content) > LARGEST_ANSWER:
            return
        if key in self.known:
            self._forget(key)
        size, until = len(key[-1]) + len(content) + OVERHEAD_BYTES, self.now() + self.seconds
        kept = KeptAnswer(content, operation, cost, frozenset(departments), until, size)
        self.known[key] = kept
        for department in kept.departments:
            self.by_department[department].add(key)
        self.bytes += size
        while self.bytes > MOST_BYTES:
            self._forget(next(iter(self.known)))

    def drop(self, departments: Collection[str]) -> None:
        """Scores of these departments changed."""
        for reading in self.readings:
            reading.changed.update(departments)
        for department in departments:
            for key in tuple(self.by_department.get(department, ())):
                self._forget(key)

    def drop_all(self) -> None:
        """Anything may have changed."""
        for reading in self.readings:
            reading.is_spoiled = True
        self.known.clear()
        self.by_department.clear()
        self.bytes = 0

    def _forget(self, key: Key) -> None:
        kept = self.known.pop(key)
        self.bytes -= kept.size
        for department in kept.departments:
            keys = self.by_department[department]
            keys.discard(key)
            if not keys:
                del self.by_department[department]
