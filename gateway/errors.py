"""Failures on their way to the client: a code for machines, a sentence for people, nothing of our insides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import grpc
import structlog
from graphql import GraphQLError

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
    printable,
)
from services.kit.rpc.status import from_rpc

log = structlog.get_logger()

REFUSALS = (Invalid, Conflict, NotFound)
"""What a mutation answers with userErrors; everything else is an error of the request."""


CODES: Mapping[type[Failure], str] = {
    NotFound: "NOT_FOUND",
    Invalid: "BAD_USER_INPUT",
    Conflict: "CONFLICT",
    Denied: "FORBIDDEN",
    Unauthenticated: "UNAUTHENTICATED",
    Unavailable: "UNAVAILABLE",
    Late: "DEADLINE_EXCEEDED",
    RateLimited: "RATE_LIMITED",
    Broken: "INTERNAL",
}
STATUSES: Mapping[str, int] = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "CONFLICT": 409,
    "RATE_LIMITED": 429,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
    "DEADLINE_EXCEEDED": 504,
}
"""HTTP statuses of the doors that are not GraphQL, by code; 400 for the others."""
UNNAMED = frozenset({Unavailable.reason, Late.reason, RateLimited.reason, Broken.reason})
"""Reasons that say no more than the status: then the sentence is ours."""
TOLD = 5
"""Errors of one field of a document, in a list of many, that its answer carries."""
MOST_TOLD = 25
"""Errors of all fields together: what is missing is told of each, and an answer stays small."""
INTERNAL_MESSAGE = "internal error: give the requestId to whoever runs this platform"


def failure_of(error: grpc.aio.AioRpcError, service: str) -> Failure:
    """The failure behind a gRPC status; addresses and other insides of a service's absence stay here."""
    failure = from_rpc(error)
    if failure.reason not in UNNAMED:
        return failure
    match error.code():
        case grpc.StatusCode.UNAVAILABLE:
            return Unavailable(f"the {service} service is away: try again in a moment")
        case grpc.StatusCode.DEADLINE_EXCEEDED | grpc.StatusCode.CANCELLED:
            return Late(f"the {service} service did not answer in time: try again or ask for less")
        case grpc.StatusCode.RESOURCE_EXHAUSTED:
            return RateLimited(f"the {service} service has too much to do: try again in a moment")
        case _:
            return failure


def format_errors(errors: Sequence[GraphQLError], request_id: str) -> list[dict[str, Any]]:
    """Errors of an execution as the response carries them. Of our own faults one is logged, with a count."""
    faults = [error for error in errors if _is_fault(_origin(error))]
    if faults:
        log.error(
            "a field failed",
            request_id=request_id,
            path=faults[0].path,
            count=len(faults),
            exc_info=_origin(faults[0]),
        )
    return [_formatted(error, request_id) for error in _told(errors)]


def _told(errors: Sequence[GraphQLError]) -> list[GraphQLError]:
    """The first TOLD of each field, wherever it stands in lists; MOST_TOLD of all."""
    counts, told = Counter[tuple[str, ...]](), list[GraphQLError]()
    for error in errors:
        field = tuple(part for part in error.path or () if isinstance(part, str))
        counts[field] += 1
        if counts[field] <= TOLD:
            told.append(error)
            if len(told) == MOST_TOLD:
                break
    return told


def _is_fault(origin: BaseException | None) -> bool:
    return origin is not None and (not isinstance(origin, Failure) or isinstance(origin, Broken))


def _formatted(error: GraphQLError, request_id: str) -> dict[str, Any]:
    origin = _origin(error)
    if origin is None:
        return error_entry(error, error.message, "BAD_USER_INPUT", request_id)
    if isinstance(origin, Failure) and not _is_fault(origin):
        code = CODES.get(type(origin), "INTERNAL")
        return error_entry(error, origin.message, code, request_id, origin.reason)
    return error_entry(error, INTERNAL_MESSAGE, "INTERNAL", request_id)


def _origin(error: GraphQLError) -> BaseException | None:
    """What a resolver raised; None if graphql-core itself refused the input."""
    origin: BaseException | None = error
    while isinstance(origin, GraphQLError):
        origin = origin.original_error
    return origin


def error_entry(
    error: GraphQLError | None, message: str, code: str, request_id: str, reason: str = ""
) -> dict[str, Any]:
    """One entry of `errors`, without control characters. `reason` is added where it says more than the code."""
    extensions = {"code": code, "requestId": request_id}
    if reason and reason != code:
        extensions["reason"] = reason
    result: dict[str, Any] = {"message": printable(message), "extensions": extensions}
    if error is not None and error.locations:
        result["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error is not None and error.path is not None:
        result["path"] = error.path
    return result


def code_of(failure: Failure) -> str:
    """The public code of a failure."""
    return CODES.get(type(failure), "INTERNAL")


def log_fault(failure: Failure, what: str) -> None:
    """Log a fault of ours, of which the client is told nothing; `what` failed. Other failures are no news."""
    if isinstance(failure, Broken):
        log.error(f"{what} failed", message=failure.message)
