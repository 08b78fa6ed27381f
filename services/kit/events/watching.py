"""What has to be looked at to be shown as a number: every ten seconds, and only where somebody is shown numbers."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from nats.errors import Error as NatsError

from services.kit.db.database import TROUBLE_OF_SESSIONS
from services.kit.db.store_room import show_disk
from services.kit.errors import Failure
from services.kit.numbers import metering, showing

LOOK_SECONDS: Final = 10.0
PASSES: Final[tuple[type[Exception], ...]] = (Failure, NatsError, OSError, *TROUBLE_OF_SESSIONS)
"""What is tried again at the next look."""

Look = Callable[[], Awaitable[None]]

log = structlog.get_logger()
_FAILED = metering.gauge(
    "cxm.watch.failed",
    unit="{look}",
    meaning="Looks of the last round that came to nothing: the numbers they show are old.",
)


class Watch:
    """Looks one after another; what fails leaves the numbers as they were."""

    def __init__(self, looks: Iterable[Look]) -> None:
        self.looks = tuple(looks)

    async def run(self) -> None:
        """Look until cancelled; not at all where nobody is shown what is seen."""
        while True:
            if showing.is_on():
                await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        failed = 0
        for look in self.looks:
            try:
                await look()
            except PASSES as error:
                failed += 1
                log.warning("a number is not known", error=type(error).__name__)
        _FAILED.set(failed)


def looks_at_disks(disks: Mapping[str, Path]) -> list[Look]:
    """At the disks a process writes to, by name, and always at that of temporary files."""
    every = {"temporary": Path(tempfile.gettempdir())} | dict(disks)
    return [partial(asyncio.to_thread, show_disk, name, path) for name, path in every.items()]
