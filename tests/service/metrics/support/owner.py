"""Survey as metrics asks it while it looks after the answer log: what it published, and what it stores."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

from nats.js import JetStreamContext

from cxm.survey.v1 import reconciliation_pb2 as pb
from cxm.survey.v1.events_pb2 import DimensionSet, RecordedResponse, ResponsesRecorded
from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceServicer
from services.kit.events.streams import RESPONSES_RECORDED
from services.kit.rpc.servicing import Context, viewer

A_FEW = 7
T = TypeVar("T")


class Owner(ReconciliationServiceServicer):
    """It numbers envelopes and publishes them when asked to; `through` is what it says it published.

    Its facts are `stored`, as of `watermark`, in messages of a few; `meanwhile` happens while they are on their way.
    """

    def __init__(self, stream: JetStreamContext | None = None) -> None:
        self.stream = stream
        self.through = 0
        self.watermark = 0
        self.stored: list[RecordedResponse] = []
        self.meanwhile: Callable[[], Awaitable[None]] = _nothing

    async def publish(self, number: int, responses: Sequence[RecordedResponse] = ()) -> None:
        """As the relay of its outbox does."""
        assert self.stream is not None
        await self.stream.publish(
            RESPONSES_RECORDED,
            ResponsesRecorded(envelope=number, responses=responses).SerializeToString(),
            headers={"Nats-Msg-Id": f"{RESPONSES_RECORDED}/{number}"},
        )
        self.through = max(self.through, number)

    async def GetWatermark(
        self, request: pb.GetWatermarkRequest, context: Context
    ) -> pb.GetWatermarkResponse:
        assert viewer(context).subject == "service:metrics"
        return pb.GetWatermarkResponse(through=self.through)

    async def StreamControlTotals(
        self, request: pb.StreamControlTotalsRequest, context: Context
    ) -> AsyncIterator[pb.StreamControlTotalsResponse]:
        yield pb.StreamControlTotalsResponse(watermark=self.watermark)

    async def StreamFacts(
        self, request: pb.StreamFactsRequest, context: Context
    ) -> AsyncIterator[pb.StreamFactsResponse]:
        watermark, stored = self.watermark, list(self.stored)
        yield pb.StreamFactsResponse(watermark=watermark, responses=len(stored))
        for start in range(0, len(stored), A_FEW):
            yield columns(watermark, stored[start : start + A_FEW])
            if start == 0:
                await self.meanwhile()


async def _nothing() -> None:
    """Nothing happens."""


def columns(watermark: int, responses: Sequence[RecordedResponse]) -> pb.StreamFactsResponse:
    """Responses as they stand, by column."""
    found = pb.StreamFactsResponse(watermark=watermark)
    departments: list[str] = []
    surveys: list[str] = []
    sets: list[bytes] = []
    answers: list[bytes] = []
    for response in responses:
        given = pb.ScoredAnswers(answers=response.answers).SerializeToString()
        found.department.append(_place(departments, response.department_id))
        found.survey.append(_place(surveys, response.survey_id))
        found.dimension_set.append(_place(sets, response.dimensions.SerializeToString()))
        found.answer.append(_place(answers, given))
        found.local_day.append(response.local_day)
    found.department_ids.extend(departments)
    found.survey_ids.extend(surveys)
    found.dimensions.extend(map(DimensionSet.FromString, sets))
    found.answers.extend(map(pb.ScoredAnswers.FromString, answers))
    return found


def _place(known: list[T], value: T) -> int:
    if value not in known:
        known.append(value)
    return known.index(value)
