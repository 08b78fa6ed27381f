"""How slow a client may be that sends or takes a file: what stands still or trickles gives its place to others."""

import asyncio
from collections.abc import Awaitable
from math import inf
from typing import Final, TypeVar

STILL_SECONDS: Final = 30.0
GRACE_SECONDS: Final = 30.0
LEAST_BYTES_A_SECOND: Final = 16 * 1024  # once the grace is over

ResultT = TypeVar("ResultT")


class TooSlow(Exception):
    """The client does not keep up; the message says what was asked of it."""


class Pace:
    """One file on its way. Only the time counts in which the client is waited for; for `longest`, all of it."""

    def __init__(self, longest: float = inf) -> None:
        self.loop = asyncio.get_running_loop()
        self.longest = longest
        self.deadline = self.loop.time() + longest
        self.waited = 0.0
        self.bytes = 0

    async def keep(self, waiting: Awaitable[ResultT]) -> ResultT:
        """What the client does, while it is quick enough; raises TooSlow."""
        begun = self.loop.time()
        earned = GRACE_SECONDS + self.bytes / LEAST_BYTES_A_SECOND - self.waited
        limits = {
            f"nothing moved for {STILL_SECONDS:.0f} seconds": STILL_SECONDS,
            f"it was slower than {LEAST_BYTES_A_SECOND // 1024} KiB a second": earned,
            f"it took more than {self.longest / 60:.0f} minutes": self.deadline - begun,
        }
        why = min(limits, key=lambda limit: limits[limit])
        try:
            async with asyncio.timeout(limits[why]):
                return await waiting
        except TimeoutError as error:
            raise TooSlow(why) from error
        finally:
            self.waited += self.loop.time() - begun
