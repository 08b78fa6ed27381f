"""Dates in files: formats checked beforehand, cells read as instants or as local days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.kit.clock import instant_text
from services.kit.imports.sections import Moment

DIRECTIVES: Final = [
    "Y",
    "y",
    "m",
    "b",
    "B",
    "d",
    "j",
    "a",
    "A",
    "H",
    "I",
    "p",
    "M",
    "S",
    "f",
    "z",
    "%",
]
LONGEST_FORMAT: Final = 60
LONGEST_DATE: Final = 100  # characters of a cell
NOON: Final = time(12)


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A strptime format that gives a whole date, and whether it gives a time of day and an offset too."""

    text: str
    has_time: bool
    has_offset: bool


def check_format(text: str) -> DateFormat:
    """Refuse a format that is unknown to strptime, depends on the machine, or leaves a part of the date open."""
    if len(text) > LONGEST_FORMAT:
        raise ValueError(f"dates: a format has {len(text):,} characters; at most {LONGEST_FORMAT}")
    used = re.findall(r"%(.?)", text)
    for directive in used:
        if directive not in DIRECTIVES or not directive:
            known = " ".join(f"%{name}" for name in DIRECTIVES)
            raise ValueError(f'dates: "{text}" uses %{directive}, which is none of {known}')
    have = set(used)
    day = "j" in have or ("d" in have and have & {"m", "b", "B"})
    if not (have & {"Y", "y"} and day):
        raise ValueError(f'dates: "{text}" must name a year, a month and a day, like "%Y-%m-%d"')
    if ("I" in have) != ("p" in have):
        raise ValueError(f'dates: "{text}" must use %I and %p together; 24 hours are %H')
    if have & {"M", "S", "f", "z"} and not have & {"H", "I"}:
        raise ValueError(f'dates: "{text}" gives minutes or an offset but no hour')
    try:
        datetime.strptime(datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC).strftime(text), text)
    except (ValueError, re.error) as error:
        raise ValueError(f'dates: "{text}" is no date format: {error}') from error
    return DateFormat(text, bool(have & {"H", "I"}), "z" in have)


def find_zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(
            f'timezone: "{name}" is no time zone; write it like "Europe/Riga"'
        ) from error


class Calendar:
    """Reads cells: the whole cell must fit one of the formats, tried in order.

    Naive times are in `naive`; where clocks go back the earlier of two instants is meant, where they
    go forward the offset before the change holds. A date alone is that day in `local`, the
    organisation's zone: as an instant its noon.
    """

    def __init__(self, formats: Sequence[DateFormat], *, naive: ZoneInfo, local: ZoneInfo) -> None:
        self.formats = tuple(formats)
        self.naive = naive
        self.local = local
        self.instant = lru_cache(maxsize=8192)(self._instant)
        self.day = lru_cache(maxsize=8192)(self._day)

    def _instant(self, cell: Moment) -> str:
        """An instant in UTC as RFC 3339; raises ValueError."""
        read = self._read(cell)
        if not isinstance(read, datetime):
            read = datetime.combine(read, NOON, self.local)
        try:
            return instant_text(read)
        except OverflowError as error:
            raise ValueError("lies outside the calendar") from error

    def _day(self, cell: Moment) -> date:
        """A day of the organisation; raises ValueError."""
        read = self._read(cell)
        if not isinstance(read, datetime):
            return read
        try:
            return read.astimezone(self.local).date()
        except OverflowError as error:
            raise ValueError("lies outside the calendar") from error

    def _read(self, cell: Moment) -> date | datetime:
        """An aware time, or a date alone."""
        if isinstance(cell, datetime):
            return cell if cell.tzinfo else cell.replace(tzinfo=self.naive)
        if isinstance(cell, date):
            return cell
        if len(cell) > LONGEST_DATE:
            raise ValueError(f"is longer than {LONGEST_DATE} characters, so it is no date")
        for form in self.formats:
            try:
                read = datetime.strptime(cell, form.text)
            except ValueError:
                continue
            if not form.has_time:
                return read.date()
            return read if form.has_offset else read.replace(tzinfo=self.naive)
        raise ValueError(f"fits none of the date formats {', '.join(f.text for f in self.formats)}")
