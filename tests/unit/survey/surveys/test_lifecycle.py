from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.domain.refusal import Refusal
from services.survey.surveys.domain.lifecycle import TRANSITIONS, Life, State, change_life
from tests.unit.survey.support.surveys import NOW

HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)


def test_a_scheduled_survey_is_live_from_its_opening_to_before_its_end() -> None:
    life = Life(State.SCHEDULED, NOW, NOW + HOUR)

    assert life.at(NOW - MOMENT) is State.SCHEDULED
    assert life.at(NOW) is State.LIVE
    assert life.at(NOW + HOUR - MOMENT) is State.LIVE
    assert life.at(NOW + HOUR) is State.CLOSED


@pytest.mark.parametrize(
    ("state", "later"),
    [
        (State.DRAFT, State.DRAFT),
        (State.LIVE, State.CLOSED),
        (State.PAUSED, State.CLOSED),
        (State.ARCHIVED, State.ARCHIVED),
    ],
)
def test_the_end_comes_to_what_was_opened(state: State, later: State) -> None:
    assert Life(state, None, NOW).at(NOW) is later


@given(st.sampled_from(State), st.sampled_from(State))
def test_a_state_is_reached_as_the_table_says(state: State, wanted: State) -> None:
    life = Life(state, NOW + HOUR if state is State.SCHEDULED else None)

    opens = NOW + 2 * HOUR if wanted is State.SCHEDULED else None
    closes = NOW + 3 * HOUR if wanted in (State.SCHEDULED, State.LIVE) else None
    after = change_life(life, wanted, opens, closes, NOW)

    if wanted is state or wanted in TRANSITIONS[state]:
        assert isinstance(after, Life)
        assert after.at(NOW) is wanted
    else:
        assert isinstance(after, Refusal)
        assert after.reason == "STATE_NOT_REACHABLE"


def test_closing_sets_the_end_and_opening_again_takes_it_away() -> None:
    closed = change_life(Life(State.LIVE, None, NOW + HOUR), State.CLOSED, None, None, NOW)
    assert isinstance(closed, Life)
    assert closed.closes_at == NOW

    again = change_life(closed, State.LIVE, None, None, NOW + MOMENT)
    assert isinstance(again, Life)
    assert again.closes_at is None


def test_a_pause_keeps_an_end_that_is_ahead() -> None:
    paused = change_life(Life(State.LIVE, None, NOW + HOUR), State.PAUSED, None, None, NOW)
    assert isinstance(paused, Life)

    assert change_life(paused, State.LIVE, None, None, NOW + MOMENT) == Life(
        State.LIVE, NOW + MOMENT, NOW + HOUR
    )


@pytest.mark.parametrize(
    ("state", "opens", "closes", "field", "reason"),
    [
        (State.SCHEDULED, None, None, "opens_at", "OPENING_REQUIRED"),
        (State.SCHEDULED, NOW, None, "opens_at", "TIME_IS_PAST"),
        (State.SCHEDULED, NOW + HOUR, NOW + HOUR, "closes_at", "TIME_IS_PAST"),
        (State.LIVE, None, NOW, "closes_at", "TIME_IS_PAST"),
    ],
)
def test_times_must_be_ahead(
    state: State, opens: object, closes: object, field: str, reason: str
) -> None:
    refused = change_life(Life(State.DRAFT), state, opens, closes, NOW)  # type: ignore[arg-type]

    assert isinstance(refused, Refusal)
    assert (refused.field, refused.reason) == ((field,), reason)


@pytest.mark.parametrize(
    ("before", "wanted", "opens", "closes", "field"),
    [
        (State.DRAFT, State.LIVE, NOW + HOUR, None, "opens_at"),
        (State.LIVE, State.LIVE, NOW + HOUR, None, "opens_at"),
        (State.LIVE, State.PAUSED, None, NOW + HOUR, "closes_at"),
        (State.LIVE, State.CLOSED, None, NOW + HOUR, "closes_at"),
        (State.CLOSED, State.ARCHIVED, NOW + HOUR, None, "opens_at"),
        (State.SCHEDULED, State.DRAFT, None, NOW + HOUR, "closes_at"),
    ],
)
def test_a_time_that_a_state_does_not_take_is_refused(
    before: State, wanted: State, opens: object, closes: object, field: str
) -> None:
    life = Life(before, NOW + HOUR if before is State.SCHEDULED else None)

    refused = change_life(life, wanted, opens, closes, NOW)  # type: ignore[arg-type]

    assert isinstance(refused, Refusal)
    assert (refused.field, refused.reason) == ((field,), "TIME_NOT_TAKEN")
