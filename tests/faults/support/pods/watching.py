"""Pages that are live: a WebSocket each, a read whenever scores may have changed, and another socket when one ends."""

import asyncio

import httpx
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.faults.support.pods.traffic import Traffic
from tests.support.websocket import socket

RESTARTING = 1012
OPEN_SECONDS = 20.0


class Page:
    """Shows the number of answers of a department. It reads when it hears of a change, and never otherwise.

    `is_deaf`: it reads when its first socket opens and then no more, as a page that misses what it should hear.
    """

    def __init__(self, traffic: Traffic, department: str, *, is_deaf: bool = False) -> None:
        self.traffic = traffic
        self.department = department
        self.is_deaf = is_deaf
        self.shown: int | None = None
        self.heard = 0
        self.heard_first = asyncio.Event()
        self.moved = 0
        """How often a gateway that ended sent it to another."""

    async def live(self) -> None:
        """Be live until cancelled."""
        url = self.traffic.url.replace("http", "ws", 1) + "/graphql"
        async with self.traffic.client() as client:
            while True:
                try:
                    await self._follow(url, client)
                except ConnectionClosed as closed:
                    code = closed.rcvd.code if closed.rcvd else None
                    if code != RESTARTING:
                        self.traffic.fail(f"socket of {self.department} closed with {code}")
                    self.moved += 1
                except (InvalidHandshake, OSError, TimeoutError) as error:
                    self.traffic.fail(f"no socket for {self.department}: {error!r}")
                    await asyncio.sleep(0.5)  # as a page does

    async def _follow(self, url: str, client: httpx.AsyncClient) -> None:
        async with socket(url) as connection:
            async with asyncio.timeout(OPEN_SECONDS):
                await connection.initialise(f"Bearer {self.traffic.token}")
                await connection.watch("1", self.department)
            await self._read(client)
            while True:
                message = await connection.receive()
                if message["type"] != "next":
                    self.traffic.fail(f"subscription to {self.department}: {message}")
                    return
                self.heard += 1
                self.heard_first.set()
                await self._read(client)

    async def _read(self, client: httpx.AsyncClient) -> None:
        if self.is_deaf and self.shown is not None:
            return
        shown = await self.traffic.read_score(client, self.department)
        self.shown = self.shown if shown is None else shown
