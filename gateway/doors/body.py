"""The body of a GraphQL request: how big it may be, and how slow."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.types import Message, Receive

from gateway.calls.file_limits import FileLimits
from gateway.doors.pace import Pace, TooSlow
from gateway.request.asked import (
    BODY_BYTES,
    LARGEST_BODY_BYTES,
    ClientGone,
    NotARequest,
    too_large,
)
from services.kit.places import Places

LARGE_BODIES = 8
"""Large bodies that are on their way at a time."""
LONGEST_SECONDS = 120.0


SenderOfLarge = Callable[[], Awaitable[str]]
"""Whose a large body is; raises NotARequest where it is not taken."""


class Bodies:
    """Reads bodies; large ones a few at a time, and of them few for one subject."""

    def __init__(self, limits: FileLimits) -> None:
        self.limits = limits
        self.places = Places("large bodies", LARGE_BODIES, limits.of_a_subject)

    async def read(self, receive: Receive, declared: int, sender_of_large: SenderOfLarge) -> bytes:
        """The whole body. `declared` is its Content-Length, 0 if unknown.

        Whose a large one is is asked before more of it is read, RateLimited where that subject has no place.
        """
        if declared > LARGEST_BODY_BYTES:
            raise too_large(LARGEST_BODY_BYTES)
        body = Body(receive, self.limits)
        if declared <= BODY_BYTES and await body.is_within(BODY_BYTES):
            return bytes(body.data)
        with self.places.taken_by(await sender_of_large()):
            if await body.is_within(LARGEST_BODY_BYTES):
                return bytes(body.data)
        raise too_large(LARGEST_BODY_BYTES)


def declared_length(headers: Mapping[str, str]) -> int:
    """What Content-Length says; 0 where it says nothing."""
    declared = headers.get("content-length", "")
    return int(declared) if declared.isascii() and declared.isdigit() else 0


class Body:
    """As much of a body as has arrived; NotARequest for one that does not, ClientGone without a sender."""

    def __init__(self, receive: Receive, limits: FileLimits) -> None:
        self.receive = receive
        self.limits = limits
        self.pace: Pace | None = None
        self.data = bytearray()
        self.is_begun = False
        self.is_whole = False

    async def is_within(self, limit: int) -> bool:
        """Read on to the end, or beyond the limit."""
        while not self.is_whole and len(self.data) <= limit:
            try:
                message = await self._next()
            except TooSlow as error:
                words = f"the body did not arrive: {error}"
                raise NotARequest(408, words, {"connection": "close"}) from error
            self.data += message.get("body", b"")
            self.is_whole = not message.get("more_body")
        return len(self.data) <= limit

    async def _next(self) -> Message:
        if not self.is_begun:  # most bodies are one message
            message = await self._first()
            self.is_begun = True
        else:
            self.pace = self.pace or Pace(self.limits, LONGEST_SECONDS)
            self.pace.bytes = len(self.data)
            message = await self.pace.keep(self.receive())
        if message["type"] == "http.disconnect":
            raise ClientGone
        return message

    async def _first(self) -> Message:
        try:
            async with asyncio.timeout(self.limits.still_seconds):
                return await self.receive()
        except TimeoutError as error:
            raise TooSlow(f"nothing came for {self.limits.still_seconds:.0f} seconds") from error
