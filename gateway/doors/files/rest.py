"""What the HTTP doors that are not GraphQL share: a span, a bearer token, and an answer that may begin before it ends.

A failure is a status and JSON with `errors`, as GraphQL has them. An answer that breaks off is not ended: the
connection is closed, so that nobody takes it for whole.
"""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, TypeVar
from urllib.parse import parse_qs

import orjson
import structlog
from opentelemetry.trace import SpanKind, Status, StatusCode
from starlette.types import Receive, Scope, Send

from gateway import errors
from gateway.calls.file_limits import FileLimits
from gateway.doors.http import address_of, headers_of
from gateway.doors.pace import Pace, TooSlow
from gateway.request.asked import ClientGone, NotARequest
from gateway.request.gateway import Caller, Gateway
from gateway.request.outcome import new_request_id, seconds_to_wait
from services.kit import telemetry
from services.kit.errors import Broken, Failure, NotFound

JSON: Final = "application/json; charset=utf-8"

log = structlog.get_logger()
KindT = TypeVar("KindT")


class CutShort(Exception):
    """What was asked for broke off after its beginning was sent."""


class Answer:
    """One HTTP answer, in pieces."""

    def __init__(self, send: Send, limits: FileLimits) -> None:
        self.asgi_send = send
        self.limits = limits
        self.has_begun = False
        self.pace: Pace | None = None

    async def begin(
        self, status: int, media_type: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Status and headers; nothing, where they were sent already."""
        if self.has_begun:
            return
        self.has_begun = True
        sent = dict(headers or {})
        if media_type is not None:
            sent["content-type"] = media_type
        pairs = [(name.encode(), value.encode()) for name, value in sent.items()]
        await self.asgi_send({"type": "http.response.start", "status": status, "headers": pairs})

    async def send(self, body: bytes) -> None:
        """A piece of the body; more follows. TooSlow where the client does not take it."""
        self.pace = self.pace or Pace(self.limits)
        sending = self.asgi_send({"type": "http.response.body", "body": body, "more_body": True})
        await self.pace.keep(sending)
        self.pace.bytes += len(body)

    async def end(self, body: bytes = b"") -> None:
        """The last piece of the body."""
        await self.asgi_send({"type": "http.response.body", "body": body})

    async def fail(
        self,
        status: int,
        message: str,
        code: str,
        *,
        reason: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """A status and JSON; where the body has begun, its last line."""
        error = errors.error_entry(None, message, code, new_request_id(), reason)
        body = {"error": error} if self.has_begun else {"errors": [error]}
        await self.begin(status, JSON, headers)
        await self.end(orjson.dumps(body) + b"\n")


Respond = Callable[[Scope, Mapping[str, str], Caller, Receive, Answer], Awaitable[None]]
"""Answers one request, given its headers and caller; raises NotARequest, ClientGone, or a Failure."""


def kind_of(scope: Scope, kinds: Mapping[str, KindT], name: str, method: str) -> KindT:
    """What a path names; NotFound for no kind of these, NotARequest for another method. `name` is that of the door."""
    kind = kinds.get(scope["path_params"]["kind"])
    if kind is None:
        raise NotFound(f"no such kind of {name}: there are {', '.join(kinds)}")
    if scope["method"] != method:
        raise NotARequest(405, f"send {method}", {"allow": method})
    return kind


def parameters_of(query_string: bytes, known: Sequence[str]) -> dict[str, str]:
    """The last value of each parameter; NotARequest for one that is not known."""
    given = parse_qs(query_string.decode("latin-1"), keep_blank_values=True)
    if unknown := given.keys() - set(known):
        raise NotARequest(
            400, f"unknown parameter `{sorted(unknown)[0][:40]}`: known are {', '.join(known)}"
        )
    return {name: values[-1] for name, values in given.items()}


class RestDoor:
    """An ASGI application of one kind of request. `name` is that of its spans; `reads`: it changes nothing."""

    def __init__(
        self, name: str, respond: Respond, gateway: Gateway, *, reads: bool = False
    ) -> None:
        self.name = name
        self.gateway = gateway
        self.reads = reads
        self.respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, answer = headers_of(scope), Answer(send, self.gateway.files)
        began = time.time_ns()
        credentials = self.gateway.browsers.credentials(headers, reads=self.reads)
        caller = await self.gateway.caller(credentials, address_of(scope))
        with telemetry.tracer().start_as_current_span(
            self.name,
            context=caller.trace(headers.get("traceparent")),
            kind=SpanKind.SERVER,
            start_time=began,
            record_exception=False,  # messages may hold what a person typed
        ) as span:
            try:
                await self.respond(scope, headers, caller, receive, answer)
            except ClientGone:
                span.set_status(Status(StatusCode.ERROR, "client gone"))
            except (
                CutShort,
                TooSlow,
            ) as broken_off:  # the server closes what ends without its last piece
                span.set_status(Status(StatusCode.ERROR, "cut short"))
                log.warning(f"{self.name} was cut short", reason=str(broken_off))
            except NotARequest as refused:
                await answer.fail(
                    refused.status, refused.message, refused.code, headers=refused.headers
                )
            except Failure as failure:
                span.set_status(Status(StatusCode.ERROR, failure.reason))
                await self._fail(answer, failure)

    async def _fail(self, answer: Answer, failure: Failure) -> None:
        errors.log_fault(failure, self.name)
        code = errors.code_of(failure)
        message = errors.INTERNAL_MESSAGE if isinstance(failure, Broken) else failure.message
        seconds = seconds_to_wait(failure)
        headers = None if seconds is None else {"retry-after": str(seconds)}
        status = errors.STATUSES.get(code, 400)
        await answer.fail(status, message, code, reason=failure.reason, headers=headers)
