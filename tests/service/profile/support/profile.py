"""Profile behind its real gRPC server, with a clock that tests set."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from google.protobuf.message import Message

from cxm.batch.v1 import batch_pb2 as batch
from cxm.profile.v1 import profile_pb2 as pb
from services.kit.clock import day_number
from services.kit.db.database import Database
from services.kit.events.outbox import Outbox
from services.kit.rpc.servicing import Metadata
from tests.conftest import Identities

if TYPE_CHECKING:
    from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceAsyncStub

TODAY = date(2026, 5, 4)
DAY = day_number(TODAY)


@dataclass
class SettableClock:
    """A clock that shows noon of a day until it is set to another."""

    at: datetime = field(default=datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)


@dataclass
class Profile:
    """One organisation, asked as an admin unless the test says otherwise."""

    stub: "DirectoryServiceAsyncStub"
    database: Database
    outbox: Outbox
    watch: SettableClock
    identities: Identities

    def bearer(self, role: str = "admin", department: str | None = None, **days: date) -> Metadata:
        return self.identities.bearer("profile", role, department, **days)

    async def upsert(
        self, *items: tuple[str, str | None], bearer: Metadata | None = None
    ) -> list[batch.ItemResult]:
        """Upsert departments given as (key, parent); each is named after its key."""
        request = pb.UpsertDepartmentsRequest(
            items=[pb.DepartmentItem(key=k, name=k.title() or "?", parent=p) for k, p in items]
        )
        reply = await self.stub.UpsertDepartments(request, metadata=bearer or self.bearer())
        return list(reply.results)

    async def move(self, key: str, parent: str, from_day: int = DAY) -> pb.Department:
        request = pb.MoveDepartmentRequest(department=key, parent=parent, from_day=from_day)
        return (await self.stub.MoveDepartment(request, metadata=self.bearer())).department

    async def upsert_touchpoints(
        self, *items: pb.TouchpointItem, bearer: Metadata | None = None
    ) -> list[batch.ItemResult]:
        request = pb.UpsertTouchpointsRequest(items=items)
        reply = await self.stub.UpsertTouchpoints(request, metadata=bearer or self.bearer())
        return list(reply.results)

    async def department(self, key: str) -> pb.Department:
        request = pb.BatchGetDepartmentsRequest(keys=[key])
        reply = await self.stub.BatchGetDepartments(request, metadata=self.bearer())
        [department] = reply.departments
        return department

    async def touchpoint(self, key: str) -> pb.Touchpoint:
        request = pb.BatchGetTouchpointsRequest(keys=[key])
        reply = await self.stub.BatchGetTouchpoints(request, metadata=self.bearer())
        [touchpoint] = reply.touchpoints
        return touchpoint

    async def places(self, key: str) -> list[tuple[str | None, int | None, int | None]]:
        """Where a department hangs: (key of the parent, first day, end), days counted from today."""
        department = await self.department(key)
        request = pb.BatchGetDepartmentsRequest(ids=[p.parent_id for p in department.placements])
        reply = await self.stub.BatchGetDepartments(request, metadata=self.bearer())
        keys = {parent.id: parent.key for parent in reply.departments}
        return [
            (
                keys.get(place.parent_id),
                place.from_day - DAY if place.HasField("from_day") else None,
                place.to_day - DAY if place.HasField("to_day") else None,
            )
            for place in department.placements
        ]

    async def announced(self, kind: type[Message]) -> list[Message]:
        """The facts that wait in the outbox, oldest first; it is emptied."""
        rows = await self.database.pool.fetch("DELETE FROM outbox RETURNING id, payload")
        return [kind.FromString(row["payload"]) for row in sorted(rows, key=lambda r: r["id"])]


OpenProfile = Callable[[Database], Awaitable[Profile]]
