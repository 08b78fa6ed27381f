"""Looking at what changed: departments in which answers were counted; all on a new day or by another tree."""

import asyncio
import time

import structlog

from services.kit.db.database import TROUBLE_OF_SESSIONS
from services.kit.errors import Unavailable
from services.metrics.alerts.raising import AlertRaising
from services.metrics.alerts.week_store import WeekStore

LEAST_REST_SECONDS = 1.0
RESTS = 40
"""A look is followed by a rest of so many times its length: looking takes a fortieth of a core at most."""
AT_ONCE = 20
"""So many departments are judged before others have their turn."""
PASSING: tuple[type[Exception], ...] = (*TROUBLE_OF_SESSIONS, Unavailable)

log = structlog.get_logger()


class AlertWatcher:
    """Compares what the cube holds with what was looked at; so it hears of what another replica counted, too."""

    def __init__(self, raising: AlertRaising, store: WeekStore) -> None:
        self.raising = raising
        self.store = store
        self.waiting: dict[str, None] = {}

    async def run(self) -> None:
        """Look until cancelled, first at everything."""
        while True:
            began = time.monotonic()
            try:
                await self.look()
            except PASSING as error:
                log.warning("alerts not looked at", error=str(error) or type(error).__name__)
            await asyncio.sleep(max(LEAST_REST_SECONDS, RESTS * (time.monotonic() - began)))

    async def look(self) -> None:
        """Judge what changed since the last look, and what is above it; what fails waits for the next."""
        await self._learn()
        while self.waiting:
            some = list(self.waiting)[:AT_ONCE]
            # Alerts before answers: nothing is ended by answers older than those that raised it.
            past = await self.raising.past(some)
            await self._learn()
            await self.raising.judge(some, past)
            for department in some:
                del self.waiting[department]

    async def _learn(self) -> None:
        """Which departments wait to be judged."""
        tree = self.raising.directory.tree
        for department in await self.store.refresh():
            self.waiting.update(dict.fromkeys(tree.line(department)))
