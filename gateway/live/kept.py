"""Answers that are kept for the next one who asks the same, until something of them changes.

Only answers that depend on nothing but the request and the rights of who asks (request/compiled/shareable.py). When
what they were made of changes, it is announced: scores by department; the directory, of which all may have been read.
So nothing is kept, and nothing that was kept is given, while announcements cannot be heard.
"""

import asyncio
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from services.kit.rights.access import Grant

MOST_BYTES: Final = 16 * 1024 * 1024
"""Of all kept answers and their requests."""
LARGEST_REQUEST: Final = 8 * 1024
"""Longer ones are not looked up."""
LARGEST_ANSWER: Final = 256 * 1024
OVERHEAD_BYTES: Final = 1_024
DEPARTMENT_BYTES: Final = 256
"""About what an answer takes beside its text, and more for each department that it was made of."""
REMEMBERED: Final = 10_000
"""Requests whose answers were kept once."""


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
        self.kept_before: set[int] = set()
        """Requests, by their hash, whose answers could be kept."""
        self.awaited: dict[Key, asyncio.Event] = {}
        """Answers that are being made, and are likely to be kept."""

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

    async def find_soon(self, key: Key, seconds: float) -> KeptAnswer | None:
        """The answer to a request; where somebody else is waiting for it, when it is there, or after so many seconds.

        So an answer that many ask for at once, when its scores changed, is made once.
        """
        made = self.awaited.get(key)
        if made is not None and key not in self.known:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await made.wait()
        return self.find(key)

    @contextmanager
    def reading(self, key: Key) -> Iterator[Reading]:
        """Look at what changes while an answer is made; those who ask the same may wait for it."""
        reading = Reading()
        self.readings.add(reading)
        made = None
        if hash(key) in self.kept_before and key not in self.awaited:
            made = self.awaited[key] = asyncio.Event()
        try:
            yield reading
        finally:
            self.readings.discard(reading)
            if made is not None:
                del self.awaited[key]
                made.set()

    def keep(
        self, key: Key, content: bytes, operation: Any, cost: int, departments: Collection[str]
    ) -> None:
        """Keep an answer that is current."""
        if len(content) > LARGEST_ANSWER:
            return
        if key in self.known:
            self._forget(key)
        if len(self.kept_before) >= REMEMBERED:
            self.kept_before.clear()
        self.kept_before.add(hash(key))
        taken = OVERHEAD_BYTES + DEPARTMENT_BYTES * len(departments)
        size, until = len(key[-1]) + len(content) + taken, self.now() + self.seconds
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
