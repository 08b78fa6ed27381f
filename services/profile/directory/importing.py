"""Files of departments and touchpoints: rows into items, parents first, and what is known before storing."""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.errors import Denied
from services.kit.imports.batches import Draft, Refusal, cut, cut_drafts, refuse_row
from services.kit.imports.cells import CellRefused, SheetColumns, quote
from services.kit.imports.departments import Create, DepartmentCells, Known, NotMade
from services.kit.imports.format.records import FileUnreadable, Row
from services.kit.imports.identity import needed_key
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.mapping import Mapping as ImportMapping
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import fail
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree
from services.kit.rpc.item_results import item_results
from services.profile.directory.domain.departments import MOST_DEPARTMENTS, DepartmentItem
from services.profile.directory.domain.touchpoints import TouchpointItem

MOST_ROWS: Final = MOST_DEPARTMENTS


def _check_departments(mapping: ImportMapping) -> None:
    if "name" not in mapping.columns:
        fail("[columns]", '"name" is missing; without "key" the key is made from the name')


def _check_touchpoints(mapping: ImportMapping) -> None:
    _check_departments(mapping)
    if not mapping.has("department"):
        fail("[columns]", '"department" is missing; name it here or in [defaults]')


DEPARTMENTS: Final = ImportKind(
    name="departments",
    columns=("key", "name", "parent"),
    defaults=("parent",),
    create=(),
    check=_check_departments,
)
TOUCHPOINTS: Final = ImportKind(
    name="touchpoints",
    columns=("key", "name", "department", "stage", "channel"),
    defaults=("department", "stage", "channel"),
    create=("departments",),
    check=_check_touchpoints,
)


class Editor(Protocol):
    """What takes the rows of a file: the directory or, in a dry run, a rehearsal."""

    async def upsert_departments(
        self, who: Viewer, items: Sequence[DepartmentItem], /
    ) -> Sequence[ItemOutcome]: ...

    async def upsert_touchpoints(
        self, who: Viewer, items: Sequence[TouchpointItem], /
    ) -> Sequence[ItemOutcome]: ...


async def plan_departments(job: Job, viewer: Viewer, editor: Editor) -> Plan[DepartmentItem]:
    """The whole list is read first, since parents may stand below their children."""
    if job.file.rows > MOST_ROWS:
        raise FileUnreadable(
            f"{job.file.name} has {job.file.rows:,} rows; an organisation has at most {MOST_ROWS:,} departments"
        )
    drafts, refusals = await asyncio.to_thread(read_tree, job.file, job.columns)
    return Plan(
        cut_drafts(drafts, refusals),
        lambda items: _results(editor.upsert_departments(viewer, items)),
        lambda field, _: job.columns.label(field[0]) if field else "",
    )


def plan_touchpoints(
    job: Job,
    viewer: Viewer,
    tree: Tree,
    editor: Editor,
) -> Plan[TouchpointItem]:
    """Departments that are created on the way hang under the root."""
    cells = DepartmentCells[TouchpointItem](
        Known.of(viewer, tree),
        job.columns.label("department"),
        lambda item, key: replace(item, department=key),
        _creator(viewer, tree, editor) if "departments" in job.mapping.create else None,
    )
    return Plan(
        cells.resolve(cut(job.file, lambda row: read_touchpoint(job.columns, row))),
        lambda items: _results(editor.upsert_touchpoints(viewer, items)),
        lambda field, _: job.columns.label(field[0]) if field else "",
        created_departments=cells.created,
    )


def _creator(viewer: Viewer, tree: Tree, editor: Editor) -> Create:
    async def create(new: Mapping[str, str]) -> Mapping[str, NotMade]:
        root = tree.departments[tree.root_id].key
        if not may(viewer, Action.READ_DIRECTORY, tree.root_id, tree):
            raise Denied("the token may not see the root department, so it cannot create others")
        items = [DepartmentItem(key, name, root) for key, name in new.items()]
        outcomes = await editor.upsert_departments(viewer, items)
        return {
            item.key: NotMade(outcome.refusal.reason, outcome.refusal.message)
            for item, outcome in zip(items, outcomes, strict=True)
            if outcome.refusal is not None
        }

    return create


def read_department(columns: SheetColumns, row: Row) -> DepartmentItem:
    """One row; without a key column the key is made from the name."""
    key, name = _key_and_name(columns, row)
    parent = columns.cell(row, "parent")
    if parent == key and parent == columns.constants.get("parent"):
        parent = None  # the department every other one hangs under
    return DepartmentItem(key, name, parent)


def read_touchpoint(columns: SheetColumns, row: Row) -> TouchpointItem:
    """As read_department; the department is the cell as it stands."""
    key, name = _key_and_name(columns, row)
    department = columns.needed(row, "department")
    stage, channel = columns.cell(row, "stage"), columns.cell(row, "channel")
    return TouchpointItem(key, name, department, stage or "", channel or "", None)


def _key_and_name(columns: SheetColumns, row: Row) -> tuple[str, str]:
    columns.check_width(row)
    name = columns.needed(row, "name")
    if "key" in columns.fields:
        return columns.needed(row, "key"), name
    return needed_key(name, columns.label("name")), name


def read_tree(
    rows: Iterable[Row], columns: SheetColumns
) -> tuple[list[Draft[DepartmentItem]], list[Refusal]]:
    """A whole file, parents before children; a key used twice and a circle are refused."""
    drafts: list[Draft[DepartmentItem]] = []
    refusals: list[Refusal] = []
    first: dict[str, Draft[DepartmentItem]] = {}
    for row in rows:
        try:
            draft = Draft(row.number, read_department(columns, row))
            _check_repeat(columns, first.setdefault(draft.item.key, draft), draft)
            drafts.append(draft)
        except CellRefused as error:
            refusals.append(refuse_row(row.number, error))
    depth = depths({key: draft.item.parent for key, draft in first.items()})
    ordered: list[tuple[int, Draft[DepartmentItem]]] = []
    for draft in drafts:
        level = depth[draft.item.key]
        if level is None:
            refusals.append(refuse_row(draft.row, _circle(columns, draft.item.key)))
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


async def _results(outcomes: Awaitable[Sequence[ItemOutcome]]) -> Sequence[ItemResult]:
    return item_results(await outcomes)


def _check_repeat(
    columns: SheetColumns, first: Draft[DepartmentItem], draft: Draft[DepartmentItem]
) -> None:
    if first.item == draft.item:
        return
    column = columns.label("key") or columns.label("name")
    message = f"row {first.row} gives the key {quote(first.item.key)} to another department"
    raise CellRefused(column, "KEY_COLLISION", message)


def _circle(columns: SheetColumns, key: str) -> CellRefused:
    message = f"following the parents of {quote(key)} leads round in a circle"
    return CellRefused(columns.label("parent"), "CYCLE", message)
