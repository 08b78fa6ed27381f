"""What a customer says of a purpose: its limits, and by what a statement is known."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from hashlib import sha256
from typing import Final

from services.kit.errors import Invalid
from services.kit.letters import plain, without_controls
from services.profile.customers.domain.identifiers import Identifier
from services.profile.facts.domain import check_at, mark

MOST_STATEMENTS: Final = 1_000
LONGEST_PURPOSE: Final = 40
LONGEST_CHANNEL: Final = 50
LONGEST_WORDING: Final = 4_000
LONGEST_GIVEN_FOR: Final = 100
LONGEST_SOURCE: Final = 100
LONGEST_ID: Final = 200
PURPOSE: Final = re.compile(rf"[A-Z0-9_]{{1,{LONGEST_PURPOSE}}}")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class ConsentStatus(IntEnum):
    """What was said."""

    GIVEN = 1
    REFUSED = 2
    WITHDRAWN = 3


class ConsentProof(IntEnum):
    """How it can be proved."""

    FORM = 1
    CALL = 2
    DOUBLE_OPT_IN = 3


@dataclass(frozen=True, slots=True, repr=False)
class ConsentItem:
    """A statement as it was sent; `customer`: an identifier, or the number of an alias. Personal data."""

    customer: Identifier | int
    purpose: str
    status: ConsentStatus
    at: datetime
    channel: str = ""
    wording: str = ""
    given_for: str = ""
    proof: ConsentProof | None = None
    until: datetime | None = None
    source: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class CheckedConsent:
    """A statement in which all is well. `wording` is empty where only its `digest` was sent, or nothing."""

    purpose: str
    status: ConsentStatus
    at: datetime
    channel: str
    wording: str
    digest: bytes | None
    given_for: str
    proof: ConsentProof | None
    until: datetime | None
    source: str
    mark: int
    """With alias, purpose and time it names the statement: the same again is stored once."""


def check_consent(item: ConsentItem, now: datetime) -> CheckedConsent:
    """The statement as it is kept; Invalid with the path of what is wrong."""
    if not PURPOSE.fullmatch(item.purpose):
        message = f"a purpose has 1 to {LONGEST_PURPOSE} signs of A-Z 0-9 _, like MARKETING"
        raise Invalid(message, reason="PURPOSE", field=["purpose"])
    _check_days(item, now)
    wording, digest = _wording(item)
    checked = CheckedConsent(
        item.purpose,
        item.status,
        item.at,
        _line(item.channel, LONGEST_CHANNEL, "channel"),
        wording,
        digest,
        _line(item.given_for, LONGEST_GIVEN_FOR, "given_for"),
        item.proof,
        item.until,
        _line(item.source, LONGEST_SOURCE, "source"),
        _mark(item, digest),
    )
    _line(item.id, LONGEST_ID, "id")
    return checked


def _check_days(item: ConsentItem, now: datetime) -> None:
    check_at(item.at, now)
    if item.until is None:
        return
    if item.status is not ConsentStatus.GIVEN:
        message = "only consent that is given ends on a day: leave it out"
        raise Invalid(message, reason="DAYS", field=["until"])
    if item.until <= item.at:
        message = "consent ends after it was given"
        raise Invalid(message, reason="DAYS", field=["until"])


def _wording(item: ConsentItem) -> tuple[str, bytes | None]:
    """The words and their hash; words alone by their hash stay empty."""
    sent = plain(without_controls(item.wording))
    if not sent:
        if item.status is ConsentStatus.GIVEN:
            raise no_wording("consent is given to words: say what the customer read or heard")
        return "", None
    if DIGEST.fullmatch(sent):
        return "", bytes.fromhex(sent)
    if len(sent) > LONGEST_WORDING or "\0" in sent:
        message = f"a wording has at most {LONGEST_WORDING:,} characters"
        raise Invalid(message, reason="TOO_LONG", field=["wording"])
    return sent, sha256(sent.encode()).digest()


def no_wording(message: str) -> Invalid:
    """Nobody knows what was consented to."""
    return Invalid(message, reason="NO_WORDING", field=["wording"])


def _line(sent: str, longest: int, field: str) -> str:
    said = plain(sent)
    if len(said) > longest or not said.isprintable():
        message = f"this is one line of at most {longest} characters"
        raise Invalid(message, reason="TOO_LONG", field=[field])
    return said


def _mark(item: ConsentItem, digest: bytes | None) -> int:
    """Of the source's id, else of all that is said."""
    if item.id:
        return mark(item.source, item.id)
    until = item.until.timestamp() if item.until else None
    wording = digest.hex() if digest else ""
    content = (item.status, item.channel, wording, item.given_for, item.proof, until)
    return mark("", json.dumps(content))
