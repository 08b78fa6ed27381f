"""The copy of the directory in memory: the state of the copy that was read last is the latest."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, cast

import pytest

from cxm.profile.v1 import profile_pb2 as pb
from cxm.profile.v1.events_pb2 import DepartmentChanged, TouchpointChanged
from cxm.profile.v1.profile_pb2_grpc import (
    DirectoryServiceServicer,
    DirectoryServiceStub,
    add_DirectoryServiceServicer_to_server,
)
from services.kit.db.database import Database, Pool
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.consumer import Delivery, in_session
from services.kit.events.streams import DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED
from services.kit.rights.access import Action, Grant, Role, Viewer
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, open_channel
from tests.conftest import Identities, Serve
from tests.support.builders import fill_directory, make_department, make_touchpoint


class SlowPool:
    """A pool; who reads rows while the gate is shut gets them when it opens."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.gate = asyncio.Event()
        self.read = asyncio.Event()

    async def fetchrow(self, query: str) -> Any:
        return await self.pool.fetchrow(query)

    async def fetch(self, query: str) -> Any:
        gate, rows = self.gate, await self.pool.fetch(query)
        self.read.set()
        await gate.wait()
        return rows

    def open_to_those_who_come_now(self) -> None:
        """Who waits at the old gate waits on."""
        self.gate = asyncio.Event()
        self.gate.set()


@pytest.fixture
async def pool(database: Database) -> SlowPool:
    return SlowPool(database.pool)


@pytest.fixture
async def copy(
    database: Database, pool: SlowPool, identities: Identities
) -> AsyncIterator[DirectoryCopy]:
    async with open_channel("unix:/nobody") as channel:  # profile is not asked
        yield DirectoryCopy(
            replace(database, pool=cast("Pool", pool)),
            DirectoryServiceStub(channel),
            identities.service("survey"),
        )


async def test_a_slower_reading_does_not_replace_a_later_one(
    database: Database, pool: SlowPool, copy: DirectoryCopy
) -> None:
    await fill_directory(database)
    gate_of_the_slow = pool.gate
    slow = asyncio.create_task(copy.refresh())
    await pool.read.wait()
    await fill_directory(database, [make_department("shop")])
    pool.open_to_those_who_come_now()
    await copy.refresh()
    later = copy.version

    gate_of_the_slow.set()
    await slow

    assert copy.tree.id_of("shop") is not None
    assert copy.version == later


class Profile(DirectoryServiceServicer):
    """Has two departments, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    @needs(Action.READ_DIRECTORY, Scope.VISIBLE, callers=("survey",))
    async def BatchGetDepartments(
        self, request: pb.BatchGetDepartmentsRequest, context: Context
    ) -> pb.BatchGetDepartmentsResponse:
        self.asked += 1
        found = [make_department("mine"), make_department("hidden")]
        return pb.BatchGetDepartmentsResponse(
            departments=[d for d in found if d.key in request.keys or d.id in request.ids]
        )


@pytest.mark.parametrize("kind", ["keys", "ids"])
async def test_what_is_hidden_is_looked_up_like_what_is_absent(
    kind: str, database: Database, serve: Serve, identities: Identities
) -> None:
    profile = Profile()  # type: ignore[abstract]  # it is asked nothing else
    channel = await serve("profile", add_DirectoryServiceServicer_to_server, profile)
    mine, hidden = make_department("mine"), make_department("hidden")
    await fill_directory(database, [mine, hidden])
    copy = DirectoryCopy(database, DirectoryServiceStub(channel), identities.service("survey"))
    await copy.refresh()
    version, head = copy.version, Viewer("head", (Grant(Role.DEPARTMENT_HEAD, "mine"),))
    names = {"keys": ("mine", "hidden", "absent"), "ids": (mine.id, hidden.id, "absent")}[kind]

    asked = []
    for name in names:
        before = profile.asked
        await copy.know_visible(head, **{kind: [name]})
        asked.append(profile.asked - before)

    assert asked == [0, 1, 1]
    assert copy.version == version  # nothing was written for either


@pytest.mark.parametrize(
    ("subject", "fact"),
    [
        (DEPARTMENT_CHANGED, DepartmentChanged(department=make_department("shop"))),
        (TOUCHPOINT_CHANGED, TouchpointChanged(touchpoint=make_touchpoint("till", "root"))),
    ],
)
async def test_a_fact_with_which_no_tree_can_be_read_is_not_copied(
    database: Database, copy: DirectoryCopy, subject: str, fact: Any
) -> None:
    """So it becomes a dead letter. Without any place, or none from ever on; the control is the whole fact."""
    await fill_directory(database)
    apply = in_session(database.write, copy.handlers())
    count = "SELECT count(*) FROM directory_copy"
    before = await database.pool.fetchval(count)

    for is_late in (True, False):
        broken = type(fact).FromString(fact.SerializeToString())
        item = broken.department if subject == DEPARTMENT_CHANGED else broken.touchpoint
        ranges = item.placements if subject == DEPARTMENT_CHANGED else item.terms
        ranges[0].from_day = 20_000
        if not is_late:
            del ranges[:]
        with pytest.raises(ValueError, match="from ever on"):
            await apply([Delivery("1", subject, broken.SerializeToString(), None)])
    assert await database.pool.fetchval(count) == before

    await apply([Delivery("1", subject, fact.SerializeToString(), None)])
    assert await database.pool.fetchval(count) == before + 1
