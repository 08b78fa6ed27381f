"""POST /imports/{kind}: a file on its way to the service that owns its rows, and what became of them on the way back.

The answer is a line of JSON at a time (README.md, Imports).
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import grpc
import orjson
import structlog
from opentelemetry.trace import SpanKind, Status, StatusCode
from starlette.types import Receive, Scope, Send

from cxm.batch.v1.batch_pb2 import ImportHeader, ImportPart, ImportProgress
from cxm.employee_exp.v1.employee_exp_pb2 import ImportEmployeesRequest
from cxm.profile.v1.profile_pb2 import ImportDepartmentsRequest, ImportTouchpointsRequest
from cxm.survey.v1.import_pb2 import ImportResponsesRequest
from gateway import errors
from gateway.doors.http import headers_of
from gateway.doors.upload import Upload, query_of
from gateway.request.asked import ClientGone, NotARequest
from gateway.request.execution import Gateway, new_request_id, unless_gone
from services.kit import telemetry
from services.kit.errors import Broken, Failure, Unauthenticated, Unavailable
from services.kit.rights.access import ANONYMOUS, Viewer

LINES: Final = b"application/x-ndjson"
JSON: Final = b"application/json; charset=utf-8"
REQUEST_CODES: Final = {408: "DEADLINE_EXCEEDED"}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Owner:
    """The service that takes a kind of file, and its client."""

    service: str
    client: str
    method: str
    request: Callable[..., Any]


OWNERS: Final = {
    "departments": Owner("profile", "profile", "ImportDepartments", ImportDepartmentsRequest),
    "touchpoints": Owner("profile", "profile", "ImportTouchpoints", ImportTouchpointsRequest),
    "responses": Owner("survey", "response_import", "ImportResponses", ImportResponsesRequest),
    "employees": Owner("employee_exp", "employee_exp", "ImportEmployees", ImportEmployeesRequest),
}


class Imports:
    """The ASGI application behind /imports/{kind}."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, answer = headers_of(scope), Answer(send)
        with telemetry.tracer().start_as_current_span(
            "import",
            context=telemetry.context_of(headers.get("traceparent")),
            kind=SpanKind.SERVER,
            record_exception=False,  # messages may hold what a person typed
        ) as span:
            try:
                await self._answer(scope, headers, receive, answer)
            except ClientGone:
                span.set_status(Status(StatusCode.ERROR, "client gone"))
            except NotARequest as refused:
                code = REQUEST_CODES.get(refused.status, "BAD_REQUEST")
                await answer.fail(refused.status, refused.message, code, headers=refused.headers)
            except Failure as failure:
                span.set_status(Status(StatusCode.ERROR, failure.reason))
                await answer.failed(failure)

    async def _answer(
        self, scope: Scope, headers: Mapping[str, str], receive: Receive, answer: "Answer"
    ) -> None:
        owner = OWNERS.get(scope["path_params"]["kind"])
        if owner is None:
            raise NotARequest(404, f"no such kind of import: there are {', '.join(OWNERS)}")
        if scope["method"] != "POST":
            raise NotARequest(405, "send POST", {"allow": "POST"})
        query = query_of(scope["query_string"])
        viewer = self.gateway.viewer(headers.get("authorization"))
        if viewer is ANONYMOUS:
            raise Unauthenticated("this needs a bearer token: send Authorization: Bearer <token>")
        upload = Upload(receive, headers)
        header = ImportHeader(
            mapping=await upload.mapping(),
            file_name=query.get("name", ""),
            dry_run=query.get("dryRun") == "true",
        )
        call = Call(self.gateway, owner, viewer)
        try:
            await call.send(header, upload)
            await unless_gone(answer.tell(call.progress()), receive)
        finally:
            call.stream.cancel()


class Call:
    """The stream to the service, in the viewer's name."""

    def __init__(self, gateway: Gateway, owner: Owner, viewer: Viewer) -> None:
        self.owner = owner
        stub = getattr(gateway.clients, owner.client)
        metadata = gateway.clients.metadata(viewer, owner.service)
        self.stream = getattr(stub, owner.method)(metadata=metadata)

    async def send(self, header: ImportHeader, upload: Upload) -> None:
        """The header and, once the service has taken it, the file: no faster than the service writes it down."""
        try:
            await self._write(ImportPart(header=header))
            await self._read()
            async for piece in upload.pieces():
                await self._write(ImportPart(data=piece))
            await self.stream.done_writing()
        except grpc.aio.AioRpcError as error:
            # A write that meets a broken connection is all that grpcio knows of it.
            if error.code() is grpc.StatusCode.INTERNAL and not error.trailing_metadata():
                raise Unavailable(f"the {self.owner.service} service went away") from error
            raise errors.failure_of(error, self.owner.service) from error

    async def progress(self) -> AsyncIterator[ImportProgress]:
        """Until the last message."""
        try:
            while (progress := await self._read()) is not None:
                yield progress
        except grpc.aio.AioRpcError as error:
            raise errors.failure_of(error, self.owner.service) from error

    async def _write(self, part: ImportPart) -> None:
        await self.stream.write(self.owner.request(part=part))

    async def _read(self) -> ImportProgress | None:
        reply = await self.stream.read()
        if reply is grpc.aio.EOF:
            return None
        progress: ImportProgress = reply.progress
        return progress


class Answer:
    """The answer, which begins with a status once it is known whether there will be lines."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.has_begun = False

    async def tell(self, told: AsyncIterator[ImportProgress]) -> None:
        """Lines, until the import is done."""
        async for progress in told:
            await self._begin(200, LINES)
            body = b"".join(orjson.dumps(line) + b"\n" for line in lines_of(progress))
            await self.send({"type": "http.response.body", "body": body, "more_body": True})
        await self._begin(200, LINES)
        await self.send({"type": "http.response.body", "body": b""})

    async def failed(self, failure: Failure) -> None:
        """A failure of the services, or of the token."""
        code = errors.code_of(failure)
        message = failure.message
        if isinstance(failure, Broken):
            log.error("an import failed", message=failure.message)
            message = errors.INTERNAL_MESSAGE
        await self.fail(errors.STATUSES.get(code, 400), message, code, reason=failure.reason)

    async def fail(
        self,
        status: int,
        message: str,
        code: str,
        *,
        reason: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """A status and JSON; the last line where lines were told already."""
        error = errors.entry(None, message, code, new_request_id(), reason)
        body = {"error": error} if self.has_begun else {"errors": [error]}
        await self._begin(status, JSON, headers or {})
        await self.send({"type": "http.response.body", "body": orjson.dumps(body) + b"\n"})

    async def _begin(
        self, status: int, media_type: bytes, headers: Mapping[str, str] | None = None
    ) -> None:
        if self.has_begun:
            return
        self.has_begun = True
        pairs = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        pairs += [(b"content-type", media_type), (b"cache-control", b"no-store")]
        await self.send({"type": "http.response.start", "status": status, "headers": pairs})


def lines_of(progress: ImportProgress) -> Iterator[dict[str, Any]]:
    """What one message says, refused rows first."""
    for refused in progress.refusals:
        yield {
            "refused": {
                "row": refused.row,
                "column": refused.column or None,
                "reason": refused.reason,
                "message": refused.message,
            }
        }
    counts = {
        "rows": progress.rows,
        "stored": progress.stored,
        "alreadyStored": progress.already_stored,
        "refused": progress.refused,
    }
    if not progress.done:
        yield {"progress": counts}
        return
    names = list(progress.created_department_names)
    created = {
        "survey": progress.created_survey or None,
        "departments": {"count": progress.created_departments, "names": names},
    }
    yield {"done": counts | {"created": created}}
