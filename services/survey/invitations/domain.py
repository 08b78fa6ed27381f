"""One-time invitations: whom they let in, and what they fix."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from services.survey.attribution.submission import Submission
from services.survey.domain.offers import NOTHING, Offers
from services.survey.domain.refusal import Refusal

TOKEN_BYTES = 24  # 192 random bits
LONGEST_TOKEN = 128
DEFAULT_TERM = timedelta(days=90)
LONGEST_TERM = timedelta(days=731)
MOST_OFFERED = 50  # departments of one invitation, and as many touchpoints


class Fixed(NamedTuple):
    """What an invitation says of the response given to it, by keys; None: left to the respondent."""

    department: str | None = None
    touchpoint: str | None = None
    channel: str | None = None
    segment: str | None = None
    language: str | None = None


class Invitation(NamedTuple):
    """An invitation as it is kept. `spent_by`: the response it was spent by."""

    token_hash: bytes
    survey_id: str
    expires_at: datetime
    customer_ref: bytes | None
    fixed: Fixed
    spent_by: str | None = None
    offers: Offers = NOTHING  # beside those of its survey


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """What a token is kept and found by; of 192 random bits a plain hash gives nothing away."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def with_fixed(sent: Submission, fixed: Fixed) -> Submission:
    """A submission with what its invitation says in place of what was sent."""
    named = {name: value for name, value in fixed._asdict().items() if value is not None}
    if "touchpoint" in named:
        named.setdefault("department", None)  # its owner's; nobody else's is let in
    return sent._replace(**named)


def refuse_invitation(invitation: Invitation, response_id: str, now: datetime) -> Refusal | None:
    """Why an invitation lets a response in no more; None if it does, or let this very response in before."""
    if invitation.spent_by is not None:
        return None if invitation.spent_by == response_id else SPENT
    return EXPIRED if now >= invitation.expires_at else None


UNKNOWN = Refusal(
    ("invitation",), "INVITATION_UNKNOWN", "there is no such invitation to this survey"
)
SPENT = Refusal(
    ("invitation",),
    "INVITATION_SPENT",
    "this invitation was answered already: repeat the same response with its id, or ask for another",
)
EXPIRED = Refusal(("invitation",), "INVITATION_EXPIRED", "this invitation has expired")
