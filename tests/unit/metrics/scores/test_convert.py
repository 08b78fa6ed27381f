"""Scores as messages."""

from datetime import UTC, datetime

from services.metrics.answer_log.log import StandingChange
from services.metrics.scores.convert import MOST_DEPARTMENTS, score_changed

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_no_department_and_no_standing_is_left_out_of_an_event_of_many_messages() -> None:
    """Many surveys of few departments, and few surveys of many."""
    surveys = [StandingChange("shop", f"s{number}", 1) for number in range(MOST_DEPARTMENTS + 1)]
    above = {f"d{number}": {"nps"} for number in range(2 * MOST_DEPARTMENTS + 1)}

    for changes, affected, count in ((surveys, {"shop": {"nps"}}, 2), (surveys[:1], above, 3)):
        messages = list(score_changed(changes, affected, NOW))

        assert len(messages) == count
        assert sum(len(message.standings) for message in messages) == len(changes)
        assert sum(len(message.departments) for message in messages) == len(affected)
    assert not list(score_changed(surveys, {}, NOW))
