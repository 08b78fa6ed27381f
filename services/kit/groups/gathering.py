"""Who was served together comes again about together: the next group waits for them, so that it is a large one."""

import asyncio
from collections.abc import Sized

LEAST_SECONDS = 0.005
"""A call may be quicker than callers come again."""


class Gathering:
    """How long a group waits for those who were in the last one, or had come meanwhile.

    As long as that one took at most, 5 ms where it took less, and no longer than `most_seconds`; 0: not at all. One
    caller alone never waits. Where they do not come again, as respondents who answer once, the longest wait is
    halved each time, down to 5 ms, and doubled each time that they come.
    """

    def __init__(self, most_seconds: float) -> None:
        self.most_seconds = most_seconds
        self.longest = most_seconds
        self.wanted = 0
        self.all_came: asyncio.Future[None] | None = None

    def came(self, waiting: Sized) -> None:
        """Somebody has joined those who wait."""
        if self.all_came is not None and len(waiting) >= self.wanted:
            _end(self.all_came)

    async def wait(self, waiting: Sized, served: int, took: float) -> None:
        """Until as many wait as were served in the last group, which took so many seconds, and had come meanwhile."""
        self.wanted = served + len(waiting)
        if not self.most_seconds or self.wanted == 1:
            return
        loop = asyncio.get_running_loop()
        self.all_came = loop.create_future()
        seconds = min(max(took, LEAST_SECONDS), self.longest)
        ending = loop.call_later(seconds, _end, self.all_came)
        try:
            await self.all_came
        finally:
            ending.cancel()
            self.all_came = None
        if len(waiting) >= self.wanted:
            self.longest = min(self.longest * 2, self.most_seconds)
        else:
            self.longest = max(self.longest / 2, min(LEAST_SECONDS, self.most_seconds))


def _end(waiting: "asyncio.Future[None]") -> None:
    if not waiting.done():
        waiting.set_result(None)
