"""Sending the mails that wait: each at most once from when the server takes it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.invitations import storage
from services.employee_exp.invitations.composing import compose
from services.employee_exp.invitations.domain import InvitationMailing, new_token, next_attempt
from services.employee_exp.sealing.seal import Unopened
from services.employee_exp.waves.domain.snapshot import Addressee
from services.employee_exp.waves.domain.wave import Wave, WaveState
from services.employee_exp.waves.storage import count_sent, find_waves
from services.kit.db.database import Database
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Failure, Invalid
from services.kit.mail.mail import AddressRefused, Mail, MailFate, TryLater
from services.kit.mail.message import MailMessage

AT_ONCE: Final = 4
BATCH: Final = 100

FindAddressee = Callable[[AsyncSession, str], Awaitable[Addressee | None]]
"""Where an employee (our id) gets mails; None: nowhere."""

log = structlog.get_logger()


class NotWaiting(Failure):
    """Somebody else took the mail, or nobody shall get it any more."""


class MailSender:
    """One replica at a time sends: see the runner. Logs name a wave, never a person."""

    def __init__(
        self,
        database: Database,
        directory: DirectoryCopy,
        mail: Mail,
        find_addressee: FindAddressee,
        link_key: bytes,
        public_address: str,
    ) -> None:
        self.database = database
        self.directory = directory
        self.mail = mail
        self.find_addressee = find_addressee
        self.link_key = link_key
        self.public_address = public_address.rstrip("/")

    async def send_due(self) -> int:
        """Send what is due, some at a time; how many were looked at: 0 where nothing waits."""
        async with self.database.write.begin() as session:
            due = await storage.find_due(session, self.directory.now(), BATCH)
        turns = asyncio.Semaphore(AT_ONCE)

        async def send(mailing: InvitationMailing) -> None:
            async with turns:
                await self._send(mailing)

        for failure in await asyncio.gather(*map(send, due), return_exceptions=True):
            if failure is not None:
                raise failure
        return len(due)

    async def _send(self, mailing: InvitationMailing) -> None:
        message = await self._message(mailing)
        if message is None:
            await self._drop(mailing)
            return

        async def before_data() -> None:
            async with self.database.write.begin() as session:
                if not await storage.take_mailing(session, mailing):
                    raise NotWaiting("this mail waits no more")
                if mailing.round == 0:
                    await count_sent(session, mailing.wave_id)

        try:
            fate = await self.mail.send(message, before_data)
        except NotWaiting:
            return
        except TryLater as error:
            await self._postpone(mailing, error)
        except (AddressRefused, Invalid) as error:
            await self._drop(mailing)
            log.warning("mail refused", wave=mailing.wave_id, reason=error.reason)
        else:
            if fate is not MailFate.TAKEN:
                log.warning("mail perhaps lost", wave=mailing.wave_id, fate=fate.name)

    async def _message(self, mailing: InvitationMailing) -> MailMessage | None:
        """None where nobody shall get it any more: spent, erased, closed, or without an address."""
        if mailing.is_spent or not mailing.employee_id:
            return None
        async with self.database.write.begin() as session:
            waves = await find_waves(session, [UUID(mailing.wave_id)])
            try:
                to = await self.find_addressee(session, mailing.employee_id)
            except Unopened:
                log.warning("details not opened", wave=mailing.wave_id)
                return None
        if to is None or not waves or not self._is_answered(waves[0]):
            return None
        token = new_token(self.link_key, mailing.wave_id, mailing.employee_id)
        link = f"{self.public_address}/w/{token}"
        zone = self.directory.tree.zone
        return compose(waves[0], to, link, zone, is_reminder=mailing.round > 0)

    def _is_answered(self, wave: Wave) -> bool:
        closes_at = wave.draft.closes_at
        return wave.state is WaveState.OPEN and (
            closes_at is None or self.directory.now() < closes_at
        )

    async def _drop(self, mailing: InvitationMailing) -> None:
        async with self.database.write.begin() as session:
            await storage.take_mailing(session, mailing)

    async def _postpone(self, mailing: InvitationMailing, error: TryLater) -> None:
        attempts = mailing.attempts + 1
        due_at = next_attempt(attempts, self.directory.now())
        if due_at is None:
            await self._drop(mailing)
            log.warning("mail given up", wave=mailing.wave_id, error=str(error))
            return
        async with self.database.write.begin() as session:
            await storage.postpone_mailing(session, mailing, attempts, due_at)
        if attempts == 1:
            log.info("mail postponed", wave=mailing.wave_id, error=str(error))
