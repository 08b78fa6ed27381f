"""Files of employees: their stints into the use case, batch by batch."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from cxm.batch.v1.batch_pb2 import ItemResult
from services.employee_exp.employment.domain.employment import StintItem
from services.employee_exp.employment.stint_rows import EmployeeReader, check_fields
from services.kit.directory.copy import DirectoryCopy
from services.kit.imports.batches import Batch, cut
from services.kit.imports.created_on_the_way import creator
from services.kit.imports.departments import DepartmentCells, Known, rehearsed
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.row_batches import Plan
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.kit.rpc.item_results import item_results

EMPLOYEES: Final = ImportKind(
    name="employees",
    columns=(
        "id",
        "department",
        "started_on",
        "left_on",
        "last_day",
        "tenure_months",
        "tenure_years",
        "left",
    ),
    defaults=("department", "observed_on"),
    create=("departments",),
    moments=("observed_on",),
    check=check_fields,
)


LAST_DAY_AS_LEFT_ON: Final = (
    "stints end one day before the next one of the same employee begins, so each is a leaving: if the column has the"
    " last day worked, map it as last_day in the place of left_on"
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
        remarks=job.remarks,
    )

    async def results(items: Sequence[StintItem]) -> Sequence[ItemResult]:
        return item_results(await store(viewer, items))

    batches = _looked_at(cells.resolve(cut(job.file, reader.read)), reader, job)
    return Plan(batches, results, reader.column_of, created_departments=cells.created)


async def _looked_at(
    batches: AsyncIterator[Batch[StintItem]], reader: EmployeeReader, job: Job
) -> AsyncIterator[Batch[StintItem]]:
    """The batches; a remark at their end where leaving days seem to be last days worked."""
    async for batch in batches:
        yield batch
    if renewed := reader.last_days.count():
        job.remarks.add("LAST_DAY_AS_LEFT_ON", LAST_DAY_AS_LEFT_ON, renewed)
