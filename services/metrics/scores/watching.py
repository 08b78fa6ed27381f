"""Announcing what changes scores besides answers and employment: the directory, surveys, metrics, a new day.

Each replica announces what it has learned itself, so that a page hears of it again when the last
one that it may read from has learned it.
"""

import asyncio

import structlog
from nats.errors import Error as NatsError

from services.kit.db.database import TROUBLE_OF_SESSIONS
from services.kit.directory.copy import DirectoryCopy
from services.metrics.scores.affected import Affected, CountedItems, ReadBy
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.score_events import Announcer

LOOK_SECONDS = 0.25
PASSING: tuple[type[Exception], ...] = (*TROUBLE_OF_SESSIONS, NatsError)

log = structlog.get_logger()


class ScoreWatcher:
    """Looks whether scores are read by something else than before, whether anybody reads them here or not.

    The cube keeps the copy of surveys fresh, and the directory copy itself.
    """

    def __init__(self, announcer: Announcer, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.announcer = announcer
        self.directory = directory
        self.reader = reader
        self.surveys_state: tuple[int, ...] = ()
        self.surveys: dict[str, CountedItems] = {}
        self.announced: ReadBy | None = None

    async def run(self) -> None:
        """Announce until cancelled. First that anything may be another: what happened before may not be announced."""
        while True:
            try:
                await self.look()
            except PASSING as error:
                log.warning("scores not watched", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Announce what changed since the last look; what cannot be announced now is announced with the next."""
        await self.reader.definitions.look()
        is_counting = await self.reader.is_counting_staff()
        now, before = self._read(is_counting), self.announced
        for affected in [Affected(None)] if before is None else now.affected_since(before):
            await self.announcer.publish(affected)
        self.announced = now

    def _read(self, is_counting_staff: bool) -> ReadBy:
        surveys, definitions = self.reader.surveys, self.reader.definitions
        if surveys.state != self.surveys_state:
            self.surveys = {
                id_: (layout.in_scorecard, layout.counted)
                for id_, layout in surveys.layouts.items()
            }
            self.surveys_state = surveys.state
        versions = {key: found.version for key, found in definitions.newest.items()}
        return ReadBy(
            self.directory.tree,
            self.reader.today(),
            self.surveys,
            versions,
            self.reader.metrics_of_staff(),
            is_counting_staff,
        )
