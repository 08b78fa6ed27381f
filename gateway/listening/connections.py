"""How many connections there may be, in all and of one address, and which one goes when there are too many."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from gateway.strangers.addresses import counted_as


class OpenConnection(Protocol):
    """What is counted."""

    has_asked: bool
    """Whether a request came whole ever; a connection that only listens is the first to go."""
    is_idle: bool
    """Whether no request is under way on it, and it is no WebSocket."""

    def drop(self) -> None:
        """End it at once."""


class Connections:
    """The open connections of one listener, WebSockets too.

    A new connection is let in as long as an idle one can go instead: of the same address where that has too many,
    of any address where all are too many. Those go first that have asked for nothing yet, then the longest idle.
    """

    def __init__(self, limit: int, of_one_address: int, *, is_behind_proxies: bool = False) -> None:
        self.limit = limit
        self.of_one_address = of_one_address
        self.is_behind_proxies = is_behind_proxies
        self.count = 0
        self.silent: dict[OpenConnection, None] = {}
        self.idle: dict[OpenConnection, None] = {}
        self.by_address: dict[str, dict[OpenConnection, None]] = {}
        self.requests = Counter[str]()
        """Under way, by the address a proxy told us; WebSockets too."""

    def enter(self, connection: OpenConnection, address: str) -> bool:
        """Count a new connection; False if there is no room for it."""
        key = counted_as(address)
        own = self.by_address.get(key, {})
        if not self.is_behind_proxies and len(own) >= self.of_one_address:
            if not _drop_first(_idle_first(own)):
                return False
        elif self.count >= self.limit and not _drop_first(self.silent or self.idle):
            return False
        self.count += 1
        self.by_address.setdefault(key, {})[connection] = None
        self.silent[connection] = None
        return True

    def leave(self, connection: OpenConnection, address: str) -> None:
        """A connection is gone; nothing if it was not counted, or is gone already."""
        key = counted_as(address)
        own = self.by_address.get(key, {})
        if connection not in own:
            return
        del own[connection]
        if not own:
            del self.by_address[key]
        self.count -= 1
        self.silent.pop(connection, None)
        self.idle.pop(connection, None)

    def begin(self, connection: OpenConnection) -> None:
        """A request came whole: its connection is not idle."""
        self.silent.pop(connection, None)
        self.idle.pop(connection, None)

    def finish(self, connection: OpenConnection) -> None:
        """A request was answered: its connection is the last of the idle ones."""
        self.idle[connection] = None

    def begin_request(self, address: str) -> bool:
        """Count a request that a proxy passed on; False if its address has too many under way."""
        key = counted_as(address)
        if self.requests[key] >= self.of_one_address:
            return False
        self.requests[key] += 1
        return True

    def finish_request(self, address: str) -> None:
        """A request that a proxy passed on is answered."""
        key = counted_as(address)
        self.requests[key] -= 1
        if self.requests[key] <= 0:
            del self.requests[key]


def _drop_first(connections: Iterable[OpenConnection]) -> bool:
    """End the first of these, which leaves; False if there is none."""
    first = next(iter(connections), None)
    if first is not None:
        first.drop()
    return first is not None


def _idle_first(connections: Iterable[OpenConnection]) -> list[OpenConnection]:
    """The idle ones among these, those that never asked first."""
    idle = [connection for connection in connections if connection.is_idle]
    return sorted(idle, key=lambda connection: connection.has_asked)
