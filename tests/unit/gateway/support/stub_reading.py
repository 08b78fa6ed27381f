"""Responses and texts one by one, of the stub services."""

from typing import Any

from cxm.survey.v1 import reading_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from cxm.survey.v1.reading_pb2_grpc import ResponseReadingServiceServicer
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices

ROW = "0123456789abcdef0123456789abcdef"


def context() -> pb.ReadContext:
    """Of a response of 2026-01-05 with an NPS of 3, and no touchpoint."""
    return pb.ReadContext(
        row=ROW,
        day=20458,
        occurred_at="2026-01-05T08:00:00Z",
        department=pb.NamedByKey(key="care", name="Care"),
        survey=pb.NamedByKey(key="visit", name="Visit"),
        channel="EMAIL",
        lead=pb.LeadScore(kind=surveys_pb2.QUESTION_KIND_NPS, score=3, low=0, high=10),
        place=pb.ReadingPlace(at=1_767_600_000_000_000, row=ROW, position=2),
    )


class ResponseReading(ResponseReadingServiceServicer):
    """One response or text; of the texts there are more, far back."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def ListResponses(self, request: Any, context_: Context) -> Any:
        self.services.note("ListResponses", request, context_)
        answers = [
            pb.ReadAnswer(
                question="recommend", kind=surveys_pb2.QUESTION_KIND_NPS, asked="?", score=3
            ),
            pb.ReadAnswer(
                question="why", kind=surveys_pb2.QUESTION_KIND_TEXT, asked="Why?", text="slow"
            ),
        ]
        found = pb.ReadResponse(context=context(), answers=answers)
        return pb.ListResponsesResponse(responses=[found], total=1 if request.count else None)

    async def ListCustomerResponses(self, request: Any, context_: Context) -> Any:
        self.services.note("ListCustomerResponses", request, context_)
        known = [
            each
            for each in self.services.customer_responses
            if not request.HasField("after")
            or (each.place.at, each.row) < (request.after.at, request.after.row)
        ]
        return pb.ListCustomerResponsesResponse(
            responses=known[: request.first], more=len(known) > request.first
        )

    async def ListVerbatims(self, request: Any, context_: Context) -> Any:
        self.services.note("ListVerbatims", request, context_)
        found = pb.Verbatim(context=context(), question="why", asked="Why?", text="slow")
        return pb.ListVerbatimsResponse(
            verbatims=[found],
            next=pb.ReadingPlace(at=1_700_000_000_000_000),
            looked_back_to_day=19_675,
        )
