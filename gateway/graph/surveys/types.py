"""Surveys and their questions."""

from collections.abc import Awaitable, Sequence
from enum import Enum
from typing import Annotated

import strawberry

from cxm.profile.v1 import profile_pb2
from cxm.survey.v1 import surveys_pb2 as pb
from gateway.graph.base.loaders import Ref, by_key
from gateway.graph.base.node import Node, node_id
from gateway.graph.base.paging import After, Connection, First, Page, page_request
from gateway.graph.base.questions import QuestionKind
from gateway.graph.base.scalars import DateTime
from gateway.graph.directory.loaders import departments
from gateway.graph.directory.types import Department
from gateway.graph.surveys import loaders
from gateway.graph.surveys.offers import Offers
from gateway.request.context import Info
from gateway.request.prices import SHARED_CALL
from services.kit.rpc.fields import optional


@strawberry.enum(description="Whether a survey takes responses.")
class SurveyState(Enum):
    DRAFT = strawberry.enum_value(1, description="Not yet; questions may change freely.")
    SCHEDULED = strawberry.enum_value(2, description="Not yet: from opensAt on.")
    LIVE = strawberry.enum_value(3, description="Takes responses.")
    PAUSED = strawberry.enum_value(4, description="Takes none now.")
    CLOSED = strawberry.enum_value(5, description="Takes no more; may be opened again.")
    ARCHIVED = strawberry.enum_value(6, description="Takes no more, for ever.")


@strawberry.type(description="The same text in another language.")
class LocalizedText:
    language: str = strawberry.field(description="BCP 47 tag, e.g. lv.")
    text: str = strawberry.field(description="In this language.")


@strawberry.type(description="The whole scores that a RATING takes.")
class Scale:
    low: int = strawberry.field(description="The lowest.")
    high: int = strawberry.field(description="The highest; included.")


@strawberry.type(description="One answer that a choice offers.")
class Option:
    key: str = strawberry.field(description="Answers name the option by it.")
    text: str = strawberry.field(description="As it is offered, in the survey's language.")
    texts: list[LocalizedText] = strawberry.field(description="The text in other languages.")


@strawberry.type(description="One question of a survey.")
class Question:
    key: str = strawberry.field(description="Answers name the question by it.")
    kind: QuestionKind = strawberry.field(description="What may be answered.")
    text: str = strawberry.field(description="As it is asked, in the survey's language.")
    texts: list[LocalizedText] = strawberry.field(description="The text in other languages.")
    dont_know: bool = strawberry.field(description='Whether "don\'t know" is an answer.')
    options: list[Option] = strawberry.field(
        description="What a choice offers, in order; empty for other kinds."
    )

    @strawberry.field(
        description="What a RATING takes; null for other kinds.", graphql_type=Scale | None
    )
    @staticmethod
    def scale(root: strawberry.Parent[pb.Question]) -> pb.Scale | None:
        return root.scale if root.HasField("scale") else None

    @strawberry.field(
        description="Key of the standard item that it asks: answers mean the same in every survey. Null for none.",
        graphql_type=str | None,
    )
    @staticmethod
    def item(root: strawberry.Parent[pb.Question]) -> str | None:
        return root.item or None


@strawberry.type(description="A survey as it stands now.")
class Survey(Node):
    id: strawberry.ID = strawberry.field(resolver=node_id, description="Opaque global id.")
    key: str = strawberry.field(description="The organisation's own code; does not change.")
    title: str = strawberry.field(description="For people, in the survey's language.")
    texts: list[LocalizedText] = strawberry.field(description="The title in other languages.")
    state: SurveyState = strawberry.field(description="Whether it takes responses now.")
    public: bool = strawberry.field(description="Takes responses from anyone, without a token.")
    in_scorecard: bool = strawberry.field(
        description="Its answers count for nps, csat and the like."
    )
    version: int = strawberry.field(description="Of its questions, from 1.")
    questions: list[Question] = strawberry.field(description="In the order they are asked.")
    offers: Offers = strawberry.field(description="What a response without a token may name.")

    @strawberry.field(
        description="Responses it takes on a day of the organisation without a token or an invitation; null: as many "
        "as the deployment says.",
        graphql_type=int | None,
    )
    @staticmethod
    def daily_limit(root: strawberry.Parent[pb.Survey]) -> int | None:
        return root.daily_limit or None

    @strawberry.field(
        description="BCP 47 tag of the plain title and texts; null when not said.",
        graphql_type=str | None,
    )
    @staticmethod
    def language(root: strawberry.Parent[pb.Survey]) -> str | None:
        return root.language or None

    @strawberry.field(
        description="When it opened, or will; null for a draft without a time, and for what was always open.",
        graphql_type=DateTime | None,
    )
    @staticmethod
    def opens_at(root: strawberry.Parent[pb.Survey]) -> str | None:
        return root.opens_at or None

    @strawberry.field(
        description="When it closed, or will; the instant itself is too late. Null: no end is set.",
        graphql_type=DateTime | None,
    )
    @staticmethod
    def closes_at(root: strawberry.Parent[pb.Survey]) -> str | None:
        return root.closes_at or None

    @strawberry.field(
        description="The department its responses count for when they name neither department nor touchpoint. Null "
        "for none, outside what the viewer may see, and when profile is away.",
        graphql_type=Department | None,
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def department(
        root: strawberry.Parent[pb.Survey], info: Info
    ) -> profile_pb2.Department | None:
        if not root.department_id:
            return None
        return await departments(info.context).load(Ref(id=root.department_id))

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, pb.Survey)


@strawberry.type
class SurveyQuery:
    @strawberry.field(
        description="A survey by key. Null when there is none, and when survey is away.",
        graphql_type=Survey | None,
    )
    def survey(
        self, info: Info, key: Annotated[str, strawberry.argument(description="Its key.")]
    ) -> Awaitable[pb.Survey | None]:
        return loaders.surveys(info.context).load(by_key(key))

    @strawberry.field(
        description="The surveys of the organisation. Null when survey is away.",
        graphql_type=Connection[Survey] | None,
    )
    async def surveys(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        state: Annotated[
            SurveyState | None, strawberry.argument(description="Only those in this state now.")
        ] = None,
    ) -> Page:
        page = page_request(info, "Survey", first, after)
        request = pb.ListSurveysRequest(
            first=page.first,
            after=page.after,
            count=page.count,
            state=state_number(state),
        )
        reply = await info.context.call("survey", info.context.clients.surveys.ListSurveys, request)
        total = optional(reply, "total")
        return Page("Survey", reply.surveys, reply.more, total, bool(page.after))

    @strawberry.field(
        description="The standard items, as questions that a survey may ask: key and item are the item's, texts are "
        "in English with all other languages. Null when survey is away.",
        graphql_type=list[Question] | None,
    )
    async def standard_items(self, info: Info) -> Sequence[pb.Question]:
        request = pb.GetStandardItemsRequest()
        call = info.context.clients.surveys.GetStandardItems
        return (await info.context.call("survey", call, request)).questions


def state_number(state: SurveyState | None) -> pb.SurveyState.ValueType:
    """The contract's number of a state."""
    return pb.SurveyState.Value(f"SURVEY_STATE_{state.name if state else 'UNSPECIFIED'}")
