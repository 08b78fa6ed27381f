"""What is the same for every viewer and hardly ever changes, cached by the process.

A version of a metric never changes once scores were shown with it, and the organisation's time zone is
fixed once data exist; both are read in the name of whoever asks first (loaders of graph/directory and graph/scores).
"""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cxm.metrics.v1.definitions_pb2 import Definition

TIME_ZONE_SECONDS = 60.0


class AnswerCache:
    """Metric definitions by key and version, and the organisation's time zone."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self.definitions: dict[tuple[str, int], Definition] = {}
        self.zone: ZoneInfo | None = None
        self.zone_until = 0.0

    def keep_definitions(self, definitions: Iterable[Definition]) -> None:
        """Remember definitions for good."""
        for definition in definitions:
            self.definitions[definition.key, definition.version] = definition

    def keep_time_zone(self, name: str) -> ZoneInfo:
        """Remember the time zone for a minute."""
        self.zone = ZoneInfo(name)
        self.zone_until = time.monotonic() + TIME_ZONE_SECONDS
        return self.zone

    def time_zone(self) -> ZoneInfo | None:
        """The time zone; None when it must be asked for."""
        return self.zone if time.monotonic() < self.zone_until else None
