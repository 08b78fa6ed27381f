"""A service's own copy of the directory: fed by events, filled from profile, asked for what it lacks."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import grpc
import structlog
from google.protobuf.message import Message
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.profile.v1 import profile_pb2 as pb
from cxm.profile.v1.events_pb2 import DepartmentChanged, TouchpointChanged
from services.kit import clock
from services.kit.db.database import TROUBLE, Database
from services.kit.errors import Unavailable
from services.kit.events.consumer import Handler
from services.kit.events.streams import DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED
from services.kit.rights.tree import Department, History, Placement, Term, Touchpoint, Tree
from services.kit.rpc.fields import optional
from services.kit.rpc.servicing import READ_SECONDS, ServiceIdentity

if TYPE_CHECKING:
    from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceAsyncStub

DIRECTORY_DDL = """
CREATE TABLE directory_copy (
    id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('department', 'touchpoint')),
    revision bigint NOT NULL,
    state bytea NOT NULL
);
CREATE TABLE directory_state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL,
    time_zone text NOT NULL,
    root_id text NOT NULL
)"""

PUT = text(
    "INSERT INTO directory_copy AS c (id, kind, revision, state) VALUES (:id, :kind, :revision, :state)"
    " ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, state = excluded.state"
    " WHERE c.revision < excluded.revision"
)
# The first statement of every writer: its row lock orders them, so they cannot wait for one another in a circle.
TOUCH = text("UPDATE directory_state SET version = version + 1")
POLL_SECONDS = 1.0
RETRY_SECONDS = 0.3

log = structlog.get_logger()


def department(message: pb.Department) -> Department:
    """A department as the tree knows it."""
    places = tuple(
        Placement(
            parent_id=optional(p, "parent_id"),
            from_day=optional(p, "from_day"),
            to_day=optional(p, "to_day"),
        )
        for p in message.placements
    )
    return Department(message.id, message.key, message.name, message.revision, History(places))


def touchpoint(message: pb.Touchpoint) -> Touchpoint:
    """A touchpoint as the tree knows it."""
    terms = tuple(
        Term(
            department_id=t.department_id,
            stage=t.stage,
            from_day=optional(t, "from_day"),
            to_day=optional(t, "to_day"),
        )
        for t in message.terms
    )
    return Touchpoint(
        message.id, message.key, message.name, message.revision, message.channel, History(terms)
    )


class DirectoryCopy:
    """The copy of one service; `tree` is its latest reading, at most a moment behind profile."""

    def __init__(
        self,
        database: Database,
        profile: "DirectoryServiceAsyncStub",
        identity: ServiceIdentity,
        now: clock.Clock = clock.now,
    ) -> None:
        self.database = database
        self.profile = profile
        self.identity = identity
        self.now = now
        self.changed = asyncio.Event()
        self.version = -1
        self.tree = Tree(ZoneInfo("UTC"), "", {}, {}, now)

    async def start(self) -> None:
        """Load the copy, filling it from profile where there is none yet; waits for profile."""
        await self.refresh()
        while self.version < 0:
            try:
                await self._fill()
            except Unavailable as error:
                log.info("waiting for profile", error=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            await self.refresh()

    async def follow(self) -> None:
        """Keep `tree` at the state of the copy, whichever replica wrote it, until cancelled."""
        while True:
            try:
                async with asyncio.timeout(POLL_SECONDS):
                    await self.changed.wait()
            except TimeoutError:
                pass  # time to look what other replicas copied
            self.changed.clear()
            try:
                await self.refresh()
            except TROUBLE as error:
                log.warning("directory not refreshed", error=type(error).__name__)

    async def read_tree(self) -> Tree:
        """The latest reading; nothing is asked."""
        return self.tree

    async def refresh(self) -> None:
        """Read the copy again if it changed."""
        state = await self.database.pool.fetchrow(
            "SELECT version, time_zone, root_id FROM directory_state"
        )
        if state is None or state["version"] == self.version:
            return
        rows = await self.database.pool.fetch("SELECT kind, state FROM directory_copy")
        departments = [
            department(pb.Department.FromString(row["state"]))
            for row in rows
            if row["kind"] == "department"
        ]
        touchpoints = [
            touchpoint(pb.Touchpoint.FromString(row["state"]))
            for row in rows
            if row["kind"] == "touchpoint"
        ]
        if state["version"] <= self.version:
            return  # somebody read a later state meanwhile
        self.tree = Tree(
            ZoneInfo(state["time_zone"]),
            state["root_id"],
            {d.id: d for d in departments},
            {t.id: t for t in touchpoints},
            self.now,
        )
        self.version = state["version"]

    def handlers(self) -> dict[str, Handler]:
        """What the service's copy-directory durable is fed to."""
        return {
            DEPARTMENT_CHANGED: Handler(DepartmentChanged, self._copy_department),
            TOUCHPOINT_CHANGED: Handler(TouchpointChanged, self._copy_touchpoint),
        }

    async def know_departments(self, keys: Iterable[str]) -> None:
        """Ask profile for the keys the copy lacks; Unavailable if it is away. Afterwards, absent is absent."""
        missing = sorted({key for key in keys if self.tree.id_of(key) is None})
        for chunk in _chunks(missing):
            request = pb.BatchGetDepartmentsRequest(keys=chunk)
            reply = await self._ask(self.profile.BatchGetDepartments, request)
            await self._put(reply.departments, [])

    async def know_touchpoints(self, keys: Iterable[str]) -> None:
        """As know_departments, for touchpoints."""
        missing = sorted({key for key in keys if self.tree.touchpoint(key) is None})
        for chunk in _chunks(missing):
            request = pb.BatchGetTouchpointsRequest(keys=chunk)
            reply = await self._ask(self.profile.BatchGetTouchpoints, request)
            await self._put([], reply.touchpoints)

    async def know_department_ids(self, ids: Iterable[str]) -> None:
        """As know_departments, by id."""
        missing = sorted({i for i in ids if i not in self.tree.departments})
        for chunk in _chunks(missing):
            request = pb.BatchGetDepartmentsRequest(ids=chunk)
            reply = await self._ask(self.profile.BatchGetDepartments, request)
            await self._put(reply.departments, [])

    async def catch_up(self) -> None:
        """Bring the copy to what profile has now; Unavailable if it is away."""
        parts = await self._read()
        departments = [
            item
            for part in parts
            for item in part.departments
            if (known := self.tree.departments.get(item.id)) is None
            or known.revision < item.revision
        ]
        touchpoints = [
            thing
            for part in parts
            for thing in part.touchpoints
            if (known_thing := self.tree.touchpoints.get(thing.id)) is None
            or known_thing.revision < thing.revision
        ]
        await self._put(departments, touchpoints)

    async def _ask(self, method: Callable[..., Any], request: Message) -> Any:
        try:
            return await method(
                request, timeout=READ_SECONDS, metadata=self.identity.metadata("profile")
            )
        except grpc.aio.AioRpcError as error:
            raise Unavailable("the directory cannot be asked now: try again") from error

    async def _put(
        self, departments: Sequence[pb.Department], touchpoints: Sequence[pb.Touchpoint]
    ) -> None:
        if not departments and not touchpoints:
            return
        async with self.database.write.begin() as session:
            await session.execute(TOUCH)
            for item in departments:
                await _put(session, "department", item)
            for thing in touchpoints:
                await _put(session, "touchpoint", thing)
        await self.refresh()

    async def _copy_department(self, session: AsyncSession, fact: DepartmentChanged) -> None:
        await self._copy(session, "department", fact.department)

    async def _copy_touchpoint(self, session: AsyncSession, fact: TouchpointChanged) -> None:
        await self._copy(session, "touchpoint", fact.touchpoint)

    async def _copy(
        self, session: AsyncSession, kind: str, item: pb.Department | pb.Touchpoint
    ) -> None:
        if not session.info.get("touched"):
            session.info["touched"] = True
            await session.execute(TOUCH)
            event.listen(
                session.sync_session, "after_commit", lambda _: self.changed.set(), once=True
            )
        await _put(session, kind, item)

    async def _read(self) -> list[pb.ReadDirectoryResponse]:
        try:
            call = self.profile.ReadDirectory(
                pb.ReadDirectoryRequest(), timeout=60, metadata=self.identity.metadata("profile")
            )
            return [part async for part in call]
        except grpc.aio.AioRpcError as error:
            raise Unavailable(f"profile: {error.code().name.lower()}") from error

    async def _fill(self) -> None:
        """Take the whole directory from profile, in one transaction."""
        parts = await self._read()
        async with self.database.write.begin() as session:
            await session.execute(
                text(
                    "INSERT INTO directory_state (version, time_zone, root_id)"
                    " VALUES (0, :time_zone, :root_id) ON CONFLICT DO NOTHING"
                ),
                {
                    "time_zone": parts[0].organization.time_zone,
                    "root_id": parts[0].organization.root_id,
                },
            )
            await session.execute(TOUCH)
            for part in parts:
                for item in part.departments:
                    await _put(session, "department", item)
                for thing in part.touchpoints:
                    await _put(session, "touchpoint", thing)


async def _put(session: AsyncSession, kind: str, item: pb.Department | pb.Touchpoint) -> None:
    state = {"id": item.id, "kind": kind, "revision": item.revision}
    await session.execute(PUT, {**state, "state": item.SerializeToString()})


def _chunks(keys: Sequence[str]) -> Iterable[list[str]]:
    return (list(keys[start : start + 1000]) for start in range(0, len(keys), 1000))
