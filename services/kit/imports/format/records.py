"""Delimited text as records: every row once, with the number a spreadsheet shows, within bounds."""

import csv
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, TextIO

from services.kit.imports.format.guessing import advice
from services.kit.letters import BLANKS, UNSEEN

NOTHING: Final = f" \t\r\n\v\f\x1a\x1c\x1d\x1e\x1f\x85{BLANKS}{UNSEEN}"  # \x1a: the end of a file, to old programs
CELL_LIMIT: Final = 131_072  # characters; the csv module's own default
ROW_LIMIT: Final = 1_000_000  # characters; one row is read without a pause, in under 50 ms
ROW_LINES: Final = 10_000
MOST_DELIMITERS: Final = 10_000  # in a line; most of them may be within quotes
BROKEN: Final = (
    "\x1f"  # begins a cell more than the header has: in that row of a workbook a cell has no value
)
UNDECODED: Final = re.compile("[\udc80-\udcff]")
SEP: Final = re.compile(r'"?sep=([^"\r\n\0])"?[,;\t|]*(\r\n?|\n)?', re.IGNORECASE)


class FileUnreadable(ValueError):
    """The file cannot be read as the mapping says; the message names the row where there is one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record; the header is row 1 and a record with line breaks is one row."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Written:
    """How text is written in bytes. `has_sep`: its first line says the delimiter, as Excel has it, and is no row."""

    encoding: str
    delimiter: str
    has_sep: bool = False


def find_sep(source: BinaryIO, written: Written) -> Written:
    """With the delimiter that a first line like `sep=;` names; it knows better than the mapping."""
    with _opened(source, written.encoding) as file:
        try:
            found = SEP.fullmatch(file.readline(20))
        except UnicodeError:
            return written
    return Written(written.encoding, found[1], has_sep=True) if found else written


def records(source: BinaryIO, name: str, written: Written) -> Iterator[Row]:
    """From the start of the file; FileUnreadable names the row that is no text. Rows of blanks only are none."""
    with _opened(source, written.encoding) as file:
        if written.has_sep:
            file.readline()
        lines = _Lines(file, written.delimiter)
        reader = csv.reader(lines, delimiter=written.delimiter, strict=True)
        number = 0
        while True:
            number += 1
            lines.held = lines.count = 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (_NotText, _TooLong, UnicodeError, csv.Error) as error:
                raise FileUnreadable(
                    f"{name}, {_explain(error, number, lines, written)}"
                ) from error
            if cells and (cells[0].strip(NOTHING) or any(cell.strip(NOTHING) for cell in cells)):
                yield Row(number, cells)


def find_delimiter(line: str, delimiter: str) -> str:
    """A question whether another delimiter is meant, where one parts the line; empty: none does."""
    for other in ",;\t|":
        if other == delimiter or other not in line:
            continue
        try:
            cells = next(csv.reader([line], delimiter=other, strict=True), [])
        except csv.Error:
            continue
        if len(cells) > 1:
            return f'; is [format] delimiter = "{other}" missing?'.replace("\t", r"\t")
    return ""


def _opened(source: BinaryIO, encoding: str) -> TextIO:
    copy = os.dup(source.fileno())
    os.lseek(
        copy, 0, os.SEEK_SET
    )  # the descriptor's own place, behind the back of the file's buffer
    return open(copy, encoding=encoding, errors="surrogateescape", newline="")  # noqa: PTH123 - a descriptor


def _explain(error: Exception, number: int, lines: "_Lines", written: Written) -> str:
    match error:
        case _NotText():
            return f"row {number}: {error}; {_advice(lines.last, written.encoding)}"
        case _TooLong():
            return f"row {number}: {error}"
        case UnicodeError():
            encoding = written.encoding
            return f"about row {number}: not {encoding}: {error}; {advice(b'', encoding)}"
        case _:
            hint = find_delimiter(lines.last, written.delimiter)
            return f"row {number}: {_csv_words(error)}{hint}"


class _NotText(ValueError):
    pass


class _TooLong(ValueError):
    pass


class _Lines:
    """The lines of a file, as text throughout; `held` and `count`: characters and lines of the row they make."""

    def __init__(self, file: TextIO, delimiter: str) -> None:
        self.file = file
        self.delimiter = delimiter
        self.held = 0
        self.count = 0
        self.last = ""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(ROW_LIMIT + len("\r\n"))
        if not line:
            raise StopIteration
        self.held += len(line)
        self.count += 1
        self.last = line
        too_long = self.held > ROW_LIMIT and self.held - _ending(line) > ROW_LIMIT
        if too_long or self.count > ROW_LINES:
            raise _TooLong(
                f"the row is longer than {ROW_LIMIT:,} characters or {ROW_LINES:,} lines;"
                " is a quote left open above?"
            )
        if len(line) > MOST_DELIMITERS and line.count(self.delimiter) > MOST_DELIMITERS:
            raise _TooLong(f"a line has more than {MOST_DELIMITERS:,} delimiters")
        if "\0" in line:
            raise _NotText(f"a NUL byte at character {line.index(chr(0)) + 1} of a line")
        if not line.isascii() and (bad := UNDECODED.search(line)):
            byte = ord(bad.group()) - 0xDC00
            raise _NotText(
                f"the byte 0x{byte:02X} at character {bad.start() + 1} of a line is not {self.file.encoding}"
            )
        return line


def _ending(line: str) -> int:
    return len(line) - len(line.rstrip("\r\n"))


def _advice(line: str, encoding: str) -> str:
    try:
        return advice(line.encode(encoding, "surrogateescape"), encoding)
    except UnicodeError:
        return advice(b"", encoding)


def _csv_words(error: Exception) -> str:
    words = str(error)
    if "field limit" in words:
        return f"a cell is longer than {CELL_LIMIT:,} characters; is a quote left open above?"
    if "unexpected end" in words:
        return "a quote is opened in this row and never closed"
    return f"not well-formed: {words}; quotes inside a quoted cell are doubled"
