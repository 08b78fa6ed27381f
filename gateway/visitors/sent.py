"""What a page sends of a visitor: read strictly, and whom it is about."""

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import orjson

from gateway.calls.visitors.facts import VisitorFact
from services.kit.errors import Denied, Invalid

MOST_FACTS: Final = 50
LONGEST_TEXT: Final = 500
PAST: Final = timedelta(days=7)
AHEAD: Final = timedelta(minutes=10)
DEVICE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
TEXTS: Final = ("kind", "id", "department", "touchpoint", "channel")


@dataclass(frozen=True, slots=True)
class SignedCustomer:
    """Who a visitor is, as the site's server says; `expires` in seconds since 1970."""

    id: str
    expires: int
    signature: str


@dataclass(frozen=True, slots=True)
class SentFacts:
    """Facts of one visitor. `device`: by which a browser that agreed is known again, "" for none."""

    facts: tuple[VisitorFact, ...]
    device: str
    customer: SignedCustomer | None


def read_sent(body: bytes, now: datetime, *, opts_out: bool) -> SentFacts:
    """The body of a call; Invalid with the path of what is wrong. `opts_out`: the browser sends Sec-GPC."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Invalid("the body is JSON in UTF-8", reason="BODY") from error
    if not isinstance(sent, dict):
        raise Invalid("the body is an object with facts", reason="BODY")
    _check_names(sent, ("facts", "device", "consent", "customer"), ())
    facts = sent.get("facts")
    if not isinstance(facts, list) or not 1 <= len(facts) <= MOST_FACTS:
        message = f"a call has 1 to {MOST_FACTS} facts"
        raise Invalid(message, reason="FACTS", field=["facts"])
    read = tuple(_fact(each, now, ("facts", str(n))) for n, each in enumerate(facts))
    return SentFacts(read, _device(sent, opts_out=opts_out), _customer(sent.get("customer")))


def _device(sent: Mapping[str, Any], *, opts_out: bool) -> str:
    """Kept only with consent, and not where the browser sends Sec-GPC."""
    device = sent.get("device", "")
    if not isinstance(device, str) or (device and not DEVICE.fullmatch(device)):
        message = "a device is 16 to 64 random letters, digits, - and _"
        raise Invalid(message, reason="DEVICE", field=["device"])
    return device if sent.get("consent") is True and not opts_out else ""


def _customer(sent: Any) -> SignedCustomer | None:
    if sent is None:
        return None
    path = ("customer",)
    if not isinstance(sent, dict):
        raise Invalid("a customer has id, expires and signature", reason="CUSTOMER", field=path)
    _check_names(sent, ("id", "expires", "signature"), path)
    id_, expires, signature = (sent.get(name) for name in ("id", "expires", "signature"))
    if not (isinstance(id_, str) and isinstance(signature, str) and type(expires) is int):
        raise Invalid("a customer has id, expires and signature", reason="CUSTOMER", field=path)
    return SignedCustomer(id_, expires, signature)


def _fact(sent: Any, now: datetime, path: tuple[str, ...]) -> VisitorFact:
    if not isinstance(sent, dict):
        raise Invalid("a fact has kind, id and at", reason="FACT", field=path)
    _check_names(sent, (*TEXTS, "at", "details"), path)
    texts = {name: _text(sent.get(name, ""), (*path, name)) for name in TEXTS}
    for name in ("kind", "id", "at"):
        if not sent.get(name):
            raise Invalid(f"a fact has {name}", reason="REQUIRED", field=[*path, name])
    at = _at(_text(sent["at"], (*path, "at")), now, (*path, "at"))
    details = sent.get("details", {})
    if not isinstance(details, dict):
        raise Invalid("details are texts by key", reason="DETAILS", field=[*path, "details"])
    kept = {key: _text(value, (*path, "details", key)) for key, value in details.items()}
    return VisitorFact(at=at, **texts, details=kept)


def _text(sent: Any, path: Sequence[str]) -> str:
    if not isinstance(sent, str) or len(sent) > LONGEST_TEXT or "\0" in sent:
        message = f"this is a text of at most {LONGEST_TEXT} characters"
        raise Invalid(message, reason="TEXT", field=path)
    return sent


def _at(text: str, now: datetime, path: Sequence[str]) -> datetime:
    """What a browser kept for days is lost: strangers do not write into the past."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        message = "a time is written as in RFC 3339, e.g. 2026-11-21T09:30:00Z"
        raise Invalid(message, reason="INVALID_INSTANT", field=path)
    if not now - PAST <= at <= now + AHEAD:
        raise Invalid("it happened within the last 7 days", reason="DAYS", field=path)
    return at


def _check_names(sent: Mapping[str, Any], known: Sequence[str], path: Sequence[str]) -> None:
    for name in sent:
        if name not in known:
            message = f"there is no such field: {', '.join(known)}"
            raise Invalid(message, reason="UNKNOWN_FIELD", field=[*path, name[:40]])


def check_signature(customer: SignedCustomer, secrets: Sequence[bytes], now: datetime) -> None:
    """Denied unless the site's server has signed who it is, and not long ago."""
    said = f"{customer.id}\n{customer.expires}".encode()
    right = [hmac.new(secret, said, sha256).hexdigest().encode() for secret in secrets]
    sent = customer.signature.lower().encode()
    if not any(hmac.compare_digest(sent, each) for each in right):
        message = "the signature is not one of this site: sign id, line feed and expires"
        raise Denied(message, reason="SIGNATURE", field=["customer", "signature"])
    if customer.expires <= now.timestamp():
        message = "what was signed has expired: have it signed again"
        raise Denied(message, reason="EXPIRED", field=["customer", "expires"])
