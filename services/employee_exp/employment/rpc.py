"""Door 1: employment over gRPC."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from cxm.employee_exp.v1.employee_exp_pb2_grpc import (
    EmployeeServiceServicer,
    add_EmployeeServiceServicer_to_server,
)
from cxm.employee_exp.v1.events_pb2 import EmployeeJoined, EmployeeLeft
from services.employee_exp.employment.domain.upserts import (
    Change,
    Outcome,
    Upserted,
    upsert_stints,
    well_formed,
)
from services.employee_exp.employment import convert, storage
from services.employee_exp.employment.domain.employment import StintItem, is_joining, is_leaving
from services.employee_exp.employment.importing import plan_employees
from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.directory import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.events.streams import EMPLOYEE_JOINED, EMPLOYEE_LEFT
from services.kit.imports.running import Imports, Job
from services.kit.imports.storing import Plan
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer
from services.kit.rpc.door import Context, check_count, viewer
from services.kit.rpc.needs import Scope, needs
from services.kit.service import Shared

LARGEST_CALL = 1_000


class EmployeeRpc(EmployeeServiceServicer):
    """Departments are asked of the own copy of the directory, and of profile where it lacks them."""

    def __init__(self, database: Database, outbox: Outbox, directory: DirectoryCopy) -> None:
        self.database = database
        self.outbox = outbox
        self.directory = directory
        self.imports = Imports()

    @needs(Action.WRITE_EMPLOYEES, Scope.ANY_DEPARTMENT)
    async def UpsertEmployees(
        self, request: pb.UpsertEmployeesRequest, context: Context
    ) -> pb.UpsertEmployeesResponse:
        """Rights are asked for each item. Unavailable if a department is not known and profile is away."""
        check_count(len(request.items), largest=LARGEST_CALL, what="stints")
        items = [convert.stint_item(item) for item in request.items]
        outcomes = await self.upsert(viewer(context), items)
        return pb.UpsertEmployeesResponse(results=convert.results(outcomes))

    @needs(Action.WRITE_EMPLOYEES, Scope.ANY_DEPARTMENT)
    async def ImportEmployees(
        self, request: AsyncIterator[pb.ImportEmployeesRequest], context: Context
    ) -> AsyncIterator[pb.ImportEmployeesResponse]:
        """Each batch in a transaction of its own."""
        who = viewer(context)

        async def prepare(job: Job) -> Plan[StintItem]:
            await self.directory.catch_up()
            store = self.rehearse if job.dry_run else self.upsert
            return plan_employees(job, who, self.directory, store)

        parts = (message.part async for message in request)
        async for progress in self.imports.run("employees", parts, prepare):
            yield pb.ImportEmployeesResponse(progress=progress)

    async def upsert(self, who: Viewer, items: Sequence[StintItem]) -> Sequence[Outcome]:
        """In one transaction."""
        employees = await self._employees(items)
        with reaching("employments"):
            upserted = await self._upsert(items, employees, who)
        return upserted.outcomes

    async def rehearse(self, who: Viewer, items: Sequence[StintItem]) -> Sequence[Outcome]:
        """What upserting them would come to; nothing is stored."""
        employees = await self._employees(items)
        with reaching("employments"):
            async with self.database.write() as session:
                known = await storage.find_employments(session, employees)
        return upsert_stints(self.directory.tree, known, items, who, new_id).outcomes

    async def _employees(self, items: Sequence[StintItem]) -> set[str]:
        """External ids; the departments of the items are known after it, where they exist."""
        found, _ = well_formed(items, self.directory.tree.today_number)
        await self.directory.know_departments({item.department for item in found.values()})
        return {item.employee for item in found.values()}

    async def _upsert(
        self, items: Sequence[StintItem], employees: Collection[str], who: Viewer
    ) -> Upserted:
        """Store and announce what changes, in one transaction that alone changes employments."""
        async with self.database.write.begin() as session:
            await storage.lock_employments(session)
            known = await storage.find_employments(session, employees)
            upserted = upsert_stints(self.directory.tree, known, items, who, new_id)
            if upserted.changes:
                after = {name: change.after for name, change in upserted.changes.items()}
                await storage.put_employments(session, after)
                await self._announce(session, upserted.changes.values())
        return upserted

    async def _announce(self, session: AsyncSession, changes: Iterable[Change]) -> None:
        joined: list[EmployeeJoined] = []
        left: list[EmployeeLeft] = []
        for change in changes:
            before = change.before.stints if change.before else ()
            employment = convert.employment(change.after)
            if is_joining(before, change.after.stints):
                joined.append(EmployeeJoined(employment=employment))
            if is_leaving(before, change.after.stints):
                left.append(EmployeeLeft(employment=employment))
        await self.outbox.announce(session, EMPLOYEE_JOINED, *joined)
        await self.outbox.announce(session, EMPLOYEE_LEFT, *left)


async def wire(process: Process, shared: Shared) -> None:
    """Answer cxm.employee_exp.v1.EmployeeService."""
    process.serve(
        "cxm.employee_exp.v1.EmployeeService",
        add_EmployeeServiceServicer_to_server,
        EmployeeRpc(shared.database, shared.outbox, shared.directory),
    )
