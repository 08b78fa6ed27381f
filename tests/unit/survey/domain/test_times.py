from datetime import UTC, datetime

import pytest

from services.survey.domain.refusal import Refusal
from services.survey.domain.times import read_instant
from tests.unit.survey.support.surveys import NOW


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-31T09:30:00Z", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
        ("2026-01-31t09:30:00z", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
        ("2026-01-31 09:30:00Z", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
        ("2026-01-31T09:30:00.5+02:00", datetime(2026, 1, 31, 7, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-01-31T09:30:00.123456789Z", datetime(2026, 1, 31, 9, 30, 0, 123_456, tzinfo=UTC)),
        ("2026-01-31T09:30:00-00:00", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
        ("2000-01-01T00:00:00Z", datetime(2000, 1, 1, tzinfo=UTC)),
        ("2026-03-02T12:00:00Z", datetime(2026, 3, 2, 12, tzinfo=UTC)),
    ],
)
def test_rfc_3339_is_read_in_utc(text: str, instant: datetime) -> None:
    assert read_instant(text, NOW) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-31",
        "2026-01-31T09:30:00",
        "2026-01-31T09:30Z",
        "2026-W05-6T09:30:00Z",
        "20260131T093000Z",
        "2026-01-31T09:30:00,5Z",
        "2026-01-31T09:30:00.1234567890Z",
        "2026-01-31T09:30:00+02",
        "2026-01-31T09:30:00+24:00",
        "2026-01-31T09:30:00+02:00:30",
        "2026-02-29T09:30:00Z",
        "2026-13-01T09:30:00Z",
        "2026-01-31T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "0000-01-01T00:00:00Z",
        "12026-01-01T00:00:00Z",
        "２０２６-01-31T09:30:00Z",
        "2026-01-31T09:30:00Z\n",
        "now",
    ],
)
def test_anything_else_is_refused_as_no_time(text: str) -> None:
    refused = read_instant(text, NOW)

    assert isinstance(refused, Refusal)
    assert refused.reason == "INVALID_TIME"


@pytest.mark.parametrize(
    "text",
    [
        "1999-12-31T23:59:59.999999Z",
        "2000-01-01T00:00:00+00:01",
        "2026-03-02T12:00:00.000001Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_times_before_2000_and_more_than_a_day_ahead_are_refused(text: str) -> None:
    refused = read_instant(text, NOW)

    assert isinstance(refused, Refusal)
    assert refused.reason == "OCCURRED_AT_OUT_OF_RANGE"


def test_no_time_is_now() -> None:
    assert read_instant(None, NOW) == NOW
