"""Browsers that are signed in: the cookie of a session, and what a request must show that is known by it.

A cookie is sent by a browser whoever's page makes the request. So it counts only with a header that a page of another
origin cannot send without asking first (and is not allowed to), and only if the Origin, where one is sent, is allowed.
A file is read without that header: there it counts unless the browser says that a page of another origin leads to it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from gateway.browsers.attempts import ATTEMPT_SECONDS, Attempts
from gateway.browsers.origins import Origins, is_of_other_site
from services.kit.errors import Denied

MARKER: Final = "x-cxm"


@dataclass(slots=True)
class RequestCredentials:
    """What a request says of who sends it: a token, or else the cookie of a session."""

    authorization: str | None
    secret: str | None = None  # the cookie's
    is_marked: bool = False
    may_replace: bool = False  # the answer can carry a new cookie
    cookie: str | None = None  # to be set by the answer


def unmarked() -> Denied:
    """The refusal of a cookie that any page could have made the browser send."""
    return Denied(
        "a request that is known by its cookie needs the header X-CXM: 1, and comes from a page of this address; "
        "other pages and programs send a bearer token",
        reason="MARKER_REQUIRED",
    )


class Browsers:
    """Cookies of the gateway's own address; None: browsers do not sign in here."""

    def __init__(
        self, address: str | None, allowed_origins: Collection[str], attempts: Attempts
    ) -> None:
        self.attempts = attempts
        self.address = address or ""
        self.is_secure = self.address.startswith("https:")
        self.origins = origins_of(address, allowed_origins)
        prefix = "__Host-" if self.is_secure else ""
        self.session_cookie = f"{prefix}cxm" if address else ""
        self.attempt_cookie = f"{prefix}cxm-signin"

    def credentials(
        self, headers: Mapping[str, str], *, reads: bool = False, may_replace: bool = False
    ) -> RequestCredentials:
        """What the headers of a request say. `reads`: it changes nothing."""
        is_shown = not is_of_other_site(headers) if reads else headers.get(MARKER) == "1"
        return self._credentials(headers, is_shown, may_replace)

    def page_credentials(self, headers: Mapping[str, str]) -> RequestCredentials:
        """Of a page that says who is signed in: the way back from the identity provider leads there."""
        return self._credentials(headers, is_shown=True)

    def socket_credentials(self, headers: Mapping[str, str]) -> RequestCredentials:
        """Of a handshake, which cannot carry the marker: a browser always sends its Origin."""
        return self._credentials(headers, "origin" in headers)

    def _credentials(
        self, headers: Mapping[str, str], is_shown: bool, may_replace: bool = False
    ) -> RequestCredentials:
        authorization, cookies = headers.get("authorization"), headers.get("cookie")
        if authorization is not None or cookies is None or not self.session_cookie:
            return RequestCredentials(authorization)
        secret = cookie_of(cookies, self.session_cookie)
        if secret is None:
            return RequestCredentials(None)
        return RequestCredentials(None, secret, is_shown and self.is_own(headers), may_replace)

    def is_own(self, headers: Mapping[str, str]) -> bool:
        """Whether the page that makes a request may; without an Origin it may."""
        origin = headers.get("origin")
        return origin is None or self.origins.allow(origin, headers.get("host", ""))

    def keep(self, secret: str, seconds: int) -> str:
        """Set-Cookie of a session; 0 seconds: forget it."""
        return self._cookie(self.session_cookie, secret, seconds)

    def keep_attempt(self, value: str, seconds: int = ATTEMPT_SECONDS) -> str:
        """Set-Cookie of a sign-in under way; 0 seconds: forget it."""
        return self._cookie(self.attempt_cookie, value, seconds)

    def _cookie(self, name: str, value: str, seconds: int) -> str:
        secure = "; Secure" if self.is_secure else ""
        return f"{name}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax{secure}"


def origins_of(address: str | None, allowed: Collection[str]) -> Origins:
    """Whose pages may speak for a browser: those of the gateway's address, and of origins that are configured."""
    if address is None:
        return Origins(allowed)
    return Origins({*allowed, address}, is_secure=address.startswith("https:"))


def cookie_of(cookies: str, name: str) -> str | None:
    """The value of a cookie in a Cookie header."""
    for pair in cookies.split(";"):
        found, separator, value = pair.strip().partition("=")
        if separator and found == name:
            return value
    return None
