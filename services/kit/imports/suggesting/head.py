"""The head of a file: how it is written, where its table begins, and the first rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from services.kit.imports.format.encodings import sniff
from services.kit.imports.format.guessing import GUESSES, advice, readings
from services.kit.imports.format.records import FileUnreadable, Row, Written, find_sep, records
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.format.total_rows import MOST as MOST_TOTALS
from services.kit.imports.format.total_rows import find_totals
from services.kit.imports.sheets import SheetNotNamed, Wanted, is_table, write_as_text

LOOKED_AT: Final = 100  # rows under the header
ABOVE: Final = 20  # rows above it, at most
MOST_READ: Final = ABOVE + LOOKED_AT + 4
PARQUET: Final = b"PAR1"
SAMPLE: Final = 256 * 1024
DELIMITERS: Final = (",", ";", "\t", "|")
NUMBER: Final = re.compile(r"[-+]?\d[\d\s]*([.,]\d+)?%?")


@dataclass(slots=True)
class Head:
    """What was found; `doubts` are sentences about it. Typed: dates are dates of the workbook or table."""

    name: str
    written: Written
    header: Row
    first: int
    rows: list[Row]
    skip: int = 0
    sheet: str | None = None
    is_typed: bool = False
    doubts: list[str] = field(default_factory=list)


async def read_head(file: BinaryIO, name: str) -> Head:
    """Raises FileUnreadable where no mapping can make the file readable."""
    if not is_table(file):
        return _text_head(file, name)
    with TemporaryFile() as text:
        sheet, doubts = await _first_sheet(file, name, text)
        head = _head(text, name, Written("utf-8", ","))
        head.sheet, head.is_typed = sheet, True
        head.doubts += doubts
        return head


async def _first_sheet(file: BinaryIO, name: str, text: BinaryIO) -> tuple[str | None, list[str]]:
    """The text of the only sheet, or of the first one and its name."""
    file.seek(0)
    header = 1 if file.read(4) == PARQUET else None  # named, so that every column is read
    try:
        await write_as_text(file, name, text, Wanted(header=header, rows=MOST_READ), Remarks())
    except SheetNotNamed as error:
        await write_as_text(file, name, text, Wanted(error.first, rows=MOST_READ), Remarks())
        return error.first, [f"the workbook has several sheets, and this is the first: {error}"]
    return None, []


def _text_head(file: BinaryIO, name: str) -> Head:
    file.seek(0)
    sample = file.read(SAMPLE)
    marked = sniff(file, name, "utf-8")
    doubts: list[str] = []
    if marked == "utf-8":
        marked, doubts = _encoding(sample)
    found = find_sep(file, Written(marked, ","))
    if found.delimiter == ",":
        found = Written(marked, _delimiter(sample.decode(marked, "replace")))
    head = _head(file, name, found)
    head.doubts += doubts
    return head


def _encoding(sample: bytes) -> tuple[str, list[str]]:
    """UTF-8 if it is; else the first code page that reads a word with letters, with what others would read."""
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        if len(sample) == SAMPLE and error.start >= SAMPLE - 4:
            return "utf-8", []  # a letter that is cut
        line = next(line for line in sample.splitlines() if not _is_utf8(line))
        guess = next(iter(readings(line)), GUESSES[0])
        return guess, [f"the file is not UTF-8: {advice(line, 'UTF-8')}"]
    return "utf-8", []


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """The one that parts the first lines into most cells, as many in each."""
    lines = [line for line in text.splitlines()[:ABOVE] if line.strip()]

    def parts(delimiter: str) -> tuple[int, int]:
        counts = sorted(re.sub(r'"[^"]*"', "", line).count(delimiter) for line in lines)
        return (counts[len(counts) // 2], -DELIMITERS.index(delimiter)) if counts else (0, 0)

    return max(DELIMITERS, key=parts)


def _head(file: BinaryIO, name: str, written: Written) -> Head:
    rows = list(islice(records(file, name, written), MOST_READ))
    if not rows:
        raise FileUnreadable(f"{name} is empty: there is nothing to make a mapping from")
    at = _header(rows)
    under = rows[at + 1 :]
    labels = _label_rows(under)
    if len(rows) < MOST_READ:  # the end of the file is among them
        under = under[: len(under) - len(find_totals(under[labels:][-MOST_TOTALS:]))]
    head = Head(name, written, rows[at], rows[0].number, under[labels : labels + LOOKED_AT])
    head.skip = under[labels - 1].number - rows[at].number if labels else 0
    return head


def _header(rows: Sequence[Row]) -> int:
    """The first row that is nearly as full as the fullest, and has titles and no numbers."""
    most = max(_filled(row) for row in rows)
    for index, row in enumerate(rows[:ABOVE]):
        if _filled(row) * 10 >= most * 6 and not any(map(is_number, row.cells)):
            return index
    return 0


def _label_rows(rows: Sequence[Row]) -> int:
    """How many rows under the header repeat it in other words, as Qualtrics and SurveyMonkey write them."""
    for count in (2, 1):
        if len(rows) > count and all(
            any('"ImportId"' in cell for cell in row.cells) or _is_label(row, rows[count:])
            for row in rows[:count]
        ):
            return count
    return 0


def _is_label(row: Row, others: Sequence[Row]) -> bool:
    """Words stand where all rows after it have numbers, and no number stands in it."""
    cells = [cell.strip() for cell in row.cells]
    if any(map(is_number, cells)):
        return False
    for place, cell in enumerate(cells):
        below = list(filter(None, _column(others, place)))
        if cell and below and all(map(is_number, below)):
            return True
    return False


def _column(rows: Sequence[Row], place: int) -> Iterator[str]:
    for row in rows:
        yield row.cells[place].strip() if place < len(row.cells) else ""


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def is_number(cell: str) -> bool:
    """Whether a cell is a number, as any country writes it."""
    return NUMBER.fullmatch(cell.strip()) is not None
