"""How slow a client may be that sends or takes a file: what stands still or trickles gives its place to others."""

import asyncio
from collections.abc import Awaitable
from math import inf
from typing import Final, TypeVar

from gateway.calls.file_limits import FileLimits

GRACE_SECONDS: Final = 30.0
"""So long a client is waited for before its rate counts."""

ResultT = TypeVar("ResultT")


class TooSlow(Exception):
    """The client does not keep up; the message says what was asked of it."""


class Pace:
    """One file on its way. Only the time counts in which the client is waited for; for `longest`, all of it."""

    def __init__(self, limits: FileLimits, longest: float = inf) -> None:
        self.limits = limits
        self.loop = asyncio.get_running_loop()
        self.longest = longest
        self.deadline = self.loop.time() + longest
        self.waited = 0.0
        self.bytes = 0

    async def keep(self, waiting: Awaitable[ResultT]) -> ResultT:
        """What the client does, while it is quick enough; raises TooSlow."""
        begun = self.loop.time()
        still, least = self.limits.still_seconds, self.limits.least_bytes_a_second
        earned = GRACE_SECONDS + self.bytes / least - self.waited
        limits = {
            f"nothing moved for {still:.0f} seconds": still,
            f"it was slower than {least / 1024:.3g} KiB a second": earned,
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
