"""A sign-in under way: what the gateway must know when the browser comes back, kept by the browser.

The cookie holds a random seed, the time and where to go afterwards, under a seal. State, nonce and the verifier of
PKCE are made of the seed with the gateway's secret, so that every replica knows them and the browser does not.
"""

import base64
import hmac
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

ATTEMPT_SECONDS: Final = 600
"""From the beginning of a sign-in to its end."""
AFTER_SIGN_IN: Final = "/"
_LOCAL_PATH: Final = re.compile(r"/(?![/\\])[!#-\[\]-~]{0,1000}")
"""On this host: one slash at the beginning, and no character that a browser reads as one."""
_SEED_BYTES: Final = 32
_MAC_BYTES: Final = 32
_TIME_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in."""

    state: str
    nonce: str
    verifier: str
    return_to: str

    @property
    def id(self) -> str:
        """By it profile knows whether this sign-in has made a session."""
        return blake2b(self.state.encode(), digest_size=32).hexdigest()


class Attempts:
    """Begins sign-ins and finds them again."""

    def __init__(self, secret: bytes, now: Callable[[], float] = time.time) -> None:
        self.secret = blake2b(secret, digest_size=32, person=b"cxm sign-in").digest()
        self.now = now

    def begin(self, return_to: str) -> tuple[Attempt, str]:
        """A new sign-in, and the value of its cookie."""
        seed = secrets.token_bytes(_SEED_BYTES)
        body = seed + int(self.now()).to_bytes(_TIME_BYTES) + local_path(return_to).encode()
        sealed = self._mac(b"seal", body) + body
        return self._attempt(body), base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def find(self, cookie: str, state: str) -> Attempt | None:
        """The sign-in of a cookie; None if it is none of ours, too old, or the answer is of another one."""
        try:
            sealed = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
        except ValueError:
            return None
        mac, body = sealed[:_MAC_BYTES], sealed[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(b"seal", body)):
            return None
        begun = int.from_bytes(body[_SEED_BYTES : _SEED_BYTES + _TIME_BYTES])
        attempt = self._attempt(body)
        is_fresh = begun <= self.now() <= begun + ATTEMPT_SECONDS
        is_same = hmac.compare_digest(attempt.state.encode(), state.encode())
        return attempt if is_fresh and is_same else None

    def _attempt(self, body: bytes) -> Attempt:
        seed = body[:_SEED_BYTES]
        state, nonce, verifier = (
            base64.urlsafe_b64encode(self._mac(purpose, seed)).decode().rstrip("=")
            for purpose in (b"state", b"nonce", b"verifier")
        )
        return Attempt(state, nonce, verifier, body[_SEED_BYTES + _TIME_BYTES :].decode())

    def _mac(self, purpose: bytes, message: bytes) -> bytes:
        return blake2b(message, digest_size=_MAC_BYTES, key=self.secret, person=purpose).digest()


def local_path(wanted: str) -> str:
    """Where a browser goes after a sign-in: a path of this host, never another host."""
    return wanted if _LOCAL_PATH.fullmatch(wanted) else AFTER_SIGN_IN
