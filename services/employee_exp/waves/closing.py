"""Closing a wave: it takes no answers any more, for good."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.waves import storage
from services.employee_exp.waves.domain.drafts import check_reason
from services.employee_exp.waves.domain.wave import Wave, WaveState, check_closable
from services.employee_exp.waves.editing import lock_by_key
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries

SettleInvitations = Callable[[AsyncSession, Wave], Awaitable[int]]
"""Let the invitations of a wave end, in the transaction that closes it; how many links were spent."""


class WaveCloser:
    """Whoever must do something after a close looks for waves in the state CLOSED: that outlives a crash.

    `closed` is called after each, to look sooner. Unavailable without PostgreSQL.
    """

    def __init__(
        self, database: Database, directory: DirectoryCopy, settle: SettleInvitations
    ) -> None:
        self.database = database
        self.directory = directory
        self.settle = settle
        self.closed: Callable[[], None] = lambda: None

    async def close_early(self, key: str, reason: str, actor: Actor) -> Wave:
        """Close an open wave before its time; one that is closed stays as it is. Invalid, NotFound, Conflict."""
        check_reason(reason)
        with reaching("waves"):
            async with self.database.write.begin() as session:
                wave = await lock_by_key(session, key)
                if wave.state is not WaveState.CLOSED:
                    await self._close(session, wave, reason, actor)
                closed = await storage.lock_wave(session, wave.id)
        self.closed()
        return closed

    async def close_over(self, wave_id: str, actor: Actor) -> None:
        """Close a wave whose time has come, unless somebody did meanwhile."""
        with reaching("waves"):
            async with self.database.write.begin() as session:
                wave = await storage.lock_wave(session, wave_id)
                if wave.state is WaveState.OPEN:
                    await self._close(session, wave, "", actor)
        self.closed()

    async def _close(self, session: AsyncSession, wave: Wave, because: str, actor: Actor) -> None:
        check_closable(wave)
        now = self.directory.now()
        spent = await self.settle(session, wave)
        await storage.set_closed(session, wave.id, now, because, spent)
        entry = AuditEntry(now, actor, Deed.WAVE_CLOSED, (wave.id,), (wave.key,))
        await write_entries(session, [entry])
