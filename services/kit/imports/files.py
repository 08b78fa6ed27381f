"""Delimited text files, read as a stream: cells with the row numbers a spreadsheet shows."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, islice
from typing import BinaryIO, Final

from services.kit.imports.format.encodings import sniff
from services.kit.imports.format.layout import Layout, is_word
from services.kit.imports.format.records import (
    FileUnreadable,
    Row,
    Written,
    find_delimiter,
    find_sep,
    records,
)
from services.kit.imports.format.total_rows import MOST, Totals, find_totals
from services.kit.imports.sections import Column, list_names
from services.kit.letters import in_one_line

MOST_COLUMNS: Final = 2_000
LOOKED_AT: Final = 30  # rows in which a header is looked for that is not where it should be


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file whose every row was read once: text throughout, quotes closed. `rows` counts those with cells.

    It is open, has a descriptor, and is read by one reader at a time. `above`: the last row before the first one that
    is read. `filled`: columns whose blank cells mean the one above. `left_out`: how many of the rows `only` leaves out.
    `repeated`: how many are the header again, as pages and files that were joined have it. `totals`: rows at the end
    that sum up the others. `is_typed`: dates are ISO dates, because they were dates in the workbook or table this was
    read from.
    """

    file: BinaryIO
    name: str
    written: Written
    header: tuple[str, ...]
    above: int
    rows: int = 0
    left_out: int = 0
    repeated: int = 0
    titles: tuple[str, ...] = ()
    totals: Totals = field(default_factory=Totals)
    only: tuple[tuple[int, frozenset[str]], ...] = ()
    filled: tuple[int, ...] = ()
    is_typed: bool = False

    def __iter__(self) -> Iterator[Row]:
        rows = self.under_header()
        if self.only or self.repeated or self.totals:
            rows = filter(self.counts, rows)
        return (row for row in rows if row not in self.totals) if self.totals else rows

    def under_header(self) -> Iterator[Row]:
        """Those that are left out among them."""
        rows = records(self.file, self.name, self.written)
        under = dropwhile(lambda row: row.number <= self.above, rows)
        return self._fill(under) if self.filled else under

    def _fill(self, rows: Iterator[Row]) -> Iterator[Row]:
        """As merged cells are meant: each stands for those under it."""
        last: dict[int, str] = {}
        for row in rows:
            for at in () if self.is_header(row) or find_totals([row]) else self.filled:
                if at >= len(row.cells):
                    continue
                if row.cells[at].strip():
                    last[at] = row.cells[at]
                else:
                    row.cells[at] = last.get(at, "")
            yield row

    def counts(self, row: Row) -> bool:
        """A row that is too short to tell counts, and is refused for its width."""
        cells = row.cells
        return not self.is_header(row) and all(
            at >= len(cells) or is_word(cells[at], words) for at, words in self.only
        )

    def is_header(self, row: Row) -> bool:
        """Whether a row is the header again; a table of one column cannot tell."""
        cells, titles = row.cells, self.titles
        return len(titles) > 1 and cells[0] == titles[0] and tuple(cells) == titles


def open_text(
    file: BinaryIO,
    name: str,
    *,
    encoding: str,
    delimiter: str,
    layout: Layout | None = None,
    fill_down: Sequence[Column] = (),
) -> TextFile:
    """Read the whole file once, keeping nothing, so that a broken one is refused before anything is stored."""
    layout = layout or Layout()
    written = find_sep(file, Written(sniff(file, name, encoding), delimiter))
    first = next(_from(records(file, name, written), layout.header or 0), None)
    if first is None or layout.header not in (None, first.number):
        raise FileUnreadable(layout.no_header(name))
    header = tuple(map(in_one_line, first.cells))
    if len(header) > MOST_COLUMNS:
        raise FileUnreadable(
            f"{name} has {len(header):,} columns; at most {MOST_COLUMNS:,} are read"
        )
    above, titles = first.number + layout.skip, tuple(first.cells)
    opened = TextFile(file, name, written, header, above, titles=titles)
    only = tuple((_find_only(opened, title), words) for title, words in layout.only.items())
    filled = tuple(locate(opened, column, "[format] fill_down") for column in fill_down)
    return _read_through(replace(opened, only=only, filled=filled))


def _read_through(opened: TextFile) -> TextFile:
    """With what its rows say."""
    rows = left_out = repeated = 0
    last = deque[Row](maxlen=MOST)
    start, only, keep = opened.titles[0], bool(opened.only), last.append
    for row in opened.under_header():
        rows += 1
        if row.cells[0] == start and opened.is_header(row):
            repeated += 1
        elif only and not opened.counts(row):
            left_out += 1
        else:
            keep(row)
    totals = Totals(find_totals(last))
    return replace(opened, rows=rows, left_out=left_out, repeated=repeated, totals=totals)


def locate(file: TextFile, column: Column, where: str) -> int:
    """The index of a column by header or number from 1; raises FileUnreadable, naming what there is."""
    header = file.header
    if isinstance(column, int):
        if column > len(header):
            raise FileUnreadable(
                f"{where}: {file.name} has {len(header)} columns, no column {column}"
            )
        return column - 1
    found = find_titles(header, column)
    if len(found) == 1:
        return found[0]
    if found:
        numbers = list_names(str(index + 1) for index in found)
        raise FileUnreadable(
            f'{where}: {file.name} has {len(found)} columns "{column}"; name one by its number: {numbers}'
        )
    raise FileUnreadable(
        f'{where}: {file.name} has no column "{column}"; it has: {_names(header)}{_hint(file, column)}'
    )


def check_delimiter(value: object) -> str:
    if isinstance(value, str) and len(value) == 1 and value not in '"\r\n\0':
        return value
    raise ValueError(r'delimiter: must be one character like "," or ";" or "\t"')


def _names(header: Sequence[str]) -> str:
    shown = [f'"{name[:60]}"' for name in header[:30]]
    return list_names(shown) + (f" and {len(header) - 30} more" if len(header) > 30 else "")


def find_titles(header: Sequence[str], column: str) -> list[int]:
    """Where a title stands among those of a header, which are in one line."""
    wanted = in_one_line(column)
    return [index for index, name in enumerate(header) if name == wanted]


def _find_only(file: TextFile, title: str) -> int:
    """A column of `[only]`, whose keys are texts: its header, else its number."""
    is_number = title.isdecimal() and not find_titles(file.header, title)
    return locate(file, int(title) if is_number and int(title) else title, "[only]")


def _from(rows: Iterator[Row], number: int) -> Iterator[Row]:
    return dropwhile(lambda row: row.number < number, rows)


def _hint(file: TextFile, column: str) -> str:
    """What went wrong: one column that holds another delimiter, or a header further down."""
    if len(file.header) == 1 and (hint := find_delimiter(file.header[0], file.written.delimiter)):
        return hint
    for row in islice(records(file.file, file.name, file.written), LOOKED_AT):
        if find_titles(list(map(in_one_line, row.cells)), column):
            return f"; row {row.number} has it: is that the header? [format] header = {row.number}"
    return ""
