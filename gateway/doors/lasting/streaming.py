"""Answers that go on over HTTP: a subscription's events, for clients without WebSockets.

As Server-Sent Events, one connection for each operation
(https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode), or as parts of
multipart/mixed (https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol).
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractContextManager, aclosing
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

import orjson
import structlog
from graphql.execution.incremental import IncrementalExecutor
from starlette.types import Receive, Send

from gateway import errors
from gateway.browsers.cookies import RequestCredentials
from gateway.request.asked import BODY_BYTES, Asked, ClientGone, NotARequest, Unparsed, too_large
from gateway.request.compiled.executor import CompiledExecutor
from gateway.request.execution.hanging_up import client_gone
from gateway.request.execution.lasting import LastingOperations
from gateway.request.outcome import Outcome, failure_entry, told
from gateway.strangers.throttle import values_of
from services.kit.errors import Failure, Unauthenticated, Unavailable
from services.kit.events.fetching import cancel_all
from services.kit.rights.access import ANONYMOUS, Viewer
from services.kit.rights.tokens import Verified

BEAT_SECONDS = 12.0
"""A proxy that hears nothing for longer may close the connection."""
SEND_SECONDS = 30.0
"""A client that reads nothing for so long is given up."""
_EVENTS_TYPE: Final = "text/event-stream"
_PARTS_TYPE: Final = "multipart/mixed"
_PARTS_VERSION: Final = "subscriptionspec"

log = structlog.get_logger()

Admit = Callable[[Viewer, str], AbstractContextManager[None]]
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Framing:
    """How answers follow each other in one body."""

    content_type: bytes
    begin: bytes
    before: bytes
    after: bytes
    beat: bytes
    end: bytes
    is_wrapped: bool
    """Whether an answer is the `payload` of what is sent."""

    def piece(self, body: Body) -> bytes:
        """One answer."""
        content = {"payload": body} if self.is_wrapped else body
        return self.before + orjson.dumps(content) + self.after


EVENTS: Final = Framing(
    content_type=b"text/event-stream; charset=utf-8",
    begin=b":\n\n",
    before=b"event: next\ndata: ",
    after=b"\n\n",
    beat=b":\n\n",
    end=b"event: complete\ndata: \n\n",
    is_wrapped=False,
)
_HEAD: Final = b"content-type: application/json\r\n\r\n"
PARTS: Final = Framing(
    content_type=b'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"',
    begin=b"--graphql\r\n",
    before=_HEAD,
    after=b"\r\n--graphql\r\n",
    beat=_HEAD + b"{}\r\n--graphql\r\n",
    end=_HEAD + b"{}\r\n--graphql--\r\n",
    is_wrapped=True,
)


DEFERRED: Final = Framing(
    content_type=b'multipart/mixed; boundary="-"',
    begin=b"---",
    before=b"\r\ncontent-type: application/json; charset=utf-8\r\n\r\n",
    after=b"\r\n---",
    beat=b"",
    end=b"--\r\n",
    is_wrapped=False,
)
_DEFERS: Final = re.compile(rb"(?:@|%40)(?:defer|stream)\b", re.IGNORECASE)


def framing_of_deferred(accept: str, sent: Unparsed) -> Framing | None:
    """DEFERRED for a document that defers, of a client that takes parts in the current form; else all is sent at once.

    Other clients, and documents sent by their hash alone, get the whole answer: the directive is then ignored.
    """
    return DEFERRED if may_take_parts(accept) and _DEFERS.search(sent.data) else None


@lru_cache(maxsize=256)
def may_take_parts(accept: str) -> bool:
    """Whether a client takes an answer in parts, in the current form."""
    for entry in accept.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        if name == _PARTS_TYPE and not any(part.startswith("deferspec") for part in parameters):
            return True
    return False


@lru_cache(maxsize=256)
def framing_of(accept: str) -> Framing | None:
    """How a client that wants answers to go on takes them: what it names first; None: it wants one answer.

    Clients that name events after JSON take them for what only JSON can be asked for.
    """
    name, *parameters = (part.strip().lower() for part in accept.split(",")[0].split(";"))
    if name == _EVENTS_TYPE:
        return EVENTS
    is_known = any(parameter.startswith(_PARTS_VERSION) for parameter in parameters)
    return PARTS if name == _PARTS_TYPE and is_known else None


class Streams:
    """Answers that go on; each has a place among the sockets of its subject."""

    def __init__(self, lasting: LastingOperations, admit: Admit) -> None:
        self.lasting = lasting
        self.admit = admit
        self.ending = asyncio.Event()

    async def answer(
        self,
        sent: Unparsed,
        framing: Framing,
        credentials: RequestCredentials,
        receive: Receive,
        send: Send,
        address: str,
    ) -> Outcome | None:
        """Answer until the client, the operation or the right to it ends; the outcome where nothing was begun.

        NotARequest for what is none; ClientGone where the client does not read.
        """
        began = asyncio.Event()
        try:
            outcome = await told(
                self._run(sent, framing, credentials, receive, send, address, began)
            )
        except Exception as error:
            if not began.is_set() or isinstance(error, ClientGone):
                raise
            log.error("an operation failed", exc_info=error)
            raise ClientGone from error  # nothing can be said any more
        return None if began.is_set() else outcome

    async def _run(
        self,
        sent: Unparsed,
        framing: Framing,
        credentials: RequestCredentials,
        receive: Receive,
        send: Send,
        address: str,
        began: asyncio.Event,
    ) -> Outcome:
        gateway = self.lasting.gateway
        verified = await gateway.verified_sender(credentials, address)
        viewer = ANONYMOUS if verified is None else verified.viewer
        spend = partial(gateway.throttle.spend, viewer, address)
        spend(values_of(len(sent.data)))
        asked = await _one(sent)
        opened = asyncio.Event()
        kind = IncrementalExecutor if framing is DEFERRED else CompiledExecutor
        answers = self.lasting.answers(asked, viewer, address, opened, spend, kind)
        with self.admit(viewer, address):
            async with aclosing(answers) as bodies:
                pieces = _Pieces(framing, send, bodies)
                await pieces.opened(opened)
                began.set()
                await pieces.send_all(receive, partial(self._over, verified))
        return Outcome({})

    async def _over(self, verified: Verified | None) -> Failure:
        """Why the answer ends, once its token or its session has, or the gateway does."""
        waits: list[asyncio.Task[Any]] = [asyncio.create_task(self.ending.wait())]
        if verified is not None:
            waits.append(asyncio.create_task(asyncio.sleep(verified.seconds_left())))
            if verified.session:
                sessions = self.lasting.gateway.sessions
                waits.append(asyncio.create_task(sessions.outlive(verified.session)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await cancel_all(waits)
        if self.ending.is_set():
            return Unavailable("the server ends: connect again")
        return Unauthenticated("the token or the session has ended", reason="TOKEN_EXPIRED")


class _Pieces:
    """One answer, piece by piece."""

    def __init__(self, framing: Framing, send: Send, bodies: AsyncIterator[Body]) -> None:
        self.framing = framing
        self.asgi_send = send
        self.bodies = bodies
        self.next = self._ask()

    def _ask(self) -> "asyncio.Task[Body | None]":
        return asyncio.create_task(self._next())

    async def _next(self) -> Body | None:
        return await anext(self.bodies, None)

    async def opened(self, is_open: asyncio.Event) -> None:
        """Begin the answer once nothing is missed any more, or raise why the operation is refused."""
        opening = asyncio.create_task(is_open.wait())
        try:
            await asyncio.wait((self.next, opening), return_when=asyncio.FIRST_COMPLETED)
            if self.next.done():
                self.next.result()
        except BaseException:
            await cancel_all([self.next])
            raise
        finally:
            await cancel_all([opening])
        headers = [(b"content-type", self.framing.content_type), (b"x-accel-buffering", b"no")]
        await self.asgi_send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._send(self.framing.begin)

    async def send_all(self, receive: Receive, over: Callable[[], Any]) -> None:
        """Send what comes until the operation ends, or `over` tells why it must, or the client is gone."""
        gone = asyncio.create_task(client_gone(receive))
        ended = asyncio.create_task(over())
        try:
            while not gone.done():
                await asyncio.wait(
                    (self.next, gone, ended),
                    timeout=BEAT_SECONDS,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if self.next.done():
                    body = self.next.result()
                    if body is None:
                        break
                    await self._send(self.framing.piece(body))
                    self.next = self._ask()
                elif ended.done():
                    await self._send(self.framing.piece(_failed(ended.result())))
                    break
                elif not gone.done():
                    await self._send(self.framing.beat)
            if not gone.done():
                await self._send(self.framing.end, is_last=True)
        finally:
            await cancel_all([self.next, gone, ended])

    async def _send(self, data: bytes, *, is_last: bool = False) -> None:
        message = {"type": "http.response.body", "body": data, "more_body": not is_last}
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.asgi_send(message)
        except TimeoutError as error:
            raise ClientGone from error


async def _one(sent: Unparsed) -> Asked:
    asked = await sent.parsed()
    if isinstance(asked, list):
        raise NotARequest(400, "a batch is answered at once: send one request to be told more")
    if asked.is_large:
        raise too_large(BODY_BYTES)
    return asked


def _failed(failure: Failure) -> Body:
    return {"errors": [failure_entry(failure, errors.code_of(failure))]}
