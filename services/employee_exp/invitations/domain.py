"""Links: each lets one employee answer a wave once. And when a mail is tried again."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
"""Before a mail that could not be handed over is tried again; after the last one it is given up."""


@dataclass(frozen=True, slots=True)
class InvitationMailing:
    """A mail that waits; round 0 invites, the others remind. `attempts`: how often it could not be handed over."""

    invitation_id: UUID
    round: int
    wave_id: str
    attempts: int
    employee_id: str
    """Empty: erased, or the wave was closed."""
    is_spent: bool
    address_hash: bytes | None = field(repr=False)
    """Of the only address this goes to; None: it goes nowhere."""


def new_token(link_key: bytes, wave_id: str, employee_id: str) -> str:
    """The token of an employee's link to a wave, 256 bits: the same each time, so that a reminder has the same link.

    Nobody can guess it without the key, which is not in the database.
    """
    about = UUID(wave_id).bytes + UUID(employee_id).bytes
    digest = hmac.digest(link_key, about, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def link_hash(token: str) -> bytes:
    """What an invitation is kept and found by; of 256 bits a plain hash gives nothing away."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def address_hash(link_key: bytes, wave_id: str, employee_id: str, email: str) -> bytes:
    """What the address of an invitation is known by; of nobody else's and in no other wave the same."""
    about = b"address" + UUID(wave_id).bytes + UUID(employee_id).bytes
    return hmac.digest(link_key, about + email.encode(), "sha256")


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When a mail is tried again that could not be handed over so often, this time included; None: it is given up."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None
