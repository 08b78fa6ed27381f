"""Segments made, changed and removed."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.profile.customers import storage as customer_storage
from services.profile.customers.sealed_names import SealedNames
from services.profile.segments import storage
from services.profile.segments.domain.segments import Segment, SegmentDraft, Segments
from services.profile.segments.rules.storage import RuleConditions


async def load_segments(session: AsyncSession) -> Segments:
    """All segments, as the transaction sees them."""
    kinds = await customer_storage.find_kinds(session)
    return Segments(await storage.list_segments(session), kinds)


@dataclass(frozen=True, slots=True)
class SegmentEditor:
    """Unavailable without PostgreSQL."""

    database: Database
    sealed: SealedNames
    clock: Clock

    async def upsert(self, who: Viewer, tree: Tree, draft: SegmentDraft) -> Segment:
        """The segment as it is then. Invalid and Conflict as of Segments.put."""
        with reaching("segments"):
            async with self.database.write.begin() as session:
                await storage.lock_segments(session)
                segments = await load_segments(session)
                changed = segments.put(draft, self.clock())
                if changed is None:
                    return segments.by_key[draft.key]
                for segment in segments:
                    conditions = RuleConditions(self.sealed, segments.kinds, today=0)
                    conditions.condition(segments.rule(segment.key))
                await storage.put_segment(session, changed)
                await self._write(session, who, tree, Deed.SEGMENT_CHANGED, draft.key)
                return changed

    async def remove(self, who: Viewer, tree: Tree, key: str) -> bool:
        """Whether there was one; Conflict (IN_USE) while the rule of another one names it."""
        with reaching("segments"):
            async with self.database.write.begin() as session:
                await storage.lock_segments(session)
                segments = await load_segments(session)
                if key not in segments.by_key:
                    return False
                segments.check_unused(key)
                await storage.remove_segment(session, key)
                await self._write(session, who, tree, Deed.SEGMENT_REMOVED, key)
                return True

    async def _write(
        self, session: AsyncSession, who: Viewer, tree: Tree, deed: Deed, key: str
    ) -> None:
        actor = actor_of(who, Action.WRITE_SEGMENTS, tree, tree.root_id)
        await write_entries(session, [AuditEntry(self.clock(), actor, deed, keys=(key,))])
