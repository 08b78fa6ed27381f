"""Who was served together comes again about together: the next group waits for them, so that it is a large one."""

import asyncio
from collections.abc import Sized


class Gathering:
    """How long a group waits for those who were in the last one, or had come meanwhile.

    As long as that one took at most, and no longer than `most_seconds`: what a response waits for others is then no
    more than what it waits for its own group. One caller alone never waits.
    """

    def __init__(self, most_seconds: float) -> None:
        self.most_seconds = most_seconds
        self.wanted = 0
        self.all_came: asyncio.Future[None] | None = None

    def came(self, waiting: Sized) -> None:
        """Somebody has joined those who wait."""
        if self.all_came is not None and len(waiting) >= self.wanted:
            _end(self.all_came)

    async def wait(self, waiting: Sized, served: int, took: float) -> None:
        """Until as many wait as were served in the last group, which took so many seconds, and had come meanwhile."""
        self.wanted = served + len(waiting)
        if served == 0 or self.wanted == 1:
            return
        loop = asyncio.get_running_loop()
        self.all_came = loop.create_future()
        ending = loop.call_later(min(took, self.most_seconds), _end, self.all_came)
        try:
            await self.all_came
        finally:
            ending.cancel()
            self.all_came = None


def _end(waiting: "asyncio.Future[None]") -> None:
    if not waiting.done():
        waiting.set_result(None)
