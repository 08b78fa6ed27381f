"""What operations of all doors go through before they are executed: document, rights, variables, price, turn."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable
from typing import Any

from graphql import Executor, GraphQLError, OperationType
from strawberry.execution import optimized_is_awaitable

from gateway.deprecations.counting import DeprecatedUse
from gateway.request import limits
from gateway.request.asked import Asked, NotARequest
from gateway.request.budget import Budget, Charge
from gateway.request.compiled.executor import CompiledExecutor
from gateway.request.context import Context, no_token
from gateway.request.documents import Document, Operation, Refused
from gateway.request.gateway import Gateway
from gateway.strangers.responses import count_by_survey
from gateway.strangers.throttle import ENTRIES_OF_A_VALUE, counted_for
from gateway.strangers.turns import Turns
from services.kit.errors import Invalid
from services.kit.rights.access import ANONYMOUS, Viewer

SECONDS = 10.0
SUBMITTING_SECONDS = 30.0
COSTLY = 1_000
"""Values: about 7 ms of CPU."""

Turn = Callable[[], AbstractAsyncContextManager[None]]
"""One of whom the request counts for."""


@dataclass(frozen=True, slots=True)
class Requested:
    """An operation that somebody asks for."""

    asked: Asked
    viewer: Viewer
    address: str
    spend: Charge
    turn: Turn
    text: str
    document: Document
    operation: Operation


class Operations:
    """Prepares operations, and begins them."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.turns = Turns()
        self.deprecated_use = DeprecatedUse()

    async def requested(
        self, asked: Asked, viewer: Viewer, address: str, take: Callable[[int], None]
    ) -> Requested:
        """The operation that is asked for; a new document is read in a turn of its own, and paid for by `take`.

        Refused for what is no document; NotARequest for an operation that GET may not ask for.
        """
        documents, spend = self.gateway.documents, Charge(take)
        turn = partial(self.turns.of, counted_for(viewer, address))
        text = documents.text_of(asked)
        if documents.knows(text):
            document = documents.get(text, spend)
        else:
            async with turn():
                document = documents.get(text, spend)
        operation = document.operation(asked.operation)
        if asked.is_get and operation.kind is OperationType.MUTATION:
            raise NotARequest(405, "a mutation is sent by POST", {"allow": "POST"})
        return Requested(asked, viewer, address, spend, turn, text, document, operation)

    def admit(self, requested: Requested) -> None:
        """Let the operation pass, before variables are coerced, and count what it uses of the deprecated.

        Raises, for who has no token: Unauthenticated, Refused, RateLimited.
        """
        asked, operation = requested.asked, requested.operation
        is_known = requested.viewer is not ANONYMOUS
        if not is_known:
            self._admit_stranger(requested)
        if operation.deprecated:
            self.deprecated_use.count(operation.deprecated, asked.variables, is_known=is_known)

    def _admit_stranger(self, requested: Requested) -> None:
        asked, operation = requested.asked, requested.operation
        if operation.needs_token:
            raise no_token()
        if operation.kind is not OperationType.MUTATION:
            return
        counts = count_by_survey(operation.node, requested.document.fragments, asked.variables)
        try:
            self.gateway.brake.admit(requested.address, counts)
        except Invalid as failure:
            raise _refused(failure) from failure

    def context(self, requested: Requested) -> Context:
        """What the operation carries; whoever makes it closes it."""
        gateway, operation = self.gateway, requested.operation
        return Context(
            viewer=requested.viewer,
            clients=gateway.clients,
            cache=gateway.cache,
            cursors=gateway.cursors,
            deadline=asyncio.get_running_loop().time()
            + (SUBMITTING_SECONDS if operation.submits else SECONDS),
            budget=Budget(),
            listeners=gateway.listeners,
        )

    def executor(
        self, requested: Requested, context: Context, kind: type[Executor[Any]] = CompiledExecutor
    ) -> tuple[Executor[Any], int]:
        """graphql-core's executor with coerced variables, and the values they count; Refused if they do not fit."""
        asked, operation = requested.asked, requested.operation
        try:
            entries = limits.check_lists(asked.variables)
        except Invalid as failure:
            raise _refused(failure) from failure
        executor = kind.build(
            self.gateway.schema,
            requested.document.ast,
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

    def charge(self, requested: Requested, executor: Executor[Any], taken: int) -> int:
        """How many values the operation may read, paid for with those `taken` already; Refused for too many."""
        cost = self.gateway.documents.cost(
            requested.document, requested.operation, executor.variable_values.coerced
        )
        requested.spend(cost + taken)
        return cost

    def begun(self, requested: Requested, executor: Executor[Any], cost: int) -> Any:
        """The result, or what is still to be awaited. Once a mutation has ended nothing is kept of before."""
        operation = requested.operation
        if operation.kind is OperationType.MUTATION and not operation.submits:
            executor.context_value.on_close(self.gateway.listeners.kept.drop_all)
        if cost <= COSTLY:
            return executor.execute_operation()
        return _in_turn(executor, requested.turn)

    def keep_document(self, requested: Requested, result: Any) -> None:
        """Remember a document; a stranger's that nothing was answered to is not worth a place."""
        if result.data and any(value is not None for value in result.data.values()):
            self.keep_answered(requested)

    def keep_answered(self, requested: Requested) -> None:
        """Remember a document that something is answered to."""
        self.gateway.documents.keep(requested.text, requested.document, requested.asked.hash)


def _refused(failure: Invalid) -> Refused:
    return Refused([GraphQLError(failure.message)], "BAD_USER_INPUT", failure.reason)


async def _in_turn(executor: Executor[Any], turn: Turn) -> Any:
    """The result of what costs much, begun in a turn of its own."""
    async with turn():
        result = executor.execute_operation()
    return await result if isawaitable(result) else result
