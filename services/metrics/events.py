"""What survey announces: responses, and changes of surveys."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1.events_pb2 import ResponsesRecorded, SurveyChanged
from services.kit.events.consumer import Apply, Delivery, Handler, in_session
from services.kit.events.streams import (
    METRICS_COPIES_SURVEYS,
    METRICS_RECORDS_RESPONSES,
    SURVEY_CHANGED,
)
from services.kit.service import Shared
from services.metrics.answer_log.log import AnswerLog
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.answer_log.wiring import WiredLog
from services.metrics.scores.score_events import Announce


def record_responses(log: AnswerLog, announce: Announce) -> Apply:
    """Write envelopes to the answer log, a batch at a time; redelivered ones change nothing but are announced again."""

    async def apply(deliveries: Sequence[Delivery]) -> None:
        await announce(
            await log.apply([ResponsesRecorded.FromString(d.payload) for d in deliveries])
        )

    return apply


def survey_handlers(surveys: SurveyCopy) -> dict[str, Handler]:
    """Keep a copy of surveys; events may come twice and in any order."""

    async def copy_survey(session: AsyncSession, event: SurveyChanged) -> None:
        await surveys.copy(session, event.survey)

    return {SURVEY_CHANGED: Handler(SurveyChanged, copy_survey)}


def wire(shared: Shared, log: WiredLog, announce: Announce) -> None:
    """Copy surveys and count responses as they are announced."""
    surveys = in_session(shared.database.write, survey_handlers(log.surveys))
    shared.consume(METRICS_COPIES_SURVEYS, surveys)
    shared.consume(METRICS_RECORDS_RESPONSES, record_responses(log.log, announce))
