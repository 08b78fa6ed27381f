"""Files that services make: the RPC behind each kind, its request, and the pieces of the file."""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import grpc

from cxm.metrics.v1 import export_pb2 as scores_export
from cxm.metrics.v1 import scores_pb2
from cxm.survey.v1 import export_pb2 as responses_export
from gateway.calls.clients import Clients
from gateway.calls.days import day_of
from gateway.errors import failure_of
from services.kit.errors import Invalid
from services.kit.rights.access import Viewer

MOST_METRICS = 100

Query = Mapping[str, str]
"""Parameters of an export by name, as the client wrote them."""


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of file: its service and RPC, what its request is made of, and the parameters it takes."""

    service: str
    method: Callable[[Clients], Any]
    request: Callable[[Query], Any]
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ("format",)
    media_type: str = ""
    """Of every file of this kind; empty: the format says."""


def responses_request(query: Query) -> responses_export.ExportResponsesRequest:
    return responses_export.ExportResponsesRequest(
        survey=query["survey"],
        department=query["department"],
        from_day=_day(query, "from"),
        to_day=_day(query, "to"),
        format=responses_export.FileFormat.Value(_format(query)),
        locale=query.get("locale", ""),
    )


def mapping_request(query: Query) -> responses_export.GetExportMappingRequest:
    return responses_export.GetExportMappingRequest(
        survey=query["survey"], delimiter=query.get("delimiter", "")
    )


def scores_request(query: Query) -> scores_export.ExportScoresRequest:
    metrics = [key for key in query.get("metrics", "").split(",") if key]
    if len(metrics) > MOST_METRICS:
        raise Invalid(f"name at most {MOST_METRICS} metrics", field=["metrics"])
    intervals = scores_pb2.CalendarInterval
    readings = scores_pb2.TreeReading
    return scores_export.ExportScoresRequest(
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
        format=scores_export.FileFormat.Value(_format(query)),
        locale=query.get("locale", ""),
    )


EXPORTS = {
    "responses": Export(
        "survey",
        lambda clients: clients.response_export.ExportResponses,
        responses_request,
        ("survey", "department", "from", "to"),
        ("locale", "format"),
    ),
    "mapping": Export(
        "survey",
        lambda clients: clients.response_export.GetExportMapping,
        mapping_request,
        ("survey",),
        ("delimiter",),
        "application/toml",
    ),
    "scores": Export(
        "metrics",
        lambda clients: clients.score_export.ExportScores,
        scores_request,
        ("department", "from", "to"),
        ("interval", "metrics", "tree", "subtree", "locale", "format"),
    ),
}


async def export_pieces(
    clients: Clients, viewer: Viewer, export: Export, request: Any, *, seconds: float
) -> AsyncGenerator[bytes, None]:
    """The file in pieces, in the viewer's name; raises the Failure that the service reported."""
    metadata = clients.metadata(viewer, export.service)
    call = export.method(clients)(request, timeout=seconds, metadata=metadata)
    try:
        async for reply in call:
            yield reply.data
    except grpc.aio.AioRpcError as error:
        raise failure_of(error, export.service) from error
    finally:
        call.cancel()


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
