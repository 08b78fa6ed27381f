"""Repeated waves: the next draft is made when one opens, or is over without having been open."""

import calendar
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from services.employee_exp.waves.domain.wave import WaveDraft

LONGEST_SUFFIX: Final = len("-2026-12")
_SUFFIX: Final = re.compile(r"-\d{4}-\d{2}\Z", re.ASCII)


def next_wave(
    key: str, draft: WaveDraft, opened_at: datetime, zone: ZoneInfo
) -> tuple[str, WaveDraft]:
    """Key and draft of the next wave; `draft` repeats and closes. It is named by the month in which it opens.

    Times keep the local hour: an opening at nine stays at nine when the clocks change.
    """
    months = draft.repeat_months
    opens_at = _later(draft.opens_at or opened_at, months, zone)
    closes_at = draft.closes_at and _later(draft.closes_at, months, zone)
    month = f"{opens_at.astimezone(zone):%Y-%m}"
    return f"{_SUFFIX.sub('', key)}-{month}", replace(draft, opens_at=opens_at, closes_at=closes_at)


def next_in_time(
    key: str, draft: WaveDraft, now: datetime, zone: ZoneInfo
) -> tuple[str, WaveDraft]:
    """Of a draft that repeats and is over: key and draft of the first wave after it that is not over yet."""
    while draft.closes_at is not None and draft.closes_at <= now:
        key, draft = next_wave(key, draft, now, zone)
    return key, draft


def _later(at: datetime, months: int, zone: ZoneInfo) -> datetime:
    return later_months(at.astimezone(zone), months).astimezone(UTC)


def later_months(at: datetime, months: int) -> datetime:
    """The same day and hour so many months later; of a shorter month the last day."""
    number = at.year * 12 + at.month - 1 + months
    year, month = divmod(number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return at.replace(year=year, month=month + 1, day=min(at.day, last))
