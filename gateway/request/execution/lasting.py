"""Operations of doors that stay open: answered piece by piece, as a subscription is, or what is deferred."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, closing
from inspect import isawaitable
from typing import Any

from graphql import (
    ExecutionResult,
    Executor,
    ExperimentalIncrementalExecutionResults,
    OperationType,
    create_source_event_stream,
    map_source_to_response_event,
)

from gateway import errors
from gateway.request.asked import Asked
from gateway.request.compiled.executor import CompiledExecutor
from gateway.request.documents import Operation
from gateway.request.execution.operations import Operations, Requested
from gateway.request.outcome import Measure, Result, body_of, failure_entry
from services.kit.errors import Failure
from services.kit.rights.access import Viewer


class LastingOperations:
    """Runs operations of any kind."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations
        self.gateway = operations.gateway

    async def answers(
        self,
        asked: Asked,
        viewer: Viewer,
        address: str,
        opened: asyncio.Event,
        take: Callable[[int], None],
        kind: type[Executor[Any]] = CompiledExecutor,
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Bodies of one operation. `kind`: who executes a query or mutation.

        Raises Refused as long as nothing was executed. `opened` is set when no event of a subscription is
        missed any more; ends with an error when the subscription is ended. `take` is given what reading the
        document counts, and the values that the operation may read.
        """
        operations, is_told = self.operations, not asked.wants_cost
        requested = await operations.requested(asked, viewer, address, take)
        try:
            operations.admit(requested)
            with closing(operations.context(requested)) as context:
                executor, taken = operations.executor(requested, context, kind)
                cost = operations.charge(requested, executor, taken)
                results = self._results(requested, executor, cost, opened)
                async with aclosing(_bodies(requested.operation, results)) as bodies:
                    async for body in bodies:
                        worst = requested.operation.worst_cost
                        yield body if is_told else requested.spend.told_in(body, worst)
                        is_told = True
        except Failure as failure:
            yield {"data": None, "errors": [failure_entry(failure, errors.code_of(failure))]}

    def _results(
        self, requested: Requested, executor: Executor[Any], cost: int, opened: asyncio.Event
    ) -> AsyncGenerator[Result, None]:
        if requested.operation.kind is OperationType.SUBSCRIPTION:
            return self._events(requested, executor, opened)
        return self._result(requested, self.operations.begun(requested, executor, cost), opened)

    async def _result(
        self, requested: Requested, begun: Any, opened: asyncio.Event
    ) -> AsyncGenerator[Result, None]:
        """The result of a query or mutation; of one that defers, what it begins with and what follows."""
        opened.set()
        result = await begun if isawaitable(begun) else begun
        if not isinstance(result, ExperimentalIncrementalExecutionResults):
            self.operations.keep_document(requested, result)
            yield result
            return
        self.operations.keep_document(requested, result.initial_result)
        async with aclosing(result.subsequent_results) as following:
            yield result.initial_result
            async for part in following:
                yield part

    async def _events(
        self, requested: Requested, executor: Executor[Any], opened: asyncio.Event
    ) -> AsyncGenerator[Result, None]:
        """What a subscription's events come to; one result where it is refused."""
        begun = create_source_event_stream(executor)
        source = await begun if isawaitable(begun) else begun
        opened.set()
        if isinstance(source, ExecutionResult):
            yield source
            return
        self.operations.keep_answered(requested)
        async with aclosing(map_source_to_response_event(executor, source)) as results:
            async for result in results:
                yield result


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
