"""Charts of departments: rows of a file find themselves and their parents by key or by name; parents come first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from services.kit.clock import day_number
from services.kit.imports.batches import Draft, Refusal, refuse_row
from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.departments.known import Known, one_of
from services.kit.imports.format.records import Row
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.identity import as_key, key_of, needed_key
from services.kit.letters import alike, composed
from services.profile.directory.domain.departments import DepartmentItem
from services.profile.directory.domain.organization import ROOT_KEY

PARENT: Final = "parent"
CLOSED: Final = "closed_from"
MERGED: Final = "merged_into"


@dataclass(frozen=True, slots=True)
class ChartColumns:
    """The columns of a chart, and what they are read against: the departments the importer sees."""

    columns: SheetColumns
    known: Known
    parents: Mapping[str, str]
    """Keys of the stored departments that have a parent today, and its key."""
    calendar: Calendar
    remarks: Remarks


def read_chart(
    rows: Iterable[Row], where: ChartColumns
) -> tuple[list[Draft[DepartmentItem]], list[Refusal]]:
    """A whole file, parents before children; a key used twice and a circle are refused."""
    chart = _Chart(where)
    for row in rows:
        try:
            chart.take(row)
        except CellRefused as error:
            chart.refusals.append(refuse_row(row.number, error))
    return chart.placed(), chart.refusals


class _Chart:
    """A file while it is read: the parents of its items are cells until all rows are known."""

    def __init__(self, where: ChartColumns) -> None:
        self.columns = where.columns
        self.known = where.known
        self.parents = where.parents
        self.calendar = where.calendar
        self.remarks = where.remarks
        self.drafts: list[Draft[DepartmentItem]] = []
        self.refusals: list[Refusal] = []
        self.first: dict[str, Draft[DepartmentItem]] = {}
        self.spelt: dict[str, str] = {}  # cells of the key column -> keys made from them
        self.names: dict[str, set[str]] = {}  # of the file, composed -> keys
        self.readings: dict[str, set[str]] = {}  # names of the file as they read -> keys
        self.named: dict[str, list[str]] = {}  # of the file and stored, once all rows are read

    def take(self, row: Row) -> None:
        """Read a row; refused where its key is that of another one."""
        self.columns.check_width(row)
        name = self.columns.needed(row, "name")
        key, name = (
            self._named(name) if "key" not in self.columns.fields else (self._key(row), name)
        )
        item = DepartmentItem(key, name, self.columns.cell(row, PARENT), *self._closing(row))
        draft = Draft(row.number, item)
        self._check_repeat(self.first.setdefault(key, draft), draft)
        self.drafts.append(draft)
        self.names.setdefault(composed(name), set()).add(key)
        self.readings.setdefault(alike(name), set()).add(key)

    def placed(self) -> list[Draft[DepartmentItem]]:
        """The drafts with keys of parents, from the top down and closed ones last; else in the file's order."""
        drafts = [found for draft in self.drafts if (found := self._placed(draft)) is not None]
        drafts = self._without_second_roots(drafts)
        depth = depths({draft.item.key: draft.item.parent for draft in drafts})
        for draft in drafts:
            if depth[draft.item.key] is None:
                self.refusals.append(refuse_row(draft.row, self._circle(draft.item.key)))
        above = {draft.item.parent for draft in drafts}
        levels = [
            (d.item.closed_from_day is not None and d.item.key not in above, level, d)
            for d in drafts
            if (level := depth[d.item.key]) is not None
        ]
        levels.sort(key=lambda pair: pair[:2])  # stable
        return [draft for _, _, draft in levels]

    def _closing(self, row: Row) -> tuple[int | None, str | None]:
        """From when it is closed, and the cell that says into what it is merged."""
        cell, into = self.columns.cell(row, CLOSED), self.columns.cell(row, MERGED)
        if cell is None and into is not None:
            message = (
                "closed_from is empty: write the first day of the department it is merged into"
            )
            raise CellRefused(self.columns.label(CLOSED), "CELL_EMPTY", message)
        try:
            return None if cell is None else day_number(self.calendar.day(cell)), into
        except ValueError as error:
            message = f"closed_from {quote(cell or '')} {error}"
            raise CellRefused(self.columns.label(CLOSED), "DATE_UNREADABLE", message) from error

    def _key(self, row: Row) -> str:
        cell = self.columns.needed(row, "key")
        key = as_key(cell, self.columns.label("key"))
        self.spelt.setdefault(cell, key)
        return key

    def _named(self, name: str) -> tuple[str, str]:
        """Key and name of a row without a key: of the department that has the name or had it, else made of the name."""
        column, made = self.columns.label("name"), key_of(name)
        if keys := self.known.keys.get(composed(name)):
            is_its_key = composed(self.known.names.get(made, "")) == composed(name)
            return made if is_its_key else one_of(keys, name, column) or made, name
        former = one_of(self.known.former.get(composed(name), ()), name, column)
        if former is None or made in self.known.names:
            return needed_key(name, column), name
        self.known.remark(name, former, self.remarks)
        return former, self.known.names[former]

    def _check_repeat(self, first: Draft[DepartmentItem], draft: Draft[DepartmentItem]) -> None:
        if first.item == draft.item:
            return
        column = self.columns.label("key") or self.columns.label("name")
        message = (
            f"row {first.row} gives the key {quote(first.item.key)} to another department:"
            " give each a key of its own, [columns] key"
        )
        raise CellRefused(column, "KEY_COLLISION", message)

    def _placed(self, draft: Draft[DepartmentItem]) -> Draft[DepartmentItem] | None:
        item = draft.item
        try:
            parent = None if item.parent is None else self._find(item.key, item.parent, PARENT)
            into = (
                None if item.merged_into is None else self._find(item.key, item.merged_into, MERGED)
            )
        except CellRefused as error:
            self.refusals.append(refuse_row(draft.row, error))
            return None
        if parent == item.key and item.parent == self.columns.constants.get(PARENT):
            parent = self.parents.get(parent)  # of the department every other one hangs under
        return Draft(draft.row, replace(item, parent=parent, merged_into=into))

    def _find(self, key: str, cell: str, field: str) -> str:
        """The key a cell means: a key of the file or the organisation, a name, a former name, or the key made of it."""
        column, text = self.columns.label(field), composed(cell)
        if (found := self._by_key(cell)) is not None:
            return found
        found = one_of(self._others(text, key), cell, column)
        if found is None:
            found = one_of(self.known.former.get(text, ()), cell, column) or self._by_key(
                key_of(cell)
            )
        if found is None:
            known = {*self.readings.get(alike(cell), ()), *self.known.readings.get(alike(cell), ())}
            found = one_of(sorted(known), cell, column)
        if found is None:
            message = f"no department here or in this file has the key or name {quote(cell)}: add a row for it"
            message += self._advice(cell)
            raise CellRefused(
                column, "UNKNOWN_PARENT" if field == PARENT else "UNKNOWN_DEPARTMENT", message
            )
        self.known.remark(cell, found, self.remarks)
        return found

    def _advice(self, cell: str) -> str:
        names = (draft.item.name for draft in self.first.values())
        return self.known.nearest.advice(
            cell, (*self.first, *self.known.names, *names, *self.known.names.values())
        )

    def _others(self, text: str, key: str) -> Iterable[str]:
        """Keys of the departments of a name but for this one; this one where no other has the name."""
        if text not in self.named:
            stored = {k for k in self.known.keys.get(text, ()) if k not in self.first}
            self.named[text] = sorted(self.names.get(text, set()) | stored)
        named = self.named[text]
        return named if named == [key] else (each for each in named if each != key)

    def _by_key(self, cell: str) -> str | None:
        if cell in self.first:
            return cell
        return self.spelt.get(cell) or self.known.spelt.get(composed(cell))

    def _without_second_roots(
        self, drafts: list[Draft[DepartmentItem]]
    ) -> list[Draft[DepartmentItem]]:
        """A file that names the root itself gives its key to no other department: rows without a parent are refused."""
        if ROOT_KEY not in self.known.names or not any(
            ROOT_KEY in (draft.item.key, draft.item.parent) for draft in drafts
        ):
            return drafts
        kept: list[Draft[DepartmentItem]] = []
        message = (
            f"this file hangs departments under {quote(ROOT_KEY)}, so each of them hangs under another:"
            f' write which, or set [defaults] parent = "{ROOT_KEY}"'
        )
        error = CellRefused(self.columns.label(PARENT), "SECOND_ROOT", message)
        for draft in drafts:
            if draft.item.parent is None and draft.item.key != ROOT_KEY:
                self.refusals.append(refuse_row(draft.row, error))
            else:
                kept.append(draft)
        return kept

    def _circle(self, key: str) -> CellRefused:
        message = f"following the parents of {quote(key)} leads round in a circle"
        return CellRefused(self.columns.label(PARENT), "CYCLE", message)


def depths(parents: dict[str, str | None]) -> dict[str, int | None]:
    """Steps from each key to the topmost one given here; None inside or below a circle."""
    known: dict[str, int | None] = {}
    for start in parents:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in parents and at not in known and at not in path:
            path[at] = None
            at = parents[at]
        depth = None if at in path else known.get(at, -1) if at is not None else -1
        for key in reversed(path):
            depth = None if depth is None else depth + 1
            known[key] = depth
    return known
