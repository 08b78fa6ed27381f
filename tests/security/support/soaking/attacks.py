"""Attacks that strangers and clients with a token can make, each again and again until it is cancelled."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from graphql import get_introspection_query
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.security.support.building import PUBLIC
from tests.support.websocket import SUBPROTOCOL

MIB = 1024 * 1024
SILENT = 200
PAUSE_SECONDS = 0.2
PATIENCE_SECONDS = 40.0
ENDING_SECONDS = 5.0
LARGE = """{ departments(first: 100) { edges { node { key name
  touchpoints(first: 20) { edges { node { key name } } } } } } }"""
SUBMIT = """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { response { id }
  userErrors { code } } }"""
BROKEN = (httpx.HTTPError, OSError, ConnectionClosed, TimeoutError, asyncio.IncompleteReadError)


class Attacker:
    """One address, with a token of an analyst where the attack needs one."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.host, self.port = "127.0.0.1", urlsplit(url).port
        self.token = token
        self.http = httpx.AsyncClient(
            base_url=url, trust_env=False, timeout=PATIENCE_SECONDS, verify=False
        )
        self.made = {attack.__name__: 0 for attack in self.attacks()}

    async def repeat(self, attack: Callable[[], Awaitable[None]]) -> None:
        """Make it until cancelled; that it is refused or cut off is what it is for."""
        name = attack.__name__
        while True:
            with suppress(*BROKEN):
                await attack()
            self.made[name] += 1
            await asyncio.sleep(PAUSE_SECONDS)

    async def header_bomb(self) -> None:
        """36 MB of small headers."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(b"POST /graphql HTTP/1.1\r\nHost: x\r\n")
            for _ in range(36):
                writer.write(b"a: b\r\n" * (MIB // 6))
                await writer.drain()
            await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
        finally:
            writer.close()

    async def silent_sockets(self) -> None:
        """Connections that never ask anything, until they are closed."""
        opened = [await asyncio.open_connection(self.host, self.port) for _ in range(SILENT)]
        waiting = (asyncio.wait_for(reader.read(), PATIENCE_SECONDS) for reader, _ in opened)
        await asyncio.gather(*waiting, return_exceptions=True)
        for _, writer in opened:
            writer.close()

    async def big_body(self) -> None:
        """63 MB of JSON from a stranger."""

        async def body() -> AsyncIterator[bytes]:
            yield b'{"query": "{ organization { key } }", "variables": {"a": ['
            for _ in range(63):
                yield b"1," * (MIB // 2)

        headers = {"content-type": "application/json"}
        await self.http.post("/graphql", content=body(), headers=headers)

    async def introspection(self) -> None:
        """As tools ask it, and nested as deeply as it goes."""
        await self._graphql(get_introspection_query())
        fields = "{ fields { type { ofType { ofType { fields { type { name isOneOf } } } } } } }"
        await self._graphql(f"{{ __schema {{ types {fields} }} }}")

    async def strangers_documents(self) -> None:
        """Introspection and unknown fields without a token, on sixteen connections."""
        unknown = "{ " + " ".join(f"unknown{number}" for number in range(900)) + " }"
        for query in (get_introspection_query(descriptions=False), unknown):
            asked = (self.http.post("/graphql", json={"query": query}) for _ in range(16))
            await asyncio.gather(*asked)

    async def new_documents(self) -> None:
        """Documents that nobody sent before."""
        for _ in range(20):
            name = uuid4().hex
            await self._graphql(f'query q{name} {{ a{name}: department(key: "root") {{ key }} }}')

    async def slow_reader(self) -> None:
        """A socket that asks for much and reads nothing."""
        async with connect(
            self.url.replace("http", "ws") + "/graphql",
            subprotocols=[SUBPROTOCOL],
            proxy=None,
            max_queue=1,
        ) as socket:
            payload = {"Authorization": f"Bearer {self.token}"}
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            for number in count():
                asked = {"type": "subscribe", "id": str(number), "payload": {"query": LARGE}}
                await asyncio.wait_for(socket.send(json.dumps(asked)), PATIENCE_SECONDS)
                await asyncio.sleep(0.01)

    async def stalled_upload(self) -> None:
        """An upload that stops after its first line."""

        async def body() -> AsyncIterator[bytes]:
            yield b'--x\r\nContent-Disposition: form-data; name="mapping"\r\n\r\n[columns]\nkey = "k"\nname = "n"\r\n'
            yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nk,n\n'
            await asyncio.sleep(PATIENCE_SECONDS)
            yield b"--x--\r\n"

        headers = self._signed("multipart/form-data; boundary=x")
        await self.http.post("/imports/departments?dryRun=true", content=body(), headers=headers)

    async def import_bomb(self) -> None:
        """Mappings of 3,000 formats and of nested brackets, and rows that are one long cell."""
        formats = ", ".join(f'"%Y-%m-%d {n}"' for n in range(3_000))
        for mapping in (f"[format]\ndates = [{formats}]\n", f"a = {'[' * 5_000}{']' * 5_000}\n"):
            await self._import(mapping, b"k,n\n1,2\n")
        await self._import('[columns]\nkey = "k"\nname = "n"\n', b"k,n\n" + b"," * (4 * MIB))

    async def flood(self) -> None:
        """Responses of strangers to a public survey, ten at a time."""
        answers = [{"question": "recommend", "score": 0}]
        given = {"input": {"survey": PUBLIC, "answers": answers}}
        body = {"query": SUBMIT, "variables": given}
        await asyncio.gather(*(self.http.post("/graphql", json=body) for _ in range(10)))

    async def _import(self, mapping: str, file: bytes) -> None:
        parts: dict[str, Any] = {
            "mapping": (None, mapping.encode()),
            "file": ("rows.csv", file, "text/csv"),
        }
        headers = {"authorization": f"Bearer {self.token}"}
        path = "/imports/departments?name=rows.csv&dryRun=true"
        await self.http.post(path, files=parts, headers=headers)

    async def _graphql(self, query: str) -> None:
        body = json.dumps({"query": query}).encode()
        await self.http.post("/graphql", content=body, headers=self._signed("application/json"))

    def _signed(self, content_type: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}", "content-type": content_type}

    def attacks(self) -> list[Callable[[], Awaitable[None]]]:
        """All of them."""
        return [
            self.header_bomb,
            self.silent_sockets,
            self.big_body,
            self.introspection,
            self.strangers_documents,
            self.new_documents,
            self.slow_reader,
            self.stalled_upload,
            self.import_bomb,
            self.flood,
        ]


async def main(url: str, seconds: float) -> dict[str, Any]:
    """All attacks at once for so long; how often each was made."""
    attacker = Attacker(url, os.environ["CXM_TOKEN"])
    tasks = [asyncio.create_task(attacker.repeat(attack)) for attack in attacker.attacks()]
    done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    for task in tasks:
        task.cancel()
    await asyncio.wait(
        tasks, timeout=ENDING_SECONDS
    )  # a closing socket may take its end for its own
    for task in done:
        task.result()  # an attack that cannot be made is none
    await attacker.http.aclose()
    return attacker.made
