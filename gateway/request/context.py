"""What one request carries: who asks, how much time and work is left, and its loaders."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import grpc
import strawberry

from gateway.calls.cache import AnswerCache
from gateway.calls.clients import Clients
from gateway.errors import failure_of
from gateway.live.listeners import Listeners
from gateway.request.budget import Budget
from gateway.request.cursors import Cursors
from services.kit.errors import Late, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Viewer
from services.kit.rpc.unary import call_unary

Request = TypeVar("Request")
Reply = TypeVar("Reply")


def no_token() -> Unauthenticated:
    """The refusal of who sent no token where one is needed."""
    return Unauthenticated("this needs a bearer token: send Authorization: Bearer <token>")


@dataclass(slots=True, eq=False)
class Context:
    """One GraphQL request. The deadline is in the event loop's time."""

    viewer: Viewer
    clients: Clients
    cache: AnswerCache
    cursors: Cursors
    deadline: float
    budget: Budget
    listeners: Listeners
    today: int | None = None
    """The organisation's local day, once it was asked for: one for the whole request."""
    departments: set[str] = field(default_factory=set)
    """Whose scores were read, by id."""
    told: dict[str, dict[Any, Any]] = field(default_factory=dict)
    """What answers told beside what they were asked for, by what it is."""
    loaders: dict[str, Any] = field(default_factory=dict)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    closing: list[Callable[[], None]] = field(default_factory=list)

    def signed_in(self) -> Viewer:
        """The viewer; Unauthenticated without a token."""
        if self.viewer is ANONYMOUS:
            raise no_token()
        return self.viewer

    async def call(
        self,
        service: str,
        method: grpc.aio.UnaryUnaryMultiCallable[Request, Reply],
        request: Request,
        *,
        anonymous: bool = False,
        within: float | None = None,
    ) -> Reply:
        """One RPC in the viewer's name, in what is left of the request's time, and within so many seconds if given.

        Raises the Failure the service reported; Unauthenticated for nobody in particular, unless
        the service itself takes anonymous calls.
        """
        viewer = self.viewer if anonymous else self.signed_in()
        left = self.deadline - asyncio.get_running_loop().time()
        if left <= 0:
            raise Late("the time for this request ran out: ask for less at once")
        if within is not None:
            left = min(left, within)
        metadata = self.clients.metadata(viewer, service)
        try:
            return await call_unary(method, request, timeout=left, metadata=metadata)
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, service) from error

    def seconds_left(self) -> float:
        """What is left of the request's time; 0 or less: nothing."""
        return self.deadline - asyncio.get_running_loop().time()

    def cursor(self, listing: str, key: str) -> str:
        return self.cursors.seal(self.viewer.subject, listing, key)

    def open_cursor(self, listing: str, cursor: str) -> str:
        return self.cursors.open(self.viewer.subject, listing, cursor)

    def end_with(self, task: asyncio.Task[Any]) -> None:
        """Let a task end with the request."""
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
