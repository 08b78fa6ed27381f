"""A sheet as the table it holds: rows as wide as the header, what lies beside it left out."""

import csv
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from services.kit.imports.files import MOST_COLUMNS
from services.kit.imports.format.records import BROKEN, FileUnreadable
from services.kit.imports.format.remarks import Counted
from services.kit.imports.sections import Column
from services.kit.imports.workbooks.rows import NO_VALUE, SheetRow
from services.kit.letters import in_one_line

LAST_ROW: Final = 1_048_576  # of a sheet; rows before one that is far away are written, blank
FORMULAS, ERRORS, OUTSIDE = "FORMULAS_WITHOUT_VALUE", "ERROR_CELLS", "CELLS_OUTSIDE"
FOUND: Final = {
    FORMULAS: Counted(
        "cell that is not mapped holds a formula without a value",
        "cells that are not mapped hold formulas without a value",
    ),
    ERRORS: Counted(
        "cell that is not mapped holds an error such as #N/A",
        "cells that are not mapped hold errors such as #N/A",
    ),
    OUTSIDE: Counted(
        "cell beside the table was not read: it has no header",
        "cells beside the table were not read: they have no header",
    ),
}


def find_columns(titles: Sequence[str], columns: Iterable[Column]) -> set[int]:
    """Where columns stand that are named by header or number, or by a number that is a header; titles in one line."""
    named = list(columns)
    names = {in_one_line(str(column)) for column in named}
    numbers = {column - 1 for column in named if isinstance(column, int)}
    return numbers | {at for at, title in enumerate(titles) if title in names}


def has_all(titles: Sequence[str], columns: Iterable[Column]) -> bool:
    """Whether columns are named at all, and every one that is named by a header is there."""
    named = list(columns)
    return bool(named) and all(
        isinstance(column, int) or in_one_line(column) in titles for column in named
    )


class Table:
    """Writes the rows of a sheet. `header`: its row, None: the first that is not blank."""

    def __init__(
        self, header: int | None, columns: Sequence[Column], missing: Sequence[str]
    ) -> None:
        self.header = header
        self.columns = columns
        self.missing = frozenset(missing)
        self.titles: list[str] = []
        self.used: set[int] = set()
        self.is_elsewhere = False  # the header: it will be refused, and looked for in the rows
        self.found: dict[str, int] = {}

    def write(self, rows: Iterable[SheetRow], out: TextIO, most: int | None = None) -> None:
        """Every row in its place, so that it keeps its number; at most so many that are not blank."""
        writer = csv.writer(out)
        at = written = 0
        for row in rows:
            if row.number > LAST_ROW:
                raise FileUnreadable(
                    f"has a row {row.number:,}, and a sheet has {LAST_ROW:,}; save it as CSV"
                )
            if row.number <= at:
                raise FileUnreadable(
                    "has rows that are not in their order: save it again, or save it as CSV"
                )
            out.write("\r\n" * (row.number - at - 1))
            at = row.number
            cells = self._cells(row)
            writer.writerow(cells)
            written += bool(cells)
            if written == most:
                return

    def _cells(self, row: SheetRow) -> list[str]:
        cells = row.cells
        if not self.titles:
            shown = _dense(cells)
            if shown and row.number >= (self.header or 0):
                self.titles = shown
                in_lines = list(map(in_one_line, shown))
                self.used = find_columns(in_lines, self.columns)
                self.is_elsewhere = not has_all(in_lines, self.columns)
            return shown
        if self.is_elsewhere:
            return _dense(cells)
        width = len(self.titles)
        dense = [cells.get(at, "") for at in range(width)]
        if row.broken:
            dense += self._broken(row)
        if len(cells) > width or (cells and max(cells) >= width):
            self._count(OUTSIDE, sum(1 for at in cells if at >= width))
        return dense if any(dense) else []

    def _broken(self, row: SheetRow) -> list[str]:
        """A cell more, where a used one has no value."""
        more: list[str] = []
        for at, what in row.broken.items():
            if what.removeprefix("the error ") in self.missing:
                continue
            if at in self.used:
                more = more or [f"{BROKEN}{self.titles[at] or f'column {at + 1}'}{BROKEN}{what}"]
            elif at < len(self.titles):
                self._count(FORMULAS if what == NO_VALUE else ERRORS, 1)
        return more

    def _count(self, reason: str, count: int) -> None:
        self.found[reason] = self.found.get(reason, 0) + count


def _dense(cells: dict[int, str]) -> list[str]:
    """From the first column to the last that has something; a stray one far away counts only where many are."""
    near = [at for at in cells if at < MOST_COLUMNS]
    last = max(cells, default=-1) if len(cells) > MOST_COLUMNS else max(near, default=-1)
    return [cells.get(at, "") for at in range(last + 1)]
