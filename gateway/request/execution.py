"""One GraphQL request: token, document, execution, answer."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from functools import partial
from inspect import isawaitable
from typing import Any, TypeVar

from graphql import (
    ExecutionResult,
    Executor,
    GraphQLError,
    OperationType,
    create_source_event_stream,
    map_source_to_response_event,
)
from opentelemetry.trace import Span, SpanKind
from starlette.types import Receive
from strawberry.execution import optimized_is_awaitable

from gateway import errors
from gateway.browsers.cookies import RequestCredentials
from gateway.request import limits
from gateway.request.asked import BODY_BYTES, Asked, ClientGone, parse_body, too_large
from gateway.request.budget import Budget
from gateway.request.context import Context, no_token
from gateway.request.documents import Document, Operation, Refused
from gateway.request.gateway import Gateway
from gateway.request.outcome import (
    Outcome,
    body_of,
    failure_entry,
    outcome_of,
    refused_for_now,
    request_errors,
)
from gateway.strangers.responses import count_by_survey
from gateway.strangers.throttle import ENTRIES_OF_A_VALUE, counted_for, values_of
from gateway.strangers.turns import Turns
from services.kit import telemetry
from services.kit.errors import Failure, Invalid, RateLimited, Unauthenticated, Unavailable
from services.kit.rights.access import ANONYMOUS, Viewer

SECONDS = 10.0
SUBMITTING_SECONDS = 30.0
COSTLY = 1_000
"""Values: about 7 ms of CPU."""

USE_WEBSOCKET = "subscriptions go over WebSocket, subprotocol graphql-transport-ws, at this address"

ResultT = TypeVar("ResultT")
Turn = Callable[[], AbstractAsyncContextManager[None]]
"""One of whom the request counts for."""


class Execution:
    """Runs requests."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.tracer = telemetry.tracer()
        self.turns = Turns()

    async def run(
        self,
        body: bytes,
        credentials: RequestCredentials,
        traceparent: str | None,
        receive: Receive,
        address: str,
    ) -> Outcome:
        """Answer one request of an address, in one span.

        NotARequest for a body that is none; ClientGone if nobody waits for the answer any more.
        """
        with self.tracer.start_as_current_span(
            "graphql",
            context=telemetry.context_of(traceparent),
            kind=SpanKind.SERVER,
            record_exception=False,  # messages may hold what a person typed
        ) as span:
            try:
                return await self._run(body, credentials, receive, address, span)
            except Unauthenticated as failure:
                return Outcome({"errors": [failure_entry(failure, "UNAUTHENTICATED")]}, True, 401)
            except (RateLimited, Unavailable) as failure:  # or nobody can say who asks
                return refused_for_now(failure)
            except Refused as refused:
                return Outcome({"errors": request_errors(refused)}, True)

    async def _run(
        self,
        body: bytes,
        credentials: RequestCredentials,
        receive: Receive,
        address: str,
        span: Span,
    ) -> Outcome:
        viewer = await self.gateway.viewer(credentials, address)
        spend = partial(self.gateway.throttle.spend, viewer, address)
        spend(values_of(len(body)))
        asked = await parse_body(body)
        turn = partial(self.turns.of, counted_for(viewer, address))
        document = await self._document(asked.query, spend, turn)
        operation = document.operation(asked.operation)
        if operation.kind is OperationType.SUBSCRIPTION:
            raise Refused([GraphQLError(USE_WEBSOCKET)], "BAD_USER_INPUT", "USE_WEBSOCKET")
        if asked.is_large and not operation.takes_large_bodies:
            raise too_large(BODY_BYTES)
        span.update_name(f"{operation.kind.value} {operation.name}".rstrip())
        if viewer is ANONYMOUS:
            self._admit_stranger(asked, document, operation, address)
        context = self._context(viewer, operation)
        try:
            executor, taken = await self._prepared(document, operation, asked, context)
            cost = self._cost(document, operation, executor)
            spend(cost + taken)
            result = self._begun(executor, cost, turn)
            if isawaitable(result):
                result = await unless_gone(result, receive)
        finally:
            context.close()
        self._keep(asked, document, result)
        return outcome_of(result, span)

    async def _prepared(
        self, document: Document, operation: Operation, asked: Asked, context: Context
    ) -> tuple[Executor[Any], int]:
        """As _executor; of a large body, seconds of work, in a thread: others are answered meanwhile."""
        if asked.is_large:
            return await asyncio.to_thread(self._executor, document, operation, asked, context)
        return self._executor(document, operation, asked, context)

    def _begun(self, executor: Executor[Any], cost: int, turn: Turn) -> Any:
        """The result, or what is still to be awaited."""
        if cost <= COSTLY:
            return executor.execute_operation()
        return self._in_turn(executor, turn)

    async def _in_turn(self, executor: Executor[Any], turn: Turn) -> Any:
        """The result of what costs much, begun in a turn of its own."""
        async with turn():
            result = executor.execute_operation()
        return await _awaited(result)

    async def _document(self, text: str, spend: Callable[[int], None], turn: Turn) -> Document:
        """The document of a text, a new one in a turn of its own."""
        documents = self.gateway.documents
        if text in documents.known:
            return documents.get(text, spend)
        async with turn():
            return documents.get(text, spend)

    def _keep(self, asked: Asked, document: Document, result: Any) -> None:
        """A stranger's document that nothing was answered to is not worth a place in the cache."""
        if result.data and any(value is not None for value in result.data.values()):
            self.gateway.documents.keep(asked.query, document)

    def _admit_stranger(
        self, asked: Asked, document: Document, operation: Operation, address: str
    ) -> None:
        """Let who has no token pass, before variables are coerced, or raise: Unauthenticated, Refused, RateLimited."""
        if operation.needs_token:
            raise no_token()
        if operation.kind is not OperationType.MUTATION:
            return
        counts = count_by_survey(operation.node, document.fragments, asked.variables)
        try:
            self.gateway.brake.admit(address, counts)
        except Invalid as failure:
            raise _refused(failure) from failure

    def _context(self, viewer: Viewer, operation: Operation) -> Context:
        return Context(
            viewer=viewer,
            clients=self.gateway.clients,
            cache=self.gateway.cache,
            cursors=self.gateway.cursors,
            deadline=asyncio.get_running_loop().time()
            + (SUBMITTING_SECONDS if operation.submits else SECONDS),
            budget=Budget(),
            listeners=self.gateway.listeners,
        )

    def _executor(
        self, document: Document, operation: Operation, asked: Asked, context: Context
    ) -> tuple[Executor[Any], int]:
        """graphql-core's executor with coerced variables, and the values they count; Refused if they do not fit."""
        try:
            entries = limits.check_lists(asked.variables)
        except Invalid as failure:
            raise _refused(failure) from failure
        executor = Executor.build(
            self.gateway.schema,
            document.ast,
            context_value=context,
            raw_variable_values=asked.variables,
            operation_name=operation.name or None,
            max_coercion_errors=limits.ERRORS - 1,
            is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type]  # not annotated as a guard
            hide_suggestions=True,
        )
        if isinstance(executor, list):
            raise Refused(executor, "BAD_USER_INPUT")
        return executor, entries // ENTRIES_OF_A_VALUE

    def _cost(self, document: Document, operation: Operation, executor: Executor[Any]) -> int:
        """How many values the operation may read; Refused for too many."""
        variables = executor.variable_values.coerced
        return self.gateway.documents.cost(document, operation, variables)

    async def answers(
        self,
        asked: Asked,
        viewer: Viewer,
        address: str,
        opened: asyncio.Event,
        spend: Callable[[int], None],
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Bodies of one operation of any kind, for doors that stay open.

        Raises Refused as long as nothing was executed. `opened` is set when no event of a subscription is
        missed any more; ends with an error when the subscription is ended. `spend` is given what reading the
        document counts, and the values that the operation may read.
        """
        turn = partial(self.turns.of, counted_for(viewer, address))
        document = await self._document(asked.query, spend, turn)
        operation = document.operation(asked.operation)
        context = self._context(viewer, operation)
        try:
            if viewer is ANONYMOUS:
                self._admit_stranger(asked, document, operation, address)
            executor, taken = self._executor(document, operation, asked, context)
            cost = self._cost(document, operation, executor)
            spend(cost + taken)
            if operation.kind is OperationType.SUBSCRIPTION:
                results = self._events(asked, document, executor, opened)
            else:
                begun = self._begun(executor, cost, turn)
                results = self._result(asked, document, begun, opened)
            async with aclosing(results):
                async for result in results:
                    yield body_of(result)
        except Failure as failure:
            yield {"data": None, "errors": [failure_entry(failure, errors.code_of(failure))]}
        finally:
            context.close()

    async def _result(
        self, asked: Asked, document: Document, begun: Any, opened: asyncio.Event
    ) -> AsyncGenerator[ExecutionResult, None]:
        """The one result of a query or mutation."""
        opened.set()
        result = await _awaited(begun)
        self._keep(asked, document, result)
        yield result

    async def _events(
        self, asked: Asked, document: Document, executor: Executor[Any], opened: asyncio.Event
    ) -> AsyncGenerator[ExecutionResult, None]:
        """What a subscription's events come to; one result where it is refused."""
        source = await _awaited(create_source_event_stream(executor))
        opened.set()
        if isinstance(source, ExecutionResult):
            yield source
            return
        self.gateway.documents.keep(asked.query, document)
        async with aclosing(map_source_to_response_event(executor, source)) as results:
            async for result in results:
                yield result


def _refused(failure: Invalid) -> Refused:
    return Refused([GraphQLError(failure.message)], "BAD_USER_INPUT", failure.reason)


async def _awaited(result: Any) -> Any:
    return await result if isawaitable(result) else result


async def unless_gone(work: Awaitable[ResultT], receive: Receive) -> ResultT:
    """The result of work; ClientGone, with the work and its calls cancelled, when the client hangs up first."""
    working = asyncio.ensure_future(work)
    watching = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((working, watching), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
    finally:
        watching.cancel()
        working.cancel()
    await asyncio.wait((working,))
    raise ClientGone


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
