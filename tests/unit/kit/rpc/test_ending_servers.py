"""Servers that end one after another in good order, under calls: the other one answers, and no caller notices."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import grpc

from services.kit.rpc.servicing import CHANNEL_OPTIONS, SERVER_OPTIONS

CALLERS = 40
MOST_ENDS = 30
CALL = "/test.Test/Call"
NAMES = (b"one", b"other")


def options_without(status: str) -> list[tuple[str, Any]]:
    """How callers reach servers, but that calls which end with this status are not repeated."""
    options = dict(CHANNEL_OPTIONS)
    config = json.loads(str(options["grpc.service_config"]))
    config["methodConfig"][0]["retryPolicy"]["retryableStatusCodes"].remove(status)
    return [*{**options, "grpc.service_config": json.dumps(config)}.items()]


class Answering(grpc.GenericRpcHandler):
    """Answers every call with the name of its server."""

    def __init__(self, name: bytes) -> None:
        self.name = name

    def service(self, handler_call_details: Any) -> Any:
        async def answer(_request: bytes, _context: Any) -> bytes:
            await asyncio.sleep(0)
            return self.name

        return grpc.unary_unary_rpc_method_handler(answer)


class Pair:
    """Two servers behind one channel, and callers that never rest."""

    def __init__(self, options: Sequence[tuple[str, Any]]) -> None:
        self.options = options
        self.ports = [0, 0]
        self.servers: list[grpc.aio.Server] = []
        self.answered: Counter[bytes] = Counter()
        self.failed = 0
        self.moved_on = asyncio.Event()

    async def start(self, number: int) -> grpc.aio.Server:
        server = grpc.aio.server(options=SERVER_OPTIONS)
        server.add_generic_rpc_handlers((Answering(NAMES[number]),))
        self.ports[number] = server.add_insecure_port(f"127.0.0.1:{self.ports[number]}")
        await server.start()
        return server

    async def run(self, ends: int) -> int:
        """End so many servers, each when both answer again, and until a call fails; returns how many.

        Before the channel has found the one that came back, there is no other that could answer.
        """
        self.servers = [await self.start(number) for number in (0, 1)]
        target = "ipv4:" + ",".join(f"127.0.0.1:{port}" for port in self.ports)
        async with grpc.aio.insecure_channel(target, options=self.options) as channel:
            callers = [asyncio.create_task(self._call(channel)) for _ in range(CALLERS)]
            done = 0
            while done < ends and not self.failed:
                await self._both_answer()
                await self.servers[done % 2].stop(5)
                self.servers[done % 2] = await self.start(done % 2)
                done += 1
            await self._both_answer()
            for caller in callers:
                caller.cancel()
            await asyncio.gather(*callers, return_exceptions=True)
        for server in self.servers:
            await server.stop(0)
        return done

    async def _both_answer(self) -> None:
        """Wait until each server has answered some more calls, or one has failed."""
        wanted = {name: self.answered[name] + 5 * CALLERS for name in NAMES}
        async with asyncio.timeout(30):
            while any(self.answered[name] < wanted[name] for name in NAMES) and not self.failed:
                self.moved_on.clear()
                await self.moved_on.wait()

    async def _call(self, channel: grpc.aio.Channel) -> None:
        method: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = channel.unary_unary(CALL)
        while True:
            try:
                self.answered[await method(b"", timeout=10)] += 1
            except grpc.aio.AioRpcError:
                self.failed += 1
            self.moved_on.set()


async def test_no_call_fails_when_servers_end_in_turn() -> None:
    control = Pair(options_without("CANCELLED"))
    ends = await control.run(MOST_ENDS)
    assert control.failed, "no call came to a server that had just begun to end"

    pair = Pair(CHANNEL_OPTIONS)
    assert await pair.run(3 * ends) == 3 * ends
    assert pair.failed == 0
