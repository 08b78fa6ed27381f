"""Rows for rules that are missing or stale: processes that know of no such rows have stored persons."""

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import TROUBLE_OF_SESSIONS, Database, reaching
from services.kit.errors import Failure
from services.kit.sealing.seal import Unopened
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.storage import lock_customers
from services.profile.segments import storage
from services.profile.summaries.storage import find_stale, keep_summaries

AT_ONCE: Final = 1_000
AGAIN_SECONDS: Final = 30.0
LOOK_SECONDS: Final = 3_600.0
LATER: Final[tuple[type[Exception], ...]] = (Failure, *TROUBLE_OF_SESSIONS)

log = structlog.get_logger()


class SummaryFiller:
    """Several replicas may fill: each step is a transaction, and may be repeated."""

    def __init__(self, database: Database, sealed: SealedNames) -> None:
        self.database = database
        self.sealed = sealed

    async def run(self) -> None:
        """Look every hour: a process of the version before, which keeps no rows, may go on for a while."""
        while True:
            is_done = await self._tried()
            await asyncio.sleep(LOOK_SECONDS if is_done else AGAIN_SECONDS)

    async def fill(self) -> int:
        """Make all rows that are missing or stale and remove those of nobody; how many there were."""
        filled, after = 0, 0
        while True:
            persons, made = await self._step(after)
            filled += made
            if not persons:
                return filled
            after = persons[-1]

    async def _tried(self) -> bool:
        try:
            filled = await self.fill()
        except LATER as error:
            log.warning("summaries of customers are filled later", error=type(error).__name__)
            return False
        if filled:
            log.info("summaries of customers filled", persons=filled)
        return True

    async def _step(self, after: int) -> tuple[list[int], int]:
        """The next persons, and of how many the row was made; writers wait only where there is something to do."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                persons = await storage.find_persons(session, AT_ONCE, after)
                wordless = {each[0] for each in await storage.find_wordless(session, persons)}
                if not wordless and not await find_stale(session, persons):
                    return persons, 0
                await lock_customers(session)
                worded = await self._fill_words(session, persons)
                made = worded | await find_stale(session, persons)
                await keep_summaries(session, made)
                return persons, len(made)

    async def _fill_words(self, session: AsyncSession, persons: Sequence[int]) -> set[int]:
        """Give attributes that were stored without it the hash by which rules look for them; whose they are."""
        filled, unopened = set(), 0
        for person, alias, key, content in await storage.find_wordless(session, persons):
            try:
                word = self.sealed.word(self.sealed.open_attribute(alias, key, content))
            except Unopened:
                unopened += 1
                continue
            await storage.put_word(session, alias, key, word)
            filled.add(person)
        if unopened:
            log.error("attributes cannot be opened: no rule finds them", attributes=unopened)
        return filled
