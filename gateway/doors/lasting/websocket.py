"""One WebSocket: its state, its messages, its operations."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, aclosing, suppress
from functools import partial
from math import ceil
from typing import Any

import orjson
import structlog
from graphql import GraphQLError
from starlette.types import Receive, Send

from gateway import errors
from gateway.browsers.cookies import RequestCredentials
from gateway.deprecations.counting import client_is, client_of
from gateway.request.asked import Asked, NotARequest, check_content
from gateway.request.documents import Refused
from gateway.request.execution.lasting import LastingOperations
from gateway.request.outcome import new_request_id, request_errors
from gateway.strangers.throttle import values_of
from services.kit.errors import Denied, RateLimited, Unauthenticated, Unavailable, printable
from services.kit.rights.access import ANONYMOUS, Viewer
from services.kit.rights.tokens import Verified

INIT_SECONDS = 10.0
MOST_OPERATIONS = 250
"""Running at a time on one socket."""
LONGEST_ID = 128
MOST_WAITING = 1024 * 1024
"""Bytes that wait for a client that does not read."""
VALUES_A_SECOND = 10_000
MOST_VALUES = 2 * VALUES_A_SECOND
"""What a socket that was still for a while may read at once."""
REASON_BYTES = 123
"""What a close frame holds."""

log = structlog.get_logger()

Admit = Callable[[Viewer, str], AbstractContextManager[None]]


class Closing(Exception):
    """The server ends the connection."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = printable(reason).encode()[:REASON_BYTES].decode(errors="ignore")


class WebSocketConnection:
    """Reads messages in order. Subscribing is done before the next message is read, so whoever has the answer
    to a ping sent after it misses nothing that happens from then on."""

    def __init__(
        self,
        lasting: LastingOperations,
        receive: Receive,
        send: Send,
        credentials: RequestCredentials,
        address: str,
        admit: Admit,
    ) -> None:
        self.lasting = lasting
        self.receive = receive
        self.asgi_send = send
        self.credentials = credentials
        self.watching: asyncio.Task[None] | None = None
        self.address = address
        self.admit = admit
        self.admitted = ExitStack()
        self.viewer: Viewer | None = None  # known once the connection is acknowledged
        self.operations: dict[str, asyncio.Task[None]] = {}
        self.sending = asyncio.Lock()
        self.waiting = 0  # bytes
        self.is_slow = False
        self.values = float(MOST_VALUES)
        self.counted_at = time.monotonic()

    async def run(self) -> None:
        """Serve until the client leaves; Closing when we end it, OSError when the client is gone."""
        self.timer = asyncio.timeout(INIT_SECONDS)
        try:
            async with self.timer:
                while (message := await self.receive())["type"] != "websocket.disconnect":
                    text = message.get("text") or ""
                    await self._take(_parse(text), len(text))
        except TimeoutError as error:
            if not self.timer.expired():
                raise
            if self.is_slow:
                raise Closing(1013, "the client does not read: connect again") from error
            if self.viewer is None:
                raise Closing(4408, "Connection initialisation timeout") from error
            raise Closing(4403, "Forbidden: the token or the session has ended") from error
        finally:
            running = [*self.operations.values(), *filter(None, (self.watching,))]
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            self.admitted.close()

    async def _take(self, message: dict[str, Any], size: int) -> None:
        match message.get("type"):
            case "connection_init":
                await self._initialise(message.get("payload"))
            case "ping":
                self._spend_message(size)
                await self._send(type="pong")
            case "pong":
                self._spend_message(size)
            case "subscribe":
                await self._subscribe(message, size)
            case "complete":
                self._spend_message(size)
                running = self.operations.pop(_id(message), None)
                if running is not None:
                    running.cancel()
            case other:
                raise Closing(4400, f"Invalid message type: {other!r}")

    async def _initialise(self, payload: Any) -> None:
        if self.viewer is not None:
            raise Closing(4429, "Too many initialisation requests")
        if payload is not None and not isinstance(payload, dict):
            raise Closing(4400, "payload of connection_init must be an object")
        verified = await self._identified(payload or {})
        viewer = ANONYMOUS if verified is None else verified.viewer
        try:
            self.admitted.enter_context(self.admit(viewer, self.address))
        except RateLimited as failure:
            raise Closing(4429, failure.message) from failure
        self.viewer = viewer
        self._end_in(None if verified is None else verified.seconds_left())
        if verified is not None and verified.session:
            self.watching = asyncio.create_task(self._watch(verified.session))
        await self._send(type="connection_ack")

    async def _identified(self, payload: dict[str, Any]) -> Verified | None:
        """Who this is: by the payload, or else by the handshake's header, or its cookie; None: nobody says."""
        given = {name.lower(): value for name, value in payload.items()}
        if name := client_of(given):
            client_is(name)
        authorization = given.get("authorization", self.credentials.authorization)
        gateway = self.lasting.gateway
        try:
            if authorization is not None:
                return await gateway.verified(str(authorization), self.address)
            if self.credentials.secret is not None:
                return await gateway.in_session(self.credentials, self.address)
        except (Unauthenticated, Denied) as failure:
            raise Closing(4403, f"Forbidden: {failure.message}") from failure
        except (Unavailable, RateLimited) as failure:
            raise Closing(1013, failure.message) from failure
        return None

    def _end_in(self, seconds: float | None) -> None:
        loop = asyncio.get_running_loop()
        self.timer.reschedule(None if seconds is None else loop.time() + seconds)

    async def _watch(self, session: str) -> None:
        """End the socket with the session that opened it."""
        await self.lasting.gateway.sessions.outlive(session)
        self._end_in(0)

    async def _subscribe(self, message: dict[str, Any], size: int) -> None:
        if self.viewer is None:
            raise Closing(4401, "Unauthorized")
        if not await self.lasting.gateway.grants.holds(self.viewer):
            raise Closing(4403, "Forbidden: your rights have changed, connect again")
        key = _id(message)
        if key in self.operations:
            raise Closing(4409, f"Subscriber for {key} already exists")
        try:
            request = check_content(message.get("payload"))
        except NotARequest as refused:
            raise Closing(4400, refused.message) from refused
        if len(self.operations) >= MOST_OPERATIONS:
            await self._send(type="error", id=key, payload=[_too_many()])
            return
        try:
            self._spend(values_of(size), self.viewer)
        except Refused as refused:
            await self._send(type="error", id=key, payload=request_errors(refused))
            return
        opened = asyncio.Event()
        self.operations[key] = asyncio.create_task(self._operate(key, request, self.viewer, opened))
        await opened.wait()

    async def _operate(
        self, key: str, request: Asked, viewer: Viewer, opened: asyncio.Event
    ) -> None:
        last: dict[str, Any] = {"type": "complete"}
        spend = partial(self._spend, viewer=viewer)
        try:
            async with aclosing(
                self.lasting.answers(request, viewer, self.address, opened, spend)
            ) as bodies:
                async for body in bodies:
                    await self._send(type="next", id=key, payload=body)
        except Refused as refused:
            last = {"type": "error", "payload": request_errors(refused)}
        except OSError:
            log.debug("client gone")  # reading ends too
        except Exception as error:
            log.error("an operation failed", exc_info=error)
            last = {"type": "error", "payload": [_internal()]}
        finally:
            opened.set()
        if self.operations.get(key) is asyncio.current_task():
            del self.operations[key]
            with suppress(OSError):  # the client is gone, and reading ends too
                await self._send(id=key, **last)

    async def _send(self, **message: Any) -> None:
        """Send in turn, no faster than the client reads; what waits beyond the limit ends the connection."""
        text = orjson.dumps(message).decode()
        if self.waiting > MOST_WAITING:
            if not self.is_slow:
                self.is_slow = True
                self.timer.reschedule(asyncio.get_running_loop().time())
            raise BrokenPipeError("the client does not read")
        self.waiting += len(text)
        try:
            async with self.sending:
                await self.asgi_send({"type": "websocket.send", "text": text})
        except RuntimeError as error:  # the server closed it: no answer to its pings
            raise BrokenPipeError("closed meanwhile") from error
        finally:
            self.waiting -= len(text)

    def _spend_message(self, size: int) -> None:
        """Count a message that asks for nothing, of this socket alone; Closing where too many come."""
        values = values_of(size)
        if values > self._left():
            raise Closing(1013, "too many messages a second: connect again and send fewer")
        self.values -= values

    def _left(self) -> float:
        """The values that this socket may have now."""
        now = time.monotonic()
        grown = self.values + (now - self.counted_at) * VALUES_A_SECOND
        self.values, self.counted_at = min(grown, MOST_VALUES), now
        return self.values

    def _spend(self, values: int, viewer: Viewer) -> None:
        """Count values of this socket and of whose it is; Refused where either reads too much a second."""
        if values > self._left():
            message = (
                f"this socket reads more than {VALUES_A_SECOND:,} values a second: ask more slowly"
            )
            seconds = ceil((min(values, MOST_VALUES) - self.values) / VALUES_A_SECOND)
            reasons = [GraphQLError(message)]
            raise Refused(reasons, "RATE_LIMITED", "SOCKET_TOO_COSTLY", retry_after=max(seconds, 1))
        try:
            self.lasting.gateway.throttle.spend(viewer, self.address, values)
        except RateLimited as failure:
            reasons = [GraphQLError(failure.message)]
            raise Refused(reasons, "RATE_LIMITED", retry_after=failure.retry_after) from failure
        self.values -= values


def _parse(text: str) -> dict[str, Any]:
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Closing(4400, "a message is a JSON object in a text frame") from error
    if not isinstance(message, dict):
        raise Closing(4400, "a message is a JSON object in a text frame")
    return message


def _id(message: dict[str, Any]) -> str:
    key = message.get("id")
    if not isinstance(key, str) or not 1 <= len(key) <= LONGEST_ID:
        raise Closing(4400, f"id must be a string of 1 to {LONGEST_ID} characters")
    return key


def _too_many() -> dict[str, Any]:
    message = f"more than {MOST_OPERATIONS} operations run on this socket: complete some first"
    return errors.error_entry(
        None, message, "RATE_LIMITED", new_request_id(), "TOO_MANY_OPERATIONS"
    )


def _internal() -> dict[str, Any]:
    return errors.error_entry(None, errors.INTERNAL_MESSAGE, "INTERNAL", new_request_id())
