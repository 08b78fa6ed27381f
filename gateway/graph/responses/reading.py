"""Responses and comments one by one, for who may export them: behind a number, and of a department."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from cxm.survey.v1 import reading_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from gateway.graph.base.paging import page_request
from gateway.graph.base.questions import QuestionKind
from gateway.graph.responses.given_pages import Read
from gateway.request.context import Info
from services.kit.errors import Denied, NotFound
from services.kit.rpc.fields import optional

NOT_YOURS = (Denied, NotFound)
"""What may not be read looks like what is not there: both are null."""


@strawberry.input(
    description="By the answer to the first question of a kind: between two scores. Detractors are NPS 0 to 6."
)
class ScoreBounds:
    kind: QuestionKind = strawberry.field(description="NPS, CSAT, CES or CES1.")
    low: int = strawberry.field(description="The lowest score, included.")
    high: int = strawberry.field(description="The highest score, included.")


@strawberry.input(
    description="Which comments: those for which everything given here holds. A key that nothing has leaves none."
)
class VerbatimFilter:
    department: str | None = strawberry.field(
        default=None, description="Key of a department under this one, read with all under it."
    )
    survey: str | None = strawberry.field(default=None, description="Key of a survey.")
    question: str | None = strawberry.field(default=None, description="Key of a question.")
    touchpoint: str | None = strawberry.field(default=None, description="Key of a touchpoint.")
    stage: str | None = strawberry.field(default=None, description="Key of a journey stage.")
    channel: str | None = strawberry.field(default=None, description="E.g. EMAIL.")
    segment: str | None = strawberry.field(default=None, description="Of the customer, as sent.")
    language: str | None = strawberry.field(default=None, description="As sent.")
    score: ScoreBounds | None = strawberry.field(default=None, description="Of its response.")
    search: str | None = strawberry.field(
        default=None,
        description="A part of the text, in any case, at most 200 characters; send it in a variable. Blanks around it "
        "do not count.",
    )


FILTERS = ("survey", "touchpoint", "stage", "channel", "segment", "language")
Filter = Annotated[
    VerbatimFilter | None,
    strawberry.argument(name="filter", description="Which comments; default: all."),
]


async def list_responses(
    info: Info,
    scope: pb.ReadingScope,
    metric: pb.CountedBy,
    first: int | None,
    after: str | None,
) -> Read | None:
    """The responses of a scope that a metric counts; None where the viewer may not read them."""
    page = page_request(info, "GivenResponse", first, after)
    request = pb.ListResponsesRequest(
        scope=scope,
        counted_by=metric,
        first=page.first,
        after=_place(page.after),
        count=page.count,
    )
    try:
        reply = await info.context.call(
            "survey", info.context.clients.response_reading.ListResponses, request
        )
    except NOT_YOURS:
        return None
    return _read("GivenResponse", reply.responses, reply, bool(page.after))


async def list_verbatims(
    info: Info,
    scope: pb.ReadingScope,
    kept: VerbatimFilter | None,
    first: int | None,
    after: str | None,
) -> Read | None:
    """The comments of a scope; None where the viewer may not read them."""
    page = page_request(info, "Verbatim", first, after)
    wanted = kept or VerbatimFilter()
    given = {name: getattr(wanted, name) for name in FILTERS}
    scope.filter.CopyFrom(pb.ReadingFilter(**given))
    request = pb.ListVerbatimsRequest(
        scope=scope,
        department=wanted.department or "",
        question=wanted.question or "",
        scored=_bounds(wanted.score) if wanted.score else None,
        search=wanted.search or "",
        first=page.first,
        after=_place(page.after),
        count=page.count,
    )
    try:
        reply = await info.context.call(
            "survey", info.context.clients.response_reading.ListVerbatims, request
        )
    except NOT_YOURS:
        return None
    return _read("Verbatim", reply.verbatims, reply, bool(page.after))


def kind_number(name: str) -> surveys_pb2.QuestionKind.ValueType:
    """The contract's number of a kind."""
    return surveys_pb2.QuestionKind.Value(f"QUESTION_KIND_{name}")


def _bounds(bounds: ScoreBounds) -> pb.ScoreBounds:
    return pb.ScoreBounds(kind=kind_number(bounds.kind.name), low=bounds.low, high=bounds.high)


def _place(key: str) -> pb.ReadingPlace | None:
    """The place that a cursor of ours holds."""
    if not key:
        return None
    at, position, row = key.split(" ")
    return pb.ReadingPlace(at=int(at), position=int(position), row=row)


def _read(
    listing: str,
    items: Sequence[Any],
    reply: pb.ListResponsesResponse | pb.ListVerbatimsResponse,
    is_later: bool,
) -> Read:
    following = reply.next if reply.HasField("next") else None
    total, looked = optional(reply, "total"), optional(reply, "looked_back_to_day")
    return Read(listing, items, following, total, looked, is_later)
