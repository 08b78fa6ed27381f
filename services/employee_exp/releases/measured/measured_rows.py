"""Rows of a file of results into cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.employee_exp.releases.domain.measured.items import Measured
from services.employee_exp.releases.domain.measured.judging import WaveTerms
from services.kit.clock import day_number
from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.format.records import Row
from services.kit.imports.mapping import Mapping
from services.kit.imports.sections import MappingInvalid, fail
from services.kit.letters import plain

TERMS: Final = ("wave", "name", "opened_on", "closed_on")
"""What every row of a wave says alike: by a column, or by [defaults]."""
DAYS: Final = ("opened_on", "closed_on")
NEEDED: Final = (*TERMS, "department", "item", "n", "value")
LARGEST_NUMBER: Final = 1e9


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A row as it was read; the department is its key once it was resolved."""

    row: int
    wave: str
    terms: WaveTerms
    department: str
    item: str
    measured: Measured


def check_fields(mapping: Mapping) -> None:
    """MappingInvalid unless the fields make results."""
    for name in NEEDED:
        if not mapping.has(name):
            where = "; name it here or in [defaults]" if name in TERMS else ""
            fail("[columns]", f'"{name}" is missing{where}')
    ends = [name for name in ("low", "high") if name in mapping.columns]
    if len(ends) == 1:
        other = "high" if ends == ["low"] else "low"
        fail("[columns]", f'"{other}" is missing: an interval has two ends')


class MeasuredReader:
    """Reads one row into one cell of a wave."""

    def __init__(self, mapping: Mapping, columns: SheetColumns, calendar: Calendar) -> None:
        self.columns = columns
        self.calendar = calendar
        self.days = {name: _constant(mapping, name, calendar) for name in DAYS}

    def read(self, row: Row) -> MeasuredRow:
        """The department is the cell as it stands."""
        self.columns.check_width(row)
        terms = WaveTerms(
            self.columns.needed(row, "name"),
            day_number(self._day(row, "opened_on")),
            day_number(self._day(row, "closed_on")),
        )
        return MeasuredRow(
            row.number,
            self.columns.needed(row, "wave"),
            terms,
            self.columns.needed(row, "department"),
            self.columns.needed(row, "item"),
            self._measured(row),
        )

    def column_of(self, field: Sequence[str], _: MeasuredRow) -> str:
        """The column behind a field of a row."""
        return self.columns.label(field[0]) if field else ""

    def _measured(self, row: Row) -> Measured:
        people = self._number(row, "n", self.columns.needed(row, "n"))
        if people != int(people) or people < 1:
            raise CellRefused(
                self.columns.label("n"), "NOT_A_NUMBER", "n is a whole number of people, from 1 on"
            )
        value = self._number(row, "value", self.columns.needed(row, "value"))
        low, high = (self._end(row, name) for name in ("low", "high"))
        return Measured(int(people), value, low, high)

    def _end(self, row: Row, field: str) -> float | None:
        cell = self.columns.cell(row, field)
        return None if cell is None else self._number(row, field, cell)

    def _number(self, row: Row, field: str, cell: str) -> float:
        try:
            number = float(self.columns.numbers.text(cell))
        except ValueError:
            number = LARGEST_NUMBER
        if not -LARGEST_NUMBER < number < LARGEST_NUMBER:  # of what is no number neither
            advice = self.columns.numbers.advice(cell) or self._percent_advice(cell)
            message = f"{quote(cell)} is no number, like 7 or 0.625{advice}"
            raise CellRefused(self.columns.label(field), "NOT_A_NUMBER", message)
        return number

    def _percent_advice(self, cell: str) -> str:
        """What a percentage is as a share; empty for what is none."""
        percent = plain(cell)
        try:
            share = float(self.columns.numbers.text(percent.removesuffix("%"))) / 100
        except ValueError:
            return ""
        return (
            f"; {percent.removesuffix('%').strip()} % is {share:g}" if percent.endswith("%") else ""
        )

    def _day(self, row: Row, field: str) -> date:
        constant = self.days[field]
        if constant is not None and not self.columns.label(field):
            return constant
        cell = self.columns.needed(row, field)
        try:
            return self.calendar.day(plain(cell))
        except ValueError as error:
            message = f"{quote(cell)} {error}"
            raise CellRefused(self.columns.label(field), "DATE_UNREADABLE", message) from error


def _constant(mapping: Mapping, name: str, calendar: Calendar) -> date | None:
    moment = mapping.moments.get(name)
    try:
        return None if moment is None else calendar.day(moment)
    except ValueError as error:
        raise MappingInvalid(f'[defaults] {name}: "{moment}" {error}') from error
