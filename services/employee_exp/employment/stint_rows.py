"""Rows of a file into stints: by first day and end, or by how long somebody was there."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from services.employee_exp.employment.domain.details import (
    MOST_ATTRIBUTES,
    DetailsChange,
    check_attribute_name,
)
from services.employee_exp.employment.domain.employment import StintItem
from services.employee_exp.employment.domain.last_days import LastDays
from services.kit.clock import day_number
from services.kit.errors import Invalid
from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.format.numbers import read_flag
from services.kit.imports.format.records import Row
from services.kit.imports.identity import Identities, row_name
from services.kit.imports.mapping import Mapping
from services.kit.imports.sections import MappingInvalid, fail, list_names
from services.kit.letters import plain

DAYS_OF: Final = {"tenure_months": 30.4375, "tenure_years": 365.25}
"""Days of one, by the field that counts them."""
ENDS: Final = ("left_on", "last_day")
ATTRIBUTE: Final = "attribute"
SINGLE_DETAILS: Final = ("email", "language", "subject")
NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?([eE]-?[0-9]{1,2})?")
MAPPED: Final = {
    "employee": ("id",),
    "started_day": ("started_on", *DAYS_OF),
    "left_day": (*ENDS, "left"),
}
ONE_DAY: Final = timedelta(days=1)


def check_fields(mapping: Mapping) -> None:
    """MappingInvalid unless the fields of [columns] make a stint."""
    columns = mapping.columns
    if not mapping.has("department"):
        fail("[columns]", '"department" is missing; name it here or in [defaults]')
    tenures = [name for name in DAYS_OF if name in columns]
    by_tenure = [*tenures, *(name for name in ("left",) if name in columns)]
    by_day = [name for name in ("started_on", *ENDS) if name in columns]
    for one, other in ((by_tenure, by_day), (tenures[:1], tenures[1:]), (_ends(by_day))):
        if one and other:
            fail("[columns]", f"{list_names(other)} cannot be used together with {list_names(one)}")
    if not by_tenure and "started_on" not in columns:
        fail("[columns]", '"started_on" is missing (or "tenure_months" and "left")')
    if by_tenure and len(by_tenure) < 2:
        names = f'"{tenures[0] if tenures else "tenure_months"}" and "left"'
        fail("[columns]", f"{names} are needed together")
    if by_tenure and "observed_on" not in mapping.moments:
        fail("[defaults]", f'"observed_on" is missing: the day at which {tenures[0]} was counted')
    if by_day and "observed_on" in mapping.moments:
        fail("[defaults] observed_on", "belongs to tenure_months, or tenure_years, and left")
    _check_detail_fields(mapping)


def _check_detail_fields(mapping: Mapping) -> None:
    details = detail_fields(mapping)
    if details and "id" not in mapping.columns:
        fail("[columns]", f'"id" is missing: {list_names(details)} belong to who is known by one')
    names = [name for name in details if name not in SINGLE_DETAILS]
    if len(names) > MOST_ATTRIBUTES:
        fail("[columns]", f"an employee has at most {MOST_ATTRIBUTES} attributes")
    try:
        for name in names:
            check_attribute_name(name.removeprefix(f"{ATTRIBUTE}."))
    except Invalid as failure:
        fail("[columns] attribute", failure.message)


def detail_fields(mapping: Mapping) -> list[str]:
    """The fields of [columns] that say something of the employee and not of the stint."""
    return [n for n in mapping.columns if n in SINGLE_DETAILS or n.startswith(f"{ATTRIBUTE}.")]


def _ends(by_day: Sequence[str]) -> tuple[list[str], list[str]]:
    ends = [name for name in ENDS if name in by_day]
    return ends[:1], ends[1:]


class EmployeeReader:
    """Reads one row into one stint; without an id column an employee is a row, here named by how it is spelt."""

    def __init__(self, mapping: Mapping, columns: SheetColumns, calendar: Calendar) -> None:
        self.columns = columns
        self.calendar = calendar
        self.identities = Identities(columns)
        self.observed_on = _observed_on(mapping, calendar)
        self.tenure = next((name for name in DAYS_OF if name in mapping.columns), "tenure_months")
        self.end = "last_day" if "last_day" in mapping.columns else "left_on"
        self.last_days = LastDays()
        self.details = detail_fields(mapping)
        self.latest: dict[str, int] = {}  # first day of the stint whose row said the details

    def read(self, row: Row) -> StintItem:
        """The department is the cell as it stands."""
        self.columns.check_width(row)
        identity = self.identities.of(row)
        employee = identity if self.identities.by_id else row_name("employees", identity)
        department = self.columns.needed(row, "department")
        if self.observed_on is None:
            started_on, left_on = self._by_days(row)
        else:
            started_on, left_on = self._by_tenure(row, self.observed_on)
        left_day = None if left_on is None else day_number(left_on)
        started_day = day_number(started_on)
        details = self._details(row, employee, started_day) if self.details else None
        item = StintItem(employee, department, started_day, left_day, details)
        if self.end == "left_on" and self.identities.by_id:
            self.last_days.look(item)
        return item

    def _details(self, row: Row, employee: str, started_day: int) -> DetailsChange | None:
        """What the row says of the employee, a blank cell that there is none; None where a later stint has said it."""
        said = {name: self.columns.cell(row, name) or "" for name in self.details}
        if started_day < self.latest.get(employee, started_day):
            return None
        self.latest[employee] = started_day
        attributes = {name: said[name] for name in said if name not in SINGLE_DETAILS}
        return DetailsChange(
            said.get("email"),
            said.get("language"),
            said.get("subject"),
            tuple(sorted((n.removeprefix(f"{ATTRIBUTE}."), v) for n, v in attributes.items())),
        )

    def employee_of(self, row: Row) -> str | None:
        """Whose row it seems to be, where it cannot be read as a whole; None where it does not say."""
        place = self.columns.fields.get("id")
        if place is None or place.index >= len(row.cells):
            return None
        return plain(row.cells[place.index]) or None

    def column_of(self, field: Sequence[str], _: StintItem) -> str:
        """The column behind a field of an item."""
        name = field[0] if field else ""
        if name == "attributes":
            name = ".".join((ATTRIBUTE, *field[1:]))
        labels = [self.columns.label(mapped) for mapped in MAPPED.get(name, (name,))]
        return next(filter(None, labels), "")

    def _by_days(self, row: Row) -> tuple[date, date | None]:
        self.columns.needed(row, "started_on")
        started_on, left_on = self._day(row, "started_on"), self._left_on(row)
        assert started_on is not None
        if left_on is not None and left_on <= started_on:
            raise CellRefused(
                self.columns.label(self.end), "STINT_EMPTY", self._empty(started_on, left_on)
            )
        return started_on, left_on

    def _left_on(self, row: Row) -> date | None:
        """The first day not employed any more: the one after the last day worked."""
        end = self._day(row, self.end)
        if end is None or self.end == "left_on":
            return end
        if end == date.max:
            message = (
                f'{end} is no day that comes; if it means "still there" name the cell in'
                " [format] missing"
            )
            raise CellRefused(self.columns.label(self.end), "DAY_OUT_OF_RANGE", message)
        return end + ONE_DAY

    def _empty(self, started_on: date, left_on: date) -> str:
        if self.end == "last_day":
            return f"last_day {left_on - ONE_DAY} must not be before started_on {started_on}"
        message = f"left_on {left_on} must be after started_on {started_on}"
        if left_on < started_on:
            return message
        return f"{message}; if the column has the last day worked, map it as last_day"

    def _day(self, row: Row, field: str) -> date | None:
        place = self.columns.fields.get(field)
        if place is None:
            return None
        cell = plain(row.cells[place.index])
        if cell in self.columns.missing:
            return None
        try:
            return self.calendar.day(cell)
        except ValueError as error:
            message = f"{quote(cell)} {error}"
            raise CellRefused(place.label, "DATE_UNREADABLE", message) from error

    def _by_tenure(self, row: Row, observed_on: date) -> tuple[date, date | None]:
        """started_on = observed_on - round(tenure in days); who left did so on observed_on.

        A leaver was there for a day at least: whole months of 0 are less than a month. Without the stint the leaving
        would be missing, and the rate too low.
        """
        days = self._tenure_days(row, observed_on)
        left = self._left(row)
        started_on = observed_on - timedelta(days=max(days, 1) if left else days)
        return started_on, observed_on if left else None

    def _tenure_days(self, row: Row, observed_on: date) -> int:
        column, unit = self.columns.label(self.tenure), self.tenure.removeprefix("tenure_")
        cell = self.columns.needed(row, self.tenure)
        number = self.columns.numbers.text(cell)
        if not NUMBER.fullmatch(number):
            advice = self.columns.numbers.advice(cell)
            message = f"{quote(cell)} is no number of {unit}, like 7 or 7.03{advice}"
            raise CellRefused(column, "NOT_A_NUMBER", message)
        exact = float(number) * DAYS_OF[self.tenure]  # infinite, if the cell is long enough
        if exact > observed_on.toordinal() - 2:
            raise CellRefused(column, "NOT_A_NUMBER", f"{quote(cell)} {unit} are too many")
        return round(exact)

    def _left(self, row: Row) -> bool:
        cell = self.columns.needed(row, "left")
        left = read_flag(cell)
        if left is None:
            message = f"{quote(cell)} is none of 1/0, true/false, yes/no"
            raise CellRefused(self.columns.label("left"), "NOT_A_FLAG", message)
        return left


def _observed_on(mapping: Mapping, calendar: Calendar) -> date | None:
    moment = mapping.moments.get("observed_on")
    try:
        return None if moment is None else calendar.day(moment)
    except ValueError as error:
        raise MappingInvalid(f'[defaults] observed_on: "{moment}" {error}') from error
