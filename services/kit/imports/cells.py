"""The cells of a row by the mapping's fields, and why a cell is refused."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from services.kit.imports.files import TextFile, locate
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.format.records import BROKEN, Row
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.mapping import Mapping
from services.kit.imports.sections import MappingInvalid
from services.kit.letters import plain

QUOTED: Final = 40  # characters of a cell that a message repeats
MOST_USES: Final = 5  # of one column
CELL_CHARACTERS: Final = 500  # of a key, name or code; verbatims have a limit of their own

ERRORS: Final = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!")
)
"""As a spreadsheet writes them into CSV; a verbatim may say such a word."""
NO_CELL: Final = (
    "the cell holds {}: open the workbook in a spreadsheet program and save it, or write a value"
)


class CellRefused(ValueError):
    """One row cannot be stored. The message quotes the start of scores, choices, dates and departments only.

    Never a verbatim, a customer or the token of an invitation.
    """

    def __init__(self, column: str, reason: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in every row, and what the file calls it."""

    index: int
    label: str


class SheetColumns:
    """The mapping's columns found in one file; raises FileUnreadable where one is missing."""

    def __init__(self, mapping: Mapping, file: TextFile, remarks: Remarks | None = None) -> None:
        self.remarks = remarks or Remarks()
        self.numbers = Numbers(mapping.format.decimal, is_typed=file.is_typed)
        self.constants = mapping.constants
        self.missing = mapping.format.missing
        self.width = len(file.header)
        self.delimiter = file.written.delimiter
        self.is_typed = file.is_typed
        self.fields = {
            name: _place(file, column, f"[columns] {name}")
            for name, column in mapping.columns.items()
        }
        self.own_table = mapping.kind.subtables
        self.own = {
            own_name(table.name, key): _place(
                file, column, f"[{self.own_table}.{table.name}] {key}"
            )
            for table in mapping.subtables
            for key, column in table.columns.items()
        }
        self._check_uses()

    def _check_uses(self) -> None:
        """A long cell is read once for each field that has its column."""
        places = [*self.fields.values(), *self.own.values()]
        for (_, label), uses in Counter((place.index, place.label) for place in places).items():
            if uses > MOST_USES:
                raise MappingInvalid(
                    f'the column "{label}" is named {uses} times; at most {MOST_USES} fields can have it'
                )

    def label(self, field: str) -> str:
        """The column of a field for a report; empty where the mapping names none."""
        return self.fields[field].label if field in self.fields else ""

    def cell(self, row: Row, field: str) -> str | None:
        """The trimmed cell, else the mapping's constant, else None."""
        place = self.fields.get(field)
        if place is not None:
            cell = plain(row.cells[place.index])
            if len(cell) > CELL_CHARACTERS:
                message = (
                    f"{field} has {len(cell):,} characters; at most {CELL_CHARACTERS} can be:"
                    " is it the right column?"
                )
                raise CellRefused(place.label, "TOO_LONG", message)
            if cell not in self.missing:
                if cell in ERRORS:
                    raise CellRefused(
                        place.label, "CELL_WITHOUT_VALUE", NO_CELL.format(f"the error {cell}")
                    )
                return cell
        return self.constants.get(field)

    def needed(self, row: Row, field: str) -> str:
        value = self.cell(row, field)
        if value is None:
            raise CellRefused(self.label(field), "CELL_EMPTY", f"{field} is empty")
        return value

    def check_width(self, row: Row) -> None:
        """A row with too few or too many cells has probably slipped, so none of its cells can be trusted."""
        count = len(row.cells)
        if count == self.width or (count > self.width and not any(row.cells[self.width :])):
            return
        if self.is_typed and row.cells[-1].startswith(BROKEN):
            _, label, what = row.cells[-1].split(BROKEN)
            raise CellRefused(label, "CELL_WITHOUT_VALUE", NO_CELL.format(what))
        message = f"the row has {count} cells, the header has {self.width}; {self._advice(count)}"
        raise CellRefused("", "WRONG_WIDTH", message)

    def _advice(self, count: int) -> str:
        if count > self.width:
            return f"put a cell that has {quote(self.delimiter)} in it in quotes"
        return "put a cell that has a line break in it in quotes, or fill the row up"


def own_name(table: str, key: str) -> str:
    """The name of a column of a kind's own: its table, and the key where the table has several columns."""
    return table if key == "column" else f"{table} {key}"


def quote(cell: str) -> str:
    """The start of a cell for a message."""
    return f'"{cell[:QUOTED]}..."' if len(cell) > QUOTED else f'"{cell}"'


def _place(file: TextFile, column: str | int, where: str) -> Place:
    index = locate(file, column, where)
    return Place(index, file.header[index] or f"column {index + 1}")
