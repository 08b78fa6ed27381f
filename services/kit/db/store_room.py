"""How much room the disk of the store has left, and who is refused when it is short.

PostgreSQL and NATS fail badly on a full disk: they stop, or need a hand. So writing stops before: first for who has no
token, then for everybody.
"""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import structlog

from services.kit.errors import ALMOST_FULL_REASON, Invalid, Unavailable
from services.kit.numbers import metering

LOOK_SECONDS = 5.0

ReadFree = Callable[[], int]
"""Bytes that may still be written."""

log = structlog.get_logger()
_FREE = metering.gauge(
    "cxm.disk.free",
    unit="By",
    meaning="Bytes that others than root may still write on a disk.",
    labels=("disk",),
)
_SIZE = metering.gauge("cxm.disk.size", unit="By", meaning="Bytes of a disk.", labels=("disk",))
_LOW = metering.gauge(
    "cxm.disk.watermark",
    unit="By",
    meaning="With less than this free where the store keeps its data, responses are refused: without a token, or all.",
    labels=("refused",),
)


class Watermarks(NamedTuple):
    """Bytes that must be free for who has no token, and for anybody."""

    strangers: int
    anybody: int


NO_WATERMARKS = Watermarks(0, 0)


class StoreRoom:
    """Looks every five seconds; between, what was seen last holds. Without `read_free` there is always room."""

    def __init__(
        self, read_free: ReadFree | None = None, watermarks: Watermarks = NO_WATERMARKS
    ) -> None:
        self.read_free = read_free
        self.watermarks = watermarks
        self.takes_strangers = True
        self.takes_anybody = True

    def check(self, *, has_token: bool) -> None:
        """Unavailable for who may not write now."""
        if self.takes_strangers:
            return
        if not self.takes_anybody:
            raise Unavailable(
                "the store is almost full and takes nothing now: tell whoever runs this platform, then send it again",
                reason=ALMOST_FULL_REASON,
            )
        if not has_token:
            raise Unavailable(
                "the store is almost full and takes nothing without a token now: send it again later",
                reason=ALMOST_FULL_REASON,
            )

    async def look(self) -> None:
        """Measure, in a thread: a disk may be slow to say. What cannot be measured stays as it was."""
        if self.read_free is None:
            return
        try:
            free = await asyncio.to_thread(self.read_free)
        except OSError as error:
            log.error("the room of the store is not known", error=type(error).__name__)
            return
        _FREE.set(free, "store")
        _LOW.set(self.watermarks.strangers, "without_token")
        _LOW.set(self.watermarks.anybody, "all")
        before = (self.takes_strangers, self.takes_anybody)
        self.takes_anybody = free >= self.watermarks.anybody
        self.takes_strangers = self.takes_anybody and free >= self.watermarks.strangers
        if (self.takes_strangers, self.takes_anybody) != before:
            log.warning(
                "the room of the store has changed",
                free_bytes=free,
                takes_strangers=self.takes_strangers,
                takes_anybody=self.takes_anybody,
            )

    async def follow(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)


def open_store_room(path: Path | None, watermarks: Watermarks) -> StoreRoom:
    """That of the disk a path is on; of no path: there is always room. Invalid if the path cannot be measured."""
    if path is None:
        return StoreRoom()
    try:
        free_bytes(path)
    except OSError as error:
        raise Invalid(f"{path} cannot be measured: {type(error).__name__}") from error
    return StoreRoom(lambda: free_bytes(path), watermarks)


def free_bytes(path: Path) -> int:
    """What others than root may still write on the disk of a path."""
    disk = os.statvfs(path)
    return disk.f_bavail * disk.f_frsize


def show_disk(name: str, path: Path) -> None:
    """Show how large the disk of a path is, and what is free."""
    disk = os.statvfs(path)
    _SIZE.set(disk.f_blocks * disk.f_frsize, name)
    _FREE.set(disk.f_bavail * disk.f_frsize, name)
