"""GET /exports/{kind}: a file on its way from the service that owns its rows, piece by piece (README.md, Exports)."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import grpc
import orjson
import structlog
from opentelemetry.trace import SpanKind, Status, StatusCode
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from cxm.metrics.v1 import export_pb2 as scores_pb
from cxm.metrics.v1 import scores_pb2
from cxm.metrics.v1.export_pb2 import ExportScoresRequest
from cxm.survey.v1 import export_pb2 as responses_pb
from cxm.survey.v1.export_pb2 import ExportResponsesRequest
from gateway import errors
from gateway.calls.clients import Clients
from gateway.errors import RateLimited
from gateway.graph.base.scalars import day_of
from gateway.request.asked import ClientGone
from gateway.request.execution import Gateway, new_request_id, unless_gone
from services.kit import telemetry
from services.kit.errors import Broken, Failure, Invalid, NotFound, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Viewer

EXPORTS_AT_ONCE = 4
LONGEST_SECONDS = 1_800.0
MOST_METRICS = 100
FORMATS = {
    "csv": "text/csv; charset=utf-8; header=present",
    "parquet": "application/vnd.apache.parquet",
}

Query = Mapping[str, str]
log = structlog.get_logger()


class CutShort(Exception):
    """The file broke off after its beginning was sent: the connection is closed, so that nobody takes it for whole."""


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of file: its service and RPC, what its request is made of, and the parameters it takes."""

    service: str
    method: Callable[[Clients], Any]
    request: Callable[[Query], Any]
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


def responses_request(query: Query) -> ExportResponsesRequest:
    return ExportResponsesRequest(
        survey=query["survey"],
        department=query["department"],
        from_day=_day(query, "from"),
        to_day=_day(query, "to"),
        format=responses_pb.FileFormat.Value(_format(query)),
    )


def scores_request(query: Query) -> ExportScoresRequest:
    metrics = [key for key in query.get("metrics", "").split(",") if key]
    if len(metrics) > MOST_METRICS:
        raise Invalid(f"name at most {MOST_METRICS} metrics", field=["metrics"])
    intervals = scores_pb2.CalendarInterval
    readings = scores_pb2.TreeReading
    return ExportScoresRequest(
        department=query["department"],
        scope=scores_pb2.Scope(
            from_day=_day(query, "from"),
            to_day=_day(query, "to"),
            include_subtree=_one_of(query, "subtree", {"true": True, "false": False}, "true"),
            tree=_one_of(query, "tree", _values(readings, "TREE_READING_"), "TODAY"),
        ),
        metrics=metrics,
        interval=_one_of(
            query,
            "interval",
            {"": scores_pb2.CALENDAR_INTERVAL_UNSPECIFIED}
            | _values(intervals, "CALENDAR_INTERVAL_"),
            "",
        ),
        format=scores_pb.FileFormat.Value(_format(query)),
    )


EXPORTS = {
    "responses": Export(
        "survey",
        lambda clients: clients.response_export.ExportResponses,
        responses_request,
        ("survey", "department", "from", "to"),
    ),
    "scores": Export(
        "metrics",
        lambda clients: clients.score_export.ExportScores,
        scores_request,
        ("department", "from", "to"),
        ("interval", "metrics", "tree", "subtree"),
    ),
}


class Exports:
    """The ASGI application behind /exports/{kind}."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.places = asyncio.Semaphore(EXPORTS_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        with telemetry.tracer().start_as_current_span(
            "export",
            context=telemetry.context_of(headers.get("traceparent")),
            kind=SpanKind.SERVER,
            record_exception=False,
        ) as span:
            try:
                await self._answer(scope, headers.get("authorization"), receive, send)
            except ClientGone:
                span.set_status(Status(StatusCode.ERROR, "client gone"))
            except Failure as failure:
                span.set_status(Status(StatusCode.ERROR, failure.reason))
                await _refuse(send, failure)

    async def _answer(
        self, scope: Scope, authorization: str | None, receive: Receive, send: Send
    ) -> None:
        export = EXPORTS.get(scope["path_params"]["kind"])
        if export is None:
            raise NotFound(f"no such kind of export: there are {', '.join(EXPORTS)}")
        if scope["method"] != "GET":
            await _send(send, 405, {"allow": "GET"}, b"")
            return
        viewer = self.gateway.viewer(authorization)
        if viewer is ANONYMOUS:
            raise Unauthenticated("this needs a bearer token: send Authorization: Bearer <token>")
        query = query_of(scope["query_string"], export)
        request = export.request(query)
        if self.places.locked():
            raise RateLimited(f"{EXPORTS_AT_ONCE} exports are under way: try again in a moment")
        async with self.places:
            media_type = FORMATS[query.get("format", "csv")]
            async with aclosing(self._pieces(export, request, viewer)) as pieces:
                await unless_gone(_pass_on(pieces, send, media_type), receive)

    async def _pieces(
        self, export: Export, request: Any, viewer: Viewer
    ) -> AsyncGenerator[bytes, None]:
        clients = self.gateway.clients
        metadata = clients.metadata(viewer, export.service)
        call = export.method(clients)(request, timeout=LONGEST_SECONDS, metadata=metadata)
        try:
            async for reply in call:
                yield reply.data
        except grpc.aio.AioRpcError as error:
            raise errors.failure_of(error, export.service) from error
        finally:
            call.cancel()


async def _pass_on(pieces: AsyncIterator[bytes], send: Send, media_type: str) -> None:
    """No faster than the client takes them; a failure before the first piece is still an answer of its own."""
    first = await anext(pieces, b"")
    await _begin(send, 200, {"content-type": media_type, "content-disposition": "attachment"})
    try:
        await send({"type": "http.response.body", "body": first, "more_body": True})
        async for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    except Failure as failure:
        raise CutShort(failure.message) from failure
    await send({"type": "http.response.body", "body": b""})


def query_of(query_string: bytes, export: Export) -> Query:
    """The parameters, each once; Invalid for one that is missing, unknown, or there twice."""
    given = parse_qs(query_string.decode("latin-1"), keep_blank_values=True)
    known = (*export.needed, *export.optional, "format")
    for name, values in given.items():
        if name not in known:
            unknown = name[:40]
            raise Invalid(
                f"no parameter `{unknown}`: there are {', '.join(known)}", field=[unknown]
            )
        if len(values) > 1:
            raise Invalid(f"`{name}` is there more than once", field=[name])
    for name in export.needed:
        if not given.get(name, [""])[0]:
            raise Invalid(f"`{name}` is missing: it takes {', '.join(export.needed)}", field=[name])
    query = {name: values[0] for name, values in given.items()}
    if query.get("format", "csv") not in FORMATS:
        raise Invalid(f"format must be {' or '.join(FORMATS)}", field=["format"])
    return query


def _format(query: Query) -> Any:
    """The name of the format in the contracts."""
    return f"FILE_FORMAT_{query.get('format', 'csv').upper()}"


def _day(query: Query, name: str) -> int:
    try:
        return day_of(date.fromisoformat(query[name]))
    except ValueError as error:
        raise Invalid(f"`{name}` is a date, YYYY-MM-DD", field=[name]) from error


def _one_of(query: Query, name: str, values: Mapping[str, Any], default: str) -> Any:
    given = query.get(name, default)
    if given not in values:
        raise Invalid(f"`{name}` must be one of {', '.join(filter(None, values))}", field=[name])
    return values[given]


def _values(enum: Any, prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in enum.items() if value}


async def _refuse(send: Send, failure: Failure) -> None:
    code = errors.code_of(failure)
    message = failure.message
    if isinstance(failure, Broken):
        log.error("an export failed", message=failure.message)
        message = errors.INTERNAL_MESSAGE
    error = errors.entry(None, message, code, new_request_id(), failure.reason)
    headers = {"content-type": "application/json; charset=utf-8"}
    body = orjson.dumps({"errors": [error]}) + b"\n"
    await _send(send, errors.STATUSES.get(code, 400), headers, body)


async def _send(send: Send, status: int, headers: Mapping[str, str], body: bytes) -> None:
    await _begin(send, status, headers)
    await send({"type": "http.response.body", "body": body})


async def _begin(send: Send, status: int, headers: Mapping[str, str]) -> None:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    pairs += [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
