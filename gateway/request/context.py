"""What one request carries: who asks, how much time and work is left, and its loaders."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import grpc
import strawberry

from cxm.survey.v1.responses_pb2 import SubmitResponsesRequest, SubmitResponsesResponse
from gateway.calls.cache import Facts
from gateway.calls.clients import Clients
from gateway.calls.submissions import ALONE_FROM
from gateway.errors import failure_of
from gateway.live.changes import Changes
from gateway.request.budget import Budget
from gateway.request.cursors import Cursors
from services.kit.errors import Late, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Viewer

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


@dataclass(slots=True, eq=False)
class Context:
    """One GraphQL request. The deadline is in the event loop's time."""

    viewer: Viewer
    clients: Clients
    facts: Facts
    cursors: Cursors
    deadline: float
    budget: Budget
    changes: Changes
    loaders: dict[str, Any] = field(default_factory=dict)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    closing: list[Callable[[], None]] = field(default_factory=list)

    def signed_in(self) -> Viewer:
        """The viewer; Unauthenticated without a token."""
        if self.viewer is ANONYMOUS:
            raise Unauthenticated("this needs a bearer token: send Authorization: Bearer <token>")
        return self.viewer

    async def call(
        self,
        service: str,
        method: grpc.aio.UnaryUnaryMultiCallable[Asked, Answer],
        request: Asked,
        *,
        anonymous: bool = False,
    ) -> Answer:
        """One RPC in the viewer's name, in what is left of the request's time.

        Raises the Failure the service reported; Unauthenticated for nobody in particular, unless
        the service itself takes anonymous calls.
        """
        viewer = self.viewer if anonymous else self.signed_in()
        left = self.deadline - asyncio.get_running_loop().time()
        if left <= 0:
            raise Late("the time for this request ran out: ask for less at once")
        metadata = self.clients.metadata(viewer, service)
        try:
            return await method(request, timeout=left, metadata=metadata)
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, service) from error

    async def submit(self, request: SubmitResponsesRequest) -> SubmitResponsesResponse:
        """Submit responses in the viewer's name, small calls together with those of others; fails as `call` does."""
        if len(request.submissions) >= ALONE_FROM:
            method = self.clients.responses.SubmitResponses
            return await self.call("survey", method, request, anonymous=True)
        left = self.deadline - asyncio.get_running_loop().time()
        return await self.clients.submissions.submit(self.viewer, request, seconds=left)

    def cursor(self, listing: str, key: str) -> str:
        return self.cursors.seal(self.viewer.subject, listing, key)

    def open_cursor(self, listing: str, cursor: str) -> str:
        return self.cursors.open(self.viewer.subject, listing, cursor)

    def track(self) -> None:
        """Let the running task end with the request."""
        task = asyncio.current_task()
        if task is not None:
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    def on_close(self, work: Callable[[], None]) -> None:
        """Do this when the request ends, however it ends."""
        self.closing.append(work)

    def close(self) -> None:
        """End what still runs for the request."""
        for work in self.closing:
            work()
        for task in tuple(self.tasks):
            task.cancel()


Info = strawberry.Info[Context, None]
