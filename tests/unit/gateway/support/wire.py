"""The gateway's real server on a socket, and clients that send bytes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from gateway.main import create_server
from tests.unit.gateway.support.running import Platform

SECONDS = 5.0


@dataclass
class Client:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def status(self) -> int:
        """Of the next answer; 0 where the connection ends without one. Its body is read too."""
        status, _, _ = await self.answer()
        return status

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the next answer."""
        try:
            async with asyncio.timeout(SECONDS):
                head = await self.reader.readuntil(b"\r\n\r\n")
                first, *lines = head.decode().split("\r\n")[:-2]
                headers = {
                    name.lower(): value for name, value in (line.split(": ", 1) for line in lines)
                }
                body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        except (asyncio.IncompleteReadError, ConnectionError):
            return 0, {}, b""
        return int(first.split()[1]), headers, body

    async def has_ended(self) -> bool:
        """Wait for the end of the connection, whatever comes before."""
        try:
            async with asyncio.timeout(SECONDS):
                await self.reader.read()
        except ConnectionError:
            pass
        return True


@dataclass
class Wire:
    """A listening gateway."""

    platform: Platform
    port: int

    async def connect(self) -> Client:
        return Client(*await asyncio.open_connection("127.0.0.1", self.port))

    async def ask(self, data: bytes) -> int:
        """The status of what is answered to these bytes, on a connection of its own."""
        client = await self.connect()
        with suppress(ConnectionError):
            await client.send(data)
        status = await client.status()
        client.writer.close()
        return status

    def request(
        self,
        query: str = "{ __typename }",
        *headers: str,
        token: bool = False,
        variables: dict[str, Any] | None = None,
    ) -> bytes:
        """The bytes of a GraphQL request."""
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        lines = [
            "POST /graphql HTTP/1.1",
            "host: cxm",
            "content-type: application/json",
            f"content-length: {len(body)}",
            *headers,
        ]
        if token:
            lines.append(f"authorization: {self.platform.bearer()}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def open_wire(platform: Platform, **settings: Any) -> AsyncIterator[Wire]:
    """The gateway of a platform, listening with other settings."""
    changed = platform.settings.model_copy(update={"port": 0, **settings})
    server = create_server(platform.gateway, changed)
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup()
    await server.on_tick(0)
    try:
        yield Wire(platform, server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.force_exit = True
        await server.shutdown()
