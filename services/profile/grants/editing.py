"""Giving rights and taking them away."""

from collections.abc import Collection, Sequence
from uuid import UUID

from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.items import ItemOutcome
from services.kit.rights.tree import Tree
from services.profile.grants import storage
from services.profile.grants.domain import GrantItem, StoredGrant, upsert_grants


class GrantEditor:
    """Writers wait for one another; Unavailable without PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def upsert(self, tree: Tree, items: Sequence[GrantItem]) -> Sequence[ItemOutcome]:
        """Give rights, or change the days they hold."""
        with reaching("grants"):
            async with self.database.write.begin() as session:
                await storage.lock_grants(session)
                known = await storage.find_grants(session, {item.name.subject for item in items})
                upserted = upsert_grants(known, items, tree, new_id)
                await storage.put_grants(session, upserted.changed)
        return upserted.outcomes

    async def revoke(self, ids: Collection[UUID]) -> int:
        """Take rights away; how many of them there were."""
        with reaching("grants"):
            async with self.database.write.begin() as session:
                await storage.lock_grants(session)
                return len(await storage.delete_grants(session, ids))

    async def page(self, subject: str, first: int, after: UUID | None) -> list[StoredGrant]:
        """The first grants after one; of one subject, or of everybody where it is empty."""
        with reaching("grants"):
            async with self.database.write() as session:
                return await storage.list_grants(session, subject, first, after)

    async def count(self, subject: str) -> int:
        """How many grants there are; of one subject, or of everybody where it is empty."""
        with reaching("grants"):
            async with self.database.write() as session:
                return await storage.count_grants(session, subject)

    async def of(self, subject: str) -> list[GrantItem]:
        """All grants of one subject."""
        with reaching("grants"):
            async with self.database.write() as session:
                known = await storage.find_grants(session, [subject])
        return [stored.item for stored in known.values()]
