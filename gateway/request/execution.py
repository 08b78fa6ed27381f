"""One GraphQL request: token, document, execution, answer."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from functools import partial
from inspect import isawaitable
from typing import Any, TypeVar

from graphql import (
    ExecutionResult,
    Executor,
    ExperimentalIncrementalExecutionResults,
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
from gateway.deprecations.counting import DeprecatedUse
from gateway.live.kept import LARGEST_REQUEST, KeptAnswer, Key
from gateway.request import limits
from gateway.request.asked import BODY_BYTES, Asked, ClientGone, NotARequest, Unparsed, too_large
from gateway.request.budget import Budget, Charge
from gateway.request.compiled.executor import CompiledExecutor
from gateway.request.context import Context, no_token
from gateway.request.documents import Document, Operation, Refused
from gateway.request.gateway import Caller, Gateway
from gateway.request.outcome import (
    Measure,
    Outcome,
    Result,
    batch_of,
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
from services.kit.events.fetching import cancel_all
from services.kit.rights.access import ANONYMOUS, Viewer

SECONDS = 10.0
SUBMITTING_SECONDS = 30.0
PATIENCE_SECONDS = 0.05
"""Before it is looked whether a client still waits."""
COSTLY = 1_000
"""Values: about 7 ms of CPU."""

USE_WEBSOCKET = (
    "subscriptions go over WebSocket, subprotocol graphql-transport-ws, at this address, or with Accept: "
    "text/event-stream"
)

ResultT = TypeVar("ResultT")
Turn = Callable[[], AbstractAsyncContextManager[None]]
"""One of whom the request counts for."""


class Execution:
    """Runs requests."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.tracer = telemetry.tracer()
        self.turns = Turns()
        self.deprecated_use = DeprecatedUse()
        self.kept = gateway.listeners.kept

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
            with self.tracer.start_as_current_span(
                "graphql",
                context=caller.trace(traceparent),
                kind=SpanKind.SERVER,
                start_time=began,
                record_exception=False,  # messages may hold what a person typed
            ) as span:
                outcome = await self._outcome(sent, caller, receive, address, span, measure)
                measure.judge(outcome.bodies)
                return outcome

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

        async def outcome_of_one(asked: Asked, found: Measure, watched: Receive | None) -> Outcome:
            return await self.told(self._run(asked, caller, watched, address, span, found))

        async def all_of(sent: Unparsed) -> Outcome:
            viewer = caller.viewer
            self.gateway.throttle.spend(viewer, address, values_of(len(sent.data)))
            key = self._key(sent, viewer)
            if (kept := await self._kept(sent, key)) is not None:
                self.gateway.throttle.spend(viewer, address, kept.cost)
                measure.operation = kept.operation
                span.update_name(f"query {kept.operation.name}".rstrip())
                return Outcome({}, content=kept.content)
            asked = await sent.parsed(self.gateway.largest_batch)
            if isinstance(asked, Asked):
                return await self._keeping(key, outcome_of_one(asked, measure, receive), measure)
            measure.is_batch = True
            outcomes = [outcome_of_one(each, Measure(), None) for each in asked]
            return batch_of(await unless_gone(asyncio.gather(*outcomes), receive))

        return await self.told(all_of(sent))

    def _key(self, sent: Unparsed, viewer: Viewer) -> Key | None:
        """By what an answer is kept; None where none is."""
        is_out = viewer is ANONYMOUS or len(sent.data) > LARGEST_REQUEST
        return None if is_out or not self.kept.seconds else (viewer.grants, sent.is_get, sent.data)

    async def _kept(self, sent: Unparsed, key: Key | None) -> KeptAnswer | None:
        """The answer that was kept, while it is heard what changes."""
        if key is None or sent.wants_new or not self.gateway.listeners.live.is_set():
            return None
        return await self.kept.find_soon(key, SECONDS)

    async def _keeping(
        self, key: Key | None, answering: Awaitable[Outcome], measure: Measure
    ) -> Outcome:
        """An answer, kept where it may be and nothing it was made of changed meanwhile."""
        if key is None:
            return await answering
        is_heard = self.gateway.listeners.live.is_set()  # from before anything is read
        with self.kept.reading(key) as reading:
            outcome = await answering
            if outcome.departments is not None:
                self.gateway.listeners.hear_for_answers()
                if is_heard and reading.is_current(outcome.departments):
                    outcome.content = outcome.written()
                    operation, departments = measure.operation, outcome.departments
                    self.kept.keep(key, outcome.content, operation, outcome.cost, departments)
            return outcome

    async def told(self, answering: Awaitable[Outcome]) -> Outcome:
        """What becomes of a request, also where it is refused."""
        try:
            return await answering
        except Unauthenticated as failure:
            return Outcome({"errors": [failure_entry(failure, "UNAUTHENTICATED")]}, True, 401)
        except (RateLimited, Unavailable) as failure:  # or nobody can say who asks
            return refused_for_now(failure)
        except Refused as refused:
            return Outcome({"errors": request_errors(refused)}, True)

    async def _run(
        self,
        asked: Asked,
        caller: Caller,
        receive: Receive | None,
        address: str,
        span: Span,
        measure: Measure,
    ) -> Outcome:
        """The outcome of one request; `receive` tells that its client is gone, None: somebody else looks."""
        viewer = caller.viewer
        spend = Charge(partial(self.gateway.throttle.spend, viewer, address))
        turn = partial(self.turns.of, counted_for(viewer, address))
        text = self.gateway.documents.text_of(asked)
        document = await self._document(text, spend, turn)
        operation = _operation(document, asked)
        measure.operation = operation
        if operation.kind is OperationType.SUBSCRIPTION:
            raise Refused([GraphQLError(USE_WEBSOCKET)], "BAD_USER_INPUT", "USE_WEBSOCKET")
        if asked.is_large and not operation.takes_large_bodies:
            raise too_large(BODY_BYTES)
        span.update_name(f"{operation.kind.value} {operation.name}".rstrip())
        if viewer is ANONYMOUS:
            self._admit_stranger(asked, document, operation, address)
        self._count_deprecated(operation, asked, viewer)
        context = self._context(viewer, operation)
        try:
            executor, taken = await self._prepared(document, operation, asked, context)
            cost = self._cost(document, operation, executor)
            spend(cost + taken)
            result = self._begun(executor, cost, turn)
            if isawaitable(result):
                result = await (result if receive is None else unless_gone(result, receive))
        finally:
            context.close()
        self._keep(text, asked, document, result)
        outcome = outcome_of(result, span)
        if asked.wants_cost:
            outcome.body = spend.told_in(outcome.bodies[0], operation.worst_cost)
        elif operation.is_shareable and not result.errors and not operation.deprecated:
            outcome.departments, outcome.cost = context.departments, cost
        return outcome

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
        if documents.knows(text):
            return documents.get(text, spend)
        async with turn():
            return documents.get(text, spend)

    def _keep(self, text: str, asked: Asked, document: Document, result: Any) -> None:
        """A stranger's document that nothing was answered to is not worth a place in the cache."""
        if result.data and any(value is not None for value in result.data.values()):
            self.gateway.documents.keep(text, document, asked.hash)

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

    def _count_deprecated(self, operation: Operation, asked: Asked, viewer: Viewer) -> None:
        if operation.deprecated:
            is_known = viewer is not ANONYMOUS
            self.deprecated_use.count(operation.deprecated, asked.variables, is_known=is_known)

    def _context(self, viewer: Viewer, operation: Operation) -> Context:
        context = Context(
            viewer=viewer,
            clients=self.gateway.clients,
            cache=self.gateway.cache,
            cursors=self.gateway.cursors,
            deadline=asyncio.get_running_loop().time()
            + (SUBMITTING_SECONDS if operation.submits else SECONDS),
            budget=Budget(),
            listeners=self.gateway.listeners,
        )
        if operation.kind is OperationType.MUTATION and not operation.submits:
            context.on_close(self.kept.drop_all)
        return context

    def _executor(
        self,
        document: Document,
        operation: Operation,
        asked: Asked,
        context: Context,
        kind: type[Executor[Any]] = CompiledExecutor,
    ) -> tuple[Executor[Any], int]:
        """graphql-core's executor with coerced variables, and the values they count; Refused if they do not fit."""
        try:
            entries = limits.check_lists(asked.variables)
        except Invalid as failure:
            raise _refused(failure) from failure
        executor = kind.build(
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
        if isinstance(executor, CompiledExecutor):
            executor.share(operation.compiled(executor.variable_values.coerced))
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
        kind: type[Executor[Any]] = CompiledExecutor,
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Bodies of one operation of any kind, for doors that stay open. `kind`: who executes a query or mutation.

        Raises Refused as long as nothing was executed. `opened` is set when no event of a subscription is
        missed any more; ends with an error when the subscription is ended. `spend` is given what reading the
        document counts, and the values that the operation may read.
        """
        spend = Charge(spend)
        turn = partial(self.turns.of, counted_for(viewer, address))
        text = self.gateway.documents.text_of(asked)
        document = await self._document(text, spend, turn)
        operation = _operation(document, asked)
        context = self._context(viewer, operation)
        is_told = not asked.wants_cost
        try:
            if viewer is ANONYMOUS:
                self._admit_stranger(asked, document, operation, address)
            self._count_deprecated(operation, asked, viewer)
            executor, taken = self._executor(document, operation, asked, context, kind)
            cost = self._cost(document, operation, executor)
            spend(cost + taken)
            if operation.kind is OperationType.SUBSCRIPTION:
                results = self._events(text, asked, document, executor, opened)
            else:
                begun = self._begun(executor, cost, turn)
                results = self._result(text, asked, document, begun, opened)
            async with aclosing(_bodies(operation, results)) as bodies:
                async for body in bodies:
                    yield body if is_told else spend.told_in(body, operation.worst_cost)
                    is_told = True
        except Failure as failure:
            yield {"data": None, "errors": [failure_entry(failure, errors.code_of(failure))]}
        finally:
            context.close()

    async def _result(
        self, text: str, asked: Asked, document: Document, begun: Any, opened: asyncio.Event
    ) -> AsyncGenerator[Result, None]:
        """The result of a query or mutation; of one that defers, what it begins with and what follows."""
        opened.set()
        result = await _awaited(begun)
        if not isinstance(result, ExperimentalIncrementalExecutionResults):
            self._keep(text, asked, document, result)
            yield result
            return
        self._keep(text, asked, document, result.initial_result)
        async with aclosing(result.subsequent_results) as following:
            yield result.initial_result
            async for part in following:
                yield part

    async def _events(
        self,
        text: str,
        asked: Asked,
        document: Document,
        executor: Executor[Any],
        opened: asyncio.Event,
    ) -> AsyncGenerator[Result, None]:
        """What a subscription's events come to; one result where it is refused."""
        source = await _awaited(create_source_event_stream(executor))
        opened.set()
        if isinstance(source, ExecutionResult):
            yield source
            return
        self.gateway.documents.keep(text, document, asked.hash)
        async with aclosing(map_source_to_response_event(executor, source)) as results:
            async for result in results:
                yield result


def _operation(document: Document, asked: Asked) -> Operation:
    """The operation of a request; NotARequest for one that GET may not ask for."""
    operation = document.operation(asked.operation)
    if asked.is_get and operation.kind is OperationType.MUTATION:
        raise NotARequest(405, "a mutation is sent by POST", {"allow": "POST"})
    return operation


def _refused(failure: Invalid) -> Refused:
    return Refused([GraphQLError(failure.message)], "BAD_USER_INPUT", failure.reason)


async def _bodies(
    operation: Operation, results: AsyncGenerator[Result, None]
) -> AsyncGenerator[dict[str, Any], None]:
    """Of results; what is not a subscription is measured."""
    async with aclosing(results):
        if operation.kind is OperationType.SUBSCRIPTION:
            async for result in results:
                yield body_of(result)
            return
        with Measure(operation) as measure:
            async for result in results:
                body = body_of(result)
                measure.judge([body])
                yield body


async def _awaited(result: Any) -> Any:
    return await result if isawaitable(result) else result


async def unless_gone(work: Awaitable[ResultT], receive: Receive) -> ResultT:
    """The result of work; ClientGone, with the work and its calls cancelled, when the client hangs up first.

    Looked at after PATIENCE_SECONDS: most work is done by then.
    """
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None
    watching: list[asyncio.Task[None]] = []
    gone: list[bool] = []

    async def watch() -> None:
        await client_gone(receive)
        gone.append(True)
        task.cancel()

    handle = loop.call_later(PATIENCE_SECONDS, lambda: watching.append(loop.create_task(watch())))
    try:
        return await work
    except asyncio.CancelledError:
        if not gone:
            raise
        task.uncancel()
        raise ClientGone from None
    finally:
        handle.cancel()
        await cancel_all(watching)


async def client_gone(receive: Receive) -> None:
    """Return when the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass
