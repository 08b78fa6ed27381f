"""Files of results that were measured elsewhere: judged as a whole, stored wave by wave."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from cxm.batch.v1.batch_pb2 import ItemResult
from services.employee_exp.releases.domain.measured.items import Measure, is_told_less
from services.employee_exp.releases.domain.measured.judging import find_measure
from services.employee_exp.releases.measured.measured_rows import (
    MeasuredReader,
    MeasuredRow,
    check_fields,
)
from services.employee_exp.releases.measured.whole_waves import (
    MOST_ROWS,
    JudgedBy,
    MeasuredWave,
    WholeWaves,
)
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Conflict
from services.kit.imports.batches import Batch, cut
from services.kit.imports.departments.cells import DepartmentCells
from services.kit.imports.departments.known import Known
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.format.remarks import Counted
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.row_batches import Plan
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.kit.rpc.item_results import item_results

WAVE: Final = ImportKind(
    name="wave",
    columns=(
        "wave",
        "name",
        "opened_on",
        "closed_on",
        "department",
        "item",
        "n",
        "value",
        "low",
        "high",
    ),
    defaults=("wave", "name", "opened_on", "closed_on"),
    create=(),
    moments=("opened_on", "closed_on"),
    check=check_fields,
)
NEAR_AN_END: Final = "VALUE_NEAR_AN_END"
LESS_NEAR: Final = Counted(
    "value is nearer to an end of its scale than is told of employees, and is told less near",
    "values are nearer to an end of their scale than is told of employees, and are told less near",
)


class Publish(Protocol):
    """The use case: release a wave, True; False where it was released so already. Conflict where otherwise."""

    async def __call__(self, wave: MeasuredWave, *, dry_run: bool) -> bool: ...


def plan_wave(
    job: Job,
    viewer: Viewer,
    directory: DirectoryCopy,
    judged_by: JudgedBy,
    publish: Publish,
) -> Plan[MeasuredRow]:
    """FileUnreadable for more rows than are held in memory."""
    if job.file.rows > MOST_ROWS:
        raise FileUnreadable(
            f"the file has {job.file.rows:,} rows; at most {MOST_ROWS:,} can be: cut it between waves"
        )
    tree = directory.tree
    reader = MeasuredReader(job.mapping, job.columns, job.calendar(tree.zone))
    whole = WholeWaves(reader, judged_by)
    known = Known.of(viewer, tree)
    cells = DepartmentCells[MeasuredRow](
        known,
        job.columns.label("department"),
        lambda row, key: replace(row, department=key),
        None,
        remarks=job.remarks,
        can_create=False,
    )

    async def results(items: Sequence[MeasuredRow]) -> Sequence[ItemResult]:
        try:
            stored = await publish(whole.waves[items[0].wave], dry_run=job.dry_run)
        except Conflict as refused:
            return item_results([ItemOutcome(refusal=refused)] * len(items))
        return item_results([ItemOutcome(is_changed=stored)] * len(items))

    resolved = cells.resolve(cut(job.file, whole.read))
    batches = _looked_at(whole.gather(resolved), judged_by.questions, job)
    return Plan(batches, results, reader.column_of)


async def _looked_at(
    batches: AsyncIterator[Batch[MeasuredRow]], questions: Mapping[str, Measure], job: Job
) -> AsyncIterator[Batch[MeasuredRow]]:
    """The batches; a remark at their end where values are not told as they were measured."""
    near = 0
    async for batch in batches:
        rows = (draft.item for draft in batch.drafts)
        near += sum(is_told_less(find_measure(r.item, questions), r.measured) for r in rows)
        yield batch
    if near:
        job.remarks.add(NEAR_AN_END, LESS_NEAR, near)
