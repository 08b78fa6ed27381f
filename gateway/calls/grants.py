"""What people of the identity provider were granted, asked of profile and remembered for some seconds."""

import asyncio
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import grpc
import structlog

from cxm.profile.v1 import grants_pb2 as pb
from gateway.calls.days import date_of, day_of
from gateway.errors import failure_of
from services.kit.errors import Failure
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rpc.fields import optional
from services.kit.rpc.servicing import READ_SECONDS, Metadata

if TYPE_CHECKING:  # only the type stubs know the asynchronous stubs
    from cxm.profile.v1.grants_pb2_grpc import GrantServiceAsyncStub

SUBJECT_PREFIX = "oidc:"
"""Before the provider's own subjects, so that none is taken for one of the embedded issuer."""
REMEMBERED_SECONDS = 20.0
"""With the 30 s of live/rights.py a right that was taken away is gone within 60 s everywhere."""
MOST_SUBJECTS = 10_000


log = structlog.get_logger()


class GrantReader:
    """Grants by subject; many requests of one person at once ask once."""

    def __init__(
        self,
        stub: "GrantServiceAsyncStub",
        metadata: Callable[[Viewer, str], Metadata],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stub = stub
        self.metadata = metadata
        self.now = now
        self.known: dict[str, tuple[tuple[Grant, ...], float]] = {}
        self.asking: dict[str, asyncio.Task[tuple[Grant, ...]]] = {}

    async def of(self, subject: str) -> tuple[Grant, ...]:
        """The grants of a subject; Unavailable while profile is away."""
        grants, until = self.known.get(subject, ((), 0.0))
        if self.now() < until:
            return grants
        task = self.asking.get(subject)
        if task is None:
            task = self.asking[subject] = asyncio.create_task(self._ask(subject))
            task.add_done_callback(lambda _: self.asking.pop(subject, None))
        return await asyncio.shield(task)

    async def holds(self, viewer: Viewer) -> bool:
        """Whether a viewer still has the grants it came with; so while profile is away, and of the embedded issuer."""
        if not viewer.subject.startswith(SUBJECT_PREFIX):
            return True
        try:
            return await self.of(viewer.subject) == viewer.grants
        except Failure as failure:
            log.warning("grants not checked", reason=failure.reason)
            return True

    async def _ask(self, subject: str) -> tuple[Grant, ...]:
        try:
            reply = await self.stub.GetOwnGrants(
                pb.GetOwnGrantsRequest(),
                timeout=READ_SECONDS,
                metadata=self.metadata(Viewer(subject), "profile"),
            )
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, "profile") from error
        grants = tuple(map(grant_of, reply.grants))
        if len(self.known) >= MOST_SUBJECTS:
            self.known.clear()
        self.known[subject] = (grants, self.now() + REMEMBERED_SECONDS)
        return grants


def grant_of(message: pb.GrantItem) -> Grant:
    """A grant as rights are asked by it."""

    def date_at(field: str) -> date | None:
        day = optional(message, field)
        return None if day is None else date_of(day)

    department = message.department or None
    return Grant(Role(message.role), department, date_at("from_day"), date_at("to_day"))


def grant_message(grant: Grant) -> pb.GrantItem:
    """A grant as the contract has it, without its subject."""
    return pb.GrantItem(
        role=grant.role,
        department=grant.department or "",
        from_day=None if grant.from_on is None else day_of(grant.from_on),
        to_day=None if grant.to_on is None else day_of(grant.to_on),
    )
