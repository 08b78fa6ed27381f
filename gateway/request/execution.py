"""One GraphQL request: token, document, execution, answer."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, TypeVar

from graphql import (
    ExecutionResult,
    Executor,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    create_source_event_stream,
    map_source_to_response_event,
)
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from starlette.types import Receive
from strawberry.execution import optimized_is_awaitable

from gateway import errors
from gateway.calls.cache import AnswerCache
from gateway.calls.clients import Clients
from gateway.calls.grants import SUBJECT_PREFIX, GrantReader
from gateway.calls.identity_provider import IdentityProvider
from gateway.live.listeners import Listeners
from gateway.request import limits
from gateway.request.asked import BODY_BYTES, Asked, ClientGone, too_large
from gateway.request.budget import Budget
from gateway.request.context import Context, no_token
from gateway.request.cursors import Cursors
from gateway.request.documents import Document, Documents, Operation, Refused
from services.kit import telemetry
from services.kit.errors import Failure, Invalid, Unauthenticated, Unavailable
from services.kit.rights.access import ANONYMOUS, Viewer
from services.kit.rights.tokens import Verified, Verifier, peek

SECONDS = 10.0
SUBMITTING_SECONDS = 30.0
TAKES_LARGE_BODIES = frozenset({"submitResponses"})
NEED_NO_TOKEN = frozenset(
    {"submitResponse", "submitResponses", "correctResponse", "withdrawResponse"}
    | {"__typename", "__schema", "__type"}
)

USE_WEBSOCKET = "subscriptions go over WebSocket, subprotocol graphql-transport-ws, at this address"

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Gateway:
    """Everything requests share."""

    schema: GraphQLSchema
    documents: Documents
    verifier: Verifier
    provider: IdentityProvider | None
    grants: GrantReader
    clients: Clients
    cache: AnswerCache
    cursors: Cursors
    listeners: Listeners

    async def viewer(self, authorization: str | None) -> Viewer:
        """Whoever the Authorization header names; ANONYMOUS without one."""
        return ANONYMOUS if authorization is None else (await self.verified(authorization)).viewer

    async def signed_in(self, authorization: str | None) -> Viewer:
        """Whoever the Authorization header names; Unauthenticated without one."""
        if authorization is None:
            raise no_token()
        return (await self.verified(authorization)).viewer

    async def verified(self, authorization: str) -> Verified:
        """What the Authorization header's token says; Unauthenticated if it does not hold.

        The embedded issuer's tokens carry their grants; whoever the identity provider names has those of profile.
        """
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("send Authorization: Bearer <token>", reason="TOKEN_INVALID")
        provider = self.provider
        if provider is None or peek(token).issuer != provider.issuer:
            return self.verifier.read(token)
        identity = await provider.read(token)
        subject = SUBJECT_PREFIX + identity.subject
        return Verified(Viewer(subject, await self.grants.of(subject)), identity.expires_at)


@dataclass(slots=True)
class Outcome:
    """What becomes of a request. `is_request_error`: nothing was executed, there is no `data`; `status` is HTTP's."""

    body: dict[str, Any]
    is_request_error: bool = False
    status: int = 400


def new_request_id() -> str:
    """The id that joins an answer to our logs: the trace's where one is recorded."""
    return telemetry.trace_ids().get("trace_id") or secrets.token_hex(16)


class Execution:
    """Runs requests."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.tracer = telemetry.tracer()

    async def run(
        self,
        asked: Asked,
        authorization: str | None,
        traceparent: str | None,
        receive: Receive,
    ) -> Outcome:
        """Answer one request, in one span; ClientGone if nobody waits for the answer any more."""
        with self.tracer.start_as_current_span(
            "graphql",
            context=telemetry.context_of(traceparent),
            kind=SpanKind.SERVER,
            record_exception=False,  # messages may hold what a person typed
        ) as span:
            try:
                return await self._run(asked, authorization, receive, span)
            except Unauthenticated as failure:
                return Outcome({"errors": [_entry(failure, "UNAUTHENTICATED")]}, True, 401)
            except Unavailable as failure:  # whoever could say who asks
                return Outcome({"errors": [_entry(failure, "UNAVAILABLE")]}, True, 503)
            except Refused as refused:
                return Outcome({"errors": request_errors(refused)}, True)

    async def _run(
        self,
        asked: Asked,
        authorization: str | None,
        receive: Receive,
        span: Span,
    ) -> Outcome:
        viewer = await self.gateway.viewer(authorization)
        document = self.gateway.documents.get(asked.query)
        operation = document.operation(asked.operation)
        if operation.kind is OperationType.SUBSCRIPTION:
            raise Refused([GraphQLError(USE_WEBSOCKET)], "BAD_USER_INPUT", "USE_WEBSOCKET")
        if asked.is_large and not operation.fields <= TAKES_LARGE_BODIES:
            raise too_large(BODY_BYTES)
        span.update_name(f"{operation.kind.value} {operation.name}".rstrip())
        check_token(viewer, operation)
        context = self._context(viewer, operation)
        if asked.is_large:  # seconds of work: others are answered meanwhile
            executor = await asyncio.to_thread(self._executor, document, operation, asked, context)
        else:
            executor = self._executor(document, operation, asked, context)
        try:
            result = executor.execute_operation()
            if isawaitable(result):
                result = await unless_gone(result, receive)
        finally:
            context.close()
        self._keep(asked, document, result)
        return _outcome(result, span)

    def _keep(self, asked: Asked, document: Document, result: Any) -> None:
        """A stranger's document that nothing was answered to is not worth a place in the cache."""
        if result.data and any(value is not None for value in result.data.values()):
            self.gateway.documents.keep(asked.query, document)

    def _context(self, viewer: Viewer, operation: Operation) -> Context:
        submits = not operation.fields.isdisjoint(TAKES_LARGE_BODIES)
        return Context(
            viewer=viewer,
            clients=self.gateway.clients,
            cache=self.gateway.cache,
            cursors=self.gateway.cursors,
            deadline=asyncio.get_running_loop().time()
            + (SUBMITTING_SECONDS if submits else SECONDS),
            budget=Budget(),
            listeners=self.gateway.listeners,
        )

    def _executor(
        self, document: Document, operation: Operation, asked: Asked, context: Context
    ) -> Executor[Any]:
        """graphql-core's executor with coerced variables; Refused if they do not fit."""
        try:
            limits.check_lists(asked.variables)
        except Invalid as failure:
            refusal = GraphQLError(failure.message)
            raise Refused([refusal], "BAD_USER_INPUT", failure.reason) from failure
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
        self.gateway.documents.check_cost(document, operation, executor.variable_values.coerced)
        return executor

    async def answers(
        self, asked: Asked, viewer: Viewer, opened: asyncio.Event, spend: Callable[[int], None]
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Bodies of one operation of any kind, for doors that stay open.

        Raises Refused as long as nothing was executed. `opened` is set when no event of a subscription is
        missed any more; ends with an error when the subscription is ended. `spend` is given the values that
        the operation may read.
        """
        document = self.gateway.documents.get(asked.query)
        operation = document.operation(asked.operation)
        context = self._context(viewer, operation)
        try:
            check_token(viewer, operation)
            executor = self._executor(document, operation, asked, context)
            variables = executor.variable_values.coerced
            cost = self.gateway.documents.cost(document, operation, variables)
            spend(cost)
            if operation.kind is not OperationType.SUBSCRIPTION:
                opened.set()
                result = await _awaited(executor.execute_operation())
                self._keep(asked, document, result)
                yield _body(result)
                return
            source = await _awaited(create_source_event_stream(executor))
            opened.set()
            if isinstance(source, ExecutionResult):
                yield _body(source)
                return
            self.gateway.documents.keep(asked.query, document)
            async with aclosing(map_source_to_response_event(executor, source)) as results:
                async for result in results:
                    yield _body(result)
        except Failure as failure:
            yield {"data": None, "errors": [_entry(failure, errors.code_of(failure))]}
        finally:
            context.close()


def check_token(viewer: Viewer, operation: Operation) -> None:
    """Unauthenticated for an operation with a field that needs a token, before its variables are looked at."""
    if viewer is ANONYMOUS and not operation.fields <= NEED_NO_TOKEN:
        raise no_token()


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


def _outcome(result: Any, span: Span) -> Outcome:
    body = _body(result)
    if any(entry["extensions"]["code"] == "INTERNAL" for entry in body.get("errors", ())):
        span.set_status(Status(StatusCode.ERROR, "INTERNAL"))
    return Outcome(body)


def _body(result: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = errors.format_errors(result.errors, new_request_id())
        if len(result.errors) > errors.TOLD:
            body["extensions"] = {"errors": len(result.errors)}
    return body


def _entry(failure: Failure, code: str) -> dict[str, Any]:
    return errors.error_entry(None, failure.message, code, new_request_id(), failure.reason)


def request_errors(refused: Refused) -> list[dict[str, Any]]:
    """The errors of a request that is not executed, as its answer carries them."""
    request_id = new_request_id()
    return [
        errors.error_entry(error, error.message, refused.code, request_id, refused.reason)
        for error in refused.errors
    ]
