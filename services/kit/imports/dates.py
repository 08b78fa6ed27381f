"""Dates in files: cells read as instants or as local days, by forms that were checked beforehand."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.kit.clock import instant_text
from services.kit.imports.format.date_forms import DateFormat, NotThisUnit
from services.kit.imports.format.known_dates import find_form, fits, form_of
from services.kit.imports.sections import Moment
from services.kit.letters import plain

LONGEST_DATE: Final = 100  # characters of a cell
NOON: Final = time(12)
NOTHING: Final = re.compile(r"null|na[nt]|n/?a|none|[-–—.?]{1,3}|0[0 .:/T-]{0,30}", re.IGNORECASE)
"""How programs write that there is no date."""


def find_zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(
            f'timezone: "{name}" is no time zone; write it like "Europe/Riga"'
        ) from error


class Calendar:
    """Reads cells: the whole cell, but for blanks around it, must fit one of the formats, tried in order.

    Naive times are in `naive`; where clocks go back the earlier of two instants is meant, where they
    go forward the offset before the change holds. A date alone is that day in `local`, the
    organisation's zone: as an instant its noon.
    """

    def __init__(self, formats: Sequence[DateFormat], *, naive: ZoneInfo, local: ZoneInfo) -> None:
        self.formats = tuple(formats)
        self.naive = naive
        self.local = local
        self.advised = ""  # the last form that a cell had which fits none of `formats`
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
        cell = plain(cell)
        why = ""
        for form in self.formats:
            try:
                read = form.read(cell)
            except NotThisUnit as error:
                why = f": it {error}"
            except (ValueError, OverflowError):
                continue
            else:
                if isinstance(read, datetime) and read.tzinfo is None:
                    return read.replace(tzinfo=self.naive)
                return read
        raise ValueError(
            f"fits none of the date formats {', '.join(f.text for f in self.formats)}{why or self._advice(cell)}"
        )

    def _advice(self, cell: str) -> str:
        """How to name the form of a cell, where it is one that files often have: mostly that of the cell before."""
        if NOTHING.fullmatch(cell):
            return f'; if it means nothing, name it: [format] missing = ["{cell}"]'
        form = self.advised if self.advised and fits(form_of(self.advised), cell) else None
        form = form or find_form(cell)
        self.advised = form or self.advised
        return f'; name its form: [format] dates = ["{form}"]' if form else ""
