"""Invitations: made when a wave opens, ended when it closes."""

import asyncio
import secrets
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.invitations import storage
from services.employee_exp.invitations.domain import link_hash, new_token
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

    def _shuffled(self, wave_id: str, invitees: Sequence[Invitee]) -> list[tuple[Invitee, bytes]]:
        """With the hashes of their links; a second or so for tens of thousands."""
        invited = [
            (invitee, link_hash(new_token(self.link_key, wave_id, invitee.employee_id)))
            for invitee in invitees
        ]
        secrets.SystemRandom().shuffle(invited)
        return invited

    async def settle(self, session: AsyncSession, wave: Wave) -> int:
        """End the invitations of a wave that closes; how many links were spent."""
        spent = await storage.count_spent(session, wave.id)
        await storage.settle_invitations(session, wave.id)
        return spent
