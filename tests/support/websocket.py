"""The gateway's real server on a port of its own, and clients of its WebSockets."""

import asyncio
import json
import socket as listening
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from gateway.config import Settings
from gateway.main import create_server
from gateway.request.gateway import Gateway

SUBPROTOCOL = Subprotocol("graphql-transport-ws")
SCORE_CHANGED = """subscription ($department: String!, $metrics: [String!]) {
  scoreChanged(department: $department, metrics: $metrics) { department metrics at } }"""


@dataclass
class Socket:
    """A client that speaks the subprotocol by hand, good and bad."""

    connection: ClientConnection
    events: list[dict[str, Any]] = field(default_factory=list)
    """That came before the answer to a ping."""

    async def send(self, **message: Any) -> None:
        await self.connection.send(json.dumps(message))

    async def receive(self) -> dict[str, Any]:
        return self.events.pop(0) if self.events else await self._next()

    async def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(await self.connection.recv())
        return message

    async def initialise(self, authorization: str | None = None) -> None:
        payload = {"Authorization": authorization} if authorization else {}
        await self.send(type="connection_init", payload=payload)
        assert await self.receive() == {"type": "connection_ack"}

    async def subscribe(self, key: str, query: str, **variables: Any) -> None:
        payload = {"query": query, "variables": variables}
        await self.send(type="subscribe", id=key, payload=payload)

    async def watch(self, key: str, department: str, metrics: list[str] | None = None) -> None:
        """Subscribe to scores, and return when no change is missed any more."""
        await self.subscribe(key, SCORE_CHANGED, department=department, metrics=metrics)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the server has done all that was sent before; events that come meanwhile are kept."""
        await self.send(type="ping")
        while (message := await self._next()) != {"type": "pong"}:
            assert message["type"] == "next", message
            self.events.append(message)

    async def change(self) -> Any:
        """The next scoreChanged event."""
        message = await self.receive()
        assert message["type"] == "next", message
        return message["payload"]["data"]["scoreChanged"]

    async def closed(self) -> tuple[int, str]:
        """Code and reason once the server has closed; what it says before is skipped."""
        async with asyncio.timeout(10):
            await self.connection.wait_closed()
        return self.connection.close_code or 0, self.connection.close_reason or ""


@asynccontextmanager
async def serving(gateway: Gateway, settings: Settings) -> AsyncIterator[str]:
    """The address of the gateway's WebSockets while it serves on a free port."""
    server = create_server(gateway, settings)
    with listening.create_server(("127.0.0.1", 0)) as door:
        task = asyncio.create_task(server.serve([door]))
        yield f"ws://127.0.0.1:{door.getsockname()[1]}/graphql"
        server.should_exit = True
        await task


@asynccontextmanager
async def socket(url: str, subprotocol: str = SUBPROTOCOL, **headers: str) -> AsyncIterator[Socket]:
    """A WebSocket, not initialised yet."""
    async with connect(
        url, subprotocols=[Subprotocol(subprotocol)], additional_headers=headers, proxy=None
    ) as connection:
        yield Socket(connection)
