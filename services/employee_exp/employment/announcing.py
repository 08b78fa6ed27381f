"""Employments announced: many in a message, and which messages belong to one file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.employment import convert
from services.employee_exp.employment.domain.employment import Employment
from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.errors import Unavailable
from services.kit.events.outbox import Outbox
from services.kit.events.streams import EMPLOYMENTS_CHANGED

log = structlog.get_logger()


@dataclass(slots=True)
class Whole:
    """What belongs together though it takes several messages or transactions; `parts`: those that are committed."""

    id: str = field(default_factory=new_id)
    parts: int = 0
    is_ended: bool = False

    def number(self, facts: Sequence[convert.EmploymentsChanged], *, of: int = 0) -> None:
        """Make messages the next parts. `of`: how many there will be; 0 until that is known."""
        for number, fact in enumerate(facts, self.parts + 1):
            convert.set_part(fact, self.id, number, of)

    def count(self, session: AsyncSession, parts: int) -> None:
        """Count parts once the session's transaction has committed, and only then: it may be tried again."""

        def committed(_: object) -> None:
            self.parts += parts

        event.listen(session.sync_session, "after_commit", committed, once=True)


class EmploymentAnnouncer:
    """Announces through the outbox: what is announced is stored with the change, or not at all."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self.database = database
        self.outbox = outbox

    async def announce(
        self, session: AsyncSession, employments: Iterable[Employment], whole: Whole | None = None
    ) -> None:
        """Announce employments as they are now; as parts of a whole that `end` ends, else they are one themselves.

        Of a whole once in a transaction.
        """
        facts = list(convert.employments_changed(employments))
        if whole is not None:
            whole.number(facts)
            whole.count(session, len(facts))
        elif len(facts) > 1:
            Whole().number(facts, of=len(facts))
        await self.outbox.announce(session, EMPLOYMENTS_CHANGED, *facts)

    async def end(self, whole: Whole) -> None:
        """Announce that a whole has no more parts, once, if it has any.

        Where PostgreSQL is away nobody is told: who counts waits for more parts for some minutes and no longer.
        """
        if whole.is_ended or not whole.parts:
            return
        last = convert.last_part()
        whole.number([last], of=whole.parts + 1)
        try:
            with reaching("employments"):
                async with self.database.write.begin() as session:
                    await self.outbox.announce(session, EMPLOYMENTS_CHANGED, last)
        except Unavailable as error:
            log.warning("end of a file not announced", error=str(error))
        whole.is_ended = True
