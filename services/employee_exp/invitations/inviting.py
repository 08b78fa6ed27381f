"""Invitations: made when a wave opens, ended when it closes."""

import asyncio
import secrets
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.invitations import storage
from services.employee_exp.invitations.domain import address_hash, link_hash, new_token
from services.employee_exp.invitations.storage import NewInvitation
from services.employee_exp.waves.domain.snapshot import Invitee
from services.employee_exp.waves.domain.wave import Wave
from services.kit.clock import Clock


class Inviter:
    """What opening and closing a wave do to invitations, in their transactions. `link_key` makes links."""

    def __init__(self, link_key: bytes, now: Clock) -> None:
        self.link_key = link_key
        self.now = now

    async def invite(self, session: AsyncSession, wave: Wave, invitees: Sequence[Invitee]) -> None:
        """Invite everybody, in an order that says nothing; mails are due at once."""
        invited = await asyncio.to_thread(self._shuffled, wave.id, invitees)
        await storage.add_invitations(session, wave.id, invited, self.now())

    async def find_asked(
        self, session: AsyncSession, waves: Sequence[Wave], invitees: Sequence[Invitee]
    ) -> list[Wave]:
        """Those of some waves that ask one of these people."""
        ids = (invitee.employee_id for invitee in invitees)
        asked = await storage.find_asked(session, (wave.id for wave in waves), ids)
        return [wave for wave in waves if wave.id in asked]

    def _shuffled(self, wave_id: str, invitees: Sequence[Invitee]) -> list[NewInvitation]:
        """A second or so for tens of thousands."""
        invited = [self._new(wave_id, invitee) for invitee in invitees]
        secrets.SystemRandom().shuffle(invited)
        return invited

    def _new(self, wave_id: str, invitee: Invitee) -> NewInvitation:
        key, employee_id, email = self.link_key, invitee.employee_id, invitee.email
        token = new_token(key, wave_id, employee_id)
        address = address_hash(key, wave_id, employee_id, email) if email else None
        return NewInvitation(invitee, link_hash(token), address)

    async def settle(self, session: AsyncSession, wave: Wave) -> int:
        """End the invitations of a wave that closes; how many links were spent."""
        spent = await storage.count_spent(session, wave.id)
        await storage.settle_invitations(session, wave.id)
        return spent
