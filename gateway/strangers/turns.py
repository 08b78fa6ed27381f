"""Turns: of what one subject or address makes the event loop do at length, one piece at a time, others in between."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Turns:
    """A lock for each key that has something to do."""

    def __init__(self) -> None:
        self.locks: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, whose: Hashable) -> AsyncIterator[None]:
        """A turn of its own for what is done in this context; who else is ready had one before."""
        lock = self.locks.get(whose)
        if lock is None:
            lock = self.locks[whose] = asyncio.Lock()
        async with lock:
            await asyncio.sleep(0)
            yield
