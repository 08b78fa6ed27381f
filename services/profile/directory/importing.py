"""Files of departments and touchpoints: rows into items, parents first, and what is known before storing."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.errors import Denied
from services.kit.imports.batches import cut, cut_drafts
from services.kit.imports.cells import SheetColumns
from services.kit.imports.departments.cells import Create, DepartmentCells, NotMade
from services.kit.imports.departments.known import Known
from services.kit.imports.format.records import FileUnreadable, Row
from services.kit.imports.format.remarks import Counted
from services.kit.imports.identity import as_key, key_of, needed_key
from services.kit.imports.import_job import Job, remark_sight
from services.kit.imports.mapping import ImportKind
from services.kit.imports.mapping import Mapping as ImportMapping
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import fail
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Viewer, may, visible_departments
from services.kit.rights.tree import Tree
from services.kit.rpc.item_results import item_results
from services.profile.directory.chart import ChartColumns, read_chart
from services.profile.directory.domain.departments import MOST_DEPARTMENTS, DepartmentItem
from services.profile.directory.domain.organization import STAGE_KEYS
from services.profile.directory.domain.touchpoints import TouchpointItem

UNSEEN_KEYS: Final = Counted(
    "row is tried by what you see: if its key is in use elsewhere, it is refused when it is stored, and needs another",
    "rows are tried by what you see: those whose keys are in use elsewhere are refused when they are stored, and need"
    " others",
)
COLUMNS: Final = {
    "from_day": "closed_from",
    "merge_into": "merged_into",
    "department": "closed_from",
}
"""Of fields of a closing."""
MOST_ROWS: Final = MOST_DEPARTMENTS


def _check_departments(mapping: ImportMapping) -> None:
    if "name" not in mapping.columns:
        fail("[columns]", '"name" is missing; without "key" the key is made from the name')
    if "merged_into" in mapping.columns and "closed_from" not in mapping.columns:
        fail(
            "[columns]",
            '"merged_into" needs "closed_from": the first day of the department it is merged into',
        )


def _check_touchpoints(mapping: ImportMapping) -> None:
    _check_departments(mapping)
    if not mapping.has("department"):
        fail("[columns]", '"department" is missing; name it here or in [defaults]')


DEPARTMENTS: Final = ImportKind(
    name="departments",
    columns=("key", "name", "parent", "closed_from", "merged_into"),
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


async def plan_departments(
    job: Job, viewer: Viewer, tree: Tree, editor: Editor
) -> Plan[DepartmentItem]:
    """The whole list is read first, since parents may stand below their children."""
    if job.file.rows > MOST_ROWS:
        raise FileUnreadable(
            f"{job.file.name} has {job.file.rows:,} rows; an organisation has at most {MOST_ROWS:,} departments"
        )
    known, parents = Known.of(viewer, tree), _parents(viewer, tree)
    known.keep_totals(job.file.totals)
    remark_sight(job, viewer, tree, UNSEEN_KEYS)
    where = ChartColumns(job.columns, known, parents, job.calendar(tree.zone), job.remarks)
    drafts, refusals = await asyncio.to_thread(read_chart, job.file, where)
    return Plan(
        cut_drafts(drafts, refusals),
        lambda items: _results(editor.upsert_departments(viewer, items)),
        lambda field, _: job.columns.label(COLUMNS.get(field[0], field[0])) if field else "",
    )


def plan_touchpoints(
    job: Job,
    viewer: Viewer,
    tree: Tree,
    editor: Editor,
) -> Plan[TouchpointItem]:
    """Departments that are created on the way hang under the root."""
    known = Known.of(viewer, tree)
    known.keep_totals(job.file.totals)
    remark_sight(job, viewer, tree, UNSEEN_KEYS)
    cells = DepartmentCells[TouchpointItem](
        known,
        job.columns.label("department"),
        lambda item, key: replace(item, department=key),
        _creator(viewer, tree, editor) if "departments" in job.mapping.create else None,
        remarks=job.remarks,
    )
    return Plan(
        cells.resolve(cut(job.file, lambda row: read_touchpoint(job.columns, row))),
        lambda items: _results(editor.upsert_touchpoints(viewer, items)),
        lambda field, _: job.columns.label(field[0]) if field else "",
        created_departments=cells.created,
    )


def _parents(viewer: Viewer, tree: Tree) -> dict[str, str]:
    """Keys of the departments that the viewer sees with their parents, and those of the parents."""
    seen = visible_departments(viewer, Action.READ_DIRECTORY, tree)
    found = ((d, tree.parent_on(d, tree.today_number)) for d in seen)
    keys = tree.departments
    return {keys[d].key: keys[parent].key for d, parent in found if parent in seen and parent}


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


def read_touchpoint(columns: SheetColumns, row: Row) -> TouchpointItem:
    """One row; without a key column the key is made from the name. The department is the cell as it stands."""
    columns.check_width(row)
    name = columns.needed(row, "name")
    if "key" in columns.fields:
        key = as_key(columns.needed(row, "key"), columns.label("key"))
    else:
        key = needed_key(name, columns.label("name"))
    department = columns.needed(row, "department")
    stage, channel = columns.cell(row, "stage") or "", columns.cell(row, "channel") or ""
    stage = key_of(stage) if key_of(stage) in STAGE_KEYS else stage
    return TouchpointItem(key, name, department, stage, channel, None)


async def _results(outcomes: Awaitable[Sequence[ItemOutcome]]) -> Sequence[ItemResult]:
    return item_results(await outcomes)
