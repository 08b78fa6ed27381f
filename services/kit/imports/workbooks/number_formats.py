"""What a number format makes of a number: a day, an instant, a time of day, a duration, leading zeros."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Final, TypeAlias

from services.kit.imports.format.date_forms import NotThisUnit, serial_date

Shown: TypeAlias = Callable[[str], str]
"""The text of a cell by the number as it is written."""

DAYS: Final = frozenset((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58))
INSTANTS: Final = frozenset((22,))
TIMES: Final = frozenset((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56))
DURATIONS: Final = frozenset((46,))
LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
ELAPSED: Final = re.compile(r"\[[hms]+\]", re.IGNORECASE)
ZEROS: Final = re.compile(r"0[0 /-]*0")
MILLISECONDS: Final = 86_400_000
REMEMBERED: Final = 8_192  # days of a column repeat


def number_text(written: str) -> str:
    """Whole numbers without a point."""
    if written.isdecimal() and len(written) < 16 and (written[0] != "0" or written == "0"):
        return written
    number = float(written)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def shown_by(number: int, code: str, *, is_1904: bool) -> Shown:
    """How a format shows numbers; `code`: empty where it is one of those that every workbook has."""
    bare = code.split(";")[0]
    if number in DURATIONS or ELAPSED.search(bare):
        return _clock
    if ZEROS.fullmatch(bare):
        return partial(_padded, bare)
    kind = _kind(number, bare)
    if kind is None:
        return number_text
    return lru_cache(REMEMBERED)(partial(_date, kind, is_1904))


def _kind(number: int, code: str) -> str | None:
    """`day`, `instant` or `time`; None: no date."""
    if not code:
        named = {"day": DAYS, "instant": INSTANTS, "time": TIMES}
        return next((kind for kind, numbers in named.items() if number in numbers), None)
    bare = LITERAL.sub("", code).casefold()
    if "general" in bare or re.search("[0#?]", re.sub(r"s[.,]0+", "s", bare)):
        return None
    has_day, has_time = re.search("[yd]", bare), re.search("[hs]", bare)
    if has_time:
        return "instant" if has_day else "time"
    return "day" if has_day or "m" in bare else None


def _date(kind: str, is_1904: bool, written: str) -> str:
    value = float(written)
    if kind == "time" and 0 <= value < 1:
        return _clock(written)
    try:
        read = serial_date(value, is_1904=is_1904)
    except NotThisUnit:
        return number_text(written)
    if isinstance(read, datetime):
        return read.isoformat(timespec="milliseconds" if read.microsecond else "seconds")
    return f"{read.isoformat()}T00:00:00" if kind == "instant" else read.isoformat()


def _clock(written: str) -> str:
    """Hours, minutes and seconds, of a day or longer."""
    value = float(written)
    if not 0 <= value < MILLISECONDS:
        return number_text(written)
    whole = timedelta(milliseconds=round(value * MILLISECONDS))
    minutes, seconds = divmod(whole.days * 86_400 + whole.seconds, 60)
    fraction = f".{whole.microseconds // 1000:03}" if whole.microseconds else ""
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}{fraction}"


def _padded(code: str, written: str) -> str:
    """Digits from the right into the places of the code, as an id is shown: 00123, 001-23."""
    plain = number_text(written)
    if not plain.isdecimal():
        return plain
    digits = list(plain)
    shown = [(digits.pop() if digits else "0") if place == "0" else place for place in code[::-1]]
    return "".join(digits) + "".join(reversed(shown))
