"""Delimited text files, read as a stream: cells with the row numbers a spreadsheet shows."""

import codecs
import csv
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final, TextIO

from services.kit.imports.sections import Column, list_names

CELL_LIMIT: Final = 131_072  # characters; the csv module's own default
ROW_LIMIT: Final = 1_000_000  # characters; one row is read without a pause, in under 50 ms
ROW_LINES: Final = 10_000
MOST_COLUMNS: Final = 2_000
MOST_DELIMITERS: Final = 10_000  # in a line; most of them may be within quotes
BOMS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ENCODINGS: Final = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "ascii",
    *(f"cp{number}" for number in (*range(1250, 1259), 437, 850, 852, 855, 857, 862, 866)),
    *(f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))),
    "koi8-r",
    "koi8-u",
    "mac-roman",
    "shift_jis",
    "cp932",
    "euc_jp",
    "euc_kr",
    "cp949",
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
)
"""By Python's own names; `windows-1252`, `latin1` and the like mean the same."""
BINARY: Final = {
    b"PK\x03\x04": "an XLSX workbook or a zip",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}
UNDECODED: Final = re.compile("[\udc80-\udcff]")


class FileUnreadable(ValueError):
    """The file cannot be read as the mapping says; the message names the row where there is one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record; the header is row 1 and a record with line breaks is one row."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file whose every row was read once: text throughout, quotes closed. `rows` counts those with cells.

    It is open, has a descriptor, and is read by one reader at a time. `is_typed`: dates are ISO dates, because
    they were dates in the workbook or table this was read from.
    """

    file: BinaryIO
    name: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: int
    is_typed: bool = False

    def __iter__(self) -> Iterator[Row]:
        records = _records(self.file, self.name, self.encoding, self.delimiter)
        next(records)
        return records


def open_text(file: BinaryIO, name: str, *, encoding: str, delimiter: str) -> TextFile:
    """Read the whole file once, keeping nothing, so that a broken one is refused before anything is stored."""
    encoding = _sniff(file, name, encoding)
    records = _records(file, name, encoding, delimiter)
    first = next(records, None)
    if first is None:
        raise FileUnreadable(f"{name} is empty; its first row must be the header")
    header = tuple(title.strip() for title in first.cells)
    if len(header) > MOST_COLUMNS:
        raise FileUnreadable(
            f"{name} has {len(header):,} columns; at most {MOST_COLUMNS:,} are read"
        )
    return TextFile(file, name, encoding, delimiter, header, sum(1 for _ in records))


def locate(file: TextFile, column: Column, where: str) -> int:
    """The index of a column by header or number from 1; raises FileUnreadable, naming what there is."""
    header = file.header
    if isinstance(column, int):
        if column > len(header):
            raise FileUnreadable(
                f"{where}: {file.name} has {len(header)} columns, no column {column}"
            )
        return column - 1
    found = [index for index, name in enumerate(header) if name == column.strip()]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = list_names(str(index + 1) for index in found)
        raise FileUnreadable(
            f'{where}: {file.name} has {len(found)} columns "{column}"; name one by its number: {numbers}'
        )
    raise FileUnreadable(
        f'{where}: {file.name} has no column "{column}"; it has: {_names(header)}{_hint(file)}'
    )


def check_encoding(name: str) -> str:
    """Refuse what files of spreadsheets and survey tools are not written in; others may be slow without end."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        known = ""
    if known in ENCODINGS:
        return name
    raise ValueError(f'encoding: "{name[:40]}" is unknown; these are read: {list_names(ENCODINGS)}')


def check_delimiter(value: object) -> str:
    if isinstance(value, str) and len(value) == 1 and value not in '"\r\n\0':
        return value
    raise ValueError(r'delimiter: must be one character like "," or ";" or "\t"')


def _sniff(file: BinaryIO, name: str, encoding: str) -> str:
    """Refuse what is known not to be text; take a byte order mark as the better witness of the encoding."""
    file.seek(0)
    start = file.read(8)
    for magic, kind in BINARY.items():
        if start.startswith(magic):
            raise FileUnreadable(f"{name} is {kind}, not text; save it as CSV")
    for bom, marked in BOMS.items():
        if start.startswith(bom):
            return marked
    return encoding


def _records(source: BinaryIO, name: str, encoding: str, delimiter: str) -> Iterator[Row]:
    copy = os.dup(source.fileno())
    os.lseek(
        copy, 0, os.SEEK_SET
    )  # the descriptor's own place, behind the back of the file's buffer
    with open(copy, encoding=encoding, errors="surrogateescape", newline="") as file:  # noqa: PTH123 - a descriptor
        lines = _Lines(file, delimiter)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            lines.held = lines.count = 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _NotText as error:
                raise FileUnreadable(
                    f"{name}, row {number}: {error}; {_advice(encoding)}"
                ) from error
            except _TooLong as error:
                raise FileUnreadable(f"{name}, row {number}: {error}") from error
            except UnicodeError as error:
                raise FileUnreadable(
                    f"{name}, about row {number}: not {encoding}: {error}; {_advice(encoding)}"
                ) from error
            except csv.Error as error:
                raise FileUnreadable(f"{name}, row {number}: {_csv_words(error)}") from error
            if cells:  # a blank line has a number but nothing to store
                yield Row(number, cells)


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

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(ROW_LIMIT)
        if not line:
            raise StopIteration
        self.held += len(line)
        self.count += 1
        if self.held >= ROW_LIMIT or self.count > ROW_LINES:
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


def _advice(encoding: str) -> str:
    return f'is this a text file in {encoding}? if another encoding, name it: [format] encoding = "windows-1252"'


def _csv_words(error: csv.Error) -> str:
    words = str(error)
    if "field limit" in words:
        return f"a cell is longer than {CELL_LIMIT:,} characters; is a quote left open above?"
    if "unexpected end" in words:
        return "a quote is opened in this row and never closed"
    return f"not well-formed: {words}; quotes inside a quoted cell are doubled"


def _names(header: Sequence[str]) -> str:
    shown = [f'"{name[:60]}"' for name in header[:30]]
    return list_names(shown) + (f" and {len(header) - 30} more" if len(header) > 30 else "")


def _hint(file: TextFile) -> str:
    """One column that holds another delimiter tells what went wrong."""
    if len(file.header) > 1:
        return ""
    for other in ",;\t|":
        if other != file.delimiter and other in file.header[0]:
            return f'; is [format] delimiter = "{other}" missing?'.replace("\t", r"\t")
    return ""
