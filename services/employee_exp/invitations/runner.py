"""What time brings to waves: drafts open, waves close, reminders fall due, spent links are told once a day."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from services.kit.numbers import metering
from services.kit.rights.audit.entries import Actor

WAVES_LOCK: Final = 0x77617631
MAILS_LOCK: Final = 0x77617632
LOOK_SECONDS: Final = 1.0
OPEN_AGAIN_AFTER: Final = timedelta(minutes=1)
"""A draft that could not open is tried again after so long."""
ITSELF: Final = Actor("service:employee_exp")
LATER: Final[tuple[type[Exception], ...]] = (Failure, *TROUBLE_OF_SESSIONS)
"""What passes: the same is tried at the next look."""

log = structlog.get_logger()
_OVERDUE = metering.gauge(
    "cxm.mails.overdue",
    unit="s",
    meaning="For how long the earliest mail to an employee is due; not how many are: as many have not answered.",
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that could not open: as it stood, why, and when it is tried again."""

    revision: int
    reason: str
    again_at: datetime


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
        self.refused: dict[str, Refused] = {}
        """Drafts that could not open when their time came, by id; each reason is said once in the log."""

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
        for wave in self._to_open(drafts, now):
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

    async def look_at_mails(self) -> None:
        """Show for how long the earliest mail is due."""
        now = self.directory.now()
        async with self.database.write() as session:
            earliest = await invitations.find_earliest_due(session, now)
        _OVERDUE.set((now - earliest).total_seconds() if earliest else 0)

    def _to_open(self, due: Sequence[Wave], now: datetime) -> list[Wave]:
        """Those that were not refused as they stand, or long enough ago. A draft that is not due is forgotten here."""
        refused = {wave.id: self.refused[wave.id] for wave in due if wave.id in self.refused}
        self.refused = refused
        waits = {id_: each.revision for id_, each in refused.items() if now < each.again_at}
        return [wave for wave in due if waits.get(wave.id) != wave.revision]

    async def _open(self, wave: Wave) -> None:
        try:
            if is_missed(wave, self.directory.now()):
                await self.opener.pass_over(wave.key, ITSELF)
            await self.opener.open(wave.key, ITSELF)
        except Failure as failure:
            self._set_aside(wave, failure)
        else:
            self.refused.pop(wave.id, None)

    def _set_aside(self, wave: Wave, failure: Failure) -> None:
        known = self.refused.get(wave.id)
        if known is None or known.reason != failure.reason:
            log.warning("wave not opened", wave=wave.id, reason=failure.reason, why=failure.message)
        again_at = self.directory.now() + OPEN_AGAIN_AFTER
        self.refused[wave.id] = Refused(wave.revision, failure.reason, again_at)

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
