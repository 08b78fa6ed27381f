"""Rows as a file in pieces. CSV (RFC 4180, UTF-8): what a spreadsheet would run as a formula is made text."""

import csv
import io
import re
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from services.kit.clock import instant_text

PIECE_CHARACTERS = 64 * 1024
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
# Programs skip these at the beginning of a cell.
_SKIPPED = " \xa0"
# Where a cell begins for a program that reads the file by another separator than it was written with.
_FORMULA_WITHIN = re.compile('([;,\t\r\n|][ "\xa0]*)([=+\\-@\uff1d\uff0b\uff0d\uff20])')
_GUARDED_WITHIN = re.compile("([;,\t\r\n|][ \"\xa0]*)'([=+\\-@\uff1d\uff0b\uff0d\uff20])")
_find_within = _FORMULA_WITHIN.search
_SUSPECTS = (*_SKIPPED, *FORMULA_STARTS)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What clocks of the organisation showed: a time without an offset."""

    at: datetime


Value: TypeAlias = str | int | float | date | datetime | LocalTime | None
ExportColumns: TypeAlias = Mapping[str, type[str | int | float | date | datetime | LocalTime]]
"""What stands in the file's columns, by name, in their order. A column of texts may have whole numbers among them."""
Batches: TypeAlias = AsyncIterable[Iterable[Sequence[Value]]]
Writer: TypeAlias = Callable[[ExportColumns, Batches], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How spreadsheets of a country expect CSV."""

    delimiter: str = ","
    decimal: str = "."
    mark: bytes = b""
    """At the beginning of the file: without it Excel takes UTF-8 for the encoding of the country."""


PLAIN: Final = CsvStyle()
DECIMAL_COMMA: Final = CsvStyle(";", ",", b"\xef\xbb\xbf")
DECIMAL_POINT: Final = CsvStyle(",", ".", b"\xef\xbb\xbf")
WITH_COMMA: Final = "da de el es et fi fr hu it lt lv mk nb nl pl pt ro ru sl sv uk"
WITH_POINT: Final = "en he ja ko th zh"
LOCALES: Final[Mapping[str, CsvStyle]] = {
    language: style
    for languages, style in ((WITH_COMMA, DECIMAL_COMMA), (WITH_POINT, DECIMAL_POINT))
    for language in languages.split()
}
"""By the language of the spreadsheet program."""


def cell(value: Value, decimal: str = ".") -> str:
    """A value as it stands in CSV: numbers plain, instants in UTC, nothing as the empty cell.

    Text gets an apostrophe before what a spreadsheet would run as a formula, as people type it there.
    """
    if isinstance(value, str):
        is_plain = value.isalnum() or not (_find_within(value) or value.startswith(_SUSPECTS))
        return value if is_plain else unrunnable(value)
    if value is None:
        return ""
    if isinstance(value, int):
        return repr(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, LocalTime):
        return value.at.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return repr(value).replace(".", decimal)


def unrunnable(text: str) -> str:
    """Text with an apostrophe before whatever is a formula to a program, by whichever separator that reads the file."""
    text = _FORMULA_WITHIN.sub(r"\1'\2", text)
    return f"'{text}" if text.lstrip(_SKIPPED).startswith(FORMULA_STARTS) else text


def as_written(text: str) -> str:
    """The text that `unrunnable` made this one of; an apostrophe that somebody typed before a formula is lost too."""
    if "'" not in text:
        return text
    rest = text.removeprefix("'")
    if rest is not text and rest.lstrip(_SKIPPED).startswith(FORMULA_STARTS):
        text = rest
    return _GUARDED_WITHIN.sub(r"\1\2", text)


async def csv_pieces(
    header: Iterable[str], batches: Batches, style: CsvStyle = PLAIN
) -> AsyncIterator[bytes]:
    """The file, a piece whenever 64 Ki characters are full; holds no more than a batch in memory."""
    text = io.StringIO()
    text.write(style.mark.decode())
    writer, decimal = csv.writer(text, delimiter=style.delimiter), style.decimal
    writer.writerow(map(cell, header))
    async for rows in batches:
        for row in rows:
            writer.writerow([cell(value, decimal) for value in row])
            if text.tell() >= PIECE_CHARACTERS:
                yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    piece = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return piece
