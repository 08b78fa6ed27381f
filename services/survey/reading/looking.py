"""From now back to the beginning, a stretch of days at a time: the newest come first, and no page takes long."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.survey.reading.domain import ReadingPlace
from services.survey.reading.storage import ReadRow

FIRST_LOOK = timedelta(days=1)
SEARCH_SECONDS = 0.5
LIST_SECONDS = 5.0
"""After so long no further stretch is begun; a page that is not full says how far it came. A list without a search
reads no texts to find its rows: it ends early only where nearly nothing passes its filter, or the disk is slow."""
A_MOMENT = timedelta(microseconds=1)

Fetch = Callable[[tuple[datetime, datetime], int], Awaitable[list[ReadRow]]]
"""The newest rows between two instants, at most so many."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page: its rows, where the next one begins (None: there is none), and how far an unfilled one looked."""

    rows: list[ReadRow]
    next: ReadingPlace | None
    looked_back_to: datetime | None = None


async def look_back(
    fetch: Fetch,
    days: tuple[datetime, datetime],
    after: ReadingPlace | None,
    first: int,
    seconds: float,
) -> ReadPage:
    """The next rows after a place, the newest first. Each look takes twice the days of the one before."""
    since, until = days
    if after is not None:
        until = min(until, after.at if after.id is None else after.at + A_MOMENT)
    rows: list[ReadRow] = []
    width, begun = FIRST_LOOK, time.monotonic()
    while since < until:
        begin = max(since, until - width)
        rows += await fetch((begin, until), first + 1 - len(rows))
        if len(rows) > first:
            return ReadPage(rows[:first], rows[first - 1].place)
        until, width = begin, width * 2
        if time.monotonic() - begun > seconds and since < until:
            return ReadPage(rows, ReadingPlace(until, None), until)
    return ReadPage(rows, None)
