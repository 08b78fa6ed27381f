"""Giving rights and taking them away."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Role, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.profile.grants import storage
from services.profile.grants.domain import GrantItem, GrantName, StoredGrant, upsert_grants
from services.profile.users.storage import delete_users


class GrantEditor:
    """Writers wait for one another; Unavailable without PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def upsert(
        self, who: Viewer, tree: Tree, items: Sequence[GrantItem]
    ) -> Sequence[ItemOutcome]:
        """Give rights, or change the days they hold."""
        with reaching("grants"):
            async with self.database.write.begin() as session:
                await storage.lock_grants(session)
                known = await storage.find_grants(session, {item.name.subject for item in items})
                upserted = upsert_grants(known, items, tree, new_id)
                await storage.put_grants(session, upserted.changed)
                await _write_audit(session, who, tree, Deed.GRANT_GIVEN, upserted.changed)
        return upserted.outcomes

    async def revoke(self, who: Viewer, tree: Tree, ids: Collection[UUID]) -> int:
        """Take rights away, and what is kept of users who have none left; how many of them there were."""
        with reaching("grants"):
            async with self.database.write.begin() as session:
                await storage.lock_grants(session)
                revoked = await storage.delete_grants(session, ids)
                await _write_audit(session, who, tree, Deed.GRANT_REVOKED, revoked)
                await _forget_users(session, who, tree, revoked)
        return len(revoked)

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

    async def heads(self, today: date) -> list[GrantName]:
        """Who heads a department on a day."""
        with reaching("grants"):
            async with self.database.write() as session:
                return await storage.find_role(session, Role.DEPARTMENT_HEAD, today)

    async def of(self, subject: str) -> list[GrantItem]:
        """All grants of one subject."""
        with reaching("grants"):
            async with self.database.write() as session:
                known = await storage.find_grants(session, [subject])
        return [stored.item for stored in known.values()]


async def _forget_users(
    session: AsyncSession, who: Viewer, tree: Tree, revoked: Sequence[StoredGrant]
) -> None:
    """Remove the users whose last grant was revoked."""
    subjects = {grant.item.name.subject for grant in revoked}
    left = await storage.lock_granted(session, subjects)
    gone = await delete_users(session, subjects - left)
    actor = actor_of(who, Action.WRITE_GRANTS, tree, tree.root_id)
    entries = [AuditEntry(tree.clock(), actor, Deed.USER_REMOVED, (), (name,)) for name in gone]
    await write_entries(session, entries)


async def _write_audit(
    session: AsyncSession, who: Viewer, tree: Tree, deed: Deed, grants: Sequence[StoredGrant]
) -> None:
    """Keys of an entry: whose right it is, the role, and the department's."""
    actor = actor_of(who, Action.WRITE_GRANTS, tree, tree.root_id)
    entries = [AuditEntry(tree.clock(), actor, deed, (grant.id,), _keys(grant)) for grant in grants]
    await write_entries(session, entries)


def _keys(grant: StoredGrant) -> tuple[str, ...]:
    name = grant.item.name
    return (name.subject, name.role, *filter(None, [name.department]))
