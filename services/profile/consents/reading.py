"""What holds of a person, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.profile.consents import storage
from services.profile.consents.domain.verdicts import Membership, Verdict, judge
from services.profile.consents.storage import ConsentKey, StoredConsent
from services.profile.customers.reading import read_customer
from services.profile.customers.storage import read_steadily


@dataclass(frozen=True, slots=True)
class ReadConsents:
    """All verdicts of a person, and a page of statements, the newest first."""

    verdicts: Sequence[Verdict]
    consents: Sequence[StoredConsent]


class ConsentReader:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    async def read(self, number: int, first: int, after: ConsentKey | None) -> ReadConsents:
        """Of the person of an alias; NotFound where there is none."""
        with reaching("consents"):
            async with self.database.write.begin() as session:
                await read_steadily(session)
                customer = await read_customer(session, number, "number")
                aliases = [alias.number for alias in customer.aliases]
                said = await storage.find_said(session, aliases)
                membership = Membership(await storage.find_moves(session, aliases))
                consents = await storage.list_consents(session, aliases, first, after)
        return ReadConsents(judge(said, membership, self.clock()), consents)
