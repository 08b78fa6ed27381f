"""Employee experience behind its real gRPC server, beside a real directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from cxm.batch.v1 import batch_pb2 as batch
from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from cxm.employee_exp.v1.events_pb2 import Employment, EmploymentsChanged
from cxm.profile.v1 import profile_pb2
from services.kit.clock import day_number
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.events.streams import EMPLOYMENTS_CHANGED
from services.kit.rpc.servicing import Metadata
from tests.conftest import Identities
from tests.support.database import WholeDatabase

if TYPE_CHECKING:
    from cxm.employee_exp.v1.employee_exp_pb2_grpc import EmployeeServiceAsyncStub
    from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceAsyncStub

TODAY = date(2026, 5, 4)
DAY = day_number(TODAY)

Item = tuple[str, str, int, int | None]
"""Employee, department, first day and leaving day, both counted from today."""


def noon() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@dataclass
class Employees:
    """The service, asked as an admin unless the test says otherwise, and the directory it copies."""

    stub: "EmployeeServiceAsyncStub"
    profile: "DirectoryServiceAsyncStub"
    database: WholeDatabase
    directory: DirectoryCopy
    identities: Identities
    profile_outbox: Outbox

    def bearer(self, role: str = "admin", department: str | None = None) -> Metadata:
        return self.identities.bearer("employee_exp", role, department)

    async def upsert(
        self, *items: Item, bearer: Metadata | None = None
    ) -> Sequence[batch.ItemResult]:
        stints = [
            pb.StintItem(
                employee=employee,
                department=department,
                started_day=DAY + started,
                left_day=None if left is None else DAY + left,
            )
            for employee, department, started, left in items
        ]
        request = pb.UpsertEmployeesRequest(items=stints)
        reply = await self.stub.UpsertEmployees(request, metadata=bearer or self.bearer())
        return reply.results

    async def fates(self, *items: Item, bearer: Metadata | None = None) -> list[str]:
        """STORED, ALREADY_STORED or the reason of the refusal, for each item."""
        names = {
            batch.ITEM_STATUS_STORED: "STORED",
            batch.ITEM_STATUS_ALREADY_STORED: "ALREADY_STORED",
        }
        results = await self.upsert(*items, bearer=bearer)
        return [names.get(r.status) or r.refusals[0].reason for r in results]

    async def create_departments(self, *keys: str) -> None:
        items = [profile_pb2.DepartmentItem(key=k, name=k.title(), parent="root") for k in keys]
        await self.profile.UpsertDepartments(
            profile_pb2.UpsertDepartmentsRequest(items=items),
            metadata=self.identities.bearer("profile", "admin"),
        )

    async def messages(self) -> list[EmploymentsChanged]:
        """What waits in the outbox, oldest first; it is emptied."""
        rows = await self.database.pool.fetch("DELETE FROM outbox RETURNING id, subject, payload")
        rows.sort(key=lambda row: row["id"])
        assert {row["subject"] for row in rows} <= {EMPLOYMENTS_CHANGED}
        return [EmploymentsChanged.FromString(row["payload"]) for row in rows]

    async def announced(self) -> list[Employment]:
        """The employments in it."""
        return [each for message in await self.messages() for each in message.employments]

    async def stints(self) -> list[tuple[str, int, int | None]]:
        """All stored stints: key of the department, first day and leaving day, counted from today."""
        rows = await self.database.fetch(
            "SELECT department_id::text AS id, lower(valid) - $1 AS s, upper(valid) - $1 AS l"
            " FROM employee_exp_stint ORDER BY lower(valid)",
            TODAY,
        )
        keys = {d.id: d.key for d in self.directory.tree.departments.values()}
        return [(keys[row["id"]], row["s"], row["l"]) for row in rows]


def shown(employment: Employment, employees: Employees) -> list[tuple[str, int, int | None]]:
    """Announced stints as a test writes them, in days counted from today."""
    keys = {d.id: d.key for d in employees.directory.tree.departments.values()}
    return [
        (
            keys[stint.department_id],
            stint.started_day - DAY,
            stint.left_day - DAY if stint.HasField("left_day") else None,
        )
        for stint in employment.stints
    ]
