"""Time, as an argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from uuid_utils import compat

Clock = Callable[[], datetime]

EPOCH = date(1970, 1, 1)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def day_number(day: date) -> int:
    """Days since 1970-01-01, the form in which days travel and are stored."""
    return (day - EPOCH).days


def day_date(number: int) -> date:
    """The calendar day of a day number."""
    return EPOCH + timedelta(days=number)


def instant_text(at: datetime, timespec: str = "auto") -> str:
    """An aware instant as RFC 3339 in UTC, e.g. 2026-05-04T12:00:00Z; `timespec` as of datetime.isoformat."""
    return at.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def new_id() -> str:
    """A UUIDv7: ids made later sort later."""
    return str(compat.uuid7())
