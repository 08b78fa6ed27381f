"""Who takes connections and sends nothing disturbs nobody; who takes too many is refused, others are not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import websockets

from gateway.strangers.addresses import counted_as, forwarded_address
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import read
from tests.unit.gateway.support.wire import SECONDS, Client, Wire, open_wire

CARD = read('score(metric: "nps") { value }')
SILENT = 300


async def health(path: Path) -> int:
    transport = httpx.AsyncHTTPTransport(uds=str(path), verify=False)
    async with httpx.AsyncClient(transport=transport, timeout=10) as client:
        return (await client.get("http://gateway/readyz")).status_code


@asynccontextmanager
async def busy(wire: Wire, count: int, *headers: str) -> AsyncIterator[list[Client]]:
    """So many requests under way."""
    services = wire.platform.services
    services.hold = asyncio.Event()
    clients: list[Client] = []
    for _ in range(count):
        clients.append(await wire.connect())
        services.waiting.clear()
        await clients[-1].send(wire.request(CARD, *headers, token=True))
        async with asyncio.timeout(SECONDS):
            await services.waiting.wait()
    try:
        yield clients
    finally:
        services.hold.set()
    assert [await client.status() for client in clients] == [200] * count
    for client in clients:
        client.writer.close()
    services.hold = None


async def test_silent_connections_disturb_nobody(platform: Platform, tmp_path: Path) -> None:
    path = tmp_path / "health.sock"
    limits = {"connections": 50, "connections_per_address": 4_096}
    async with open_wire(platform, health_address=f"unix:{path}", **limits) as wire:
        steady = await wire.connect()
        await steady.send(wire.request())
        assert await steady.status() == 200

        silent = [await wire.connect() for _ in range(SILENT)]

        assert await wire.ask(wire.request()) == 200
        assert await health(path) == 200
        await steady.send(wire.request())
        assert await steady.status() == 200  # who asked before stays longer than who never did
        for client in silent:
            client.writer.close()


async def test_when_all_are_busy_only_health_is_answered(
    platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "health.sock"
    async with open_wire(platform, health_address=f"unix:{path}", connections=3) as wire:
        async with busy(wire, 3):
            refused = await wire.connect()

            assert await refused.status() == 503
            assert await health(path) == 200
        assert await wire.ask(wire.request()) == 200


async def test_one_address_has_its_share(platform: Platform) -> None:
    async with open_wire(platform, connections_per_address=2) as wire:
        first = await wire.connect()
        async with busy(wire, 1):
            assert await wire.ask(wire.request()) == 200
            assert await first.has_ended()  # the idle one made room
        async with busy(wire, 2):
            assert await (await wire.connect()).status() == 503


async def test_behind_a_proxy_an_address_is_what_the_proxy_says(platform: Platform) -> None:
    async with open_wire(platform, connections_per_address=2, trusted_proxies=1) as wire:

        async def ask(forwarded: str) -> int:
            return await wire.ask(wire.request("{ __typename }", f"x-forwarded-for: {forwarded}"))

        async with busy(wire, 2, "x-forwarded-for: 192.0.2.1"):
            assert await ask("192.0.2.1") == 429
            assert await ask("192.0.2.9, 192.0.2.1") == 429  # its first part the client wrote
            assert await ask("192.0.2.2") == 200
        assert await ask("192.0.2.1") == 200


async def test_a_websocket_is_counted_until_it_ends(platform: Platform) -> None:
    async with open_wire(platform, connections=1) as wire:
        url = f"ws://127.0.0.1:{wire.port}/graphql"
        async with websockets.connect(url, subprotocols=["graphql-transport-ws"]):  # type: ignore[list-item]
            assert await (await wire.connect()).status() == 503

        assert await wire.ask(wire.request()) == 200


@pytest.mark.parametrize(
    ("value", "proxies", "address"),
    [
        (b"192.0.2.1", 1, "192.0.2.1"),
        (b"192.0.2.9, 192.0.2.1", 1, "192.0.2.1"),
        (b"192.0.2.9, 192.0.2.1, 198.51.100.1", 2, "192.0.2.1"),
        (b"192.0.2.1", 2, None),
        (b"unknown", 1, None),
        (b"", 1, None),
        (b"2001:db8::1", 1, "2001:db8::1"),
    ],
)
def test_the_address_is_the_one_that_our_outermost_proxy_saw(
    value: bytes, proxies: int, address: str | None
) -> None:
    headers = [(b"x-forwarded-for", value)]

    assert forwarded_address(headers, b"x-forwarded-for", proxies) == address


def test_one_customer_of_a_provider_is_one_address() -> None:
    assert counted_as("2001:db8:1:2::1") == counted_as("2001:db8:1:2:ffff::9")
    assert counted_as("2001:db8:1:2::1") != counted_as("2001:db8:1:3::1")
    assert counted_as("::ffff:192.0.2.1") == "192.0.2.1"
