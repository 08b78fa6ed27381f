"""The organisation's identity provider: its keys, found by OpenID Connect discovery, and the tokens it signs.

Source: OpenID Connect Discovery 1.0, section 4; RFC 7517 for key sets.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
import structlog

from services.kit.errors import Invalid, Unavailable
from services.kit.rights.identities import (
    Expected,
    Identity,
    Logout,
    peek,
    read_id_token,
    read_identity,
    read_logout_token,
)
from services.kit.rights.tokens import ASYMMETRIC

KEYS_SECONDS = 3600.0
REFETCH_SECONDS = 30.0
"""Least time between two looks for a key that is not known: strangers can name any."""
FETCH_SECONDS = 5.0
LARGEST_DOCUMENT = 256 * 1024
CACHED_TOKENS = 10_000
ENDPOINTS = {
    "jwks_uri",
    "authorization_endpoint",
    "token_endpoint",
    "end_session_endpoint",
}
LOOPBACK = ("127.0.0.1", "::1", "localhost")

log = structlog.get_logger()


class IdentityProvider:
    """Reads tokens of one issuer; its keys are fetched when they are needed, and again when they change."""

    def __init__(
        self,
        issuer: str,
        audience: str,
        algorithms: Collection[str],
        *,
        http: httpx.AsyncClient | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Invalid for an address without TLS (but on this machine), or an algorithm with a shared secret."""
        check_address(issuer)
        if wrong := set(algorithms) - ASYMMETRIC:
            allowed = ", ".join(sorted(ASYMMETRIC))
            raise Invalid(f"{', '.join(sorted(wrong))} cannot be taken: name some of {allowed}")
        self.issuer = issuer
        self.audience = audience
        self.algorithms = tuple(algorithms)
        self.http = http or httpx.AsyncClient(timeout=FETCH_SECONDS, follow_redirects=False)
        self.now = now
        self.keys: Mapping[str, Any] = {"keys": []}
        self.document: Mapping[str, Any] = {}
        self.fetched_at = -KEYS_SECONDS
        self.tried_at = -REFETCH_SECONDS
        self.fetching = asyncio.Lock()
        self.known: dict[str, Identity] = {}

    async def read(self, token: str) -> Identity:
        """Whom a token names; Unauthenticated if it does not hold, Unavailable while no keys can be had."""
        if (remembered := self.remembered(token)) is not None:
            return remembered
        expected = await self._expected(token, self.audience)
        identity = read_identity(token, expected, self.now())
        if len(self.known) >= CACHED_TOKENS:
            self.known.clear()
        self.known[token] = identity
        return identity

    def remembered(self, token: str) -> Identity | None:
        """Whom a token names that was read before and still holds."""
        identity = self.known.get(token)
        return identity if identity is not None and identity.expires_at > self.now() else None

    async def read_id_token(self, token: str, client: str, nonce: str) -> Identity:
        """Who has signed in at this client, by the token of a sign-in with this nonce; raises as read does."""
        return read_id_token(token, await self._expected(token, client), nonce, self.now())

    async def read_logout_token(self, token: str, client: str) -> Logout:
        """Whose sessions have ended; raises as read does."""
        return read_logout_token(token, await self._expected(token, client), self.now())

    async def discovered(self) -> Mapping[str, Any]:
        """What the provider says of itself; Unavailable while it cannot be asked."""
        if not self.document:
            await self._ensure_keys("")
        if not self.document:
            raise _away()
        return self.document

    async def close(self) -> None:
        await self.http.aclose()

    async def _expected(self, token: str, audience: str) -> Expected:
        kid = peek(token).kid
        await self._ensure_keys(kid)
        if not self._has(kid) and self.tried_at > self.fetched_at:
            raise _away()  # its key may be a new one
        return Expected(self.issuer, audience, self.algorithms, self.keys)

    async def _ensure_keys(self, kid: str) -> None:
        """Have keys that are not old, and look again for one that is not among them, but not at every call."""
        if self._is_fresh(kid) or not self._may_try():
            return
        async with self.fetching:
            if self._is_fresh(kid) or not self._may_try():
                return
            self.tried_at = self.now()
            try:
                keys = await self._fetch_keys()
            except (httpx.HTTPError, Invalid, ValueError, KeyError, TypeError) as error:
                log.warning("keys of the identity provider not read", error=type(error).__name__)
            else:
                self.keys, self.fetched_at = keys, self.now()
                self.known.clear()  # a key that was taken back verifies nothing any more

    def _is_fresh(self, kid: str) -> bool:
        return self._has(kid) and self.now() - self.fetched_at < KEYS_SECONDS

    def _has(self, kid: str) -> bool:
        return any(str(key.get("kid", "")) == kid for key in self.keys["keys"])

    def _may_try(self) -> bool:
        return self.now() - self.tried_at >= REFETCH_SECONDS

    async def _fetch_keys(self) -> Mapping[str, Any]:
        found = await self.fetch(
            "GET", self.issuer.rstrip("/") + "/.well-known/openid-configuration"
        )
        if found["issuer"] != self.issuer:
            raise ValueError("the document is of another issuer")
        for name in ENDPOINTS & found.keys():
            check_address(str(found[name]))
        self.document = found
        keys = (await self.fetch("GET", found["jwks_uri"]))["keys"]
        described = [key for key in keys if isinstance(key, dict) and "kid" in key]
        return {"keys": [key for key in described if key.get("use", "sig") == "sig"]}

    async def fetch(self, method: str, url: str, **more: Any) -> Any:
        """JSON of a bounded length, in bounded time; HTTPError, or ValueError where it is none."""
        try:
            async with (
                asyncio.timeout(FETCH_SECONDS),  # httpx counts each piece anew
                self.http.stream(method, url, **more) as reply,
            ):
                reply.raise_for_status()
                body = bytearray()
                async for piece in reply.aiter_bytes():
                    body += piece
                    if len(body) > LARGEST_DOCUMENT:
                        raise ValueError("the document is too large")
        except TimeoutError as error:
            raise httpx.ReadTimeout("the answer took too long") from error
        except httpx.InvalidURL as error:
            raise ValueError("the address is none") from error
        return orjson.loads(body)


def _away() -> Unavailable:
    return Unavailable("the identity provider cannot be asked now: try again")


def check_address(url: str) -> None:
    """Invalid for an address without TLS, but on this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise Invalid(f"{url} must begin with https://")
