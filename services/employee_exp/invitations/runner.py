"""What time brings to waves: drafts open, waves close, reminders fall due, spent links are told once a day."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from services.employee_exp.invitations import storage as invitations
from services.employee_exp.invitations.sending import MailSender
from services.employee_exp.waves import storage
from services.employee_exp.waves.closing import WaveCloser
from services.employee_exp.waves.domain.wave import Wave, WaveState, is_missed, spent_shown
from services.employee_exp.waves.opening import WaveOpener
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.db.database import TROUBLE_OF_SESSIONS, Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Failure
from services.kit.rights.audit.entries import Actor

WAVES_LOCK: Final = 0x77617631
MAILS_LOCK: Final = 0x77617632
LOOK_SECONDS: Final = 1.0
ITSELF: Final = Actor("service:employee_exp")
LATER: Final[tuple[type[Exception], ...]] = (Failure, *TROUBLE_OF_SESSIONS)
"""What passes: the same is tried at the next look."""

log = structlog.get_logger()


class WaveRunner:
    """Several replicas may look; one at a time acts."""

    def __init__(
        self,
        database: Database,
        directory: DirectoryCopy,
        opener: WaveOpener,
        closer: WaveCloser,
        sender: MailSender,
    ) -> None:
        self.database = database
        self.directory = directory
        self.opener = opener
        self.closer = closer
        self.sender = sender
        self.refused: dict[str, str] = {}
        """Drafts that could not open, and why: said once in the log."""

    async def run(self) -> None:
        """Look every few seconds, until cancelled."""
        await self._repeat(WAVES_LOCK, self.look)

    async def run_mails(self) -> None:
        """Send mails as they fall due, until cancelled."""
        await self._repeat(MAILS_LOCK, self.send_mails)

    async def look(self) -> None:
        """Do what is due now. What fails is tried at the next look and harms nothing else."""
        now = self.directory.now()
        with reaching("waves"):
            async with self.database.write() as session:
                over = await storage.find_over(session, now)
                drafts = await storage.find_due_drafts(session, now)
        for wave_id in over:
            await self.closer.close_over(wave_id, ITSELF)
        for wave in drafts:
            await self._open(wave)
        with reaching("waves"):
            async with self.database.write() as session:
                opened = await storage.find_in_state(session, WaveState.OPEN)
                not_told = await storage.find_not_told(session, self._today())
        for wave in opened:
            await self._remind(wave)
        for wave in not_told:
            await self._tell_spent(wave)

    async def send_mails(self) -> None:
        """Until nothing is due."""
        with reaching("mails"):
            while await self.sender.send_due():
                pass

    async def _open(self, wave: Wave) -> None:
        try:
            if is_missed(wave, self.directory.now()):
                await self.opener.pass_over(wave.key, ITSELF)
            await self.opener.open(wave.key, ITSELF)
        except Failure as failure:
            if self.refused.get(wave.id) != failure.reason:
                log.warning("wave not opened", wave=wave.id, reason=failure.reason)
            self.refused[wave.id] = failure.reason
        else:
            self.refused.pop(wave.id, None)

    async def _remind(self, wave: Wave) -> None:
        """Of several that fell due while nobody looked one goes out."""
        now, opened_at = self.directory.now(), wave.opened_at
        assert opened_at is not None
        days = (now - opened_at).days
        due = sum(reminder <= days for reminder in wave.draft.reminders)
        if due <= wave.reminded:
            return
        with reaching("waves"):
            async with self.database.write.begin() as session:
                locked = await storage.lock_wave(session, wave.id)
                if locked.state is WaveState.OPEN and locked.reminded < due:
                    await invitations.add_reminders(session, wave.id, due, now)
                    await storage.set_reminded(session, wave.id, due)

    async def _tell_spent(self, wave: Wave) -> None:
        with reaching("waves"):
            async with self.database.write.begin() as session:
                spent = await invitations.count_spent(session, wave.id)
                shown = spent_shown(spent, wave.links_sent)
                await storage.set_spent_shown(session, wave.id, self._today(), shown)

    def _today(self) -> int:
        return self.directory.tree.today_number

    async def _repeat(self, lock: int, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await self._alone(lock, work)
            except LATER as error:
                log.warning("waves are looked at later", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def _alone(self, lock: int, work: Callable[[], Awaitable[None]]) -> None:
        pool = self.database.pool
        connection = await try_lock(pool, lock)
        if connection is None:
            return
        try:
            await work()
        finally:
            await unlock(pool, lock, connection)
