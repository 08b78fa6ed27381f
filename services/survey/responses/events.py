"""What is announced of responses: scores, choices and attribution dimensions; no words and no customers."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1 import events_pb2 as pb
from services.kit.events.outbox import Outbox
from services.kit.events.streams import RESPONSES_LOST
from services.survey.attribution.domain import Attribution
from services.survey.attribution.submission import Value
from services.survey.surveys.domain.questions import Question, QuestionKind, value_of
from services.survey.surveys.domain.surveys import Survey


async def announce_lost(outbox: Outbox, session: AsyncSession, found_at: datetime) -> None:
    """Say that envelopes may be lost: what counts responses then counts them anew, from here."""
    lost = pb.ResponsesLost()
    lost.found_at.FromDatetime(found_at)
    await outbox.announce(session, RESPONSES_LOST, lost)


def fact(
    response_id: str, survey: Survey, attribution: Attribution, answers: bytes, *, sign: int
) -> bytes:
    """A response as an envelope of one, without a number: joined, such bytes are an envelope of many.

    `survey` is the version that was answered; sign: +1 given, -1 taken back.
    """
    response = pb.RecordedResponse(
        response_id=response_id,
        survey_id=survey.id,
        survey_version_id=survey.version_id,
        department_id=attribution.department_id,
        local_day=attribution.local_day,
        dimensions=pb.DimensionSet(
            touchpoint_id=attribution.touchpoint_id or "",
            stage=attribution.stage or "",
            channel=attribution.channel or "",
            segment=attribution.segment or "",
            language=attribution.language or "",
        ),
        answers=scored_answers(survey, answers),
        sign=sign,
    )
    return pb.ResponsesRecorded(responses=[response]).SerializeToString()


def scored_answers(survey: Survey, answers: bytes) -> list[pb.ScoredAnswer]:
    """The answers that are counted, in the order of the questions."""
    found = []
    for question, span in zip(survey.questions, survey.spans, strict=True):
        value = value_of(question, answers[span])
        if value is not None:
            found.append(_scored(question, value))
    return found


def _scored(question: Question, value: Value) -> pb.ScoredAnswer:
    if value is True:
        return pb.ScoredAnswer(question_id=question.id, dont_know=True)
    if not isinstance(value, tuple):
        return pb.ScoredAnswer(question_id=question.id, score=value)  # type: ignore[arg-type]
    if question.kind is QuestionKind.SINGLE_CHOICE:
        return pb.ScoredAnswer(question_id=question.id, choice=value[0])
    left = [option.key for option in question.options if option.key not in value]
    selection = pb.Selection(chosen=value, left=left)
    return pb.ScoredAnswer(question_id=question.id, selection=selection)
