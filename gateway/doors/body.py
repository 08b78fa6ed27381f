"""The body of a GraphQL request: how big it may be, and how long it may take."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import Message, Receive

from gateway.request.asked import (
    BODY_BYTES,
    LARGEST_BODY_BYTES,
    ClientGone,
    NotARequest,
    too_large,
)

LARGE_BODIES = 4
"""Large bodies held in memory at a time."""
READING_SECONDS = 30.0


CheckLarge = Callable[[], Awaitable[None]]
"""Raises NotARequest where a large body is not taken."""


class Bodies:
    """Reads bodies; large ones a few at a time."""

    def __init__(self) -> None:
        self.large = asyncio.Semaphore(LARGE_BODIES)

    async def read(self, receive: Receive, declared: int, check_large: CheckLarge) -> bytes:
        """The whole body. `declared` is its Content-Length, 0 if unknown; a large one is checked before it is read."""
        if declared > LARGEST_BODY_BYTES:
            raise too_large(LARGEST_BODY_BYTES)
        if declared > BODY_BYTES:
            await check_large()
        try:
            async with asyncio.timeout(READING_SECONDS):
                message = await _receive(receive)
                if not message.get("more_body"):
                    return bytes(message.get("body", b""))
                return await self._read_parts(receive, message["body"], check_large)
        except TimeoutError as error:
            raise NotARequest(408, "the body did not arrive within 30 seconds") from error

    async def _read_parts(self, receive: Receive, first: bytes, check_large: CheckLarge) -> bytes:
        body = bytearray(first)
        while len(body) <= BODY_BYTES:
            message = await _receive(receive)
            body += message.get("body", b"")
            if not message.get("more_body"):
                return bytes(body)
        await check_large()
        async with self.large:
            while True:
                message = await _receive(receive)
                body += message.get("body", b"")
                _check_size(body)
                if not message.get("more_body"):
                    return bytes(body)


async def _receive(receive: Receive) -> Message:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGone
    return message


def _check_size(body: bytes | bytearray) -> None:
    if len(body) > LARGEST_BODY_BYTES:
        raise too_large(LARGEST_BODY_BYTES)
