"""Rows as a file in pieces. CSV (RFC 4180, UTF-8): what a spreadsheet would run as a formula is made text."""

import csv
import io
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

from services.kit.clock import instant_text

PIECE_CHARACTERS = 64 * 1024
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Value: TypeAlias = str | int | float | date | datetime | None
ExportColumns: TypeAlias = Mapping[str, type[str | int | float | date | datetime]]
"""What stands in the file's columns, by name, in their order. A column of texts may have whole numbers among them."""
Batches: TypeAlias = AsyncIterable[Iterable[Sequence[Value]]]
Writer: TypeAlias = Callable[[ExportColumns, Batches], AsyncIterator[bytes]]


def cell(value: Value) -> str:
    """A value as it stands in CSV: numbers plain, instants in UTC, nothing as the empty cell.

    Text that begins like a formula gets an apostrophe in front, as people type it in a spreadsheet.
    """
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else repr(value)


async def csv_pieces(header: Iterable[str], batches: Batches) -> AsyncIterator[bytes]:
    """The file, a piece whenever 64 Ki characters are full; holds no more than a batch in memory."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(map(cell, header))
    async for rows in batches:
        for row in rows:
            writer.writerow(map(cell, row))
            if text.tell() >= PIECE_CHARACTERS:
                yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    piece = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return piece
