"""Keeping what is known of users, while they have a grant."""

from collections.abc import Awaitable, Callable, Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Database, reaching
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.profile.users import storage
from services.profile.users.domain import User, UserItem, claimed, upsert_users

LockGranted = Callable[[AsyncSession, Collection[str]], Awaitable[set[str]]]
"""Those of some subjects who have a grant; nobody gives or takes one before the transaction has ended."""


class UserEditor:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, lock_granted: LockGranted) -> None:
        self.database = database
        self.lock_granted = lock_granted

    async def upsert(
        self, who: Viewer, tree: Tree, items: Sequence[UserItem]
    ) -> Sequence[ItemOutcome]:
        """What an admin says of users."""
        actor = actor_of(who, Action.WRITE_USERS, tree, tree.root_id)
        return await self._upsert(actor, tree, items)

    async def record_own(self, who: Viewer, tree: Tree, item: UserItem) -> None:
        """What the identity provider says of a user who signs in; nothing is kept of who has no grant."""
        await self._upsert(Actor(who.subject), tree, [claimed(item)])

    async def _upsert(
        self, actor: Actor, tree: Tree, items: Sequence[UserItem]
    ) -> Sequence[ItemOutcome]:
        subjects = {item.subject for item in items}
        with reaching("users"):
            async with self.database.write.begin() as session:
                granted = await self.lock_granted(session, subjects)
                known = await storage.find_users(session, subjects)
                upserted = upsert_users(known, granted, items)
                await storage.put_users(session, upserted.changed)
                entries = [
                    AuditEntry(tree.clock(), actor, Deed.USER_CHANGED, (), (user.subject,))
                    for user in upserted.changed
                ]
                await write_entries(session, entries)
        return upserted.outcomes

    async def page(self, first: int, after: str) -> list[User]:
        """The first users after a subject."""
        with reaching("users"):
            async with self.database.write() as session:
                return await storage.list_users(session, first, after)

    async def count(self) -> int:
        """How many users there are."""
        with reaching("users"):
            async with self.database.write() as session:
                return await storage.count_users(session)

    async def find(self, subject: str) -> User | None:
        """What is kept of a subject."""
        with reaching("users"):
            async with self.database.write() as session:
                return (await storage.find_users(session, [subject])).get(subject)
