"""The next wave: its key, and its times by the clock on the wall."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.employee_exp.waves.domain.repeats import next_in_time, next_wave
from services.employee_exp.waves.domain.wave import WaveDraft

RIGA = ZoneInfo("Europe/Riga")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=RIGA).astimezone(UTC)


def draft(opens_at: str | None, closes_at: str, months: int) -> WaveDraft:
    return WaveDraft(
        kind=2,
        language="en",
        languages=("en",),
        name="Pulse",
        questions=(),
        k=5,
        opens_at=at(opens_at) if opens_at else None,
        closes_at=at(closes_at),
        repeat_months=months,
    )


@pytest.mark.parametrize(
    ("key", "opens", "closes", "months", "next_key", "next_opens", "next_closes"),
    [
        # Across the end of the summer time, at nine by the wall.
        (
            "pulse",
            "2026-09-01 09:00",
            "2026-09-15 00:00",
            3,
            "pulse-2026-12",
            "2026-12-01 09:00",
            "2026-12-15 00:00",
        ),
        (
            "pulse-2026-12",
            "2026-12-01 09:00",
            "2026-12-15 00:00",
            3,
            "pulse-2027-03",
            "2027-03-01 09:00",
            "2027-03-15 00:00",
        ),
        # The end of a shorter month.
        (
            "p",
            "2026-01-31 09:00",
            "2026-02-14 00:00",
            1,
            "p-2026-02",
            "2026-02-28 09:00",
            "2026-03-14 00:00",
        ),
        # Just after midnight in Riga it is still the month before in UTC.
        (
            "p",
            "2026-05-01 00:30",
            "2026-05-09 00:00",
            12,
            "p-2027-05",
            "2027-05-01 00:30",
            "2027-05-09 00:00",
        ),
        # A month that belongs to the name stays.
        (
            "may-2026",
            "2026-05-01 09:00",
            "2026-05-09 00:00",
            1,
            "may-2026-2026-06",
            "2026-06-01 09:00",
            "2026-06-09 00:00",
        ),
    ],
)
def test_all_times_move_by_so_many_months(
    key: str,
    opens: str,
    closes: str,
    months: int,
    next_key: str,
    next_opens: str,
    next_closes: str,
) -> None:
    made, following = next_wave(key, draft(opens, closes, months), at(opens), RIGA)

    assert made == next_key
    assert (following.opens_at, following.closes_at) == (at(next_opens), at(next_closes))
    assert following.repeat_months == months


def test_a_wave_opened_by_hand_repeats_from_when_it_was_opened() -> None:
    opened_at = at("2026-05-04 11:20")

    _, following = next_wave("p", draft(None, "2026-05-20 00:00", 6), opened_at, RIGA)

    assert following.opens_at == at("2026-11-04 11:20")


@pytest.mark.parametrize(
    ("now", "key"),
    [
        ("2026-09-15 00:00", "pulse-2026-10"),
        ("2026-10-14 23:59", "pulse-2026-10"),
        ("2026-10-15 00:00", "pulse-2026-11"),
        ("2027-09-01 09:00", "pulse-2027-09"),
    ],
)
def test_after_waves_that_were_missed_comes_the_first_that_is_not_over(now: str, key: str) -> None:
    missed = draft("2026-09-01 09:00", "2026-09-15 00:00", 1)

    found, following = next_in_time("pulse-2026-09", missed, at(now), RIGA)

    assert found == key
    assert following.opens_at == at(f"{key[-7:]}-01 09:00")
    assert following.closes_at == at(f"{key[-7:]}-15 00:00")
