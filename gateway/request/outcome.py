"""What a request is answered with: data, errors, and the id that joins them to our logs; and how long that takes."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from graphql import (
    ExecutionResult,
    GraphQLError,
    InitialIncrementalExecutionResult,
    SubsequentIncrementalExecutionResult,
)
from opentelemetry.trace import Span, Status, StatusCode

from gateway import errors
from gateway.request.asked import ClientGone
from gateway.request.documents import Operation, Refused
from services.kit import telemetry
from services.kit.errors import Failure, RateLimited, Unauthenticated, Unavailable
from services.kit.numbers import metering

BUSY_SECONDS = 5
"""After which it is worth trying again where nobody knows better."""
FAULTS: Final = frozenset({"INTERNAL", "UNAVAILABLE", "DEADLINE_EXCEEDED"})
"""Codes of errors that are ours; of others the client is told what would be right."""
_DURATION = metering.histogram(
    "cxm.graphql.duration",
    unit="s",
    meaning="How long operations took, by the one field of Query or Mutation that they read, or `several`.",
    labels=("kind", "field", "outcome"),
    bounds=metering.SECONDS,
)
_IN_FLIGHT = metering.gauge(
    "cxm.graphql.in_flight", unit="{operation}", meaning="Operations that are being answered."
)


@dataclass(slots=True)
class Outcome:
    """What becomes of a request. `is_request_error`: nothing was executed, there is no `data`; `status` is HTTP's.

    `retry_after`: the seconds after which the same request may pass.
    """

    body: dict[str, Any] | list[dict[str, Any]]
    is_request_error: bool = False
    status: int = 400
    retry_after: int | None = None
    content: bytes | None = None
    """The body as it is sent, where that is known already."""
    departments: Collection[str] | None = None
    """Whose scores an answer was made of that may be kept, by id; None: it may not."""
    cost: int = 0

    def written(self) -> bytes:
        """The body as it is sent."""
        return orjson.dumps(self.body) if self.content is None else self.content

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """Those of a batch, or the one."""
        return self.body if isinstance(self.body, list) else [self.body]


def batch_of(outcomes: Sequence[Outcome]) -> Outcome:
    """What becomes of a batch; what was refused of it is told in its own answer."""
    return Outcome([body for outcome in outcomes for body in outcome.bodies])


def new_request_id() -> str:
    """The id that joins an answer to our logs: the trace's where one is recorded."""
    return telemetry.trace_ids().get("trace_id") or secrets.token_hex(16)


def outcome_of(result: Any, span: Span) -> Outcome:
    body = body_of(result)
    if any(entry["extensions"]["code"] == "INTERNAL" for entry in body.get("errors", ())):
        span.set_status(Status(StatusCode.ERROR, "INTERNAL"))
    return Outcome(body)


Result = ExecutionResult | InitialIncrementalExecutionResult | SubsequentIncrementalExecutionResult


def body_of(result: Result) -> dict[str, Any]:
    """A result as it is sent; of what defers, first what it begins with and then each part that follows."""
    if isinstance(result, SubsequentIncrementalExecutionResult):
        return _following(result)
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body |= _told(result.errors)
        if len(result.errors) > len(body["errors"]):
            body["extensions"] = {"errors": len(result.errors)}
    if isinstance(result, InitialIncrementalExecutionResult):
        body["pending"] = [pending.formatted for pending in result.pending]
        body["hasNext"] = result.has_next
    return body


def _following(result: SubsequentIncrementalExecutionResult) -> dict[str, Any]:
    body: dict[str, Any] = {"hasNext": result.has_next}
    if result.pending:
        body["pending"] = [pending.formatted for pending in result.pending]
    if result.incremental:
        body["incremental"] = [
            {**part.formatted, **(_told(part.errors) if part.errors else {})}
            for part in result.incremental
        ]
    if result.completed:
        body["completed"] = [
            {"id": part.id, **(_told(part.errors) if part.errors else {})}
            for part in result.completed
        ]
    return body


def _told(failed: Sequence[GraphQLError]) -> dict[str, Any]:
    return {"errors": errors.format_errors(failed, new_request_id())}


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


async def told(answering: Awaitable[Outcome]) -> Outcome:
    """What becomes of a request, also where it is refused."""
    try:
        return await answering
    except Unauthenticated as failure:
        return Outcome({"errors": [failure_entry(failure, "UNAUTHENTICATED")]}, True, 401)
    except (RateLimited, Unavailable) as failure:  # or nobody can say who asks
        return refused_for_now(failure)
    except Refused as refused:
        return Outcome({"errors": request_errors(refused)}, True)


class Measure:
    """Measures an operation from its entry to its end; before it is known it is of kind and field `none`.

    Labels are names of the schema, never of a document.
    """

    __slots__ = ("is_batch", "operation", "outcome", "since")

    def __init__(self, operation: Operation | None = None) -> None:
        self.operation = operation
        self.is_batch = False
        self.outcome = "ok"

    def __enter__(self) -> "Measure":
        _IN_FLIGHT.add(1)
        self.since = time.perf_counter()
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        _IN_FLIGHT.add(-1)
        if error is not None:
            is_gone = issubclass(error, (ClientGone, asyncio.CancelledError, GeneratorExit))
            self.outcome = "gone" if is_gone else "failed"
        operation = self.operation
        if operation is not None:
            labels = operation.labels
        else:
            labels = ("batch", "several") if self.is_batch else ("none", "none")
        _DURATION.record(time.perf_counter() - self.since, *labels, self.outcome)

    def judge(self, bodies: Iterable[Mapping[str, Any]]) -> None:
        """By the errors of answers: failed where one is ours, refused where they are the client's."""
        errors = [entry for body in bodies for entry in body.get("errors", ())]
        if errors:
            codes = {entry["extensions"]["code"] for entry in errors}
            self.outcome = "refused" if codes.isdisjoint(FAULTS) else "failed"
