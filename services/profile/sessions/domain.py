"""Sessions: how long one holds, and what becomes of its secret."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from hashlib import sha256

from services.kit.errors import Invalid, Unauthenticated
from services.kit.rights.access import Grant

SECRET_BYTES = 32
REPLACED_EVERY = timedelta(minutes=15)
OVERLAP = timedelta(seconds=60)
"""How long an old secret holds once the new one was used: calls under way, other tabs."""
SEEN_EVERY = timedelta(seconds=60)
MOST_OF_A_SUBJECT = 50
"""Sessions at a time; the oldest makes room."""
KEPT_AFTER_END = timedelta(hours=1)
"""So that a sign-in makes one session only."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A session ends after so long without a request, and after so long in any case."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it is kept. `grants` are those of the token that made its sign-in link; None: the subject's own."""

    id: str
    subject: str
    grants: tuple[Grant, ...] | None
    provider_session: str
    sign_in: str
    hash: bytes
    previous_hash: bytes | None
    started_at: datetime
    replaced_at: datetime
    confirmed_at: datetime | None  # when the secret was used first
    seen_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EndedSession:
    """A session that was ended, and whose it was."""

    id: str
    subject: str


class Use(Enum):
    """What a request with a secret comes to."""

    HOLDS = auto()
    REPLACED = auto()
    STOLEN = auto()


def hash_of(secret: bytes) -> bytes:
    """What is stored of a secret; Invalid unless it is one."""
    if len(secret) != SECRET_BYTES:
        raise Invalid(f"a secret has {SECRET_BYTES} bytes", reason="INVALID_SECRET")
    return sha256(secret).digest()


def has_ended() -> Unauthenticated:
    """The refusal of a secret that opens nothing, or nothing any more."""
    return Unauthenticated("the session has ended: sign in again", reason="SESSION_ENDED")


def holds(session: Session, now: datetime, lifetime: Lifetime) -> bool:
    """Whether a session has not ended."""
    is_open = session.ended_at is None and now < session.ends_at
    return is_open and now < session.seen_at + lifetime.idle


def use(
    session: Session, used: bytes, next_hash: bytes | None, now: datetime
) -> tuple[Use, Session]:
    """What a request with a secret (by its hash) comes to, and the session after it.

    A secret that was replaced long ago ends it.
    """
    if is_replaced(session, used):
        return Use.STOLEN, replace(session, ended_at=now)
    due_at = session.replaced_at + REPLACED_EVERY
    if used != session.hash:
        if session.confirmed_at is not None:
            if now > session.confirmed_at + OVERLAP:
                return Use.STOLEN, replace(session, ended_at=now)
            return Use.HOLDS, _seen(session, now)
        # The answer with the new secret may have been lost: make another after a while.
        due_at = session.replaced_at + OVERLAP
    elif session.confirmed_at is None:
        session = replace(session, confirmed_at=now)
    session = _seen(session, now)
    if next_hash is None or now < due_at:
        return Use.HOLDS, session
    replaced = replace(
        session, hash=next_hash, previous_hash=used, replaced_at=now, confirmed_at=None
    )
    return Use.REPLACED, replaced


def is_replaced(session: Session, used: bytes) -> bool:
    """Whether a secret of a session is neither its own nor the one before: who has it stole it, or was stolen from."""
    return used not in (session.hash, session.previous_hash)


def former(before: Session, after: Session) -> set[bytes]:
    """Hashes of the secrets that a session does not hold any more."""
    held = (after.hash, after.previous_hash)
    had = (before.hash, before.previous_hash)
    return {hash_ for hash_ in had if hash_ is not None and hash_ not in held}


def _seen(session: Session, now: datetime) -> Session:
    return replace(session, seen_at=now) if now >= session.seen_at + SEEN_EVERY else session
