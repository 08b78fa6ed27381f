"""Planning waves: drafts are made, changed and removed; what was opened is not."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.waves import storage
from services.employee_exp.waves.domain.drafts import check_draft, check_kinds
from services.employee_exp.waves.domain.wave import (
    Wave,
    WaveDraft,
    WaveState,
    check_draft_state,
    unknown_wave,
)
from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import NotFound
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree

PUBLIC = (WaveState.OPEN, WaveState.CLOSED, WaveState.RELEASED)
"""Whoever may read scores somewhere sees waves in these states."""


class WaveEditor:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, directory: DirectoryCopy) -> None:
        self.database = database
        self.directory = directory

    async def upsert(self, who: Viewer, key: str, draft: WaveDraft) -> Wave:
        """Store a draft. Invalid, also where a question has another kind than in another wave; NotFound for a
        department; Conflict where the wave was opened, unless nothing would change."""
        with reaching("waves"):
            async with self.database.write() as session:
                known = await storage.find_wave(session, key)
        if known is not None:
            if known.draft == draft:
                return known
            check_draft_state(known)
        await self._check(key, draft)
        with reaching("waves"):
            async with self.database.write.begin() as session:
                return await self._put(session, who, key, draft)

    async def _put(self, session: AsyncSession, who: Viewer, key: str, draft: WaveDraft) -> Wave:
        await storage.lock_waves(session)
        known = await storage.find_wave(session, key)
        check_kinds(draft, await storage.find_others(session, key))
        if known is None:
            wave_id, deed = new_id(), Deed.WAVE_CREATED
            await storage.add_draft(session, wave_id, key, draft)
        else:
            wave_id, deed = known.id, Deed.WAVE_CHANGED
            check_draft_state(await storage.lock_wave(session, wave_id))
            await storage.change_draft(session, wave_id, draft)
        await write_entries(session, [self.entry(who, deed, wave_id, key)])
        return await storage.lock_wave(session, wave_id)

    async def remove(self, who: Viewer, key: str) -> None:
        """Remove a draft; NotFound where there is none, Conflict where it was opened."""
        with reaching("waves"):
            async with self.database.write.begin() as session:
                await storage.lock_waves(session)
                wave = await lock_by_key(session, key)
                check_draft_state(wave)
                await storage.delete_draft(session, wave.id)
                await write_entries(session, [self.entry(who, Deed.WAVE_REMOVED, wave.id, key)])

    async def find(self, who: Viewer, ids: Collection[UUID], keys: Collection[str]) -> list[Wave]:
        """Waves by id or key, as far as the viewer sees them."""
        with reaching("waves"):
            async with self.database.read() as session:
                found = await storage.find_waves(session, ids, keys)
        states = visible_states(who, self.directory.tree)
        return [wave for wave in found if wave.state in states]

    async def page(self, who: Viewer, first: int, after: UUID | None) -> list[Wave]:
        """The latest waves after one, as far as the viewer sees them."""
        states = visible_states(who, self.directory.tree)
        with reaching("waves"):
            async with self.database.read() as session:
                return await storage.list_waves(session, first, after, states)

    async def count(self, who: Viewer) -> int:
        """How many waves the viewer sees."""
        states = visible_states(who, self.directory.tree)
        with reaching("waves"):
            async with self.database.read() as session:
                return await storage.count_waves(session, states)

    async def _check(self, key: str, draft: WaveDraft) -> None:
        check_draft(key, draft, self.directory.now())
        await self.directory.know_departments(draft.departments)
        departments_of(self.directory.tree, draft)

    def entry(self, who: Viewer, deed: Deed, wave_id: str, key: str) -> AuditEntry:
        """What somebody did to a wave, now."""
        tree = self.directory.tree
        actor = actor_of(who, Action.WRITE_WAVES, tree, tree.root_id)
        return AuditEntry(tree.clock(), actor, deed, (wave_id,), (key,))


def departments_of(tree: Tree, draft: WaveDraft) -> list[str]:
    """Ids of the departments that a draft names; NotFound for one that is not there."""
    found = []
    for place, key in enumerate(draft.departments):
        department_id = tree.id_of(key)
        if department_id is None:
            raise NotFound(
                f"there is no department {key}: name one by its key, or record it first",
                reason="UNKNOWN_DEPARTMENT",
                field=["departments", str(place)],
            )
        found.append(department_id)
    return found


def sees_whole(who: Viewer, tree: Tree) -> bool:
    """Whether a viewer sees drafts, plans and counts of links."""
    return may(who, Action.WRITE_WAVES, tree.root_id, tree)


def visible_states(who: Viewer, tree: Tree) -> Sequence[WaveState]:
    return tuple(WaveState) if sees_whole(who, tree) else PUBLIC


async def lock_by_key(session: AsyncSession, key: str) -> Wave:
    """The wave of a key, which nobody else changes until this transaction ends; NotFound where there is none."""
    known = await storage.find_wave(session, key)
    if known is None:
        raise unknown_wave()
    return await storage.lock_wave(session, known.id)
