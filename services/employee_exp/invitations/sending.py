"""Sending the mails that wait: each at most once from when the server takes it."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Collection
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.invitations import storage
from services.employee_exp.invitations.composing import compose
from services.employee_exp.invitations.domain import (
    InvitationMailing,
    address_hash,
    new_token,
    next_attempt,
)
from services.employee_exp.waves.domain.snapshot import Addressee
from services.employee_exp.waves.domain.wave import Wave, WaveState
from services.employee_exp.waves.storage import count_sent, find_waves
from services.kit.db.database import Database
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Failure, Invalid
from services.kit.mail.mail import AddressRefused, Mail, TryLater
from services.kit.mail.message import MailMessage

AT_ONCE: Final = 4
BATCH: Final = 100
TROUBLES: Final = frozenset({"postponed", "given_up", "refused", "declined", "unknown"})
"""What of the fates of mails is worth a line in the log."""

FindAddressees = Callable[[AsyncSession, Collection[str]], Awaitable[dict[str, Addressee]]]
"""Where employees get mails, by our own ids, of those who do."""

log = structlog.get_logger()


class NotWaiting(Failure):
    """Somebody else took the mail, or nobody shall get it any more."""


class MailSender:
    """One replica at a time sends: see the runner.

    Logs say what went wrong, neither with whom nor how often: how many are reminded is how many did not answer.
    """

    def __init__(
        self,
        database: Database,
        directory: DirectoryCopy,
        mail: Mail,
        find_addressees: FindAddressees,
        link_key: bytes,
        public_address: str,
    ) -> None:
        self.database = database
        self.directory = directory
        self.mail = mail
        self.find_addressees = find_addressees
        self.link_key = link_key
        self.public_address = public_address.rstrip("/")

    async def send_due(self) -> int:
        """Send what is due, some at a time; how many were looked at: 0 where nothing waits."""
        due, waves, addressees = await self._find_due()
        turns = asyncio.Semaphore(AT_ONCE)

        async def send(mailing: InvitationMailing) -> str:
            message = self._message(
                mailing, waves[mailing.wave_id], addressees.get(mailing.employee_id)
            )
            async with turns:
                return await self._send(mailing, message)

        ended = await asyncio.gather(*map(send, due), return_exceptions=True)
        if troubles := sorted(TROUBLES.intersection(map(str, ended))):
            log.warning("mails not sent", fates=troubles)
        for failure in ended:
            if isinstance(failure, BaseException):
                raise failure
        return len(due)

    async def _find_due(
        self,
    ) -> tuple[list[InvitationMailing], dict[str, Wave], dict[str, Addressee]]:
        """Mails with their waves, and where employees get mails, by id."""
        async with self.database.write.begin() as session:
            due = await storage.find_due(session, self.directory.now(), BATCH)
            waves = await find_waves(session, {UUID(mailing.wave_id) for mailing in due})
            employees = {mailing.employee_id for mailing in due} - {""}
            addressees = await self.find_addressees(session, employees)
        return due, {wave.id: wave for wave in waves}, addressees

    async def _send(self, mailing: InvitationMailing, message: MailMessage | None) -> str:
        """What became of a mail."""
        if message is None:
            return await self._drop(mailing, "not_needed")

        async def before_data() -> None:
            async with self.database.write.begin() as session:
                if mailing.round == 0:
                    await count_sent(session, mailing.wave_id)  # the wave first, as closing does
                if not await storage.take_mailing(session, mailing):
                    raise NotWaiting("this mail waits no more")

        try:
            fate = await self.mail.send(message, before_data)
        except NotWaiting:
            return "not_needed"
        except TryLater:
            return await self._postpone(mailing)
        except (AddressRefused, Invalid):
            return await self._drop(mailing, "refused")
        return fate.name.lower()

    def _message(
        self, mailing: InvitationMailing, wave: Wave, to: Addressee | None
    ) -> MailMessage | None:
        """None where nobody shall get it any more: spent, erased, closed, or not the address of the opening."""
        if mailing.is_spent or to is None or not self._is_answered(wave):
            return None
        if not self._is_invited(mailing, to.email):
            return None
        token = new_token(self.link_key, mailing.wave_id, mailing.employee_id)
        link = f"{self.public_address}/w/{token}"
        return compose(wave, to, link, self.directory.tree.zone, is_reminder=mailing.round > 0)

    def _is_invited(self, mailing: InvitationMailing, email: str) -> bool:
        """Whoever changes addresses must not get the mails of those who did not answer."""
        known, now = mailing.address_hash, (mailing.wave_id, mailing.employee_id, email)
        return known is not None and hmac.compare_digest(known, address_hash(self.link_key, *now))

    def _is_answered(self, wave: Wave) -> bool:
        closes_at = wave.draft.closes_at
        return wave.state is WaveState.OPEN and (
            closes_at is None or self.directory.now() < closes_at
        )

    async def _drop(self, mailing: InvitationMailing, fate: str) -> str:
        async with self.database.write.begin() as session:
            await storage.take_mailing(session, mailing)
        return fate

    async def _postpone(self, mailing: InvitationMailing) -> str:
        attempts = mailing.attempts + 1
        due_at = next_attempt(attempts, self.directory.now())
        if due_at is None:
            return await self._drop(mailing, "given_up")
        async with self.database.write.begin() as session:
            await storage.postpone_mailing(session, mailing, attempts, due_at)
        return "postponed"
