"""Responses and comments one by one, and what stands beside them."""

from datetime import date
from typing import Any

import strawberry

from cxm.survey.v1 import reading_pb2 as pb
from gateway.calls.days import date_of
from gateway.graph.base.questions import QuestionKind
from gateway.graph.base.scalars import DateTime


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
        description="Of the response, as exports name it: by it admins and analysts correct it, and admins withdraw it."
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
