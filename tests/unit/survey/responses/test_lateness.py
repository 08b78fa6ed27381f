from datetime import timedelta

import pytest

from services.survey.responses.domain.lateness import refuse_late
from services.survey.surveys.domain.lifecycle import Life, State
from tests.unit.survey.support.surveys import NOW

HOUR, MOMENT = timedelta(hours=1), timedelta(microseconds=1)


@pytest.mark.parametrize("state", [State.DRAFT, State.SCHEDULED, State.PAUSED])
def test_what_is_not_open_takes_nothing_not_even_history(state: State) -> None:
    late = refuse_late(Life(state), NOW, NOW - HOUR)

    assert late is not None
    assert late.reason == "SURVEY_NOT_OPEN"


def test_a_closed_survey_takes_history_of_before_its_end() -> None:
    life = Life(State.LIVE, None, NOW)

    assert refuse_late(life, NOW - MOMENT, None) is None
    assert refuse_late(life, NOW, NOW - MOMENT) is None
    for at in (None, NOW, NOW + HOUR):
        late = refuse_late(life, NOW, at)
        assert late is not None
        assert late.reason == "SURVEY_CLOSED"


def test_an_archived_survey_takes_nothing() -> None:
    late = refuse_late(Life(State.ARCHIVED, None, NOW), NOW, NOW - HOUR)

    assert late is not None
    assert late.reason == "SURVEY_CLOSED"
