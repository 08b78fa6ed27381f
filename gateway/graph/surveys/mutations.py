"""Making and changing surveys."""

from collections.abc import Iterable

import strawberry

from cxm.survey.v1 import surveys_pb2 as pb
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.base.node import as_graphql
from gateway.graph.base.offers import OffersInput, offers_message
from gateway.graph.base.questions import QuestionKind
from gateway.graph.base.scalars import DateTime
from gateway.graph.surveys.types import Survey, SurveyState, state_number
from gateway.request.context import Context, Info


@strawberry.input(description="The same text in another language.")
class LocalizedTextInput:
    language: str = strawberry.field(
        description="BCP 47 tag, e.g. lv; once per text, and not the survey's own."
    )
    text: str = strawberry.field(description="In this language.")


@strawberry.input(description="The whole scores that a RATING takes: 0 <= low < high <= 100.")
class ScaleInput:
    low: int = strawberry.field(description="The lowest.")
    high: int = strawberry.field(description="The highest; included.")


@strawberry.input(description="One answer that a choice offers.")
class OptionInput:
    key: str = strawberry.field(description="Answers name the option by it; once per question.")
    text: str = strawberry.field(description="As it is offered, in the survey's language.")
    texts: list[LocalizedTextInput] | None = strawberry.field(
        default=None, description="The text in other languages."
    )


@strawberry.input(
    description="One question of a survey. With an item, what is left out is that of the item."
)
class QuestionInput:
    key: str = strawberry.field(description="Answers name the question by it; once per survey.")
    kind: QuestionKind | None = strawberry.field(
        default=None, description="What may be answered; absent only with an item."
    )
    text: str | None = strawberry.field(
        default=None,
        description="As it is asked, in the survey's language. Absent only with an item, which has en, lv, lt, sl "
        "and mk: then `texts` has the others of these too, unless some are given.",
    )
    texts: list[LocalizedTextInput] | None = strawberry.field(
        default=None, description="The text in other languages."
    )
    item: str | None = strawberry.field(
        default=None,
        description="Key of the standard item that it asks, e.g. fast: its answers mean the same in every survey. "
        "Kind, scale and options are those of the item; once per survey. All: `standardItems`.",
    )
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
    language: str | None = strawberry.field(
        default=None, description="BCP 47 tag of the plain title and texts."
    )
    texts: list[LocalizedTextInput] | None = strawberry.field(
        default=None, description="The title in other languages."
    )
    offers: OffersInput | None = strawberry.field(
        default=None,
        description="What a response without a token may name; absent: nothing, so it counts for `department`. A "
        "public survey has a department or offers something, unless it is a DRAFT.",
    )
    daily_limit: int | None = strawberry.field(
        default=None,
        description="Responses a day without a token or an invitation, 1 to 10,000,000; absent: as the "
        "deployment says.",
    )
    state: SurveyState = strawberry.field(
        default=SurveyState.LIVE, description="DRAFT, SCHEDULED or LIVE."
    )
    opens_at: DateTime | None = strawberry.field(
        default=None,
        description="Of SCHEDULED: when it becomes LIVE; in the future. A DRAFT may keep it; LIVE refuses it.",
    )
    closes_at: DateTime | None = strawberry.field(
        default=None, description="When it closes; the instant itself is too late."
    )


@strawberry.input(
    description="A change of a survey; what is absent stays as it is. A question of a key that was asked before "
    "is that question: once the survey was open, its kind and scale stay, and options may only be added."
)
class UpdateSurveyInput:
    key: str = strawberry.field(description="Of the survey; it does not change.")
    title: str | None = strawberry.field(default=None, description="For people.")
    questions: list[QuestionInput] | None = strawberry.field(
        default=None,
        description="All of them, in the order they are asked. A change makes a new version of a survey that "
        "was open.",
    )
    public: bool | None = strawberry.field(
        default=None, description="Take responses from anyone, without a token."
    )
    in_scorecard: bool | None = strawberry.field(
        default=None, description="Count its answers for nps, csat and the like."
    )
    department: str | None = strawberry.field(
        default=None, description="Key of the default department; empty: none."
    )
    language: str | None = strawberry.field(
        default=None, description="BCP 47 tag of the plain title and texts; empty: not said."
    )
    texts: list[LocalizedTextInput] | None = strawberry.field(
        default=None, description="All of the title in other languages."
    )
    offers: OffersInput | None = strawberry.field(
        default=None,
        description="All that a response without a token may name; something, of a public survey without "
        "a department.",
    )
    daily_limit: int | None = strawberry.field(
        default=None,
        description="Responses a day without a token or an invitation; 0: as the deployment says.",
    )
    version: int | None = strawberry.field(
        default=None,
        description="The version that was edited: refused with VERSION_CHANGED when it is not the current one.",
    )


@strawberry.input(description="A state a survey is brought into.")
class ChangeSurveyStateInput:
    survey: str = strawberry.field(description="Key of the survey.")
    state: SurveyState = strawberry.field(
        description="DRAFT to SCHEDULED, LIVE, ARCHIVED. SCHEDULED to DRAFT, SCHEDULED, LIVE, ARCHIVED. LIVE to "
        "LIVE, PAUSED, CLOSED. PAUSED to LIVE, CLOSED. CLOSED to LIVE, ARCHIVED."
    )
    opens_at: DateTime | None = strawberry.field(
        default=None,
        description="Of SCHEDULED, and only there: when it becomes LIVE; in the future. Absent: the time set before.",
    )
    closes_at: DateTime | None = strawberry.field(
        default=None,
        description="Of SCHEDULED and LIVE, and only there: when it closes; the instant itself is too late. "
        "Absent: the time set before, if it is still ahead.",
    )


@strawberry.type(description="What became of a new survey.")
class CreateSurveyPayload:
    survey: Survey | None = strawberry.field(
        default=None, description="As stored, now or before; null when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why it was refused, e.g. another survey has the key."
    )


@strawberry.type(description="What became of a change of a survey.")
class ChangeSurveyPayload:
    survey: Survey | None = strawberry.field(
        default=None, description="As it stands now; null when the change was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused, e.g. SURVEY_CLOSED, KIND_CHANGED or STATE_NOT_REACHABLE.",
    )


@strawberry.type
class SurveyMutation:
    @strawberry.field(
        description="Create a survey. The same survey again is no error; another one under a used key is."
    )
    async def create_survey(
        self, info: Info, given: Input[CreateSurveyInput]
    ) -> CreateSurveyPayload:
        return await mutate(CreateSurveyPayload, _create_survey(info.context, given))

    @strawberry.field(
        description="Change what a survey says and asks; responses to earlier versions keep what they answered."
    )
    async def update_survey(
        self, info: Info, given: Input[UpdateSurveyInput]
    ) -> ChangeSurveyPayload:
        return await mutate(ChangeSurveyPayload, _update_survey(info.context, given))

    @strawberry.field(
        description="Open, pause, close or archive a survey, or schedule its opening. What is not LIVE refuses "
        "responses: SURVEY_NOT_OPEN, SURVEY_CLOSED."
    )
    async def change_survey_state(
        self, info: Info, given: Input[ChangeSurveyStateInput]
    ) -> ChangeSurveyPayload:
        return await mutate(ChangeSurveyPayload, _change_state(info.context, given))


async def _create_survey(context: Context, given: CreateSurveyInput) -> CreateSurveyPayload:
    request = pb.CreateSurveyRequest(survey=_survey(given), department=given.department or "")
    reply = await context.call("survey", context.clients.surveys.CreateSurvey, request)
    return CreateSurveyPayload(survey=as_graphql(reply.survey))


async def _update_survey(context: Context, given: UpdateSurveyInput) -> ChangeSurveyPayload:
    reply = await context.call("survey", context.clients.surveys.UpdateSurvey, _update(given))
    return ChangeSurveyPayload(survey=as_graphql(reply.survey))


async def _change_state(context: Context, given: ChangeSurveyStateInput) -> ChangeSurveyPayload:
    request = pb.ChangeSurveyStateRequest(
        key=given.survey,
        state=state_number(given.state),
        opens_at=given.opens_at,
        closes_at=given.closes_at,
    )
    reply = await context.call("survey", context.clients.surveys.ChangeSurveyState, request)
    return ChangeSurveyPayload(survey=as_graphql(reply.survey))


def _update(given: UpdateSurveyInput) -> pb.UpdateSurveyRequest:
    return pb.UpdateSurveyRequest(
        key=given.key,
        title=given.title,
        public=given.public,
        in_scorecard=given.in_scorecard,
        department=given.department,
        language=given.language,
        texts=None if given.texts is None else pb.TextList(texts=_texts(given.texts)),
        questions=None
        if given.questions is None
        else pb.QuestionList(questions=map(_question, given.questions)),
        version=given.version,
        offers=offers_message(given.offers),
        daily_limit=given.daily_limit,
    )


def _survey(survey: CreateSurveyInput) -> pb.Survey:
    return pb.Survey(
        key=survey.key,
        title=survey.title,
        public=survey.public,
        in_scorecard=survey.in_scorecard,
        questions=map(_question, survey.questions),
        language=survey.language or "",
        texts=_texts(survey.texts),
        state=state_number(survey.state),
        opens_at=survey.opens_at or "",
        closes_at=survey.closes_at or "",
        offers=offers_message(survey.offers),
        daily_limit=survey.daily_limit or 0,
    )


def _texts(texts: Iterable[LocalizedTextInput] | None) -> list[pb.Text]:
    return [pb.Text(language=text.language, text=text.text) for text in texts or ()]


def _question(question: QuestionInput) -> pb.Question:
    scale = question.scale
    kind = "UNSPECIFIED" if question.kind is None else question.kind.name
    return pb.Question(
        key=question.key,
        kind=pb.QuestionKind.Value(f"QUESTION_KIND_{kind}"),
        text=question.text or "",
        item=question.item or "",
        dont_know=question.dont_know,
        scale=None if scale is None else _scale(scale),
        options=[
            pb.Option(key=o.key, text=o.text, texts=_texts(o.texts)) for o in question.options or ()
        ],
        texts=_texts(question.texts),
    )


def _scale(scale: ScaleInput) -> pb.Scale:
    return pb.Scale(low=scale.low, high=scale.high)
