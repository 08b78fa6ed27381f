"""A service's own copy of the directory: fed by events, filled from profile, asked for what it lacks."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import grpc
import structlog
from google.protobuf.message import Message
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.profile.v1 import profile_pb2 as pb
from cxm.profile.v1.events_pb2 import DepartmentChanged, TouchpointChanged
from services.kit import clock
from services.kit.db.database import TROUBLE, Database
from services.kit.directory import convert, storage
from services.kit.errors import Unavailable
from services.kit.events.consumer import Handler
from services.kit.events.streams import DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED
from services.kit.rights.access import Action, Viewer, visible_roots
from services.kit.rights.tree import Tree
from services.kit.rpc.asking import asking
from services.kit.rpc.servicing import READ_SECONDS, ServiceIdentity

if TYPE_CHECKING:
    from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceAsyncStub

POLL_SECONDS = 1.0
RETRY_SECONDS = 0.3

log = structlog.get_logger()


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
        state = await storage.find_state(self.database.pool)
        if state is None or state["version"] == self.version:
            return
        departments, touchpoints = await storage.list_states(self.database.pool)
        if state["version"] <= self.version:
            return  # somebody read a later state meanwhile
        self.tree = Tree(
            ZoneInfo(state["time_zone"]),
            state["root_id"],
            {d.id: convert.department(d) for d in departments},
            {t.id: convert.touchpoint(t) for t in touchpoints},
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
        await self.ask_departments(sorted({key for key in keys if self.tree.id_of(key) is None}))

    async def know_department_ids(self, ids: Iterable[str]) -> None:
        """As know_departments, by id."""
        await self.ask_departments([], sorted({i for i in ids if i not in self.tree.departments}))

    async def know_visible(
        self, viewer: Viewer, *, keys: Iterable[str] = (), ids: Iterable[str] = ()
    ) -> None:
        """As know_departments, for one viewer: one that is out of sight is asked for as one that is absent."""
        tree = self.tree
        roots = visible_roots(viewer, Action.READ_DIRECTORY, tree)

        def is_seen(department_id: str | None) -> bool:
            if department_id is None or department_id not in tree.departments:
                return False
            return tree.root_id in roots or not roots.isdisjoint(tree.line(department_id))

        await self.ask_departments(
            [key for key in dict.fromkeys(keys) if not is_seen(tree.id_of(key))],
            [id_ for id_ in dict.fromkeys(ids) if not is_seen(id_)],
        )

    async def ask_departments(self, keys: Sequence[str], ids: Sequence[str] = ()) -> None:
        """Ask profile for departments, known or not, and keep those that are newer than the copy's."""
        requests = [
            *(pb.BatchGetDepartmentsRequest(keys=chunk) for chunk in _chunks(keys)),
            *(pb.BatchGetDepartmentsRequest(ids=chunk) for chunk in _chunks(ids)),
        ]
        for request in requests:
            reply = await self._ask(self.profile.BatchGetDepartments, request)
            await self._put(self._newer(reply.departments), [])

    async def ask_touchpoints(self, keys: Sequence[str]) -> None:
        """As ask_departments, for touchpoints."""
        for chunk in _chunks(keys):
            request = pb.BatchGetTouchpointsRequest(keys=chunk)
            reply = await self._ask(self.profile.BatchGetTouchpoints, request)
            await self._put([], self._newer_touchpoints(reply.touchpoints))

    def _newer(self, departments: Iterable[pb.Department]) -> list[pb.Department]:
        known = self.tree.departments
        return [
            item
            for item in departments
            if item.id not in known or known[item.id].revision < item.revision
        ]

    def _newer_touchpoints(self, touchpoints: Iterable[pb.Touchpoint]) -> list[pb.Touchpoint]:
        known = self.tree.touchpoints
        return [
            item
            for item in touchpoints
            if item.id not in known or known[item.id].revision < item.revision
        ]

    async def catch_up(self) -> None:
        """Bring the copy to what profile has now; Unavailable if it is away."""
        parts = await self._read()
        departments = self._newer(item for part in parts for item in part.departments)
        touchpoints = self._newer_touchpoints(item for part in parts for item in part.touchpoints)
        await self._put(departments, touchpoints)

    async def _ask(self, method: Callable[..., Any], request: Message) -> Any:
        with asking("the directory"):
            return await method(
                request, timeout=READ_SECONDS, metadata=self.identity.metadata("profile")
            )

    async def _put(
        self, departments: Sequence[pb.Department], touchpoints: Sequence[pb.Touchpoint]
    ) -> None:
        if not departments and not touchpoints:
            return
        async with self.database.write.begin() as session:
            await storage.touch(session)
            await storage.put(session, departments, touchpoints)
        await self.refresh()

    async def _copy_department(self, session: AsyncSession, fact: DepartmentChanged) -> None:
        _check_beginning(fact.department.id, fact.department.placements)
        await self._touch_once(session)
        await storage.put(session, departments=[fact.department])

    async def _copy_touchpoint(self, session: AsyncSession, fact: TouchpointChanged) -> None:
        _check_beginning(fact.touchpoint.id, fact.touchpoint.terms)
        await self._touch_once(session)
        await storage.put(session, touchpoints=[fact.touchpoint])

    async def _touch_once(self, session: AsyncSession) -> None:
        """Before the first change of a transaction; `tree` is read again after its commit."""
        if session.info.get("touched"):
            return
        session.info["touched"] = True
        await storage.touch(session)
        event.listen(session.sync_session, "after_commit", lambda _: self.changed.set(), once=True)

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
            await storage.add_state(session, parts[0].organization)
            await storage.touch(session)
            for part in parts:
                await storage.put(session, part.departments, part.touchpoints)


def _check_beginning(id_: str, ranges: Sequence[pb.Placement | pb.Term]) -> None:
    """ValueError for a history that does not say how it was from ever on: no tree can be read with it."""
    if not ranges or ranges[0].HasField("from_day"):
        raise ValueError(f"{id_} has no place from ever on")


def _chunks(keys: Sequence[str]) -> Iterable[list[str]]:
    return (list(keys[start : start + 1000]) for start in range(0, len(keys), 1000))
