"""Failures with a reason for machines and a sentence for people, and their way over gRPC and back."""

from collections.abc import Iterable
from typing import ClassVar

import grpc
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

DOMAIN = "cxm"


class Failure(Exception):
    """An expected failure. `field` is the path of the offending input, outermost name first."""

    status: ClassVar[grpc.StatusCode] = grpc.StatusCode.UNKNOWN
    reason: str = "UNKNOWN"

    def __init__(self, message: str, *, reason: str = "", field: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason or self.reason
        self.field = tuple(field)


class NotFound(Failure):
    """Absent, or not the viewer's to see: the two look the same."""

    status = grpc.StatusCode.NOT_FOUND
    reason = "NOT_FOUND"


class Invalid(Failure):
    """The input breaks a rule; the same input will fail again."""

    status = grpc.StatusCode.INVALID_ARGUMENT
    reason = "INVALID"


class Conflict(Failure):
    """The input is well formed but contradicts what is stored."""

    status = grpc.StatusCode.FAILED_PRECONDITION
    reason = "CONFLICT"


class Denied(Failure):
    """Visible to the viewer, but not the viewer's to do."""

    status = grpc.StatusCode.PERMISSION_DENIED
    reason = "FORBIDDEN"


class Unauthenticated(Failure):
    """No token, or one that does not hold."""

    status = grpc.StatusCode.UNAUTHENTICATED
    reason = "UNAUTHENTICATED"


class Unavailable(Failure):
    """Something this needs is away; the same input may succeed later."""

    status = grpc.StatusCode.UNAVAILABLE
    reason = "UNAVAILABLE"


class Late(Failure):
    """The caller's time ran out."""

    status = grpc.StatusCode.DEADLINE_EXCEEDED
    reason = "DEADLINE_EXCEEDED"


class Broken(Failure):
    """A defect on our side; details are in the log, never in the message."""

    status = grpc.StatusCode.INTERNAL
    reason = "INTERNAL"


_BY_STATUS: dict[grpc.StatusCode, type[Failure]] = {
    kind.status: kind
    for kind in (NotFound, Invalid, Conflict, Denied, Unauthenticated, Unavailable, Late, Broken)
}


def to_rpc(failure: Failure) -> grpc.Status:
    """A google.rpc.Status with one ErrorInfo: reason, domain and the field path joined by dots."""
    info = error_details_pb2.ErrorInfo(reason=failure.reason, domain=DOMAIN)
    if failure.field:
        info.metadata["field"] = ".".join(failure.field)
    detail = any_pb2.Any()
    detail.Pack(info)
    code: int = failure.status.value[0]
    return rpc_status.to_status(
        status_pb2.Status(code=code, message=failure.message, details=[detail])
    )


def from_rpc(error: grpc.aio.AioRpcError) -> Failure:
    """The failure a service raised, as it was; a bare gRPC status becomes the nearest one."""
    kind = _BY_STATUS.get(error.code(), Broken)
    message = error.details() or kind.__doc__ or ""
    status = rpc_status.from_call(error)  # type: ignore[arg-type]
    for detail in status.details if status else ():
        info = error_details_pb2.ErrorInfo()
        if detail.Is(info.DESCRIPTOR) and detail.Unpack(info) and info.domain == DOMAIN:
            field = info.metadata["field"].split(".") if "field" in info.metadata else ()
            return kind(message, reason=info.reason, field=field)
    return kind(message)
