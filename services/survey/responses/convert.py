"""Protobuf <-> responses."""

from collections.abc import Iterable

from cxm.batch.v1 import batch_pb2
from cxm.survey.v1 import responses_pb2 as pb
from services.kit.letters import composed, without_controls
from services.kit.rpc.fields import optionals
from services.survey.attribution.submission import Answer, Submission, Value
from services.survey.responses.asking import Form
from services.survey.responses.domain.outcome import REASONS, Fate, SubmissionOutcome
from services.survey.surveys.convert import question_message, text_messages

# In the order of Submission.
OPTIONAL_FIELDS = (
    "touchpoint",
    "department",
    "customer",
    "channel",
    "segment",
    "language",
    "occurred_at",
    "invitation",
    "secret",
)


def submission(message: pb.Submission) -> Submission:
    """A submission as its sender wrote it."""
    id_, *sent = optionals(message, "id", *OPTIONAL_FIELDS)
    return Submission(id_, message.survey, answers(message.answers), *sent)


def answers(messages: Iterable[pb.Answer]) -> tuple[Answer, ...]:
    return tuple([Answer(composed(message.question), _value(message)) for message in messages])


def _value(answer: pb.Answer) -> Value:
    match answer.WhichOneof("value"):
        case "score":
            return answer.score
        case "text":
            return without_controls(answer.text)
        case "dont_know":
            return answer.dont_know
        case "choices":
            return tuple(map(composed, answer.choices.options))
        case _:
            return None


def asked(request: pb.GetFormRequest) -> Submission:
    """A response without answers: what it would name."""
    touchpoint, department, invitation = optionals(
        request, "touchpoint", "department", "invitation"
    )
    return Submission(
        "", request.survey, (), touchpoint=touchpoint, department=department, invitation=invitation
    )


def form_message(form: Form) -> pb.Form:
    """What a respondent is asked."""
    survey = form.survey
    return pb.Form(
        survey=survey.key,
        title=survey.title,
        language=survey.language,
        texts=text_messages(survey.texts),
        questions=map(question_message, survey.questions),
        invited_language=form.invited_language,
    )


def result(outcome: SubmissionOutcome) -> batch_pb2.ItemResult:
    """An item's fate as its sender reads it."""
    if outcome.fate is Fate.STORED:
        return batch_pb2.ItemResult(id=outcome.id, status=batch_pb2.ITEM_STATUS_STORED)
    if outcome.fate is Fate.CORRECTED:
        return batch_pb2.ItemResult(id=outcome.id, status=batch_pb2.ITEM_STATUS_CORRECTED)
    if outcome.fate in (Fate.ALREADY_STORED, Fate.PROVEN_REPEAT):
        return batch_pb2.ItemResult(id=outcome.id, status=batch_pb2.ITEM_STATUS_ALREADY_STORED)
    reasons = outcome.refusals if outcome.fate is None else [REASONS[outcome.fate]]
    return batch_pb2.ItemResult(
        id=outcome.id,
        status=batch_pb2.ITEM_STATUS_REFUSED,
        refusals=[
            batch_pb2.Refusal(field=r.field, reason=r.reason, message=r.message) for r in reasons
        ],
    )
