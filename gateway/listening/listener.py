"""A listener of its own beside the server's: who fills the one does not fill the other."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import ServerState

from gateway.listening.connections import Connections
from gateway.listening.protocol import Entrance

CONNECTIONS = 64
KEEP_ALIVE_SECONDS = 5
UNIX = "unix:"


class ServerWithHealth(uvicorn.Server):
    """Answers health at an address of its own, from when requests are taken until the last one is answered.

    `on_end` is called when it begins to stop."""

    def __init__(
        self,
        config: uvicorn.Config,
        health: ASGIApp,
        address: str | None,
        is_asked_to_end: Callable[[], bool],
        on_end: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self.is_asked_to_end = is_asked_to_end
        self.on_end = on_end
        self.health = health
        self.address = address
        self.stack = AsyncExitStack()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.address is not None:
            await self.stack.enter_async_context(listening(self.health, self.address))
        # From here on signals are heard; what came before would be waited for in vain.
        if self.is_asked_to_end():
            self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.on_end()
        await super().shutdown(sockets)
        await self.stack.aclose()


@asynccontextmanager
async def listening(app: ASGIApp, address: str) -> AsyncIterator[None]:
    """Answer HTTP at host:port or unix:/path meanwhile."""
    config = uvicorn.Config(
        app,
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
    config.load()
    connections = Connections(CONNECTIONS, CONNECTIONS)
    state = ServerState()
    open_entrance = partial(
        Entrance,
        config=config,
        server_state=state,
        app_state={},
        open_connections=connections,
    )
    server = await _listen(open_entrance, address)
    try:
        yield
    finally:
        server.close()
        for connection in tuple(state.connections):
            connection.shutdown()


async def _listen(open_entrance: partial[Entrance], address: str) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    if address.startswith(UNIX):
        return await loop.create_unix_server(open_entrance, address.removeprefix(UNIX))
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal():
        raise ValueError(f"{address!r} is no address: write host:port or unix:/path")
    return await loop.create_server(open_entrance, host.strip("[]"), int(port))
