"""cxm.employee_exp.v1.EmployeeService."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from cxm.employee_exp.v1.employee_exp_pb2_grpc import (
    EmployeeServiceServicer,
    add_EmployeeServiceServicer_to_server,
)
from services.employee_exp.employment import convert
from services.employee_exp.employment.announcing import Whole
from services.employee_exp.employment.correcting import EmploymentCorrector
from services.employee_exp.employment.details.erasing import EmployeeEraser, Forget
from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.domain.employment import StintItem
from services.employee_exp.employment.editing import EmploymentEditor, Rehearsal
from services.employee_exp.employment.importing import (
    EMPLOYEES,
    Heard,
    plan_employees,
    plan_replacing,
    plan_unnamed,
    tell_when_counted,
)
from services.employee_exp.employment.row_ids import EmployeeRowIds, Store
from services.employee_exp.employment.row_names import NamedStint
from services.kit.events.hearing import Hearing
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, viewer
from services.kit.service import Shared

LARGEST_CALL = 1_000


class EmployeeRpc(EmployeeServiceServicer):
    """Takes stints, one call or one file at a time."""

    def __init__(
        self,
        editor: EmploymentEditor,
        row_ids: EmployeeRowIds,
        imports: Imports | None = None,
        heard: Heard | None = None,
        forget: Sequence[Forget] = (),
    ) -> None:
        self.editor = editor
        self.row_ids = row_ids
        self.directory = editor.directory
        self.corrector = EmploymentCorrector(editor)
        self.eraser = EmployeeEraser(editor.database, editor.directory, forget)
        self.imports = imports or Imports()
        self.heard = heard

    @needs(Action.WRITE_EMPLOYEES, Scope.ANY_DEPARTMENT)
    async def UpsertEmployees(
        self, request: pb.UpsertEmployeesRequest, context: Context
    ) -> pb.UpsertEmployeesResponse:
        """Invalid unless there are 1 to 1,000 items."""
        check_count(len(request.items), largest=LARGEST_CALL, what="stints")
        items = [convert.stint_item(item) for item in request.items]
        outcomes = await self.editor.upsert(viewer(context), items)
        return pb.UpsertEmployeesResponse(results=item_results(outcomes))

    @needs(Action.WRITE_EMPLOYEES, Scope.ANY_DEPARTMENT)
    async def CorrectStint(
        self, request: pb.CorrectStintRequest, context: Context
    ) -> pb.CorrectStintResponse:
        """Own ones, or any with the right to correct."""
        item = convert.stint_item(request.stint)
        changed = await self.corrector.correct(viewer(context), request.started_day, item)
        return pb.CorrectStintResponse(changed=changed)

    @needs(Action.WRITE_EMPLOYEES, Scope.ANY_DEPARTMENT)
    async def RemoveStint(
        self, request: pb.RemoveStintRequest, context: Context
    ) -> pb.RemoveStintResponse:
        """Own ones, or any with the right to correct."""
        employee = convert.employee_id(request.employee)
        changed = await self.corrector.remove(viewer(context), employee, request.started_day)
        return pb.RemoveStintResponse(changed=changed)

    @needs(Action.WRITE_EMPLOYEES, Scope.ANY_DEPARTMENT)
    async def SetEmployeeDetails(
        self, request: pb.SetEmployeeDetailsRequest, context: Context
    ) -> pb.SetEmployeeDetailsResponse:
        """Invalid unless there are 1 to 1,000 items."""
        check_count(len(request.items), largest=LARGEST_CALL, what="employees")
        items = [convert.details_item(item) for item in request.items]
        outcomes = await self.editor.details.set(viewer(context), items)
        return pb.SetEmployeeDetailsResponse(results=item_results(outcomes))

    @needs(Action.ERASE_EMPLOYEES, Scope.ORGANISATION)
    async def EraseEmployee(
        self, request: pb.EraseEmployeeRequest, context: Context
    ) -> pb.EraseEmployeeResponse:
        """The same call again finds nobody: UNKNOWN_EMPLOYEE."""
        employee = convert.employee_id(request.employee)
        await self.eraser.erase(viewer(context), employee)
        return pb.EraseEmployeeResponse(erased=True)

    @needs(Action.WRITE_EMPLOYEES, Scope.ANY_DEPARTMENT)
    async def ImportEmployees(
        self, request: AsyncIterator[pb.ImportEmployeesRequest], context: Context
    ) -> AsyncIterator[pb.ImportEmployeesResponse]:
        """Each batch in a transaction of its own; until the last one is counted, turnover is not shown."""
        who, whole = viewer(context), Whole()
        end = partial(self.editor.announcer.end, whole)

        async def prepare(job: Job) -> Plan[Any]:
            await self.directory.catch_up()
            plan: Plan[Any] = self._plan(job, who, whole)

            async def finish(stored: int) -> None:
                await end()
                await tell_when_counted(job, self.heard, stored)

            if not job.dry_run:
                plan.finish = finish
            return plan

        parts = (message.part async for message in request)
        try:
            async for progress in self.imports.run(EMPLOYEES, parts, prepare, who.subject):
                yield pb.ImportEmployeesResponse(progress=progress)
        finally:
            await end()  # of an import that was cut short

    def _plan(self, job: Job, who: Viewer, whole: Whole) -> Plan[StintItem] | Plan[NamedStint]:
        if job.replace:
            replace = partial(self.corrector.replace, whole=whole)
            return plan_replacing(job, who, self.directory, replace)
        store: Store = partial(self.editor.upsert, whole=whole)
        if job.dry_run:
            store = Rehearsal(self.editor).upsert
        if "id" not in job.columns.fields:
            return plan_unnamed(job, who, self.directory, self.row_ids.before(store))
        return plan_employees(job, who, self.directory, store)


@dataclass(frozen=True, slots=True)
class EmploymentKeys:
    """`imports`: makes external ids of rows that have none. `seal`: seals details."""

    imports: bytes
    seal: bytes


def wire(
    process: Process,
    shared: Shared,
    imports: Imports,
    keys: EmploymentKeys,
    forget: Sequence[Forget] = (),
) -> None:
    """Answer cxm.employee_exp.v1.EmployeeService. `forget`: what other nouns do when an employee is erased."""
    sealed = SealedDetails(keys.seal)
    editor = EmploymentEditor(shared.database, shared.outbox, shared.directory, sealed)
    shared.restore(editor.announce_all)
    hearing = Hearing(shared.database.pool, shared.client.jetstream(), "EMPLOYEE_EXP")
    process.serve(
        "cxm.employee_exp.v1.EmployeeService",
        add_EmployeeServiceServicer_to_server,
        EmployeeRpc(
            editor, EmployeeRowIds(shared.database, keys.imports), imports, hearing.wait, forget
        ),
    )
