"""Responses that arrive together go to survey together: one call at a time per principal. After a call for several the
next one waits for them, up to 50 ms and 5 ms where they do not come again."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import grpc

from cxm.survey.v1 import responses_pb2 as pb
from gateway.errors import failure_of
from services.kit.errors import Broken, Late, Unavailable
from services.kit.groups.gathering import Gathering
from services.kit.rights.access import Viewer
from services.kit.rpc.servicing import WRITE_SECONDS, Metadata
from services.kit.rpc.unary import call_unary

if TYPE_CHECKING:
    from cxm.survey.v1.responses_pb2_grpc import ResponseServiceAsyncStub

MOST_TOGETHER = 1_000
MOST_BYTES = 4 << 20
ALONE_FROM = 100  # so many gain nothing from a call with others
GATHER_SECONDS = 0.05  # at most, and no longer than the last call took

Request: TypeAlias = pb.SubmitResponsesRequest
Reply: TypeAlias = pb.SubmitResponsesResponse


class Waiting(NamedTuple):
    """A request, and whoever waits for its reply."""

    request: Request
    done: "asyncio.Future[Reply]"


class Lane:
    """The requests of a principal that wait for the next call."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []
        self.gathering = Gathering(GATHER_SECONDS)

    def add(self, waiting: Waiting) -> None:
        """Let a request wait."""
        self.waiting.append(waiting)
        self.gathering.came(self.waiting)


class Submissions:
    """Sends requests to survey. Principals never share a call: it carries one token."""

    def __init__(
        self, responses: "ResponseServiceAsyncStub", metadata: Callable[[Viewer], Metadata]
    ) -> None:
        self.responses = responses
        self.metadata = metadata
        self.lanes: dict[Viewer, Lane] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def submit(self, viewer: Viewer, request: Request, *, seconds: float) -> Reply:
        """The reply to a request, in so many seconds; raises the Failure that survey reported.

        A caller that leaves takes nobody along: what it sent is stored all the same. Who was told Late while its
        request still waited sends it again: that one is not sent any more, so that an outage piles up nothing.
        """
        loop = asyncio.get_running_loop()
        waiting = Waiting(request, loop.create_future())
        self._lane(viewer).add(waiting)
        ending = loop.call_later(seconds, _end_waiting, waiting)
        try:
            return await waiting.done
        finally:
            ending.cancel()

    def _lane(self, viewer: Viewer) -> Lane:
        lane = self.lanes.get(viewer)
        if lane is None:
            lane = self.lanes[viewer] = Lane()
            task = asyncio.create_task(self._work(viewer, lane))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        return lane

    async def _work(self, viewer: Viewer, lane: Lane) -> None:
        try:
            while group := _take(lane.waiting):
                began = time.perf_counter()
                await self._send(viewer, group)
                took = time.perf_counter() - began
                if not _fills_a_call(lane.waiting):
                    await lane.gathering.wait(lane.waiting, len(group), took)
        finally:
            del self.lanes[viewer]  # whoever comes next gets a lane that is worked on
            for waiting in lane.waiting:
                _fail(waiting, Unavailable("the responses were not sent: send them again"))

    async def _send(self, viewer: Viewer, group: Sequence[Waiting]) -> None:
        together = Request()
        for waiting in group:
            together.MergeFrom(waiting.request)
        try:
            reply = await call_unary(
                self.responses.SubmitResponses,
                together,
                timeout=WRITE_SECONDS,
                metadata=self.metadata(viewer),
            )
            _deal(reply, group)
        except grpc.aio.AioRpcError as error:
            failure = failure_of(error, "survey")
            if isinstance(failure, Broken) and len(group) > 1:
                half = len(group) // 2  # whoever broke it breaks it alone, found in a few calls
                for part in (group[:half], group[half:]):
                    if still := [waiting for waiting in part if not _is_told(waiting)]:
                        await self._send(viewer, still)
                return
            for waiting in group:
                _fail(waiting, failure)
            return
        except BaseException as error:
            for waiting in group:
                _fail(waiting, error)
            raise


def _fills_a_call(lane: Sequence[Waiting]) -> bool:
    return sum(len(request.submissions) for request, _ in lane) >= MOST_TOGETHER


def _take(lane: list[Waiting]) -> list[Waiting]:
    """The first requests of a lane that go into one call: none where the lane is empty, else at least one."""
    lane[:] = [waiting for waiting in lane if not _is_told(waiting)]
    taken, items, size = 0, 0, 0
    for request, _ in lane:
        items, size = items + len(request.submissions), size + request.ByteSize()
        if taken and (items > MOST_TOGETHER or size > MOST_BYTES):
            break
        taken += 1
    group = lane[:taken]
    del lane[:taken]
    return group


def _deal(reply: Reply, group: Sequence[Waiting]) -> None:
    """Give everybody the part of a reply that is theirs."""
    start = 0
    for waiting in group:
        end = start + len(waiting.request.submissions)
        if not waiting.done.done():
            waiting.done.set_result(_part(reply, start, end))
        start = end


def _part(reply: Reply, start: int, end: int) -> Reply:
    """What concerns these submissions: every field of a reply stands in their order."""
    part = Reply()
    for field, values in reply.ListFields():
        getattr(part, field.name).extend(values[start:end])
    return part


def _is_told(waiting: Waiting) -> bool:
    """Whether its caller was told to send it again; who left was told nothing."""
    return waiting.done.done() and not waiting.done.cancelled()


def _end_waiting(waiting: Waiting) -> None:
    late = Late("the survey service did not answer in time: try again with the same ids")
    _fail(waiting, late)


def _fail(waiting: Waiting, error: BaseException) -> None:
    if not waiting.done.done():
        waiting.done.set_exception(error)
        waiting.done.exception()  # a caller that left never looks at it
