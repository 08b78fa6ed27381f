"""When an experience was: RFC 3339, within what a survey can have seen."""

import re
from datetime import UTC, datetime, timedelta

from services.survey.domain.refusal import Refusal

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)

# fromisoformat takes more than RFC 3339 allows (weeks, no offset, a comma) and not all of it (a small z).
_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_FIELD = ("occurred_at",)


def read_instant(text: str | None, now: datetime) -> datetime | Refusal:
    """The instant, in UTC; absent: now. A leap second has no place on the clock and is refused."""
    if text is None:
        return now
    at = parse_instant(text)
    if at is None:
        return _invalid()
    if not EARLIEST <= at <= now + AHEAD:
        return Refusal(
            _FIELD,
            "OCCURRED_AT_OUT_OF_RANGE",
            "an experience lies between 2000-01-01 and one day from now",
        )
    return at.astimezone(UTC)


def parse_instant(text: str) -> datetime | None:
    """An instant as RFC 3339 writes it; None if it does not, or the clock has no such time."""
    if not _RFC_3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _invalid() -> Refusal:
    return Refusal(
        _FIELD,
        "INVALID_TIME",
        "this is no time with an offset, like 2026-01-31T09:30:00Z or ...+02:00",
    )
