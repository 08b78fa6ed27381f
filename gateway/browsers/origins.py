"""Whose pages may open a WebSocket: no browser asks beforehand, as it does before a request of another origin.

Sources: RFC 6455, section 10.2; W3C Fetch Metadata Request Headers.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}


class Origins:
    """The gateway's own host, and origins that are configured.

    `is_secure`: the gateway is reached by TLS, so a page of its host without TLS is somebody else's.
    """

    def __init__(self, allowed: Collection[str], *, is_secure: bool = False) -> None:
        self.allowed = frozenset(origin.lower() for origin in allowed)
        self.schemes = {"https"} if is_secure else DEFAULT_PORTS.keys()

    def admit(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Whether a handshake with these headers is taken; programs send no Origin, and are."""
        given = {name: value.decode("latin-1") for name, value in headers}
        origin = given.get(b"origin")
        return origin is None or self.allow(origin, given.get(b"host", ""))

    def allow(self, origin: str, host: str) -> bool:
        """Whether a page of this origin may call the gateway by this Host header; `null` is nobody."""
        given = origin.lower()
        scheme, separator, place = given.partition("://")
        if given in self.allowed:
            return True
        if not separator or scheme not in self.schemes or not host:
            return False
        port = DEFAULT_PORTS[scheme]
        return place.removesuffix(port) == host.lower().removesuffix(port)


def is_of_other_site(headers: Mapping[str, str]) -> bool:
    """Whether a browser says that a page of another origin has made it ask; an address that was typed is nobody's."""
    return headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


OWN_ORIGIN: Final = Origins(())
"""Of the gateway's own host alone."""
