"""gRPC calls: identity, deadline, span and errors of every call, on both sides."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import nullcontext
from contextvars import ContextVar
from functools import partial
from typing import Any

import grpc
import structlog
from opentelemetry.trace import INVALID_SPAN, Span, SpanKind, Status, StatusCode

from services.kit import telemetry
from services.kit.errors import (
    FULL,
    FULL_REASON,
    Broken,
    Failure,
    Invalid,
    Late,
    Unavailable,
    is_full,
    is_unstorable,
)
from services.kit.numbers import metering
from services.kit.rights.access import ANONYMOUS, Viewer, check_token, service_viewer
from services.kit.rights.tokens import Signer, Verifier
from services.kit.rpc.needs import Check, check_of, need_of
from services.kit.rpc.status import from_rpc, to_rpc

HEALTH = "/grpc.health."
REFLECTION = "/grpc.reflection."
LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024
LONGEST_CALL_SECONDS = 30.0
READ_SECONDS = 2.0
WRITE_SECONDS = 5.0

SERVER_OPTIONS = [
    # A forgotten old server on the same port would silently take a share of the calls.
    ("grpc.so_reuseport", 0),
    # Callers look again who is there, so that new replicas get calls too; long streams have an hour to end.
    ("grpc.max_connection_age_ms", 300_000),
    ("grpc.max_connection_age_grace_ms", 3_600_000),
    ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
]
# Every RPC of ours is idempotent, so each may be repeated while the other side is away.
_SERVICE_CONFIG = {
    # Replicas behind one name take turns; else a channel stays with the first that answers.
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [
        {
            "name": [{}],
            "retryPolicy": {
                "maxAttempts": 3,
                "initialBackoff": "0.05s",
                "maxBackoff": "0.5s",
                "backoffMultiplier": 3,
                # CANCELLED: it came to a server that had just begun to end, or that ended before its answer.
                "retryableStatusCodes": ["UNAVAILABLE", "CANCELLED"],
            },
        }
    ],
    # Whatever is under way when a server ends fails at once: half of the tokens, each a call, before none is repeated.
    "retryThrottling": {"maxTokens": 400, "tokenRatio": 0.1},
}
CHANNEL_OPTIONS = [
    ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.service_config", json.dumps(_SERVICE_CONFIG)),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
    # By default a name is looked up every 30 s at most: two replicas that are replaced sooner would both be gone.
    ("grpc.dns_min_time_between_resolutions_ms", 1000),
]

Context = grpc.aio.ServicerContext[Any, Any]
Metadata = tuple[tuple[str, str], ...]

_viewer: ContextVar[Viewer] = ContextVar("viewer", default=ANONYMOUS)
log = structlog.get_logger()
_DURATION = metering.histogram(
    "cxm.rpc.duration",
    unit="s",
    meaning="How long calls took. ok; refused: the caller's to mend; failed: ours, or something we need is away.",
    labels=("method", "outcome"),
    bounds=metering.SECONDS,
)
_IN_FLIGHT = metering.gauge(
    "cxm.rpc.in_flight", unit="{call}", meaning="Calls that are being answered.", labels=("kind",)
)
FAILED = "failed"
FAULTS = (Broken, Unavailable, Late)


def viewer(context: Context) -> Viewer:
    """Who asks, as the call's token says; ANONYMOUS without one."""
    return _viewer.get()


def open_channel(address: str) -> grpc.aio.Channel:
    """A channel that reconnects for ever and repeats calls that found nobody, at most 3 times."""
    return grpc.aio.insecure_channel(address, options=CHANNEL_OPTIONS)


def call_metadata(token: str | None = None) -> Metadata:
    """Metadata of an outgoing call: the bearer token and the running span."""
    metadata: Metadata = (("authorization", f"Bearer {token}"),) if token else ()
    traceparent = telemetry.current_traceparent()
    return (*metadata, (telemetry.TRACEPARENT, traceparent)) if traceparent else metadata


class ServiceIdentity:
    """A process's own way to call another service."""

    def __init__(self, name: str, signer: Signer) -> None:
        self.name = name
        self.signer = signer

    def metadata(self, audience: str) -> Metadata:
        """Metadata of a call in our own name."""
        token = self.signer.mint(
            service_viewer(self.name), issuer=f"service:{self.name}", audience=audience, seconds=60
        )
        return call_metadata(token)


class _Measure:
    """How long a call takes, and what becomes of it; one that nobody waits for any more is `gone`.

    Of one that is not watched it is recorded alone that it failed.
    """

    __slots__ = ("is_watched", "kind", "method", "outcome", "since")

    def __init__(self, method: str, kind: str, *, is_watched: bool = True) -> None:
        self.method = method
        self.kind = kind
        self.is_watched = is_watched
        self.outcome = "ok"

    def __enter__(self) -> _Measure:
        if self.is_watched:
            _IN_FLIGHT.add(1, self.kind)
        self.since = time.perf_counter()
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        outcome = self.outcome if error is None else "gone"
        if self.is_watched:
            _IN_FLIGHT.add(-1, self.kind)
        if self.is_watched or outcome == FAILED:
            _DURATION.record(time.perf_counter() - self.since, self.method, outcome)


class RpcInterceptor(grpc.aio.ServerInterceptor):
    """Wraps every method; health passes untouched, reflection needs a token. `is_away` knows the errors of a
    store that may be back soon."""

    def __init__(
        self, verifier: Verifier, is_away: Callable[[BaseException], bool] = lambda _: False
    ) -> None:
        self.verifier = verifier
        self.is_away = is_away
        self.handlers: dict[str, grpc.RpcMethodHandler[Any, Any]] = {}
        self.unwatched: set[str] = set()

    async def intercept_service(
        self,
        continuation: Callable[
            [grpc.HandlerCallDetails], Awaitable[grpc.RpcMethodHandler[Any, Any] | None]
        ],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        method = handler_call_details.method
        if method not in self.handlers:
            handler = await continuation(handler_call_details)
            if handler is None or method.startswith(HEALTH):
                return handler
            self.handlers[method] = self._wrap(method, handler)
        return self.handlers[method]

    def _wrap(
        self, method: str, handler: grpc.RpcMethodHandler[Any, Any]
    ) -> grpc.RpcMethodHandler[Any, Any]:
        if handler.request_streaming:
            check = check_of(handler.stream_stream)
            if method.startswith(REFLECTION):
                check = _check_token
            behaviour = (
                handler.stream_stream if check is None else _begun(handler.stream_stream, check)
            )
            return grpc.stream_stream_rpc_method_handler(
                partial(self._stream, method, behaviour, None),
                request_deserializer=handler.request_deserializer,
                response_serializer=handler.response_serializer,
            )
        if handler.response_streaming:
            return grpc.unary_stream_rpc_method_handler(
                partial(self._stream, method, handler.unary_stream, check_of(handler.unary_stream)),
                request_deserializer=handler.request_deserializer,
                response_serializer=handler.response_serializer,
            )
        behaviour, check = handler.unary_unary, check_of(handler.unary_unary)
        need = need_of(behaviour)
        if need is not None and not need.is_watched:
            self.unwatched.add(method)

        # A function of its own: grpc looks at every call whether it is one, and looks long at a partial.
        async def answer(request: Any, context: Context) -> Any:
            return await self._answer(method, behaviour, check, request, context)

        return grpc.unary_unary_rpc_method_handler(
            answer,
            request_deserializer=handler.request_deserializer,
            response_serializer=handler.response_serializer,
        )

    async def _answer(
        self, method: str, behaviour: Any, check: Check | None, request: Any, context: Context
    ) -> Any:
        metadata = _metadata(context)
        with (
            _Measure(method, "unary", is_watched=method not in self.unwatched) as measure,
            self._span(method, metadata) as span,
        ):
            try:
                self._identify(metadata)
                if check is not None:
                    await check(_viewer.get())
                if _ends_in_time(context):
                    return await behaviour(request, context)
                async with asyncio.timeout(LONGEST_CALL_SECONDS):
                    return await behaviour(request, context)
            except Exception as error:  # noqa: BLE001 - here failures become statuses
                status = self._status(method, error, span, measure)
        return await context.abort_with_status(status)

    async def _stream(
        self, method: str, behaviour: Any, check: Check | None, request: Any, context: Context
    ) -> AsyncIterator[Any]:
        """Without a deadline of ours; `request` is itself a stream where the method takes one."""
        metadata = _metadata(context)
        with _Measure(method, "stream") as measure, self._span(method, metadata) as span:
            try:
                self._identify(metadata)
                if check is not None:
                    await check(_viewer.get())
                async for part in behaviour(request, context):
                    yield part
                return
            except Exception as error:  # noqa: BLE001 - as above
                status = self._status(method, error, span, measure)
        await context.abort_with_status(status)

    def _status(self, method: str, error: Exception, span: Span, measure: _Measure) -> grpc.Status:
        """Of the failure, and not the failure: its traceback names the frame that would keep it, and with such a circle
        the messages of the call would stay until the next full collection."""
        failure = self._failure(method, error)
        measure.outcome = FAILED if isinstance(failure, FAULTS) else "refused"
        span.set_status(Status(StatusCode.ERROR, failure.reason))
        return to_rpc(failure)

    def _failure(self, method: str, error: Exception) -> Failure:
        if isinstance(error, Failure):
            return error
        if isinstance(error, TimeoutError):
            return Late("the time for this call ran out")
        if isinstance(error, grpc.aio.AioRpcError):
            return from_rpc(error)
        if is_full(error):
            log.error("disk full", method=method, error=type(error).__name__)
            return Unavailable(FULL, reason=FULL_REASON)
        if is_unstorable(error):
            return Invalid(
                "a text holds a NUL, which no text may: leave it out", reason="NUL_IN_TEXT"
            )
        if self.is_away(error):
            log.warning("store away", method=method, error=type(error).__name__)
            return Unavailable("the service's store is away: try again in a moment")
        log.error("call failed", method=method, exc_info=error)
        return Broken("internal error")

    def _span(self, method: str, metadata: Mapping[str, str]) -> Any:
        if not telemetry.is_recording() or method in self.unwatched:
            return nullcontext(INVALID_SPAN)
        traceparent = metadata.get(telemetry.TRACEPARENT)
        return telemetry.tracer().start_as_current_span(
            method.lstrip("/"),
            context=telemetry.context_of(traceparent),
            kind=SpanKind.SERVER,
            record_exception=False,  # messages may hold what a person typed
        )

    def _identify(self, metadata: Mapping[str, str]) -> None:
        bearer = metadata.get("authorization")
        token = bearer.removeprefix("Bearer ") if bearer else None
        _viewer.set(self.verifier.verify(token) if token else ANONYMOUS)


async def _check_token(viewer: Viewer) -> None:
    check_token(viewer)


def _begun(behaviour: Any, check: Check) -> Any:
    """A method that takes a stream, checked once its first message is here: a caller whose message is not taken
    hears of a broken call only."""

    async def begun(requests: AsyncIterator[Any], context: Context) -> AsyncIterator[Any]:
        messages = aiter(requests)
        first = await anext(messages, None)
        await check(_viewer.get())
        async for part in behaviour(_with_first(first, messages), context):
            yield part

    return begun


async def _with_first(first: Any, rest: AsyncIterator[Any]) -> AsyncIterator[Any]:
    if first is not None:
        yield first
    async for message in rest:
        yield message


def _ends_in_time(context: Context) -> bool:
    """Whether the caller's own deadline, which grpc watches, ends the call early enough."""
    left = context.time_remaining()
    return left is not None and left <= LONGEST_CALL_SECONDS


def _metadata(context: Context) -> dict[str, Any]:
    return dict(context.invocation_metadata() or ())


def check_count(count: int, *, largest: int, what: str) -> None:
    """Invalid unless 1 <= count <= largest."""
    if count == 0:
        raise Invalid(f"no {what}: send 1 to {largest:,}", reason="EMPTY")
    if count > largest:
        raise Invalid(f"{count:,} {what} in one call: send at most {largest:,}", reason="TOO_MANY")


def check_page(first: int) -> None:
    """Invalid unless 1 <= first <= 100."""
    if not 1 <= first <= 100:
        raise Invalid("first must be 1 to 100", reason="PAGE_SIZE", field=["first"])
