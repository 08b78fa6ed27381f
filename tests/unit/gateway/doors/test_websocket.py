"""The subprotocol graphql-transport-ws, message by message."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from socket import SO_RCVBUF, SOL_SOCKET
from typing import Any

import pytest
from graphql import get_introspection_query
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from gateway.doors.lasting import websocket as connection
from gateway.doors.lasting import websocket_limits
from gateway.listening.protocol import MOST_FRAMES, TOO_MANY_FRAMES
from tests.support.websocket import SCORE_CHANGED, serving, socket
from tests.unit.gateway.support.running import Platform

ME = "{ viewer { subject } }"
LARGE = get_introspection_query()


@pytest.fixture
async def url(platform: Platform) -> AsyncIterator[str]:
    """Served with an upstream that stands."""
    platform.gateway.listeners.live.set()
    async with serving(platform.gateway, platform.settings) as address:
        yield address


async def test_queries_go_over_the_socket_too(url: str, platform: Platform) -> None:
    async with socket(url) as client:
        await client.initialise(platform.bearer(subject="ann"))
        await client.subscribe("1", ME)

        answer, end = await client.receive(), await client.receive()

    assert answer["payload"]["data"] == {"viewer": {"subject": "ann"}}
    assert end == {"type": "complete", "id": "1"}


async def test_the_header_of_the_handshake_counts_where_the_payload_says_nothing(
    url: str, platform: Platform
) -> None:
    async with socket(url, Authorization=platform.bearer(subject="bob")) as client:
        await client.initialise()
        await client.subscribe("1", ME)

        assert (await client.receive())["payload"]["data"] == {"viewer": {"subject": "bob"}}


async def test_a_document_that_is_not_executed_is_an_error_message(url: str) -> None:
    async with socket(url) as client:
        await client.initialise()
        await client.subscribe("1", "{ nothing }")

        refused = await client.receive()

    assert (refused["type"], refused["id"]) == ("error", "1")
    assert refused["payload"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["nonsense"], 4400),
        (["[]"], 4400),
        ([b"{}"], 4400),
        (['{"type": "start"}'], 4400),
        (['{"type": "connection_init", "payload": 1}'], 4400),
        (['{"type": "connection_init", "payload": {"Authorization": "Bearer x"}}'], 4403),
        (['{"type": "connection_init"}', '{"type": "connection_init"}'], 4429),
        (['{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}'], 4401),
        (['{"type": "connection_init"}', '{"type": "subscribe", "payload": {}}'], 4400),
        (['{"type": "connection_init"}', '{"type": "subscribe", "id": "1"}'], 4400),
        (['{"type": "connection_init"}', '{"type": "complete", "id": 1}'], 4400),
        (['{"type": "ping", "payload": "' + "x" * 131_072 + '"}'], 1009),
    ],
)
async def test_a_client_that_breaks_the_protocol_is_told_how(
    url: str, messages: list[Any], code: int
) -> None:
    async with socket(url) as client:
        for message in messages:
            await client.connection.send(message)

        assert (await client.closed())[0] == code


async def test_an_id_in_use_cannot_be_used_again(url: str, platform: Platform) -> None:
    async with socket(url) as client:
        await client.initialise(platform.bearer())
        await client.watch("1", "root")
        await client.subscribe("1", ME)

        assert await client.closed() == (4409, "Subscriber for 1 already exists")


async def test_a_completed_id_can_be_used_again(url: str, platform: Platform) -> None:
    async with socket(url) as client:
        await client.initialise(platform.bearer())
        await client.watch("1", "root")
        await client.send(type="complete", id="1")
        await client.subscribe("1", ME)

        assert (await client.receive())["type"] == "next"


async def test_only_one_subprotocol_is_spoken(url: str) -> None:
    async with socket(url, "graphql-ws") as client:
        assert (await client.closed())[0] == 4406


async def test_whoever_says_nothing_is_sent_away(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "INIT_SECONDS", 0.05)
    async with socket(url) as client:
        assert await client.closed() == (4408, "Connection initialisation timeout")


async def test_the_socket_ends_with_its_token(
    url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[tuple[connection.WebSocketConnection, float]] = []
    end_in = connection.WebSocketConnection._end_in
    monkeypatch.setattr(
        connection.WebSocketConnection, "_end_in", lambda one, seconds: ends.append((one, seconds))
    )
    async with socket(url) as client:
        await client.initialise(platform.bearer(seconds=60))
        await client.watch("1", "root")
        ((one, seconds),) = ends
        assert 0 < seconds <= 60
        end_in(one, 0)

        assert (await client.closed())[0] == 4403
        assert platform.gateway.listeners.idle.is_set()


async def test_a_socket_carries_so_many_operations_and_no_more(
    url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MOST_OPERATIONS", 2)
    async with socket(url) as client:
        await client.initialise(platform.bearer())
        await client.watch("1", "root")
        await client.watch("2", "root")
        await client.subscribe("3", SCORE_CHANGED, department="root")

        refused = await client.receive()

    assert (refused["type"], refused["id"]) == ("error", "3")
    assert refused["payload"][0]["extensions"]["reason"] == "TOO_MANY_OPERATIONS"


async def test_a_subject_has_so_many_sockets_and_no_more(
    url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket_limits, "MOST_SOCKETS", 1)
    async with socket(url) as first, socket(url) as second, socket(url) as other:
        await first.initialise(platform.bearer(subject="ann"))
        await other.initialise(platform.bearer(subject="bob"))
        await second.send(type="connection_init", payload={"authorization": platform.bearer()})

        assert (await second.closed())[0] == 4429
        await first.settle()
    async with socket(url) as again:
        await again.initialise(platform.bearer(subject="ann"))


async def test_strangers_of_one_address_take_no_sockets_from_others(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket_limits, "MOST_SOCKETS", 1)
    settings = platform.settings.model_copy(update={"trusted_proxies": 1})

    async with serving(platform.gateway, settings) as served, AsyncExitStack() as stack:
        first, second, other = [
            await stack.enter_async_context(socket(served, **{"X-Forwarded-For": address}))
            for address in ("203.0.113.1", "203.0.113.1", "203.0.113.2")
        ]
        await first.initialise()
        await second.send(type="connection_init")

        assert (await second.closed())[0] == 4429
        await other.initialise()


async def test_a_stopping_server_says_that_it_restarts(platform: Platform) -> None:
    platform.gateway.listeners.live.set()
    async with AsyncExitStack() as stack:
        async with serving(platform.gateway, platform.settings) as address:
            client = await stack.enter_async_context(socket(address))
            await client.initialise(platform.bearer())
            await client.watch("1", "root")

        assert (await client.closed())[0] == 1012


async def test_a_subscription_over_http_is_sent_to_the_socket(platform: Platform) -> None:
    content = await platform.ask(SCORE_CHANGED, department="root")

    assert "data" not in content
    assert content["errors"][0]["extensions"]["reason"] == "USE_WEBSOCKET"


async def test_a_client_that_does_not_read_is_let_go(
    url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MOST_VALUES", 10_000_000)
    monkeypatch.setattr(connection, "MOST_WAITING", 100_000)
    closings: list[int] = []
    close = websocket_limits._close
    ended = asyncio.Event()

    def note(closing: connection.Closing) -> dict[str, Any]:
        closings.append(closing.code)
        ended.set()
        return close(closing)

    monkeypatch.setattr(websocket_limits, "_close", note)
    async with socket(url) as client:
        await client.initialise(platform.bearer())
        client.connection.transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)
        client.connection.transport.pause_reading()
        for number in range(200):
            if ended.is_set():
                break
            await client.subscribe(str(number), LARGE)
        async with asyncio.timeout(300):  # a busy machine; a quiet one needs 2
            await ended.wait()
        client.connection.transport.abort()

    assert closings == [1013]


async def test_what_a_socket_reads_in_a_second_is_bounded(
    url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "VALUES_A_SECOND", 1)
    monkeypatch.setattr(connection, "MOST_VALUES", 300)
    async with socket(url) as client:
        await client.initialise(platform.bearer(subject="ann"))
        await client.subscribe("1", ME)
        answer, end = await client.receive(), await client.receive()
        await client.subscribe("2", ME)
        await client.receive(), await client.receive()
        await client.subscribe("3", ME)
        refused = await client.receive()

    assert answer["payload"]["data"] == {"viewer": {"subject": "ann"}}
    assert end["type"] == "complete"
    assert refused["type"] == "error"
    assert refused["payload"][0]["extensions"]["reason"] == "SOCKET_TOO_COSTLY"
    assert refused["payload"][0]["extensions"]["retryAfter"] >= 1


@pytest.mark.parametrize("kind", ["ping", "pong", "complete"])
async def test_a_flood_of_messages_that_ask_for_nothing_ends_the_socket(
    url: str, platform: Platform, kind: str
) -> None:
    message = {"type": kind, "id": "1"}
    async with socket(url) as flooding, socket(url) as honest:
        await honest.initialise(platform.bearer(subject="ann"))
        await flooding.initialise(platform.bearer(subject="eve"))

        async def flood() -> None:
            for _ in range(5_000):
                await flooding.send(**message)

        sending = asyncio.create_task(flood())
        with suppress(ConnectionClosed):
            while True:
                await flooding.receive()
        await asyncio.gather(sending, return_exceptions=True)
        code, why = await flooding.closed()
        for _ in range(200):  # the control
            await honest.send(**message)
        for _ in range(200 if kind == "ping" else 0):
            assert await honest.receive() == {"type": "pong"}
        await honest.settle()

    assert (code, why) == (1013, "too many messages a second: connect again and send fewer")


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG, Opcode.CONT])
async def test_a_flood_of_frames_ends_the_socket(
    url: str, platform: Platform, opcode: Opcode
) -> None:
    async with socket(url) as flooding, socket(url) as honest:
        await honest.initialise(platform.bearer())
        await flooding.initialise(platform.bearer())
        for client, count in ((flooding, MOST_FRAMES + 500), (honest, 200)):
            frames = Frame(opcode, b"", fin=opcode is not Opcode.CONT).serialize(mask=True) * count
            if opcode is Opcode.CONT:
                frames = Frame(Opcode.TEXT, b"{}", fin=False).serialize(mask=True) + frames
            client.connection.transport.write(frames)
        code, why = await flooding.closed()
        if opcode is not Opcode.CONT:
            await honest.settle()

    assert (code, why) == (1013, TOO_MANY_FRAMES)
