"""Health and numbers of a process over HTTP, for what cannot ask by gRPC: GET /healthz, /readyz and /metrics.

A listener of its own, answered by the event loop that works: when the loop hangs, so does the answer. One request for
each connection, with limits of size and time that servers of HTTP do not have for the beginning of a request.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Final

from services.kit.errors import Invalid
from services.kit.numbers import showing

UNIX: Final = "unix:"
MOST_CONNECTIONS: Final = 64
MOST_HEAD_BYTES: Final = 8 * 1024
SECONDS: Final = 5.0
NOT_READY: Final = "not ready"
PLAIN: Final = "text/plain; charset=utf-8"

Answer = tuple[HTTPStatus, str, bytes]


class HealthListener:
    """`/healthz`: the process answers. `/readyz`: 200 while calls should come here, else 503. `/metrics`: numbers.

    `waits_for`: why it is not ready, "" where nothing has to be done.
    """

    def __init__(
        self, is_ready: Callable[[], bool], waits_for: Callable[[], str] = lambda: ""
    ) -> None:
        self.is_ready = is_ready
        self.waits_for = waits_for
        self.open = 0

    @asynccontextmanager
    async def listening(self, address: str) -> AsyncIterator[None]:
        """Answer at host:port or unix:/path meanwhile; Invalid if it is no address."""
        server = await self._listen(address)
        try:
            yield
        finally:
            server.close()

    async def _listen(self, address: str) -> asyncio.Server:
        if address.startswith(UNIX):
            path = address.removeprefix(UNIX)
            return await asyncio.start_unix_server(self._answer, path, limit=MOST_HEAD_BYTES)
        host, colon, port = address.rpartition(":")
        if not colon or not port.isdecimal():
            raise Invalid(f"{address!r} is no address: write host:port or unix:/path")
        return await asyncio.start_server(
            self._answer, host.strip("[]"), int(port), limit=MOST_HEAD_BYTES
        )

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.open >= MOST_CONNECTIONS:
            writer.close()
            return
        self.open += 1
        try:
            with suppress(TimeoutError, OSError, asyncio.IncompleteReadError):
                async with asyncio.timeout(SECONDS):
                    writer.write(_packed(*await self._read(reader)))
                    await writer.drain()
        finally:
            self.open -= 1
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, PLAIN, b"too large\n"
        match head.split(b" ", 2):
            case [b"GET", target, _]:
                return await self._find(target.partition(b"?")[0])
            case _:
                return HTTPStatus.METHOD_NOT_ALLOWED, PLAIN, b"send GET\n"

    async def _find(self, path: bytes) -> Answer:
        match path:
            case b"/healthz":
                return HTTPStatus.OK, PLAIN, b"alive\n"
            case b"/readyz" if self.is_ready():
                return HTTPStatus.OK, PLAIN, b"ready\n"
            case b"/readyz":
                why = self.waits_for()
                said = f"{NOT_READY}: {why}\n" if why else f"{NOT_READY}\n"
                return HTTPStatus.SERVICE_UNAVAILABLE, PLAIN, said.encode()
            case b"/metrics":
                return (
                    HTTPStatus.OK,
                    showing.CONTENT_TYPE,
                    await asyncio.to_thread(showing.scrape),
                )
            case _:
                return HTTPStatus.NOT_FOUND, PLAIN, b"there are /healthz, /readyz and /metrics\n"


def _packed(status: HTTPStatus, media_type: str, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: {media_type}\r\n"
        f"content-length: {len(body)}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body
