"""Turns of those who read responses: whoever asks for much waits, and answers go on being taken in."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

from services.kit.errors import RateLimited

AT_ONCE: Final = 3
"""Fewer than the sessions that all reading of this process shares, so that forms and surveys always find one."""
OF_A_SUBJECT: Final = 2
WAITING: Final = 48
"""Of one subject, those that read included: more than the parts of any page."""


class ReadingTurns:
    """Of one process."""

    def __init__(self) -> None:
        self.all = asyncio.Semaphore(AT_ONCE)
        self.own: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self.asked: Counter[str] = Counter()

    @asynccontextmanager
    async def of(self, subject: str) -> AsyncIterator[None]:
        """A turn for as long as the context lasts, in the order of asking; RateLimited where too many wait for one."""
        if self.asked[subject] >= WAITING:
            raise RateLimited(
                f"{WAITING} lists of responses of yours are asked for: try again when some are read",
                reason="READING_BUSY",
            )
        own = self.own.get(subject)
        if own is None:
            own = self.own[subject] = asyncio.Semaphore(OF_A_SUBJECT)
        self.asked[subject] += 1
        try:
            async with own, self.all:
                yield
        finally:
            self.asked[subject] -= 1
            self.asked += Counter()  # forgets subjects that ask for nothing
