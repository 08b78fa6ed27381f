"""Why a response is refused that would have been taken once."""

from datetime import datetime

from services.survey.domain.refusal import Refusal
from services.survey.surveys.domain.lifecycle import Life, State

NOT_OPEN = Refusal(("survey",), "SURVEY_NOT_OPEN", "the survey takes no responses now")
CLOSED = Refusal(("survey",), "SURVEY_CLOSED", "the survey is closed and takes no more responses")
ARCHIVED = Refusal(("survey",), "SURVEY_CLOSED", "the survey is closed for ever")


def refuse_late(life: Life, now: datetime, history_at: datetime | None) -> Refusal | None:
    """Why no response is taken now; None if it is.

    `history_at`: when the experience was, as somebody says who may bring in history. A closed survey takes what was
    before its end; nobody else can give an answer after it.
    """
    state = life.at(now)
    if state is State.LIVE:
        return None
    if state is not State.CLOSED:
        return ARCHIVED if state is State.ARCHIVED else NOT_OPEN
    ended_at = life.closes_at or now
    return None if history_at is not None and history_at < ended_at else CLOSED
