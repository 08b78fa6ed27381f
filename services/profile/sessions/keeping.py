"""Starting, using and ending sessions."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock, new_id
from services.kit.db.database import Database, reaching
from services.kit.errors import Conflict
from services.kit.rights.access import Grant
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries
from services.profile.sessions import storage
from services.profile.sessions.domain import (
    EndedSession,
    Lifetime,
    Session,
    Use,
    former,
    has_ended,
    hash_of,
    holds,
    is_replaced,
    use,
)

log = structlog.get_logger()


class SessionKeeper:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, lifetime: Lifetime, clock: Clock) -> None:
        self.database = database
        self.lifetime = lifetime
        self.clock = clock

    async def start(
        self,
        secret: bytes,
        subject: str,
        sign_in: str,
        *,
        provider_session: str = "",
        grants: tuple[Grant, ...] | None = None,
    ) -> Session:
        """A session of somebody who has just signed in; Conflict if this sign-in has made one before."""
        now = self.clock()
        started = Session(
            id=new_id(),
            subject=subject,
            grants=grants,
            provider_session=provider_session,
            sign_in=sign_in,
            hash=hash_of(secret),
            previous_hash=None,
            started_at=now,
            replaced_at=now,
            confirmed_at=None,
            seen_at=now,
            ends_at=now + self.lifetime.longest,
        )
        with reaching("sessions"):
            async with self.database.write.begin() as session:
                displaced = await storage.make_room(session, subject, now, self.lifetime)
                if not await storage.add_session(session, started):
                    raise Conflict(
                        "this sign-in was used before: start again", reason="SIGN_IN_USED"
                    )
                deed = Deed.SIGNED_IN if grants is None else Deed.SIGNED_IN_BY_LINK
                await _write_audit(session, now, Deed.SESSION_DISPLACED, displaced)
                await _write_audit(session, now, deed, [started])
        return started

    async def use(self, secret: bytes, next_secret: bytes) -> tuple[Session, bool]:
        """Whose a secret is, and whether the next one has replaced it; Unauthenticated where it opens nothing."""
        used = hash_of(secret)
        next_hash = hash_of(next_secret) if next_secret else None
        with reaching("sessions"):
            async with self.database.write.begin() as session:
                found = await storage.lock_session(session, used)
                if found is None or not holds(found, self.clock(), self.lifetime):
                    raise has_ended()
                outcome, after = use(found, used, next_hash, self.clock())
                if after != found:
                    await storage.put_session(session, after)
                if outcome is Use.STOLEN:
                    await _write_audit(session, self.clock(), Deed.SESSION_STOLEN, [after])
                if outcome is Use.REPLACED and (hashes := former(found, after)):
                    await storage.add_former(session, found.id, hashes)
        if outcome is Use.STOLEN:
            log.warning("session ended: an old secret came back", session=found.id)
            raise has_ended()
        return after, outcome is Use.REPLACED

    async def find_open(self, ids: Collection[UUID]) -> list[str]:
        """Ids of those that have not ended."""
        with reaching("sessions"):
            async with self.database.write() as session:
                return await storage.find_open(session, ids, self.clock(), self.lifetime)

    async def end(self, secret: bytes) -> str:
        """End the session of a secret; its id, empty where there is none."""
        now, used = self.clock(), hash_of(secret)
        with reaching("sessions"):
            async with self.database.write.begin() as session:
                found = await storage.lock_session(session, used)
                if found is not None and found.ended_at is None:
                    await storage.put_session(session, replace(found, ended_at=now))
                    is_stolen = is_replaced(found, used)
                    deed = Deed.SESSION_STOLEN if is_stolen else Deed.SIGNED_OUT
                    await _write_audit(session, now, deed, [found])
        return "" if found is None else found.id

    async def end_all(self, subject: str, provider_session: str, before: datetime) -> list[str]:
        """End sessions that the identity provider has ended; their ids."""
        now = self.clock()
        with reaching("sessions"):
            async with self.database.write.begin() as session:
                ended = await storage.end_sessions(session, subject, provider_session, before, now)
                await _write_audit(session, now, Deed.SESSION_ENDED_BY_PROVIDER, ended)
        return [one.id for one in ended]


async def _write_audit(
    session: AsyncSession, now: datetime, deed: Deed, sessions: Sequence[Session | EndedSession]
) -> None:
    """An entry for each, under the name of whose it is."""
    entries = [AuditEntry(now, Actor(one.subject), deed, (one.id,)) for one in sessions]
    await write_entries(session, entries)
