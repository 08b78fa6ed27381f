"""Protobuf <-> domain."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from cxm.batch.v1 import batch_pb2
from cxm.survey.v1 import invitations_pb2, responses_pb2, surveys_pb2
from services.kit.clock import new_id
from services.survey.domain.text import Texts
from services.survey.responses.domain.outcome import REASONS, Fate, Outcome
from services.survey.responses.domain.responses import Answer, Submission
from services.survey.surveys.domain.drafts import QuestionDraft, SurveyDraft, draft_of
from services.survey.surveys.domain.edits import question_of
from services.survey.surveys.domain.questions import Option, Question, Value
from services.survey.surveys.domain.surveys import Survey

FIRST_REVISION = 1


def submission(message: responses_pb2.Submission) -> Submission:
    """A submission as its sender wrote it."""
    has = message.HasField
    return Submission(
        message.id,
        message.survey,
        answers(message.answers),
        message.touchpoint if has("touchpoint") else None,
        message.department if has("department") else None,
        message.customer if has("customer") else None,
        message.channel if has("channel") else None,
        message.segment if has("segment") else None,
        message.language if has("language") else None,
        message.occurred_at if has("occurred_at") else None,
        message.invitation if has("invitation") else None,
    )


def answers(messages: Iterable[responses_pb2.Answer]) -> tuple[Answer, ...]:
    return tuple([Answer(message.question, _value(message)) for message in messages])


def target(message: invitations_pb2.InvitationTarget) -> Submission:
    """Whom an invitation is for, as the response it will be."""
    has = message.HasField
    return Submission(
        "",
        "",
        (),
        message.touchpoint if has("touchpoint") else None,
        message.department if has("department") else None,
        message.customer if has("customer") else None,
        message.channel if has("channel") else None,
        message.segment if has("segment") else None,
        message.language if has("language") else None,
    )


def invitation(token: str, expires_at: datetime) -> invitations_pb2.Invitation:
    return invitations_pb2.Invitation(token=token, expires_at=_instant(expires_at))


def _value(answer: responses_pb2.Answer) -> Value:
    match answer.WhichOneof("value"):
        case "score":
            return answer.score
        case "text":
            return answer.text
        case "dont_know":
            return answer.dont_know
        case "choices":
            return tuple(answer.choices.options)
        case _:
            return None


def result(outcome: Outcome) -> batch_pb2.ItemResult:
    """An item's fate as its sender reads it."""
    if outcome.fate is Fate.STORED:
        return batch_pb2.ItemResult(id=outcome.id, status=batch_pb2.ITEM_STATUS_STORED)
    if outcome.fate is Fate.ALREADY_STORED:
        return batch_pb2.ItemResult(id=outcome.id, status=batch_pb2.ITEM_STATUS_ALREADY_STORED)
    reasons = outcome.refusals if outcome.fate is None else [REASONS[outcome.fate]]
    return batch_pb2.ItemResult(
        id=outcome.id,
        status=batch_pb2.ITEM_STATUS_REFUSED,
        refusals=[
            batch_pb2.Refusal(field=r.field, reason=r.reason, message=r.message) for r in reasons
        ],
    )


def draft(request: surveys_pb2.CreateSurveyRequest) -> SurveyDraft:
    """A new survey as its author sends it."""
    message = request.survey
    return SurveyDraft(
        message.key,
        message.title,
        message.public,
        message.in_scorecard,
        request.department,
        tuple(map(_question_draft, message.questions)),
        message.language,
        _texts(message.texts),
    )


def edited_draft(request: surveys_pb2.UpdateSurveyRequest, before: Survey) -> SurveyDraft:
    """A survey as it is to be; what the request does not name stays."""
    has = request.HasField
    questions = (
        map(_question_draft, request.questions.questions)
        if has("questions")
        else map(draft_of, before.questions)
    )
    return SurveyDraft(
        before.key,
        request.title if has("title") else before.title,
        request.public if has("public") else before.public,
        request.in_scorecard if has("in_scorecard") else before.in_scorecard,
        "",
        tuple(questions),
        request.language if has("language") else before.language,
        _texts(request.texts.texts) if has("texts") else before.texts,
    )


def _texts(messages: Iterable[surveys_pb2.Text]) -> Texts:
    return tuple(sorted((message.language, message.text) for message in messages))


def _question_draft(message: surveys_pb2.Question) -> QuestionDraft:
    return QuestionDraft(
        message.key,
        message.kind,
        message.text,
        message.dont_know,
        message.scale.low,
        message.scale.high,
        tuple(Option(o.key, o.text, _texts(o.texts)) for o in message.options),
        _texts(message.texts),
    )


def new_survey(draft: SurveyDraft, department_id: str | None) -> Survey:
    """The draft with ids: of the survey, its first version and each question."""
    return Survey(
        id=new_id(),
        key=draft.key,
        title=draft.title,
        public=draft.public,
        in_scorecard=draft.in_scorecard,
        department_id=department_id,
        version_id=new_id(),
        version=1,
        questions=tuple(question_of(question, new_id()) for question in draft.questions),
        revision=FIRST_REVISION,
        language=draft.language,
        texts=draft.texts,
    )


def survey(survey: Survey, now: datetime) -> surveys_pb2.Survey:
    """A survey as it stands at an instant."""
    return surveys_pb2.Survey(
        id=survey.id,
        key=survey.key,
        title=survey.title,
        public=survey.public,
        in_scorecard=survey.in_scorecard,
        department_id=survey.department_id or "",
        version_id=survey.version_id,
        version=survey.version,
        questions=map(_question, survey.questions),
        revision=survey.revision,
        state=surveys_pb2.SurveyState.ValueType(survey.life.at(now)),
        opens_at=_instant(survey.life.opens_at),
        closes_at=_instant(survey.life.closes_at),
        language=survey.language,
        texts=_text_messages(survey.texts),
    )


def _instant(at: datetime | None) -> str:
    return "" if at is None else at.isoformat().replace("+00:00", "Z")


def _text_messages(texts: Texts) -> list[surveys_pb2.Text]:
    return [surveys_pb2.Text(language=language, text=text) for language, text in texts]


def _question(question: Question) -> surveys_pb2.Question:
    return surveys_pb2.Question(
        id=question.id,
        key=question.key,
        kind=surveys_pb2.QuestionKind.ValueType(question.kind),
        text=question.text,
        dont_know=question.dont_know,
        scale=surveys_pb2.Scale(low=question.low, high=question.high) if question.high else None,
        options=[
            surveys_pb2.Option(key=o.key, text=o.text, texts=_text_messages(o.texts))
            for o in question.options
        ],
        texts=_text_messages(question.texts),
    )


def uuids(texts: Sequence[str]) -> list[UUID]:
    """The ones that are UUIDs; what is not names nothing."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
