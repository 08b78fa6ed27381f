"""An answer is written at once: its head waits for its body, where the body's length is known."""

import asyncio

from gateway.listening.writing import MOST_COPIED, JoinedWrites
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.wire import open_wire

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n"
IN_CHUNKS = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Recorded(asyncio.Transport):
    """What is written, call by call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.calls.append(bytes(data))

    def close(self) -> None:
        self.is_closed = True


def written(*pieces: bytes) -> list[bytes]:
    transport = Recorded()
    answer = JoinedWrites(transport)
    for piece in pieces:
        answer.write(piece)
    return transport.calls


def test_head_and_body_are_written_in_one_call() -> None:
    assert written(HEAD, b"body") == [HEAD + b"body"]


def test_an_empty_body_lets_the_head_go() -> None:
    assert written(HEAD, b"") == [HEAD]


def test_what_follows_the_first_piece_is_written_as_it_comes() -> None:
    assert written(HEAD, b"bo", b"dy") == [HEAD + b"bo", b"dy"]


def test_a_head_whose_body_comes_in_chunks_waits_for_none() -> None:
    assert written(IN_CHUNKS) == [IN_CHUNKS]


def test_to_go_on_is_said_before_the_head() -> None:
    assert written(CONTINUE, HEAD, b"body") == [CONTINUE, HEAD + b"body"]


def test_large_bodies_are_not_copied() -> None:
    large = b"a" * (MOST_COPIED + 1)

    assert written(HEAD, large) == [HEAD, large]


def test_a_head_whose_body_never_came_is_written_at_the_end() -> None:
    transport = Recorded()
    answer = JoinedWrites(transport)

    answer.write(HEAD)
    answer.close()

    assert transport.calls == [HEAD]
    assert transport.is_closed


async def test_a_request_for_the_head_alone_is_answered(platform: Platform) -> None:
    async with open_wire(platform) as wire:
        client = await wire.connect()
        await client.send(b"HEAD /graphql HTTP/1.1\r\nhost: cxm\r\nconnection: close\r\n\r\n")
        async with asyncio.timeout(5):
            answer = await client.reader.read()

    assert answer.startswith(b"HTTP/1.1 405 ")
    assert answer.endswith(b"\r\n\r\n")
