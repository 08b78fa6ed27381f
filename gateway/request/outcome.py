"""What a request is answered with: data, errors, and the id that joins them to our logs."""

import secrets
from dataclasses import dataclass
from typing import Any

from opentelemetry.trace import Span, Status, StatusCode

from gateway import errors
from gateway.request.documents import Refused
from services.kit import telemetry
from services.kit.errors import Failure, RateLimited, Unavailable

BUSY_SECONDS = 5
"""After which it is worth trying again where nobody knows better."""


@dataclass(slots=True)
class Outcome:
    """What becomes of a request. `is_request_error`: nothing was executed, there is no `data`; `status` is HTTP's.

    `retry_after`: the seconds after which the same request may pass.
    """

    body: dict[str, Any]
    is_request_error: bool = False
    status: int = 400
    retry_after: int | None = None


def new_request_id() -> str:
    """The id that joins an answer to our logs: the trace's where one is recorded."""
    return telemetry.trace_ids().get("trace_id") or secrets.token_hex(16)


def outcome_of(result: Any, span: Span) -> Outcome:
    body = body_of(result)
    if any(entry["extensions"]["code"] == "INTERNAL" for entry in body.get("errors", ())):
        span.set_status(Status(StatusCode.ERROR, "INTERNAL"))
    return Outcome(body)


def body_of(result: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = errors.format_errors(result.errors, new_request_id())
        if len(result.errors) > errors.TOLD:
            body["extensions"] = {"errors": len(result.errors)}
    return body


def failure_entry(failure: Failure, code: str) -> dict[str, Any]:
    entry = errors.error_entry(None, failure.message, code, new_request_id(), failure.reason)
    if isinstance(failure, RateLimited) and failure.retry_after is not None:
        entry["extensions"]["retryAfter"] = failure.retry_after
    return entry


def seconds_to_wait(failure: Failure) -> int | None:
    """After how long the same request may pass; None: not by waiting."""
    if isinstance(failure, RateLimited):
        return failure.retry_after or BUSY_SECONDS
    return BUSY_SECONDS if isinstance(failure, Unavailable) else None


def refused_for_now(failure: RateLimited | Unavailable) -> Outcome:
    """What becomes of a request that is sent again later."""
    code, seconds = errors.code_of(failure), seconds_to_wait(failure)
    entry = failure_entry(failure, code)
    entry["extensions"]["retryAfter"] = seconds
    return Outcome({"errors": [entry]}, True, errors.STATUSES[code], seconds)


def request_errors(refused: Refused) -> list[dict[str, Any]]:
    """The errors of a request that is not executed, as its answer carries them."""
    request_id = new_request_id()
    entries = [
        errors.error_entry(error, error.message, refused.code, request_id, refused.reason)
        for error in refused.errors
    ]
    if refused.retry_after is not None:
        for entry in entries:
            entry["extensions"]["retryAfter"] = refused.retry_after
    return entries
