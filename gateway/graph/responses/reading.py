"""Responses and comments one by one, for who may export them: behind a number, and of a department."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import strawberry

from cxm.survey.v1 import reading_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from gateway.calls.days import date_of
from gateway.graph.base.paging import PageInfo, page_request
from gateway.graph.base.questions import QuestionKind
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Info
from services.kit.errors import Denied, NotFound
from services.kit.rpc.fields import optional

NOT_YOURS = (Denied, NotFound)
"""What may not be read looks like what is not there: both are null."""


@strawberry.type(description="Something with a key, and what it is called.")
class KeyAndName:
    key: str = strawberry.field(description="The organisation's own code.")
    name: str = strawberry.field(description="For people.")


@strawberry.type(
    description="The score that says how it was: the first of NPS, CSAT, CES, CES1 and RATING that a response has."
)
class LeadScore:
    kind: QuestionKind = strawberry.field(description="Of the question.")
    score: int = strawberry.field(description="The answer, `low` to `high`.")
    low: int = strawberry.field(description="Lowest of the scale.")
    high: int = strawberry.field(description="Highest of the scale.")


@strawberry.type(description="An answer of a response, with the one value that its kind has.")
class GivenAnswer:
    question: str = strawberry.field(description="Key of the question.")
    kind: QuestionKind = strawberry.field(description="What may be answered.")
    asked: str = strawberry.field(
        description="The question as that version of the survey asked it."
    )
    options: list[KeyAndName] = strawberry.field(
        description="Those chosen, of a choice; empty for other kinds."
    )
    dont_know: bool = strawberry.field(description='"Don\'t know" was the answer.')

    @strawberry.field(description="The score; null for other kinds and for don't know.")
    @staticmethod
    def score(root: strawberry.Parent[pb.ReadAnswer]) -> int | None:
        return root.score if root.HasField("score") else None

    @strawberry.field(description="The respondent's own words; null for other kinds.")
    @staticmethod
    def text(root: strawberry.Parent[pb.ReadAnswer]) -> str | None:
        return root.text if root.HasField("text") else None


def _context(root: Any) -> pb.ReadContext:
    context: pb.ReadContext = root.context
    return context


Root = strawberry.Parent[Any]


@strawberry.interface(description="Where, when and how a response was given.")
class Given:
    @strawberry.field(
        description="Of the response, as exports name it: by it an admin corrects or withdraws it."
    )
    @staticmethod
    def response(root: Root) -> strawberry.ID:
        return strawberry.ID(_context(root).row)

    @strawberry.field(description="Local day of the organisation on which it was given.")
    @staticmethod
    def day(root: Root) -> date:
        return date_of(_context(root).day)

    @strawberry.field(description="When it was given.")
    @staticmethod
    def occurred_at(root: Root) -> DateTime:
        return DateTime(_context(root).occurred_at)

    @strawberry.field(description="The department it counts for.", graphql_type=KeyAndName)
    @staticmethod
    def department(root: Root) -> pb.NamedByKey:
        return _context(root).department

    @strawberry.field(description="Null: none.", graphql_type=KeyAndName | None)
    @staticmethod
    def touchpoint(root: Root) -> pb.NamedByKey | None:
        context = _context(root)
        return context.touchpoint if context.HasField("touchpoint") else None

    @strawberry.field(description="The survey it answers.", graphql_type=KeyAndName)
    @staticmethod
    def survey(root: Root) -> pb.NamedByKey:
        return _context(root).survey

    @strawberry.field(description="Key of the journey stage; null: none.")
    @staticmethod
    def stage(root: Root) -> str | None:
        return _context(root).stage or None

    @strawberry.field(description="E.g. EMAIL; null: none.")
    @staticmethod
    def channel(root: Root) -> str | None:
        return _context(root).channel or None

    @strawberry.field(description="Of the customer, as sent; null: none.")
    @staticmethod
    def segment(root: Root) -> str | None:
        return _context(root).segment or None

    @strawberry.field(description="As sent, as a rule a BCP 47 tag, e.g. lv; null: none.")
    @staticmethod
    def language(root: Root) -> str | None:
        return _context(root).language or None

    @strawberry.field(
        description="How it was, as a score; null where the response has none.",
        graphql_type=LeadScore | None,
    )
    @staticmethod
    def lead(root: Root) -> pb.LeadScore | None:
        context = _context(root)
        return context.lead if context.HasField("lead") else None


@strawberry.type(description="A response with its answers. Of whom it is nobody is told.")
class GivenResponse(Given):
    answers: list[GivenAnswer] = strawberry.field(
        description="In the order of the questions; those that were not answered are left out."
    )

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, pb.ReadResponse)


@strawberry.type(description="A comment, beside the score that its response gave.")
class Verbatim(Given):
    question: str = strawberry.field(description="Key of the question.")
    asked: str = strawberry.field(
        description="The question as that version of the survey asked it."
    )
    text: str = strawberry.field(description="The respondent's own words, as they were written.")

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, pb.Verbatim)


@dataclass(frozen=True, slots=True)
class Read:
    """One page as the service answered."""

    listing: str
    items: Sequence[Any]
    next: pb.ReadingPlace | None
    total: int | None
    looked_back_to_day: int | None
    is_later: bool

    def cursor(self, info: Info, place: pb.ReadingPlace) -> str:
        return info.context.cursor(self.listing, f"{place.at} {place.position} {place.row}")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a page, and the page."""

    page: Read
    message: Any


@strawberry.interface(description="A page, the newest first.")
class ReadPage:
    @strawberry.field(
        description="Where this page stands. A page may be shorter than `first`, or empty, with another behind it: "
        "`lookedBackTo` then says how far was looked."
    )
    @staticmethod
    def page_info(root: strawberry.Parent[Read], info: Info) -> PageInfo:
        places = [item.context.place for item in (*root.items[:1], *root.items[-1:])]
        end = root.next or (places[-1] if places else None)
        return PageInfo(
            has_next_page=root.next is not None,
            has_previous_page=root.is_later,
            start_cursor=root.cursor(info, places[0]) if places else None,
            end_cursor=root.cursor(info, end) if end else None,
        )

    @strawberry.field(
        description="On all pages; counted only when selected. Null for a search, which is looked for page by page."
    )
    @staticmethod
    def total_count(root: strawberry.Parent[Read]) -> int | None:
        return root.total

    @strawberry.field(
        description="Set where looking through a long time ended before the page was full: the day it came to. What "
        "is older stands on the pages after it."
    )
    @staticmethod
    def looked_back_to(root: strawberry.Parent[Read]) -> date | None:
        return None if root.looked_back_to_day is None else date_of(root.looked_back_to_day)


def _edges(root: Read) -> list[Item]:
    return [Item(root, message) for message in root.items]


def _cursor(root: strawberry.Parent[Item], info: Info) -> str:
    return root.page.cursor(info, root.message.context.place)


CURSOR = "Opaque place of the item; useless to another viewer."


@strawberry.type(description="One response of a page.")
class GivenResponseEdge:
    cursor: str = strawberry.field(resolver=_cursor, description=CURSOR)

    @strawberry.field(description="The response.", graphql_type=GivenResponse)
    @staticmethod
    def node(root: strawberry.Parent[Item]) -> Any:
        return root.message


@strawberry.type(description="Responses, the newest first.")
class GivenResponseConnection(ReadPage):
    @strawberry.field(description="The responses.", graphql_type=list[GivenResponseEdge])
    @staticmethod
    def edges(root: strawberry.Parent[Read]) -> Any:
        return _edges(root)

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, Read)


@strawberry.type(description="One comment of a page.")
class VerbatimEdge:
    cursor: str = strawberry.field(resolver=_cursor, description=CURSOR)

    @strawberry.field(description="The comment.", graphql_type=Verbatim)
    @staticmethod
    def node(root: strawberry.Parent[Item]) -> Any:
        return root.message


@strawberry.type(description="Comments, the newest first.")
class VerbatimConnection(ReadPage):
    @strawberry.field(description="The comments.", graphql_type=list[VerbatimEdge])
    @staticmethod
    def edges(root: strawberry.Parent[Read]) -> Any:
        return _edges(root)

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, Read)


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
