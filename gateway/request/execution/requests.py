"""Requests over HTTP that are answered at once, one or a batch in a body: token, document, execution, answer."""

import asyncio
import time
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from inspect import isawaitable
from typing import Any

from graphql import GraphQLError, OperationType
from opentelemetry.trace import INVALID_SPAN, Span, SpanKind
from starlette.types import Receive

from gateway.browsers.cookies import RequestCredentials
from gateway.request.asked import BODY_BYTES, Asked, Unparsed, too_large
from gateway.request.context import Context
from gateway.request.documents import Refused
from gateway.request.execution.hanging_up import unless_gone
from gateway.request.execution.keeping import AnswerKeeping
from gateway.request.execution.operations import Operations, Requested
from gateway.request.gateway import Caller
from gateway.request.outcome import Measure, Outcome, batch_of, outcome_of, told
from gateway.strangers.throttle import values_of
from services.kit import telemetry
from services.kit.rights.access import Viewer

USE_WEBSOCKET = (
    "subscriptions go over WebSocket, subprotocol graphql-transport-ws, at this address, or with Accept: "
    "text/event-stream"
)


class Requests:
    """Answers requests."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations
        self.gateway = operations.gateway
        self.keeping = AnswerKeeping(operations.gateway.listeners)
        self.tracer = telemetry.tracer()

    async def run(
        self,
        sent: Unparsed,
        credentials: RequestCredentials,
        traceparent: str | None,
        receive: Receive,
        address: str,
    ) -> Outcome:
        """Answer one request of an address, or those of a batch, in one span.

        NotARequest for what is none; ClientGone if nobody waits for the answer any more.
        """
        with Measure() as measure:
            began = time.time_ns()
            caller = await self.gateway.caller(credentials, address)
            with self._span(caller, traceparent, began) as span:
                outcome = await told(self._outcome(sent, caller, receive, address, span, measure))
                measure.judge(outcome.bodies)
                return outcome

    def _span(
        self, caller: Caller, traceparent: str | None, began: int
    ) -> AbstractContextManager[Span]:
        """Of a request; none where nobody records it and nobody's trace is to be handed on."""
        if traceparent is None and not telemetry.is_recording():
            return nullcontext(INVALID_SPAN)
        return self.tracer.start_as_current_span(
            "graphql",
            context=caller.trace(traceparent),
            kind=SpanKind.SERVER,
            start_time=began,
            record_exception=False,  # messages may hold what a person typed
        )

    async def _outcome(
        self,
        sent: Unparsed,
        caller: Caller,
        receive: Receive,
        address: str,
        span: Span,
        measure: Measure,
    ) -> Outcome:
        """What a request comes to, or a batch, whose requests run beside each other."""
        viewer = caller.viewer
        self.gateway.throttle.spend(viewer, address, values_of(len(sent.data)))
        key = self.keeping.key_of(sent, viewer)
        if (kept := await self.keeping.find(sent, key)) is not None:
            self.gateway.throttle.spend(viewer, address, kept.cost)
            measure.operation = kept.operation
            span.update_name(f"query {kept.operation.name}".rstrip())
            return Outcome({}, content=kept.content)
        asked = await sent.parsed(self.gateway.largest_batch)
        if isinstance(asked, Asked):
            answering = told(self._answer(asked, viewer, receive, address, span, measure))
            return await self.keeping.keep(key, answering, measure)
        measure.is_batch = True
        outcomes = [
            told(self._answer(each, viewer, None, address, span, Measure())) for each in asked
        ]
        return batch_of(await unless_gone(asyncio.gather(*outcomes), receive))

    async def _answer(
        self,
        asked: Asked,
        viewer: Viewer,
        receive: Receive | None,
        address: str,
        span: Span,
        measure: Measure,
    ) -> Outcome:
        """The outcome of one request; `receive` tells that its client is gone, None: somebody else looks."""
        operations = self.operations
        take = partial(self.gateway.throttle.spend, viewer, address)
        requested = await operations.requested(asked, viewer, address, take)
        operation = measure.operation = requested.operation
        _check_at_once(requested)
        span.update_name(f"{operation.kind.value} {operation.name}".rstrip())
        operations.admit(requested)
        context = operations.context(requested)
        try:
            if asked.is_large:  # seconds of work: others are answered meanwhile
                built = await asyncio.to_thread(operations.executor, requested, context)
            else:
                built = operations.executor(requested, context)
            cost = operations.charge(requested, *built)
            result = operations.begun(requested, built[0], cost)
            if isawaitable(result):
                result = await (result if receive is None else unless_gone(result, receive))
        finally:
            context.close()
        operations.keep_document(requested, result)
        return _judged(requested, result, context, cost, span)


def _check_at_once(requested: Requested) -> None:
    """Refused for a subscription; NotARequest for a large body of what takes none."""
    operation = requested.operation
    if operation.kind is OperationType.SUBSCRIPTION:
        raise Refused([GraphQLError(USE_WEBSOCKET)], "BAD_USER_INPUT", "USE_WEBSOCKET")
    if requested.asked.is_large and not operation.takes_large_bodies:
        raise too_large(BODY_BYTES)


def _judged(requested: Requested, result: Any, context: Context, cost: int, span: Span) -> Outcome:
    """The outcome of a result: with what it cost where that is asked for; else whether it may be kept."""
    outcome, operation = outcome_of(result, span), requested.operation
    if requested.asked.wants_cost:
        outcome.body = requested.spend.told_in(outcome.bodies[0], operation.worst_cost)
    elif operation.is_shareable and not result.errors and not operation.deprecated:
        outcome.departments, outcome.cost = context.departments, cost
    return outcome
