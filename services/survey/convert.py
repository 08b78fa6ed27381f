"""Protobuf <-> domain."""

from collections.abc import Sequence
from uuid import UUID

from cxm.batch.v1 import batch_pb2
from cxm.survey.v1 import survey_pb2
from services.kit.clock import new_id
from services.survey.domain.drafts import QuestionDraft, SurveyDraft
from services.survey.domain.outcome import REASONS, Fate, Outcome
from services.survey.domain.questions import Kind, Option, Question, Value
from services.survey.domain.responses import Answer, Submission
from services.survey.domain.surveys import Survey

FIRST_REVISION = 1


def submission(message: survey_pb2.Submission) -> Submission:
    """A submission as its sender wrote it."""
    has = message.HasField
    return Submission(
        message.id,
        message.survey,
        tuple([Answer(answer.question, _value(answer)) for answer in message.answers]),
        message.touchpoint if has("touchpoint") else None,
        message.department if has("department") else None,
        message.customer if has("customer") else None,
        message.channel if has("channel") else None,
        message.segment if has("segment") else None,
        message.language if has("language") else None,
        message.occurred_at if has("occurred_at") else None,
    )


def _value(answer: survey_pb2.Answer) -> Value:
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


def draft(request: survey_pb2.CreateSurveyRequest) -> SurveyDraft:
    """A new survey as its author sends it."""
    message = request.survey
    return SurveyDraft(
        message.key,
        message.title,
        message.public,
        message.in_scorecard,
        request.department,
        tuple(map(_question_draft, message.questions)),
    )


def _question_draft(message: survey_pb2.Question) -> QuestionDraft:
    return QuestionDraft(
        message.key,
        message.kind,
        message.text,
        message.dont_know,
        message.scale.low,
        message.scale.high,
        tuple(Option(option.key, option.text) for option in message.options),
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
        questions=tuple(question(draft, new_id()) for draft in draft.questions),
        revision=FIRST_REVISION,
    )


def question(draft: QuestionDraft, question_id: str) -> Question:
    return Question(
        question_id,
        draft.key,
        Kind(draft.kind),
        draft.text,
        draft.dont_know,
        draft.low,
        draft.high,
        draft.options,
    )


def survey(survey: Survey) -> survey_pb2.Survey:
    return survey_pb2.Survey(
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
    )


def _question(question: Question) -> survey_pb2.Question:
    return survey_pb2.Question(
        id=question.id,
        key=question.key,
        kind=survey_pb2.QuestionKind.ValueType(question.kind),
        text=question.text,
        dont_know=question.dont_know,
        scale=survey_pb2.Scale(low=question.low, high=question.high) if question.high else None,
        options=[survey_pb2.Option(key=o.key, text=o.text) for o in question.options],
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
