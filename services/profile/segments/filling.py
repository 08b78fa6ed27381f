"""Rows for rules of persons who were stored before there were such rows."""

import asyncio
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import TROUBLE_OF_SESSIONS, Database, reaching
from services.kit.errors import Failure
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.storage import lock_customers
from services.profile.segments import storage
from services.profile.summaries.storage import keep_summaries

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
        """Fill what is missing, and look every hour: replicas of the version before may go on for a while."""
        while True:
            is_done = await self._tried()
            await asyncio.sleep(LOOK_SECONDS if is_done else AGAIN_SECONDS)

    async def fill(self) -> int:
        """Make all rows that are missing; how many there were."""
        filled = 0
        while persons := await self._step():
            filled += persons
        return filled

    async def _tried(self) -> bool:
        try:
            filled = await self.fill()
        except LATER as error:
            log.warning("summaries of customers are filled later", error=type(error).__name__)
            return False
        if filled:
            log.info("summaries of customers filled", persons=filled)
        return True

    async def _step(self) -> int:
        with reaching("customers"):
            async with self.database.write.begin() as session:
                persons = await storage.find_unsummed(session, AT_ONCE)
                if persons:
                    await lock_customers(session)
                    await self._fill_words(session, persons)
                    await keep_summaries(session, persons)
                return len(persons)

    async def _fill_words(self, session: AsyncSession, persons: list[int]) -> None:
        """Attributes that were stored without the hash by which rules look for them."""
        for alias, key, content in await storage.find_wordless(session, persons):
            word = self.sealed.word(self.sealed.open_attribute(alias, key, content))
            await storage.put_word(session, alias, key, word)
