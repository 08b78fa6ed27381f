"""Signed tokens: made by the issuer of a deployment, by the gateway and by services; read here only."""

import base64
import json
import secrets
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from services.kit.errors import Unauthenticated
from services.kit.numbers import metering
from services.kit.rights.access import Grant, Role, Viewer, service_viewer
from services.kit.rights.key_files import created_at, holding_keys, read_jwk

_CREATED = metering.gauge(
    "cxm.token_key.created",
    unit="s",
    meaning="When the key was made with which this process signs, since 1970; by its file where it does not say.",
    labels=("key",),
)
ALGORITHM = "Ed25519"  # RFC 9864
EMBEDDED_ISSUER = "cxm-embedded"
PUBLIC_AUDIENCE = "cxm"
LINK_AUDIENCE = "cxm-link"
"""Of a token in a sign-in link: it is spent for a session, and opens nothing else."""
GATEWAY = "gateway"
CACHED_TOKENS = 10_000
LEEWAY_SECONDS = 60  # clocks of others
LONGEST_LIFE_SECONDS = 24 * 3600
LONGEST_TOKEN = 16 * 1024  # characters
ASYMMETRIC = frozenset(
    {
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES384",
        "ES512",
        "Ed25519",
        "EdDSA",
    }
)
"""What an identity provider may sign with: never with a secret that both sides hold."""


MALFORMED = (JoseError, ValueError, TypeError, RecursionError)
"""What reading a token raises that anybody may have written: JSON too deep, or a `crit` that is no list."""


def new_key(kid: str) -> dict[str, Any]:
    """A private Ed25519 key as a JWK that says when it was made; keep it from other eyes."""
    key = OKPKey.generate_key("Ed25519", parameters={"kid": kid}, private=True)
    return {**key.as_dict(private=True), "iat": int(time.time())}


def public_keys(*private: Mapping[str, Any]) -> dict[str, Any]:
    """The JWK set by which tokens signed with these keys are verified."""
    return {"keys": [OKPKey.import_key(dict(key)).as_dict(private=False) for key in private]}


class Signer:
    """Makes tokens with one private key."""

    def __init__(self, key: Mapping[str, Any]) -> None:
        self.key = OKPKey.import_key(dict(key))
        self.kid = str(key["kid"])

    @classmethod
    def from_file(cls, path: Path) -> "Signer":
        """Invalid if the file holds no such key."""
        with holding_keys(path):
            signer = cls(read_jwk(path))
        _CREATED.set(created_at(path), signer.kid)
        return signer

    def mint(
        self, viewer: Viewer, *, issuer: str, audience: str, seconds: int, is_unique: bool = False
    ) -> str:
        """A token for a viewer, valid from now for so many seconds; `is_unique`: like no other, for using it once."""
        issued_at = int(time.time())
        claims = {
            "iss": issuer,
            "sub": viewer.subject,
            "aud": audience,
            "iat": issued_at,
            "exp": issued_at + seconds,
            "grants": [_grant_claim(grant) for grant in viewer.grants],
        }
        if is_unique:
            claims["jti"] = secrets.token_hex(16)
        header = {"alg": ALGORITHM, "kid": self.kid}
        return jwt.encode(header, claims, self.key, algorithms=[ALGORITHM])


@dataclass(frozen=True, slots=True)
class Verified:
    """What a token said, or whose a session is, and until when (seconds since 1970)."""

    viewer: Viewer
    expires_at: int
    session: str = ""  # its id

    def seconds_left(self) -> float:
        """How long it still holds; 0 from its end on."""
        return max(self.expires_at - time.time(), 0.0)


class Verifier:
    """Reads tokens of known keys for one audience.

    `issuers` names, for each issuer, the key id it signs with; an issuer called service:<name> speaks for
    itself only. Tokens read once are remembered until they expire.
    """

    def __init__(
        self, keys: Mapping[str, Any], *, issuers: Mapping[str, str], audience: str
    ) -> None:
        self.keys = KeySet.import_key_set({"keys": list(keys["keys"])})
        self.issuers = dict(issuers)
        self.audience = audience
        self.known: dict[str, Verified] = {}

    @classmethod
    def of_issuer(cls, path: Path, issuer: str, *, audience: str) -> "Verifier":
        """The verifier of one issuer, by the file that holds its key alone; Invalid if it does not."""
        with holding_keys(path):
            keys = read_jwk(path)
            (key,) = keys["keys"]
            return cls(keys, issuers={issuer: str(key["kid"])}, audience=audience)

    @classmethod
    def internal(cls, path: Path, *, audience: str) -> "Verifier":
        """The verifier of a service: the gateway for people, services for themselves; Invalid if there are no keys."""
        with holding_keys(path):
            keys = read_jwk(path)
            issuers = {str(key["kid"]): str(key["kid"]) for key in keys["keys"]}
            return cls(keys, issuers=issuers, audience=audience)

    def verify(self, token: str) -> Viewer:
        """The viewer of a token; Unauthenticated if it does not hold."""
        return self.read(token).viewer

    def read(self, token: str) -> Verified:
        """What a token says; Unauthenticated if it is expired, forged, or meant for somebody else."""
        verified = self.known.get(token)
        if verified is None:
            verified = self._decode(token)
            if len(self.known) >= CACHED_TOKENS:
                self.known.clear()
            self.known[token] = verified
        if verified.expires_at <= time.time():
            self.known.pop(token, None)
            raise Unauthenticated("the token has expired", reason="TOKEN_EXPIRED")
        return verified

    def _decode(self, token: str) -> Verified:
        try:
            decoded = jwt.decode(token, self.keys, algorithms=[ALGORITHM])
        except (*MALFORMED, KeyError) as error:
            raise Unauthenticated("the token is not one of ours", reason="TOKEN_INVALID") from error
        claims, issuer = decoded.claims, str(decoded.claims.get("iss"))
        if (
            self.issuers.get(issuer) != decoded.header.get("kid")
            or claims.get("aud") != self.audience
        ):
            raise Unauthenticated("the token is meant for somebody else", reason="TOKEN_INVALID")
        try:
            expires, issued = int(claims["exp"]), int(claims["iat"])
            _check_times(issued, int(claims.get("nbf", issued)), expires)
            return Verified(_viewer(issuer, claims), expires)
        except (KeyError, TypeError, ValueError) as error:
            raise Unauthenticated(
                "the token's claims are malformed", reason="TOKEN_INVALID"
            ) from error


def _check_times(issued: int, begins: int, expires: int) -> None:
    """Unauthenticated for a token of the future, or for one that lives for longer than a day."""
    if max(issued, begins) > time.time() + LEEWAY_SECONDS:
        raise Unauthenticated("the token does not hold yet", reason="TOKEN_INVALID")
    if expires - issued > LONGEST_LIFE_SECONDS:
        raise Unauthenticated("the token lives for longer than 24 hours", reason="TOKEN_INVALID")


def _viewer(issuer: str, claims: Mapping[str, Any]) -> Viewer:
    if issuer.startswith("service:"):
        return service_viewer(issuer.removeprefix("service:"))
    grants = tuple(_grant(claim) for claim in claims.get("grants", ()))
    gateway = service_viewer(GATEWAY)
    if issuer == GATEWAY and Viewer(str(claims["sub"]), grants) == gateway:
        return gateway  # in its own name, and nobody's
    if any(grant.role is Role.SERVICE for grant in grants):
        raise ValueError("no person is a service")
    return Viewer(str(claims["sub"]), grants)


def _grant_claim(grant: Grant) -> dict[str, str]:
    claim = {"role": str(grant.role)}
    if grant.department is not None:
        claim["department"] = grant.department
    if grant.from_on is not None:
        claim["from"] = grant.from_on.isoformat()
    if grant.to_on is not None:
        claim["to"] = grant.to_on.isoformat()
    return claim


def _grant(claim: Mapping[str, str]) -> Grant:
    return Grant(
        role=Role(claim["role"]),
        department=claim.get("department"),
        from_on=date.fromisoformat(claim["from"]) if "from" in claim else None,
        to_on=date.fromisoformat(claim["to"]) if "to" in claim else None,
    )


def unverified_parts(token: str) -> tuple[Any, Any]:
    """Header and payload of a token as they are written; ValueError for what is no token."""
    header, payload, _ = token.split(".")
    return _part(header), _part(payload)


def _part(text: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def decode(
    token: str, keys: Mapping[str, Any], algorithms: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token that one of these keys (a JWK set) has signed; Unauthenticated otherwise."""
    try:
        key_set = KeySet.import_key_set({"keys": list(keys["keys"])})
        decoded = jwt.decode(token, key_set, algorithms=list(algorithms))
        return dict(decoded.header), dict(decoded.claims)
    except (*MALFORMED, KeyError) as error:
        raise Unauthenticated("the token is not one of ours", reason="TOKEN_INVALID") from error
