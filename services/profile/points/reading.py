"""What a person has, and the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.db.database import Database, reaching
from services.profile.customers.reading import read_customer
from services.profile.customers.storage import read_steadily
from services.profile.directory.tree_cache import TreeCache
from services.profile.points import storage
from services.profile.points.domain import PointBalance, balance
from services.profile.points.storage import PointKey, StoredPoints


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """The balance of a person today, and a page of entries, the newest first."""

    balance: PointBalance
    entries: Sequence[StoredPoints]


class PointReader:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, directory: TreeCache) -> None:
        self.database = database
        self.directory = directory

    async def read(self, number: int, first: int, after: PointKey | None) -> ReadPoints:
        """Of the person of an alias; NotFound where there is none."""
        tree = await self.directory.read_tree()
        with reaching("points"):
            async with self.database.write.begin() as session:
                await read_steadily(session)
                customer = await read_customer(session, number, "number")
                persons = {alias.number: customer.number for alias in customer.aliases}
                ledger = (await storage.find_entries(session, persons)).get(customer.number, {})
                entries = await storage.list_points(session, list(persons), first, after)
        return ReadPoints(balance(ledger.values(), tree.today), entries)
