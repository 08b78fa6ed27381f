"""Failures over gRPC and back: google.rpc.Status with one ErrorInfo."""

from collections.abc import Mapping

import grpc
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from services.kit.errors import (
    Broken,
    Conflict,
    Denied,
    Failure,
    Invalid,
    Late,
    NotFound,
    RateLimited,
    Unauthenticated,
    Unavailable,
)

DOMAIN = "cxm"
STATUS: Mapping[type[Failure], grpc.StatusCode] = {
    NotFound: grpc.StatusCode.NOT_FOUND,
    Invalid: grpc.StatusCode.INVALID_ARGUMENT,
    Conflict: grpc.StatusCode.FAILED_PRECONDITION,
    Denied: grpc.StatusCode.PERMISSION_DENIED,
    Unauthenticated: grpc.StatusCode.UNAUTHENTICATED,
    Unavailable: grpc.StatusCode.UNAVAILABLE,
    RateLimited: grpc.StatusCode.RESOURCE_EXHAUSTED,
    Late: grpc.StatusCode.DEADLINE_EXCEEDED,
    Broken: grpc.StatusCode.INTERNAL,
}
_KIND = {status: kind for kind, status in STATUS.items()}


def to_rpc(failure: Failure) -> grpc.Status:
    """A google.rpc.Status with one ErrorInfo: reason, domain and the field path joined by dots."""
    info = error_details_pb2.ErrorInfo(reason=failure.reason, domain=DOMAIN)
    if failure.field:
        info.metadata["field"] = ".".join(failure.field)
    detail = any_pb2.Any()
    detail.Pack(info)
    code: int = _status(failure).value[0]
    return rpc_status.to_status(
        status_pb2.Status(code=code, message=failure.message, details=[detail])
    )


def _status(failure: Failure) -> grpc.StatusCode:
    """The status of the failure's kind, or of the kind it was derived from."""
    return next(STATUS[kind] for kind in type(failure).__mro__ if kind in STATUS)


def from_rpc(error: grpc.aio.AioRpcError) -> Failure:
    """The failure a service raised, as it was; a bare gRPC status becomes the nearest one."""
    kind = _KIND.get(error.code(), Broken)
    message = error.details() or kind.__doc__ or ""
    status = rpc_status.from_call(error)  # type: ignore[arg-type]
    for detail in status.details if status else ():
        info = error_details_pb2.ErrorInfo()
        if detail.Is(info.DESCRIPTOR) and detail.Unpack(info) and info.domain == DOMAIN:
            field = info.metadata["field"].split(".") if "field" in info.metadata else ()
            return kind(message, reason=info.reason, field=field)
    return kind(message)
