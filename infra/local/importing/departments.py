"""Rows of a department list into items of `upsertDepartments`, parents first."""

from collections.abc import Iterable

from infra.local.api import Json
from infra.local.importing.batches import Draft, Refusal, refusal
from infra.local.importing.directory import Departments
from services.kit.cells import CellRefused, Columns, quoted
from services.kit.files import Row
from services.kit.identity import needed_key

FIRST_ROOT = "root"  # key of a root that nobody has named yet


class DepartmentReader:
    """Reads one row into one department; without a key column the key is made from the name."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def read(self, row: Row) -> Json:
        self.columns.check_width(row)
        name = self.columns.needed(row, "name")
        if "key" in self.columns.fields:
            key = self.columns.needed(row, "key")
        else:
            key = needed_key(name, self.columns.label("name"))
        item: Json = {"key": key, "name": name}
        parent = self.columns.cell(row, "parent")
        if parent is not None and (parent != key or parent != self.columns.constants.get("parent")):
            item["parent"] = parent
        return item

    def column_of(self, field: list[str], _: Json) -> str:
        return self.columns.label(field[0]) if field else ""


def read_tree(rows: Iterable[Row], reader: DepartmentReader) -> tuple[list[Draft], list[Refusal]]:
    """A whole file, parents before children; a key used twice and a circle are refused."""
    drafts: list[Draft] = []
    refusals: list[Refusal] = []
    first: dict[str, Draft] = {}
    for row in rows:
        try:
            draft = Draft(row.number, reader.read(row))
            _check_repeat(reader.columns, first.setdefault(draft.item["key"], draft), draft)
            drafts.append(draft)
        except CellRefused as error:
            refusals.append(refusal(row.number, error))
    depth = depths({key: draft.item.get("parent") for key, draft in first.items()})
    ordered: list[tuple[int, Draft]] = []
    for draft in drafts:
        level = depth[draft.item["key"]]
        if level is None:
            refusals.append(refusal(draft.row, _circle(reader.columns, draft.item["key"])))
        else:
            ordered.append((level, draft))
    ordered.sort(key=lambda pair: pair[0])  # stable: rows of one level stay in the file's order
    return [draft for _, draft in ordered], refusals


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


def foresee(
    columns: Columns, drafts: list[Draft], known: Departments, root: str | None
) -> tuple[list[Draft], list[Refusal]]:
    """What the platform would refuse: parents nobody has, and a second department without one."""
    good: list[Draft] = []
    refusals: list[Refusal] = []
    keys = set(known.names) | {draft.item["key"] for draft in drafts}
    for draft in drafts:
        parent, key = draft.item.get("parent"), draft.item["key"]
        if parent is None and root == FIRST_ROOT:
            root = key
        if parent is None and key != root:
            message = f"{quoted(key)} has no parent, and the root is {quoted(root or '')} already"
            error = CellRefused(columns.label("parent"), "SECOND_ROOT", message)
            refusals.append(refusal(draft.row, error))
        elif parent is not None and parent not in keys:
            message = f"no department has the key {quoted(parent)}"
            error = CellRefused(columns.label("parent"), "UNKNOWN_PARENT", message)
            refusals.append(refusal(draft.row, error))
        else:
            good.append(draft)
    return good, refusals


def _check_repeat(columns: Columns, first: Draft, draft: Draft) -> None:
    if first.item == draft.item:
        return
    column = columns.label("key") or columns.label("name")
    message = f"row {first.row} gives the key {quoted(first.item['key'])} to another department"
    raise CellRefused(column, "KEY_COLLISION", message)


def _circle(columns: Columns, key: str) -> CellRefused:
    message = f"following the parents of {quoted(key)} leads round in a circle"
    return CellRefused(columns.label("parent"), "CYCLE", message)
