"""Headers: how many, how long, how slowly."""

import time

import pytest

from gateway.listening.protocol import HEADER_BYTES, HEADERS
from tests.support.processor import allowed
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.wire import open_wire

BEGIN = b"POST /graphql HTTP/1.1\r\n"
CPU_SECONDS = 0.25


async def test_a_hundred_headers_are_taken_and_one_more_is_not(platform: Platform) -> None:
    async with open_wire(platform) as wire:
        few = [f"x-{number}: 1" for number in range(HEADERS - 3)]

        assert await wire.ask(wire.request("{ __typename }", *few)) == 200
        assert await wire.ask(wire.request("{ __typename }", *few, "x: 1")) == 431


async def test_megabytes_of_one_header_are_refused_at_once(platform: Platform) -> None:
    async with open_wire(platform) as wire:
        since = time.process_time()
        status = await wire.ask(BEGIN + b"a: b\r\n" * 1_000_000)
        spent = time.process_time() - since

        assert status in (0, 431)  # 0: the client was still sending
        assert spent < allowed(CPU_SECONDS)
        assert await wire.ask(wire.request()) == 200


@pytest.mark.parametrize(
    "begin",
    [
        BEGIN + b"a: ",
        BEGIN,
        b"POST /",
        BEGIN + b"transfer-encoding: chunked\r\n\r\n0\r\na: ",
        BEGIN + b"transfer-encoding: chunked\r\n\r\n1;",
    ],
    ids=["a value", "a name", "an address", "a trailer", "an extension of a chunk"],
)
async def test_one_header_that_never_ends_is_refused(platform: Platform, begin: bytes) -> None:
    async with open_wire(platform) as wire:
        client = await wire.connect()
        await client.send(begin + b"a" * (HEADER_BYTES // 2))
        await client.send(b"a" * HEADER_BYTES * 2)

        assert await client.has_ended()


async def test_long_headers_within_the_limit_are_taken(platform: Platform) -> None:
    async with open_wire(platform) as wire:
        long = f"a: {'a' * (HEADER_BYTES - 1_000)}"
        longer = f"a: {'a' * HEADER_BYTES}"

        assert await wire.ask(wire.request("{ __typename }", long)) == 200
        assert await wire.ask(wire.request("{ __typename }", longer)) == 431


async def test_trailers_change_no_header(platform: Platform) -> None:
    body = b'{"query": "{ viewer { subject } }"}'
    request = (
        BEGIN
        + b"content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        + b"%x\r\n%s\r\n0\r\nauthorization: %s\r\n\r\n"
    )
    async with open_wire(platform) as wire:
        client = await wire.connect()
        await client.send(request % (len(body), body, platform.bearer().encode()))
        _, _, answer = await client.answer()

    assert b"UNAUTHENTICATED" in answer


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"", 0), (BEGIN + b"a: ", 408), (b"\r\n", 0)],
    ids=["nothing", "a part", "an empty line"],
)
async def test_who_sends_no_whole_header_in_time_is_not_waited_for(
    platform: Platform, sent: bytes, status: int
) -> None:
    async with open_wire(platform, header_seconds=0.1) as wire:
        other = await wire.connect()
        await other.send(wire.request())
        assert await other.status() == 200
        client = await wire.connect()  # its time begins now
        await client.send(sent)

        assert await client.status() == status
        await other.send(wire.request())
        assert await other.status() == 200  # between requests there is more time


async def test_the_second_header_of_a_connection_has_its_time_too(platform: Platform) -> None:
    async with open_wire(platform, header_seconds=0.1) as wire:
        client = await wire.connect()
        await client.send(wire.request())
        assert await client.status() == 200
        await client.send(BEGIN)

        assert await client.status() == 408


async def test_requests_that_come_in_one_piece_are_answered_in_order(platform: Platform) -> None:
    async with open_wire(platform) as wire:
        client = await wire.connect()
        await client.send(wire.request() + wire.request("{") + wire.request())
        answers = [(await client.answer())[2] for _ in range(3)]

    assert [b"__typename" in answer for answer in answers] == [True, False, True]
