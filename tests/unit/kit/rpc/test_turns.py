"""Calls go to all replicas in turn, and none fails when a connection is as old as it may become."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import grpc
import pytest

from services.kit.rpc.servicing import SERVER_OPTIONS, open_channel

METHOD = "/cxm.test.Test/Ask"
Options = list[tuple[str, int]]


@asynccontextmanager
async def replicas(count: int, options: Options) -> AsyncIterator[tuple[list[str], Counter[str]]]:
    """Addresses of servers on loopback, and how many calls each connection to them carried."""
    answered: Counter[str] = Counter()
    addresses = []
    async with AsyncExitStack() as stack:
        for _ in range(count):
            server = grpc.aio.server(options=options)
            server.add_generic_rpc_handlers([_handler(answered)])
            addresses.append(f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}")
            await server.start()
            stack.push_async_callback(server.stop, 0)
        yield addresses, answered


def _handler(answered: Counter[str]) -> grpc.GenericRpcHandler:
    async def ask(_request: bytes, context: Any) -> bytes:
        answered[context.peer()] += 1
        return b""

    return grpc.method_handlers_generic_handler(
        "cxm.test.Test", {"Ask": grpc.unary_unary_rpc_method_handler(ask)}
    )


async def ask(channel: grpc.aio.Channel) -> None:
    call: Any = channel.unary_unary(METHOD)
    await call(b"", timeout=5, wait_for_ready=True)


@pytest.mark.parametrize(
    ("opened", "all_are_called"),
    [(open_channel, True), (grpc.aio.insecure_channel, False)],
    ids=["ours", "control"],
)
async def test_replicas_take_turns(
    opened: Callable[[str], grpc.aio.Channel], all_are_called: bool
) -> None:
    async with (
        replicas(3, SERVER_OPTIONS) as (addresses, answered),
        opened(f"ipv4:{','.join(addresses)}") as channel,
    ):
        for _ in range(300):
            await ask(channel)

    assert (len(answered) == 3 and min(answered.values()) > 50) == all_are_called


async def test_no_call_fails_when_connections_grow_old() -> None:
    """With an age of a tenth of a second, so that ten of them end while calls are under way."""
    young = [
        (name, 100 if name == "grpc.max_connection_age_ms" else n) for name, n in SERVER_OPTIONS
    ]
    async with (
        replicas(2, young) as (addresses, answered),
        open_channel(f"ipv4:{','.join(addresses)}") as channel,
    ):
        async with asyncio.timeout(20):
            while answered.total() < 2_000:
                await asyncio.gather(*(ask(channel) for _ in range(20)))

    assert answered.total() == 2_000
    assert len(answered) > 2, "no connection grew old"
