"""What a customer bought."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.db.database import Database, reaching
from services.profile.customers.reading import read_customer
from services.profile.customers.storage import read_steadily
from services.profile.purchases import storage
from services.profile.purchases.domain import PurchaseKey
from services.profile.purchases.storage import ListedPurchase, PurchaseSums


@dataclass(frozen=True, slots=True)
class PurchasePage:
    """Purchases of one customer, the newest first, and sums over all it has."""

    purchases: Sequence[ListedPurchase]
    more: bool
    sums: PurchaseSums


class PurchaseReader:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def page(self, number: int, first: int, after: PurchaseKey | None) -> PurchasePage:
        """Of the person of an alias, after a place; NotFound where there is none."""
        with reaching("purchases"):
            async with self.database.write.begin() as session:
                await read_steadily(session)
                customer = await read_customer(session, number, "number")
                numbers = [alias.number for alias in customer.aliases]
                found = await storage.list_purchases(session, numbers, first + 1, after)
                sums = await storage.sum_purchases(session, numbers)
        return PurchasePage(found[:first], len(found) > first, sums)
