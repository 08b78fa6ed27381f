"""Own kinds of interactions are made, renamed, and get more keys of details."""

from collections.abc import Sequence

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.profile.interactions import storage
from services.profile.interactions.domain.kinds import (
    InteractionKindItem,
    InteractionKinds,
    upsert_kinds,
)
from services.profile.interactions.known_kinds import KnownKinds


class InteractionKindMaker:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, kinds: KnownKinds, clock: Clock) -> None:
        self.database = database
        self.kinds = kinds
        self.clock = clock

    async def list(self) -> InteractionKinds:
        """All kinds."""
        with reaching("interactions"):
            return await self.kinds.read()

    async def upsert(
        self, who: Viewer, tree: Tree, items: Sequence[InteractionKindItem]
    ) -> Sequence[ItemOutcome]:
        """What became of each kind; an entry of the audit log for each that is new or changed."""
        with reaching("interactions"):
            async with self.database.write.begin() as session:
                await storage.lock_kinds(session)
                upserted = upsert_kinds(await self.kinds.read(), items)
                await storage.put_kinds(session, upserted.changed)
                actor = actor_of(who, Action.MAKE_FACT_KINDS, tree, tree.root_id)
                deed = Deed.INTERACTION_KIND_CHANGED
                entries = [
                    AuditEntry(self.clock(), actor, deed, (), (kind.key,))
                    for kind in upserted.changed
                ]
                await write_entries(session, entries)
        return upserted.outcomes
