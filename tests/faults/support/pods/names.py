"""A name server as a cluster has one: a headless Service's name is the addresses of its ready pods."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

ANSWERED = 0x8580  # an answer, from who knows
A, IN = 1, 1
SECONDS_TO_LIVE = 5
HEADER_BYTES = 12
QUESTION_ENDS = 5  # the empty label, type and class


class Names(asyncio.DatagramProtocol):
    """Answers what is asked for IPv4 addresses; of everything else there is nothing."""

    def __init__(self) -> None:
        self.addresses: dict[str, Sequence[str]] = {}
        self.port = 0

    def connection_made(self, transport: Any) -> None:
        self.transport: asyncio.DatagramTransport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        name, end = _name_of(data)
        (kind,) = struct.unpack_from("!H", data, end - 4)
        found = self.addresses.get(name, ()) if kind == A else ()
        head = struct.pack("!6H", *struct.unpack_from("!H", data), ANSWERED, 1, len(found), 0, 0)
        answers = b"".join(
            # The name stands where the question has it.
            struct.pack("!HHHIH", 0xC000 | HEADER_BYTES, A, IN, SECONDS_TO_LIVE, 4)
            + socket.inet_aton(address)
            for address in found
        )
        self.transport.sendto(head + data[HEADER_BYTES:end] + answers, addr)


def _name_of(data: bytes) -> tuple[str, int]:
    """The name that is asked for, and where the question ends."""
    labels, at = [], HEADER_BYTES
    while length := data[at]:
        labels.append(data[at + 1 : at + 1 + length].decode())
        at += 1 + length
    return ".".join(labels).lower(), at + QUESTION_ENDS


@asynccontextmanager
async def answering() -> AsyncIterator[Names]:
    """A name server on a free port of this machine."""
    loop = asyncio.get_running_loop()
    transport, names = await loop.create_datagram_endpoint(Names, ("127.0.0.1", 0))
    try:
        yield names
    finally:
        transport.close()
