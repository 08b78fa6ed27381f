"""GET /exports/{kind}: a file on its way from the service that owns its rows, piece by piece (README.md, Exports)."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from urllib.parse import parse_qs

from starlette.types import Receive, Scope

from gateway.calls.exports import EXPORTS, Export, Query, export_pieces
from gateway.doors.files.rest import Answer, CutShort, RestDoor, kind_of
from gateway.request.execution.hanging_up import unless_gone
from gateway.request.gateway import Caller, Gateway
from services.kit.errors import Failure, Invalid
from services.kit.places import Places

FORMATS = {
    "csv": "text/csv; charset=utf-8; header=present",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def exports_door(gateway: Gateway) -> RestDoor:
    """The ASGI application behind /exports/{kind}."""
    return RestDoor("export", Exports(gateway).respond, gateway, reads=True)


class Exports:
    """Answers exports, a few at a time."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.files = gateway.files
        self.places = Places("exports", self.files.exports_at_once, self.files.of_a_subject)

    async def respond(
        self,
        scope: Scope,
        headers: Mapping[str, str],
        caller: Caller,
        receive: Receive,
        answer: Answer,
    ) -> None:
        export = kind_of(scope, EXPORTS, "export", "GET")
        viewer = caller.signed_in
        query = query_of(scope["query_string"], export)
        request = export.request(query)
        with self.places.taken_by(viewer.subject):
            media_type = export.media_type or FORMATS[query.get("format", "csv")]
            seconds = self.files.export_seconds
            pieces = export_pieces(self.gateway.clients, viewer, export, request, seconds=seconds)
            async with aclosing(pieces):
                await unless_gone(_pass_on(pieces, answer, media_type), receive)


async def _pass_on(pieces: AsyncIterator[bytes], answer: Answer, media_type: str) -> None:
    """No faster than the client takes them; a failure before the first piece is still an answer of its own."""
    first = await anext(pieces, b"")
    await answer.begin(200, media_type, {"content-disposition": "attachment"})
    try:
        await answer.send(first)
        async for piece in pieces:
            await answer.send(piece)
    except Failure as failure:
        raise CutShort(str(failure)) from failure
    await answer.end()


def query_of(query_string: bytes, export: Export) -> Query:
    """The parameters, each once; Invalid for one that is missing, unknown, or there twice."""
    given = parse_qs(query_string.decode("latin-1"), keep_blank_values=True)
    known = (*export.needed, *export.optional)
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
        raise Invalid(f"format must be one of {', '.join(FORMATS)}", field=["format"])
    return query
