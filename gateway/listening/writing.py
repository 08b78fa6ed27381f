"""How answers are written: head and body in one call of the system, where the head says how long the body is."""

import asyncio
from typing import Any, Final

LENGTH: Final = b"\r\ncontent-length: "
CONTINUE: Final = b"HTTP/1.1 100 "
MOST_COPIED: Final = 64 * 1024
"""Of a body: what is larger is written by itself."""


class JoinedWrites:
    """The transport of one answer. Its head waits for the first piece of the body, unless the body is in chunks."""

    __slots__ = ("_has_begun", "_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._has_begun = False
        self._head: bytes | None = None

    def write(self, data: bytes) -> None:
        """Write what comes next of the answer."""
        if self._head is not None:
            if len(data) > MOST_COPIED:
                self._flush()
            else:
                data, self._head = self._head + data, None
        elif not self._has_begun and not data.startswith(CONTINUE):
            self._has_begun = True
            if LENGTH in data:
                self._head = data
                return
        self._transport.write(data)

    def close(self) -> None:
        """End the connection, once all is written."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._head is not None:
            head, self._head = self._head, None
            self._transport.write(head)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
