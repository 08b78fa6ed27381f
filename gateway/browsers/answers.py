"""Answers between two pages: kept by the browser, in one cookie of the survey's path, under a seal.

Nothing of a half answer is stored here. The seal keeps answers to the link they were given at, and anything but our own
writing from being unpacked.
"""

import base64
import hmac
import json
import zlib
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from gateway.browsers.cookies import cookie_of
from gateway.calls.forms import Answers, Place

SECONDS: Final = 2 * 60 * 60
"""From one page to the next."""
LONGEST: Final = 3_800
"""Of a cookie: browsers drop one of more than 4,096 with its name and attributes, and proxies long headers."""
_MAC_BYTES: Final = 16


class Kept(NamedTuple):
    """A response under way: its code, and what is answered so far. `sent`: the survey's title, once it is stored."""

    code: str
    answers: Answers
    sent: str = ""


class AnswerCookies:
    """Makes and reads the cookies. `secret`: the gateway's, so that every replica reads them."""

    def __init__(self, secret: bytes, *, is_secure: bool, now: Callable[[], float]) -> None:
        self.secret = blake2b(secret, digest_size=32, person=b"cxm respondent").digest()
        self.is_secure = is_secure
        self.now = now
        self.name = "__Secure-cxm-answers" if is_secure else "cxm-answers"

    def keep(self, place: Place, kept: Kept) -> str | None:
        """The value of Set-Cookie; None where there is more than a cookie holds."""
        said = [int(self.now()), kept.code, kept.answers, kept.sent]
        body = zlib.compress(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        value = base64.urlsafe_b64encode(self._mac(place, body) + body).decode().rstrip("=")
        if len(value) > LONGEST:
            return None
        return self._cookie(place.survey, value, SECONDS)

    def forget(self, survey: str) -> str:
        """The value of Set-Cookie after which nothing is kept for a survey."""
        return self._cookie(survey, "", 0)

    def find(self, place: Place, cookies: str) -> Kept | None:
        """What is kept for a link; None where nothing is, or it is too old."""
        value = cookie_of(cookies, self.name) or ""
        try:
            sealed = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
        except ValueError:
            return None
        mac, body = sealed[:_MAC_BYTES], sealed[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(place, body)):
            return None
        at, code, answers, sent = json.loads(zlib.decompress(body))
        if not at <= self.now() <= at + SECONDS:
            return None
        return Kept(code, {key: _value(value) for key, value in answers.items()}, sent)

    def _cookie(self, survey: str, value: str, seconds: int) -> str:
        path, secure = f"/r/{quote(survey, safe='')}", "; Secure" if self.is_secure else ""
        return (
            f"{self.name}={value}; Max-Age={seconds}; Path={path}; HttpOnly; SameSite=Lax{secure}"
        )

    def _mac(self, place: Place, body: bytes) -> bytes:
        bound = json.dumps(place).encode() + b"\n" + body
        return blake2b(bound, digest_size=_MAC_BYTES, key=self.secret).digest()


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
