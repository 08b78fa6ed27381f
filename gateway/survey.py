"""Surveys and their questions."""

from collections.abc import Awaitable
from enum import Enum
from typing import Annotated

import strawberry

from cxm.survey.v1 import survey_pb2 as pb
from gateway import loaders
from gateway.batch import Input, UserError, failure_error
from gateway.context import Info
from gateway.errors import REFUSALS
from gateway.node import Node, node_id
from gateway.paging import After, Connection, First, Page, page_request


@strawberry.enum(description="What may be answered.")
class QuestionKind(Enum):
    NPS = strawberry.enum_value(1, description="Likelihood to recommend, 0 to 10.")
    CSAT = strawberry.enum_value(2, description="Satisfaction, 1 to 5.")
    TEXT = strawberry.enum_value(3, description="A verbatim, at most 10,000 characters.")
    CES = strawberry.enum_value(
        4, description='Customer effort 2.0: "made it easy", 1 to 7, higher is better.'
    )
    RATING = strawberry.enum_value(5, description="A score on the question's own scale.")
    SINGLE_CHOICE = strawberry.enum_value(6, description="Exactly one of the options.")
    MULTIPLE_CHOICE = strawberry.enum_value(7, description="One or more of the options.")
    CES1 = strawberry.enum_value(
        8,
        description="Customer effort 1.0: effort, 1 to 5, lower is better. Never mixed with CES.",
    )


@strawberry.type(description="The whole scores that a RATING takes.")
class Scale:
    low: int = strawberry.field(description="The lowest.")
    high: int = strawberry.field(description="The highest; included.")


@strawberry.type(description="One answer that a choice offers.")
class Option:
    key: str = strawberry.field(description="Answers name the option by it.")
    text: str = strawberry.field(description="As it is offered.")


@strawberry.type(description="One question of a survey.")
class Question:
    key: str = strawberry.field(description="Answers name the question by it.")
    kind: QuestionKind = strawberry.field(description="What may be answered.")
    text: str = strawberry.field(description="As it is asked.")
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


@strawberry.type(description="A survey as it stands now.")
class Survey(Node):
    id: strawberry.ID = strawberry.field(resolver=node_id, description="Opaque global id.")
    key: str = strawberry.field(description="The organisation's own code; does not change.")
    title: str = strawberry.field(description="For people.")
    public: bool = strawberry.field(description="Takes responses from anyone, without a token.")
    in_scorecard: bool = strawberry.field(
        description="Its answers count for nps, csat and the like."
    )
    version: int = strawberry.field(description="Of its questions, from 1.")
    questions: list[Question] = strawberry.field(description="In the order they are asked.")

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
        return loaders.surveys(info.context).load(loaders.by_key(key))

    @strawberry.field(
        description="The surveys of the organisation. Null when survey is away.",
        graphql_type=Connection[Survey] | None,
    )
    async def surveys(
        self, info: Info, first: First = strawberry.UNSET, after: After = strawberry.UNSET
    ) -> Page:
        page = page_request(info, "Survey", first, after)
        request = pb.ListSurveysRequest(first=page.first, after=page.after, count=page.count)
        reply = await info.context.call("survey", info.context.clients.survey.ListSurveys, request)
        total = reply.total if reply.HasField("total") else None
        return Page("Survey", reply.surveys, reply.more, total, bool(page.after))


@strawberry.input(description="The whole scores that a RATING takes: 0 <= low < high <= 100.")
class ScaleInput:
    low: int = strawberry.field(description="The lowest.")
    high: int = strawberry.field(description="The highest; included.")


@strawberry.input(description="One answer that a choice offers.")
class OptionInput:
    key: str = strawberry.field(description="Answers name the option by it; once per question.")
    text: str = strawberry.field(description="As it is offered.")


@strawberry.input(description="One question of a survey.")
class QuestionInput:
    key: str = strawberry.field(description="Answers name the question by it; once per survey.")
    kind: QuestionKind = strawberry.field(description="What may be answered.")
    text: str = strawberry.field(description="As it is asked.")
    dont_know: bool = strawberry.field(
        default=False, description='Whether "don\'t know" is an answer; CSAT only.'
    )
    scale: ScaleInput | None = strawberry.field(
        default=None, description="Of a RATING, and only there."
    )
    options: list[OptionInput] | None = strawberry.field(
        default=None, description="Of a choice, and only there: 2 to 100, in the order offered."
    )


@strawberry.input(description="A new survey with its first version.")
class CreateSurveyInput:
    key: str = strawberry.field(description="The organisation's own code, used by no other survey.")
    title: str = strawberry.field(description="For people.")
    questions: list[QuestionInput] = strawberry.field(description="In the order they are asked.")
    public: bool = strawberry.field(
        default=False, description="Take responses from anyone, without a token."
    )
    in_scorecard: bool = strawberry.field(
        default=True, description="Count its answers for nps, csat and the like."
    )
    department: str | None = strawberry.field(
        default=None,
        description="Key of the department its responses count for when they name neither department "
        "nor touchpoint; absent: they must name one.",
    )


@strawberry.type(description="What became of a new survey.")
class CreateSurveyPayload:
    survey: Survey | None = strawberry.field(
        description="As stored, now or before; null when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        description="Why it was refused, e.g. another survey has the key."
    )


@strawberry.type
class SurveyMutation:
    @strawberry.field(
        description="Create a survey. The same survey again is no error; another one under a used key is."
    )
    async def create_survey(
        self, info: Info, given: Input[CreateSurveyInput]
    ) -> CreateSurveyPayload:
        request = pb.CreateSurveyRequest(survey=_survey(given), department=given.department or "")
        call = info.context.clients.survey.CreateSurvey
        try:
            reply = await info.context.call("survey", call, request)
        except REFUSALS as failure:
            return CreateSurveyPayload(survey=None, user_errors=[failure_error(failure)])
        return CreateSurveyPayload(
            survey=reply.survey,  # type: ignore[arg-type]  # messages pass through
            user_errors=[],
        )


def _survey(survey: CreateSurveyInput) -> pb.Survey:
    return pb.Survey(
        key=survey.key,
        title=survey.title,
        public=survey.public,
        in_scorecard=survey.in_scorecard,
        questions=map(_question, survey.questions),
    )


def _question(question: QuestionInput) -> pb.Question:
    scale = question.scale
    return pb.Question(
        key=question.key,
        kind=pb.QuestionKind.Value(f"QUESTION_KIND_{question.kind.name}"),
        text=question.text,
        dont_know=question.dont_know,
        scale=None if scale is None else _scale(scale),
        options=[pb.Option(key=o.key, text=o.text) for o in question.options or ()],
    )


def _scale(scale: ScaleInput) -> pb.Scale:
    return pb.Scale(low=scale.low, high=scale.high)
