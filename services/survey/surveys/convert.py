"""Protobuf <-> surveys."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from cxm.survey.v1 import surveys_pb2 as pb
from cxm.survey.v1.events_pb2 import SurveyChanged
from services.kit.clock import instant_text
from services.kit.letters import composed
from services.kit.rpc.fields import optionals
from services.survey.domain.offers import Offers, offers_of
from services.survey.domain.text import Texts
from services.survey.surveys.domain.drafts import LifeDraft, QuestionDraft, SurveyDraft
from services.survey.surveys.domain.edits import SurveyEdit
from services.survey.surveys.domain.questions import Option, Question
from services.survey.surveys.domain.standard_items import PLAIN, StandardItem
from services.survey.surveys.domain.surveys import Survey


def draft(request: pb.CreateSurveyRequest) -> SurveyDraft:
    """A new survey as its author sends it."""
    message = request.survey
    return SurveyDraft(
        composed(message.key),
        composed(message.title),
        message.public,
        message.in_scorecard,
        request.department,
        tuple(map(_question_draft, message.questions)),
        message.language,
        _texts(message.texts),
        offers(message.offers),
        message.daily_limit,
    )


def offers(message: pb.Offers) -> Offers:
    """What strangers may name."""
    return offers_of(
        departments=message.departments,
        touchpoints=message.touchpoints,
        everything=message.everything,
    )


def first_life(survey: pb.Survey) -> LifeDraft:
    """The state a new survey is to have."""
    return LifeDraft(survey.state, survey.opens_at or None, survey.closes_at or None)


def life(request: pb.ChangeSurveyStateRequest) -> LifeDraft:
    """The state a survey is to have."""
    return LifeDraft(request.state, *optionals(request, "opens_at", "closes_at"))


def edit(request: pb.UpdateSurveyRequest) -> SurveyEdit:
    """What a request changes."""
    title, public, in_scorecard, department, language, version = optionals(
        request, "title", "public", "in_scorecard", "department", "language", "version"
    )
    texts, questions, offered = optionals(request, "texts", "questions", "offers")
    (daily_limit,) = optionals(request, "daily_limit")
    return SurveyEdit(
        key=request.key,
        version=version,
        title=title,
        public=public,
        in_scorecard=in_scorecard,
        department=department,
        language=language,
        texts=None if texts is None else _texts(texts.texts),
        offers=None if offered is None else offers(offered),
        daily_limit=daily_limit,
        questions=None if questions is None else tuple(map(_question_draft, questions.questions)),
    )


def _texts(messages: Iterable[pb.Text]) -> Texts:
    return tuple(sorted((message.language, composed(message.text)) for message in messages))


def _question_draft(message: pb.Question) -> QuestionDraft:
    return QuestionDraft(
        composed(message.key),
        message.kind,
        composed(message.text),
        message.dont_know,
        message.scale.low,
        message.scale.high,
        tuple(Option(composed(o.key), composed(o.text), _texts(o.texts)) for o in message.options),
        _texts(message.texts),
        message.item,
    )


def survey_message(survey: Survey, now: datetime) -> pb.Survey:
    """A survey as it stands at an instant."""
    return pb.Survey(
        id=survey.id,
        key=survey.key,
        title=survey.title,
        public=survey.public,
        in_scorecard=survey.in_scorecard,
        department_id=survey.department_id or "",
        version_id=survey.version_id,
        version=survey.version,
        questions=map(question_message, survey.questions),
        revision=survey.revision,
        state=pb.SurveyState.ValueType(survey.life.at(now)),
        opens_at=_instant(survey.life.opens_at),
        closes_at=_instant(survey.life.closes_at),
        language=survey.language,
        texts=text_messages(survey.texts),
        offers=pb.Offers(
            departments=sorted(survey.offers.departments),
            touchpoints=sorted(survey.offers.touchpoints),
            everything=survey.offers.everything,
        ),
        daily_limit=survey.daily_limit,
    )


def change_message(survey: Survey, now: datetime) -> SurveyChanged:
    """What is announced of a survey that was created or changed."""
    return SurveyChanged(survey=survey_message(survey, now))


def _instant(at: datetime | None) -> str:
    return "" if at is None else instant_text(at)


def text_messages(texts: Texts) -> list[pb.Text]:
    """A text in other languages."""
    return [pb.Text(language=language, text=text) for language, text in texts]


def question_message(question: Question) -> pb.Question:
    """A question as it is asked."""
    return pb.Question(
        id=question.id,
        key=question.key,
        kind=pb.QuestionKind.ValueType(question.kind),
        text=question.text,
        dont_know=question.dont_know,
        scale=pb.Scale(low=question.low, high=question.high) if question.high else None,
        options=[
            pb.Option(key=o.key, text=o.text, texts=text_messages(o.texts))
            for o in question.options
        ],
        texts=text_messages(question.texts),
        item=question.item,
    )


def item_message(item: StandardItem) -> pb.Question:
    """A standard item as a question in English."""
    wording, no_id, dont_know = item.wording(PLAIN), "", False
    return question_message(
        Question(
            no_id,
            item.key,
            item.kind,
            wording.text,
            dont_know,
            item.low,
            item.high,
            item.options(PLAIN),
            wording.texts,
            item.key,
        )
    )


def uuids(texts: Sequence[str]) -> list[UUID]:
    """The ones that are UUIDs; what is not names nothing."""
    ids = []
    for text in texts:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids
