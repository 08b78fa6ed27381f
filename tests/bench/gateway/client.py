"""Requests over connections that stay open, by as little work as it takes: the server is what is measured."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httptools

OK = 200
ANSWER_SECONDS = 60.0


@dataclass
class Load:
    """Requests that are sent in turn, and what became of them."""

    requests: Iterator[bytes]
    """Over all connections; who finds no more is done."""
    seconds: list[float] = field(default_factory=list)
    """Of each request."""
    bodies: list[bytes] | None = None
    """Kept where somebody wants to read them."""


def until(ends_at: float, requests: Sequence[bytes]) -> Iterator[bytes]:
    """These, over and over, until a moment of time.perf_counter()."""
    for request in cycle(requests):
        if time.perf_counter() >= ends_at:
            return
        yield request


class Connection(asyncio.Protocol):
    """One connection: a request as soon as the answer before is here."""

    def __init__(self) -> None:
        self.load = Load(iter(()))
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.body = b""
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.parser = httptools.HttpResponseParser(self)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError("the server closed a connection"))

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        load, body, self.body = self.load, self.body, b""
        load.seconds.append(time.perf_counter() - self.sent_at)
        if self.parser.get_status_code() != OK or b'"errors"' in body:
            self.done.set_exception(AssertionError(body[:1_000].decode()))
            return
        if load.bodies is not None:
            load.bodies.append(body)
        self._send()

    def begin(self, load: Load) -> "asyncio.Future[None]":
        """Send until the load ends."""
        self.load = load
        self.done = asyncio.get_running_loop().create_future()
        self._send()
        return self.done

    def _send(self) -> None:
        request = next(self.load.requests, None)
        if request is None:
            self.done.set_result(None)
            return
        self.sent_at = time.perf_counter()
        self.transport.write(request)


class Client:
    """Connections to one server."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self.token = token

    def requests(self, bodies: Sequence[bytes]) -> list[bytes]:
        """As they are written, headers and body."""
        return [
            b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:%d\r\ncontent-type: application/json\r\n"
            b"accept: application/json\r\nauthorization: Bearer %s\r\ncontent-length: %d\r\n\r\n%s"
            % (self.port, self.token.encode(), len(body), body)
            for body in bodies
        ]

    async def answers(self, bodies: Sequence[bytes]) -> list[bytes]:
        """The answer to each, one after the other."""
        return (await self.send(bodies, 1))[0]

    async def send(
        self, bodies: Sequence[bytes], connections: int
    ) -> tuple[list[bytes], list[float]]:
        """Send each once; the answers, and the seconds that each took."""
        found: list[bytes] = []
        load = Load(iter(self.requests(bodies)), bodies=found)
        await self._run(load, connections)
        return found, load.seconds

    async def load(self, bodies: Sequence[bytes], connections: int, seconds: float) -> list[float]:
        """Ask for so long; the seconds that each request took."""
        load = Load(until(time.perf_counter() + seconds, self.requests(bodies)))
        await self._run(load, connections)
        return load.seconds

    async def _run(self, load: Load, connections: int) -> None:
        loop = asyncio.get_running_loop()
        opened = await asyncio.gather(
            *(
                loop.create_connection(Connection, "127.0.0.1", self.port)
                for _ in range(connections)
            )
        )
        try:
            running = [connection.begin(load) for _, connection in opened]
            async with asyncio.timeout(ANSWER_SECONDS):
                await asyncio.gather(*running)
        finally:
            for transport, _ in opened:
                transport.close()
