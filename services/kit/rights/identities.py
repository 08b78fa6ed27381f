"""Whom an identity provider vouches for: its tokens' claims, checked.

Sources: OpenID Connect Core 1.0, 3.1.3.7 and 5.1; OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6.
"""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from services.kit.errors import Unauthenticated
from services.kit.rights.tokens import (
    LEEWAY_SECONDS,
    LONGEST_LIFE_SECONDS,
    LONGEST_TOKEN,
    MALFORMED,
    decode,
    unverified_parts,
)

LONGEST_LOGOUT_SECONDS = 300
LAST_SECOND = 10**11  # in the year 5138; milliseconds are no seconds
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_TYPES = ("logout+jwt", "jwt", "")


@dataclass(frozen=True, slots=True)
class UserClaims:
    """What an identity provider says of who signs in; None: nothing. The e-mail address is verified."""

    name: str | None = None
    email: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom an identity provider vouches for, and until when (seconds since 1970)."""

    subject: str  # the provider's own, unchanged
    expires_at: int
    user: UserClaims = UserClaims()
    provider_session: str = ""  # sid


@dataclass(frozen=True, slots=True)
class Logout:
    """Whose sessions an identity provider has ended, and when; empty: not named, but one of the two is."""

    subject: str
    provider_session: str
    at: float  # seconds since 1970


@dataclass(frozen=True, slots=True)
class Unverified:
    """What a token says of itself, to find the key to verify it with; not to be trusted."""

    issuer: str
    kid: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What the tokens of a provider must say. `keys` is its JWK set."""

    issuer: str
    audience: str
    algorithms: Collection[str]
    keys: Mapping[str, Any]


def peek(token: str) -> Unverified:
    """What an unverified token says of itself; Unauthenticated for what is no token."""
    try:
        if len(token) > LONGEST_TOKEN:
            raise ValueError(token[:10])
        header, payload = unverified_parts(token)
        return Unverified(str(payload.get("iss", "")), str(header.get("kid", "")))
    except (*MALFORMED, AttributeError) as error:
        raise Unauthenticated("the token is not one of ours", reason="TOKEN_INVALID") from error


def read_identity(token: str, expected: Expected, now: float) -> Identity:
    """Whom a token of an identity provider names; Unauthenticated if any claim does not hold.

    `now` in seconds since 1970. Checked: signature by one of the algorithms, iss, aud (one or a list), exp, iat, nbf
    with 60 s leeway, that it lives for at most 24 h, and that it is not made to end sessions.
    """
    header, claims = _read(token, expected)
    if "events" in claims or str(header.get("typ", "")).lower() == LOGOUT_TYPES[0]:
        raise _invalid("the token is of another kind")
    return _identity(claims, now)


def read_id_token(token: str, expected: Expected, nonce: str, now: float) -> Identity:
    """As read_identity, of the token of a sign-in with this nonce; its audience is the client."""
    _, claims = _read(token, expected)
    identity = _identity(claims, now)
    given = claims.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise _invalid("the token is of another sign-in")
    is_shared = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if is_shared else expected.audience) != expected.audience:
        raise _invalid("the token was made for another client")
    return identity


def read_logout_token(token: str, expected: Expected, now: float) -> Logout:
    """Whose sessions have ended; Unauthenticated if any claim does not hold, or one stands there that must not."""
    header, claims = _read(token, expected)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise _invalid("the token ends no session")
    if "nonce" in claims or str(header.get("typ", "")).lower() not in LOGOUT_TYPES:
        raise _invalid("the token is of another kind")
    subject, sid, issued = claims.get("sub", ""), claims.get("sid", ""), _seconds(claims, "iat")
    if not isinstance(claims.get("jti"), str):
        raise _invalid("the token has no jti")
    if not isinstance(subject, str) or not isinstance(sid, str) or not (subject or sid):
        raise _invalid("the token names nobody")
    if not now - LONGEST_LOGOUT_SECONDS <= issued <= now + LEEWAY_SECONDS:
        raise _invalid("the token is not of now")
    if "exp" in claims and _seconds(claims, "exp") <= now - LEEWAY_SECONDS:
        raise Unauthenticated("the token has expired", reason="TOKEN_EXPIRED")
    return Logout(subject, sid, issued)


def _read(token: str, expected: Expected) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims of a token that the provider signed for this audience."""
    header, claims = decode(token, expected.keys, expected.algorithms)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != expected.issuer or expected.audience not in audiences:
        raise _invalid("the token is meant for somebody else")
    return header, claims


def _identity(claims: Mapping[str, Any], now: float) -> Identity:
    subject, issued, expires = claims.get("sub"), _seconds(claims, "iat"), _seconds(claims, "exp")
    begins = _seconds(claims, "nbf") if "nbf" in claims else issued
    if not isinstance(subject, str) or not subject or not subject.isprintable():
        raise _invalid("the token names nobody")
    if expires - issued > LONGEST_LIFE_SECONDS:
        raise _invalid("the token lives for longer than 24 hours")
    if max(begins, issued) > now + LEEWAY_SECONDS:
        raise _invalid("the token does not hold yet")
    if expires <= now - LEEWAY_SECONDS:
        raise Unauthenticated("the token has expired", reason="TOKEN_EXPIRED")
    sid = claims.get("sid")
    return Identity(
        subject, int(expires), _user_claims(claims), sid if isinstance(sid, str) else ""
    )


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    """A claim that is an instant. What is compared with NaN is neither too early nor too late."""
    value = claims.get(name)
    if not isinstance(value, int | float) or not 0 <= value < LAST_SECOND:
        raise _invalid(f"the token has no {name} that is a time")
    return float(value)


def _user_claims(claims: Mapping[str, Any]) -> UserClaims:
    """An address that is not verified is nobody's."""

    def text(name: str) -> str | None:
        value = claims.get(name)
        return value if isinstance(value, str) and value else None

    is_verified = claims.get("email_verified") is True
    return UserClaims(text("name"), text("email") if is_verified else None, text("locale"))


def _invalid(message: str) -> Unauthenticated:
    return Unauthenticated(message, reason="TOKEN_INVALID")
