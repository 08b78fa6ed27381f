"""How often clients use what is to go, so that its operator knows whom to ask before it does."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, Final

from gateway.deprecations.uses import Uses
from services.kit.numbers import metering

CLIENT_HEADERS: Final = ("x-cxm-client", "apollographql-client-name")
"""By which a client says its name, the first one that is sent; over WebSocket in the payload of connection_init too."""
MOST_CLIENTS: Final = 50
"""Names that one process counts; whoever comes later is `other`."""
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
UNNAMED, STRANGER, OTHER = "unnamed", "stranger", "other"
_USED = metering.counter(
    "cxm.graphql.deprecated",
    unit="{operation}",
    meaning="Operations that use a part of the schema that is to go, by the name of their client: its header "
    "x-cxm-client or apollographql-client-name.",
    labels=("part", "client"),
)
_client: ContextVar[str] = ContextVar("client", default="")


def client_of(said: Mapping[str, Any]) -> str:
    """The name that a client says in headers, or in connection_init; empty where it says none."""
    return str(next((said[header] for header in CLIENT_HEADERS if header in said), ""))


def client_is(name: str) -> None:
    """Whose the request or the socket is that the current task answers."""
    _client.set(name)


class DeprecatedUse:
    """Counts, by at most MOST_CLIENTS names."""

    def __init__(self) -> None:
        self.clients: set[str] = set()

    def count(self, uses: Uses, variables: Mapping[str, Any], *, is_known: bool) -> None:
        """An operation that is about to run; is_known: its sender has a token or a session that holds."""
        parts = uses.of(variables)
        if parts:
            client = self._named() if is_known else STRANGER
            for part in parts:
                _USED.add(1, part, client)

    def _named(self) -> str:
        name = _client.get()
        if not name:
            return UNNAMED
        if name not in self.clients:
            if len(self.clients) >= MOST_CLIENTS or not NAME.fullmatch(name):
                return OTHER
            self.clients.add(name)
        return name
