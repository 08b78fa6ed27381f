"""What is the same for every viewer and hardly ever changes, remembered by the process.

A version of a metric never changes once scores were shown with it, and the organisation's time zone is
fixed once data exist; both are read in the name of whoever asks first.
"""

import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cxm.metrics.v1.metrics_pb2 import Definition

TIME_ZONE_SECONDS = 60.0


class Facts:
    """Metric definitions by key and version, and the organisation's time zone."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self.definitions: dict[tuple[str, int], Definition] = {}
        self.zone: ZoneInfo | None = None
        self.zone_until = 0.0

    def learn(self, definitions: Iterable[Definition]) -> None:
        """Remember definitions for good."""
        for definition in definitions:
            self.definitions[definition.key, definition.version] = definition

    async def today(self, read_zone: Callable[[], Awaitable[str]]) -> int:
        """The organisation's local day; its zone is read again once a minute."""
        if self.zone is None or time.monotonic() >= self.zone_until:
            self.zone = ZoneInfo(await read_zone())
            self.zone_until = time.monotonic() + TIME_ZONE_SECONDS
        return (
            self.now().astimezone(self.zone).date() - datetime(1970, 1, 1, tzinfo=UTC).date()
        ).days
