"""Files of employees: their stints into the use case, batch by batch."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from cxm.batch.v1.batch_pb2 import ImportDifference, ItemResult
from services.employee_exp.employment import convert
from services.employee_exp.employment.domain.employment import StintItem
from services.employee_exp.employment.domain.upserts import EmploymentChange
from services.employee_exp.employment.row_names import NamedStint, StintNames
from services.employee_exp.employment.stint_rows import ATTRIBUTE, EmployeeReader, check_fields
from services.employee_exp.employment.whole_employees import MOST_ROWS, WholeEmployees
from services.kit.clock import day_number
from services.kit.directory.copy import DirectoryCopy
from services.kit.imports.batches import Batch, cut
from services.kit.imports.departments.cells import DepartmentCells, rehearsed
from services.kit.imports.departments.creating import creator
from services.kit.imports.departments.known import Known
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.format.remarks import Counted
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.row_batches import Plan
from services.kit.imports.sections import fail
from services.kit.items import ItemOutcome, Upserted
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
        "email",
        "language",
        "subject",
    ),
    families=(ATTRIBUTE,),
    defaults=("department", "observed_on"),
    create=("departments",),
    moments=("observed_on",),
    check=check_fields,
    can_replace=True,
)

RENEWED: Final = (
    "one day before the next one of the same employee begins, so each is a leaving: if the column has the last day"
    " worked, map it as last_day in the place of left_on"
)
LAST_DAY_AS_LEFT_ON: Final = Counted(f"stint ends {RENEWED}", f"stints end {RENEWED}")


REMOVED: Final = {
    False: Counted(
        "stint that the file does not have was removed, of the employees it names",
        "stints that the file does not have were removed, of the employees it names",
    ),
    True: Counted(
        "stint that the file does not have would be removed, of the employees it names",
        "stints that the file does not have would be removed, of the employees it names",
    ),
}


class Replace(Protocol):
    """The use case: items become all that is known of their employees."""

    async def __call__(
        self, who: Viewer, items: Sequence[StintItem], *, dry_run: bool
    ) -> Upserted[EmploymentChange]: ...


COUNTED_SECONDS: Final = 60.0
COUNTED: Final = Counted(
    "stint is stored and counted: turnover is that of the whole file",
    "stints are stored and counted: turnover is that of the whole file",
)
NOT_COUNTED: Final = Counted(
    "stint is stored and not counted yet: turnover is COUNTING and has no value until it is",
    "stints are stored, not all counted yet: turnover is COUNTING and has no value until they are",
)
Heard = Callable[[float], Awaitable[bool]]
"""Whether all that is announced was applied by all who hear it, within so many seconds."""


async def tell_when_counted(job: Job, heard: Heard | None, stored: int) -> None:
    """Wait until metrics has counted what was stored, and say so; where it takes long, that it is not so yet."""
    if heard is None or not stored:
        return
    is_counted = await heard(COUNTED_SECONDS)
    reason, message = ("COUNTED", COUNTED) if is_counted else ("NOT_COUNTED_YET", NOT_COUNTED)
    job.remarks.add(reason, message, stored)


def plan_employees(
    job: Job,
    viewer: Viewer,
    directory: DirectoryCopy,
    store: Callable[[Viewer, Sequence[StintItem]], Awaitable[Sequence[ItemOutcome]]],
) -> Plan[StintItem]:
    """Departments that are created on the way are asked of profile."""
    reader = EmployeeReader(job.mapping, job.columns, job.calendar(directory.tree.zone))
    cells = _department_cells(job, viewer, directory)

    async def results(items: Sequence[StintItem]) -> Sequence[ItemResult]:
        return item_results(await store(viewer, items))

    batches = _looked_at(cells.resolve(cut(job.file, reader.read)), reader, job)
    return Plan(batches, results, reader.column_of, created_departments=cells.created)


def plan_unnamed(
    job: Job,
    viewer: Viewer,
    directory: DirectoryCopy,
    store: Callable[[Viewer, Sequence[NamedStint]], Awaitable[Sequence[ItemOutcome]]],
) -> Plan[NamedStint]:
    """Rows without ids: each is an employee, known by what its cells mean."""
    reader = EmployeeReader(job.mapping, job.columns, job.calendar(directory.tree.zone))
    cells = _department_cells(job, viewer, directory)
    observed = reader.observed_on
    names = StintNames(None if observed is None else day_number(observed))

    async def results(rows: Sequence[NamedStint]) -> Sequence[ItemResult]:
        return item_results(await store(viewer, rows))

    return Plan(
        names.name(cells.resolve(cut(job.file, reader.read))),
        results,
        lambda field, row: reader.column_of(field, row.stint),
        created_departments=cells.created,
    )


def plan_replacing(
    job: Job, viewer: Viewer, directory: DirectoryCopy, replace_all: Replace
) -> Plan[StintItem]:
    """The file is the truth for the employees it names: all of it is read before the first of them is replaced.

    MappingInvalid without a column of ids, FileUnreadable for more rows than are held in memory.
    """
    _check_replacing(job)
    reader = EmployeeReader(job.mapping, job.columns, job.calendar(directory.tree.zone))
    cells, whole = _department_cells(job, viewer, directory), WholeEmployees(reader)
    differences: list[ImportDifference] = []

    async def results(items: Sequence[StintItem]) -> Sequence[ItemResult]:
        replaced = await replace_all(viewer, items, dry_run=job.dry_run)
        differences.extend(
            convert.difference(change, directory.tree)
            for change in replaced.changed
            if change.before is not None
        )
        removed = sum(len(change.removed) for change in replaced.changed)
        if removed:
            job.remarks.add("STINTS_REMOVED", REMOVED[job.dry_run], removed)
        return item_results(replaced.outcomes)

    resolved = cells.resolve(whole.note(cut(job.file, whole.read)))
    batches = _looked_at(whole.gather(resolved), reader, job)
    return Plan(
        batches,
        results,
        reader.column_of,
        created_departments=cells.created,
        differences=differences,
    )


def _check_replacing(job: Job) -> None:
    if "id" not in job.columns.fields:
        fail("[columns]", '"id" is missing: what is replaced is known by it')
    if job.file.rows > MOST_ROWS:
        raise FileUnreadable(
            f"the file has {job.file.rows:,} rows; with --replace at most {MOST_ROWS:,} can be:"
            " cut it so that the rows of one employee stay together"
        )


def _department_cells(
    job: Job, viewer: Viewer, directory: DirectoryCopy
) -> DepartmentCells[StintItem]:
    tree, dry_run = directory.tree, job.dry_run
    maker = rehearsed if dry_run else creator(directory, viewer)
    known = Known.of(viewer, tree)
    known.keep_totals(job.file.totals)
    return DepartmentCells[StintItem](
        known,
        job.columns.label("department"),
        lambda item, key: replace(item, department=key),
        maker if "departments" in job.mapping.create else None,
        tree.departments[tree.root_id].key if dry_run else None,
        remarks=job.remarks,
    )


async def _looked_at(
    batches: AsyncIterator[Batch[StintItem]], reader: EmployeeReader, job: Job
) -> AsyncIterator[Batch[StintItem]]:
    """The batches; a remark at their end where leaving days seem to be last days worked."""
    async for batch in batches:
        yield batch
    if renewed := reader.last_days.count():
        job.remarks.add("LAST_DAY_AS_LEFT_ON", LAST_DAY_AS_LEFT_ON, renewed)
