"""POST /imports/{kind}: a file on its way to the service that owns its rows, and what became of them on the way back.

The answer is a line of JSON at a time (README.md, Imports).
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import orjson
from starlette.types import Receive, Scope

from gateway.calls.imports import OWNERS, ImportCall
from gateway.doors.files.rest import Answer, RestDoor, kind_of, parameters_of
from gateway.doors.files.upload import Upload
from gateway.request.asked import NotARequest
from gateway.request.execution.hanging_up import unless_gone
from gateway.request.gateway import Caller, Gateway
from services.kit.places import Places

LINES: Final = "application/x-ndjson"
SWITCHES: Final = ("dryRun", "update", "replace")


def imports_door(gateway: Gateway) -> RestDoor:
    """The ASGI application behind /imports/{kind}."""
    return RestDoor("import", Imports(gateway).respond, gateway)


class Imports:
    """Answers imports."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        files = gateway.files
        self.places = Places("imports", files.imports_at_once, files.of_a_subject)

    async def respond(
        self,
        scope: Scope,
        headers: Mapping[str, str],
        caller: Caller,
        receive: Receive,
        answer: Answer,
    ) -> None:
        owner = kind_of(scope, OWNERS, "import", "POST")
        viewer = caller.signed_in
        query = query_of(scope["query_string"])
        with self.places.taken_by(viewer.subject):
            upload = Upload(receive, headers, self.gateway.files)
            mapping = await upload.mapping()
            call = ImportCall(self.gateway.clients, viewer, owner)
            try:
                await call.send(
                    mapping,
                    upload.pieces(),
                    file_name=query.get("name", ""),
                    dry_run=query.get("dryRun") == "true",
                    update=query.get("update") == "true",
                    replace=query.get("replace") == "true",
                )
                await unless_gone(_write_lines(answer, call.lines()), receive)
            finally:
                call.cancel()


async def _write_lines(answer: Answer, messages: AsyncIterator[list[dict[str, Any]]]) -> None:
    """Lines, until the import is done."""
    async for lines in messages:
        await answer.begin(200, LINES)
        await answer.send(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    await answer.begin(200, LINES)
    await answer.end()


def query_of(query_string: bytes) -> dict[str, str]:
    """The parameters; NotARequest for a switch that is none."""
    query = parameters_of(query_string, ("name", *SWITCHES))
    for name in SWITCHES:
        if query.get(name, "false") not in ("true", "false"):
            raise NotARequest(400, f"{name} must be true or false")
    return query
