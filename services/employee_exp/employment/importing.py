"""Files of employees: rows into stints, by days or by months of tenure."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from cxm.batch.v1.batch_pb2 import ItemResult
from services.employee_exp.employment.domain.employment import StintItem
from services.kit.clock import day_number
from services.kit.directory.copy import DirectoryCopy
from services.kit.imports.batches import cut
from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.created_on_the_way import creator
from services.kit.imports.dates import Calendar
from services.kit.imports.departments import DepartmentCells, Known, rehearsed
from services.kit.imports.format.numbers import read_flag
from services.kit.imports.format.records import Row
from services.kit.imports.identity import Identities, row_name
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind, Mapping
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import MappingInvalid, fail, list_names
from services.kit.items import ItemOutcome
from services.kit.letters import plain
from services.kit.rights.access import Viewer
from services.kit.rpc.item_results import item_results

DAYS_PER_MONTH: Final = 30.4375
NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?([eE]-?[0-9]{1,2})?")
MAPPED: Final = {
    "employee": ("id",),
    "started_day": ("started_on", "tenure_months"),
    "left_day": ("left_on", "left"),
}


def _check(mapping: Mapping) -> None:
    columns = mapping.columns
    if not mapping.has("department"):
        fail("[columns]", '"department" is missing; name it here or in [defaults]')
    by_tenure = [name for name in ("tenure_months", "left") if name in columns]
    by_day = [name for name in ("started_on", "left_on") if name in columns]
    if by_tenure and by_day:
        fail(
            "[columns]",
            f"{list_names(by_day)} cannot be used together with {list_names(by_tenure)}",
        )
    if not by_tenure and "started_on" not in columns:
        fail("[columns]", '"started_on" is missing (or "tenure_months" and "left")')
    if by_tenure and len(by_tenure) < 2:
        fail("[columns]", '"tenure_months" and "left" are needed together')
    if by_tenure and "observed_on" not in mapping.moments:
        fail("[defaults]", '"observed_on" is missing: the day at which tenure_months was counted')
    if by_day and "observed_on" in mapping.moments:
        fail("[defaults] observed_on", "belongs to tenure_months and left")


EMPLOYEES: Final = ImportKind(
    name="employees",
    columns=("id", "department", "started_on", "left_on", "tenure_months", "left"),
    defaults=("department", "observed_on"),
    create=("departments",),
    moments=("observed_on",),
    check=_check,
)


def plan_employees(
    job: Job,
    viewer: Viewer,
    directory: DirectoryCopy,
    store: Callable[[Viewer, Sequence[StintItem]], Awaitable[Sequence[ItemOutcome]]],
) -> Plan[StintItem]:
    """Departments that are created on the way are asked of profile."""
    tree = directory.tree
    reader = EmployeeReader(job.mapping, job.columns, job.calendar(tree.zone))
    dry_run, root = job.dry_run, tree.departments[tree.root_id].key
    maker = rehearsed if dry_run else creator(directory, viewer)
    cells = DepartmentCells[StintItem](
        Known.of(viewer, tree),
        job.columns.label("department"),
        lambda item, key: replace(item, department=key),
        maker if "departments" in job.mapping.create else None,
        root if dry_run else None,
    )

    async def results(items: Sequence[StintItem]) -> Sequence[ItemResult]:
        return item_results(await store(viewer, items))

    batches = cells.resolve(cut(job.file, reader.read))
    return Plan(batches, results, reader.column_of, created_departments=cells.created)


class EmployeeReader:
    """Reads one row into one stint; without an id column an employee is a row."""

    def __init__(self, mapping: Mapping, columns: SheetColumns, calendar: Calendar) -> None:
        self.columns = columns
        self.calendar = calendar
        self.identities = Identities(columns)
        self.observed_on = _observed_on(mapping, calendar)

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
        return StintItem(employee, department, day_number(started_on), left_day)

    def column_of(self, field: Sequence[str], _: StintItem) -> str:
        """The column behind a field of an item."""
        name = field[0] if field else ""
        labels = [self.columns.label(mapped) for mapped in MAPPED.get(name, (name,))]
        return next(filter(None, labels), "")

    def _by_days(self, row: Row) -> tuple[date, date | None]:
        self.columns.needed(row, "started_on")
        started_on, left_on = self._day(row, "started_on"), self._day(row, "left_on")
        assert started_on is not None
        if left_on is not None and left_on <= started_on:
            message = f"left_on {left_on} must be after started_on {started_on}"
            raise CellRefused(self.columns.label("left_on"), "STINT_EMPTY", message)
        return started_on, left_on

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
        """started_on = observed_on - round(months x 30.4375) days; who left did so on observed_on."""
        column = self.columns.label("tenure_months")
        cell = self.columns.needed(row, "tenure_months")
        number = self.columns.numbers.text(cell)
        if not NUMBER.fullmatch(number):
            advice = self.columns.numbers.advice(cell)
            message = f"{quote(cell)} is no number of months, like 7 or 7.03{advice}"
            raise CellRefused(column, "NOT_A_NUMBER", message)
        exact = float(number) * DAYS_PER_MONTH  # infinite, if the cell is long enough
        if exact > observed_on.toordinal() - 1:
            raise CellRefused(column, "NOT_A_NUMBER", f"{quote(cell)} months are too many")
        days = round(exact)
        left = self._left(row)
        if left and days == 0:
            message = f"{quote(cell)} months are less than a day, so there is no stint"
            raise CellRefused(column, "STINT_EMPTY", message)
        return observed_on - timedelta(days=days), observed_on if left else None

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
