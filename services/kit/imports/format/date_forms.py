"""How a date is written: a strptime format, ISO 8601, or a number of seconds or days; checked beforehand."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from itertools import groupby
from typing import Final, TypeAlias

from services.kit.imports.format.months import with_numbers

DIRECTIVES: Final = tuple("YymbBdjaAHIpMSfzZ%")
NAMES: Final = "bBaAp"
A_NAME: Final = r"[^\d\s]+"
SIGNS: Final = {
    **dict.fromkeys(NAMES, A_NAME),
    **dict.fromkeys("mdHIMS", r"\s?\d\d?"),
    "Y": r"\d{4}",
    "y": r"\d\d",
    "j": r"\s?\d{1,3}",
    "f": r"\d{1,9}",
    "z": r"(?:[+-][\d:.]+|Z)",
    "Z": r"[A-Za-z]+(?:[+-][\d:]+)?",
    "%": "%",
}
"""Of each directive, and of what is read in its place."""
LONGEST_FORMAT: Final = 60
ISO: Final = "iso"
ISO_FORM: Final = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{8})"
    r"(?:[Tt ](\d\d(?::\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?|\d{4}(?:\d\d(?:[.,]\d{1,9})?)?)"
    r"(?: ?([Zz]|UTC|GMT|[+\u2212-]\d\d(?::?\d\d)?)(?:\[[\w/+-]{1,40}\])?)?)?",
    re.ASCII,
)
NUMBER: Final = re.compile(r"[+-]?\d{1,20}(?:[.,]\d{1,12})?(?:[eE]\+?\d{1,2})?", re.ASCII)
ZONE: Final = re.compile(r"[+-]\d\d:?\d\d(?!\d)|(?<![A-Za-z])(?:Z|[A-Z]{3,5})(?![A-Za-z])")
UTC_NAMES: Final = ("Z", "UTC", "GMT")
ZONE_AT_END: Final = re.compile(r" ?\b([A-Za-z]{1,4})(?:([+-]\d\d?)(?::?(\d\d))?)?$", re.ASCII)
HOURS: Final = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "WEST"), 1),
    **dict.fromkeys(("EET", "CEST"), 2),
    **dict.fromkeys(("EEST", "MSK"), 3),
}
"""East of UTC, by letters that mean one zone: `%Z`. BST, IST or CST mean several, so they are refused."""
LONG_FRACTION: Final = re.compile(r"([.,]\d{6})\d{1,3}(?!\d)", re.ASCII)
SHORT_OFFSET: Final = re.compile(r"[+-]\d\d", re.ASCII)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
SMALLEST_MILLISECONDS: Final = 10**11  # as seconds in the year 5138, as milliseconds in 1973
LAST_SERIAL: Final = 2_958_465  # 9999-12-31
NO_DAY: Final = 60  # Excel's 1900-02-29

DateRead: TypeAlias = date | datetime
"""A day, a time without a zone, or one with its offset."""


@dataclass(frozen=True, slots=True)
class DateFormat:
    """`text` is what the mapping says; `read` raises ValueError, with the reason where there is a better one."""

    text: str
    read: Callable[[str], DateRead]


class NotThisUnit(ValueError):
    """A number that fits the form but not the unit."""


def check_format(text: str) -> DateFormat:
    """Refuse a format that is unknown, depends on the machine, or leaves a part of the date or its zone open."""
    if text in NAMED:
        return DateFormat(text, NAMED[text])
    if len(text) > LONGEST_FORMAT:
        raise ValueError(f"dates: a format has {len(text):,} characters; at most {LONGEST_FORMAT}")
    have = _check_directives(text)
    offset = None if "z" in have else _literal_offset(text)
    try:
        datetime.strptime(datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC).strftime(text), text)
    except (ValueError, re.error) as error:
        raise ValueError(f'dates: "{text}" is no date format: {error}') from error
    reader = _Zoned(text, have) if "Z" in have else _Strptime(text, have, offset)
    return DateFormat(text, reader.read)


def _check_directives(text: str) -> set[str]:
    used = re.findall(r"%(.?)", text)
    for directive in used:
        if directive not in DIRECTIVES or not directive:
            known = " ".join(f"%{name}" for name in DIRECTIVES)
            names = ", ".join(f'"{name}"' for name in NAMED)
            raise ValueError(
                f'dates: "{text}" uses %{directive}, which is none of {known}; or name {names}'
            )
    have = set(used)
    day = "j" in have or ("d" in have and have & {"m", "b", "B"})
    if not (have & {"Y", "y"} and day):
        raise ValueError(f'dates: "{text}" must name a year, a month and a day, like "%Y-%m-%d"')
    if ("I" in have) != ("p" in have):
        raise ValueError(f'dates: "{text}" must use %I and %p together; 24 hours are %H')
    if "Z" in have and ("z" in have or not text.endswith("%Z")):
        raise ValueError(f'dates: "{text}" may have one zone: %z, or %Z at its end')
    if have & {"M", "S", "f", "z", "Z"} and not have & {"H", "I"}:
        raise ValueError(f'dates: "{text}" gives minutes or an offset but no hour')
    return have


def _literal_offset(text: str) -> timezone | None:
    """The zone that the format itself names beside its directives; one that cannot be told is refused."""
    found = ZONE.search(re.sub("%.", "\0", text))
    if found is None:
        return None
    name = found.group()
    if name in UTC_NAMES:
        return UTC
    if name[0] in "+-":
        sign = -1 if name[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[-2:])))
    raise ValueError(
        f'dates: "{text}" has "{name}" in it: if that is a time zone it would be ignored;'
        ' read offsets by %z, letters such as EET by %Z, or name the zone, [format] timezone = "Europe/Riga"'
    )


def read_zone(letters: str) -> timezone:
    """`EET`, `GMT+2`, `UTC+02:00`; ValueError where nobody can tell the offset."""
    found = ZONE_AT_END.fullmatch(letters)
    name, hours, minutes = found.groups() if found else ("", None, None)
    east = HOURS.get(name.upper())
    if east is None or (hours and name.upper() not in UTC_NAMES):
        raise ValueError("ends in no zone that is known")
    offset = timedelta(hours=int(hours or east), minutes=int(minutes or 0))
    if hours and hours[0] == "-":
        offset = timedelta(hours=int(hours), minutes=-int(minutes or 0))
    return timezone(offset)


class _Zoned:
    """A strptime format with the letters of a zone at the end of its cells."""

    def __init__(self, text: str, have: set[str]) -> None:
        self.time = _Strptime(text.removesuffix("%Z").rstrip(), have, None)

    def read(self, cell: str) -> DateRead:
        found = ZONE_AT_END.search(cell)
        if found is None:
            raise ValueError("has no zone at its end")
        read = self.time.read(cell[: found.start()])
        zone = read_zone(found.group())
        return datetime.combine(read, read.timetz(), zone) if isinstance(read, datetime) else read


def signs_of(text: str) -> re.Pattern[str]:
    """What every cell of a format looks like, whatever day it names; more may look so than fit.

    Names with nothing but signs between are looked for as one, or a cell of letters would be parted in every way.
    """
    parts = re.findall(r"%(.)|(\s+)|(\d+|[^%\s\d]+)", text)
    return re.compile("".join(_signs(parts)), re.IGNORECASE)


def _signs(parts: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Of directives, blanks and literals in their order; each part has one of the three."""
    for is_word, group in groupby(parts, _is_word):
        together = list(group)
        if is_word and any(name in NAMES for name, _, _ in together if name):
            yield A_NAME
            continue
        for name, blanks, literal in together:
            yield SIGNS[name] if name else r"\s*" if blanks else re.escape(literal)


def _is_word(part: tuple[str, str, str]) -> bool:
    """Whether it has neither digits nor blanks in cells."""
    name, blanks, literal = part
    return name in (*NAMES, "%") if name else not blanks and not literal.isdecimal()


class _Strptime:
    """A strptime format: as it stands first, then with what strptime does not know.

    A cell that cannot fit by its signs is refused before: strptime keeps five formats compiled, a mapping may have 20,
    and to compile one takes some 60 microseconds.
    """

    def __init__(self, text: str, have: set[str], offset: timezone | None) -> None:
        self.text = text
        self.have = have
        self.offset = offset
        is_named = bool(have & {"b", "B"}) and "m" not in have
        self.numbered = text.replace("%B", "%m").replace("%b", "%m") if is_named else text
        self.signs = signs_of(text)

    def read(self, cell: str) -> DateRead:
        if not self.signs.fullmatch(cell):
            raise ValueError("has not the signs of this format")
        try:
            read = datetime.strptime(cell, self.text)
        except ValueError:
            read = self._read_otherwise(cell)
        if not self.have & {"H", "I"}:
            return read.date()
        return read.replace(tzinfo=self.offset) if self.offset else read

    def _read_otherwise(self, cell: str) -> datetime:
        """Names of months in other languages, fractions of 7 to 9 digits, offsets of hours alone."""
        asked = cell
        if "f" in self.have:
            cell = LONG_FRACTION.sub(r"\1", cell)
        if "z" in self.have and SHORT_OFFSET.fullmatch(cell[-3:]):
            cell += "00"
        if self.numbered != self.text:
            for numbered in with_numbers(cell):
                try:
                    return datetime.strptime(numbered, self.numbered)
                except ValueError:
                    continue
        if cell == asked:
            raise ValueError("does not fit")
        return datetime.strptime(cell, self.text)


def _read_iso(cell: str) -> DateRead:
    """A name of a zone after the offset, as Java and Temporal write it, says nothing more."""
    found = ISO_FORM.fullmatch(cell)
    if found is None:
        raise ValueError("is not ISO 8601")
    day, time, offset = found.groups()
    if time is None:
        return date.fromisoformat(day)
    offset = (offset or "").replace("\u2212", "-")
    zone = "Z" if offset.upper() in UTC_NAMES else offset
    return datetime.fromisoformat(f"{day}T{time}{zone}")


def _number(cell: str) -> float:
    if not NUMBER.fullmatch(cell):
        raise ValueError("is no number")
    return float(cell.replace(",", "."))


def _read_epoch(cell: str) -> DateRead:
    seconds = _number(cell)
    if abs(seconds) >= SMALLEST_MILLISECONDS:
        raise NotThisUnit('is too large for seconds since 1970; milliseconds are "epoch_ms"')
    return EPOCH + timedelta(seconds=seconds)


def _read_epoch_ms(cell: str) -> DateRead:
    milliseconds = _number(cell)
    if milliseconds < SMALLEST_MILLISECONDS:
        raise NotThisUnit('would be before 1973 in milliseconds since 1970; seconds are "epoch"')
    return EPOCH + timedelta(milliseconds=milliseconds)


def read_serial(cell: str, *, is_1904: bool = False) -> DateRead:
    """Days of a spreadsheet: a whole number is a day, a fraction a time without a zone, to the millisecond."""
    return serial_date(_number(cell), is_1904=is_1904)


def serial_date(serial: float, *, is_1904: bool = False) -> DateRead:
    """The day, or the time, of a serial number; ValueError where there is none."""
    whole = int(serial // 1)
    first = 1904 if is_1904 else 1900
    before = 0 if is_1904 else 2 if whole > NO_DAY else 1
    start = datetime(first, 1, 1) - timedelta(days=before)
    if not (0 if is_1904 else 1) <= whole <= LAST_SERIAL or (whole == NO_DAY and not is_1904):
        raise NotThisUnit(f"is no day of a spreadsheet: those are 1 to {LAST_SERIAL:,}")
    if serial == whole:
        return (start + timedelta(days=whole)).date()
    return start + timedelta(days=whole, milliseconds=round((serial - whole) * 86_400_000))


NAMED: Final[dict[str, Callable[[str], DateRead]]] = {
    ISO: _read_iso,
    "epoch": _read_epoch,
    "epoch_ms": _read_epoch_ms,
    "excel": read_serial,
    "excel_1904": partial(read_serial, is_1904=True),
}
