"""Moving departments: past, present and future, and what may never happen."""

import asyncio
from datetime import date

import asyncpg
import grpc
import pytest

from cxm.profile.v1 import profile_pb2 as pb
from cxm.profile.v1.events_pb2 import DepartmentChanged
from services.kit.clock import day_number
from services.kit.errors import Failure
from services.kit.rpc.status import from_rpc
from services.profile.directory import storage
from tests.service.profile.support.profile import DAY, OpenProfile, Profile


async def refused(profile: Profile, key: str, parent: str, from_day: int = DAY) -> Failure:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await profile.move(key, parent, from_day)
    return from_rpc(caught.value)


@pytest.fixture
async def three(profile: Profile) -> Profile:
    """a, b and c under the root."""
    await profile.upsert(("a", "root"), ("b", "root"), ("c", "root"))
    await profile.database.pool.execute("DELETE FROM outbox")
    return profile


async def test_a_move_holds_from_its_day_on(three: Profile) -> None:
    await three.move("c", "a")

    assert await three.places("c") == [("root", None, 0), ("a", 0, None)]


async def test_a_past_move_rewrites_the_days_since_and_none_before(three: Profile) -> None:
    await three.move("c", "a", DAY - 100)

    assert await three.places("c") == [("root", None, -100), ("a", -100, None)]


async def test_a_move_between_two_others_holds_until_the_next_planned_one(three: Profile) -> None:
    await three.move("c", "a", DAY - 100)
    await three.move("c", "b", DAY + 100)

    await three.move("c", "root", DAY)

    expected = [("root", None, -100), ("a", -100, 0), ("root", 0, 100), ("b", 100, None)]
    assert await three.places("c") == expected


async def test_a_move_on_the_day_of_a_planned_one_replaces_it(three: Profile) -> None:
    await three.move("c", "a", DAY + 10)

    await three.move("c", "b", DAY + 10)

    assert await three.places("c") == [("root", None, 10), ("b", 10, None)]


async def test_a_move_back_leaves_no_step_in_the_history(three: Profile) -> None:
    await three.move("c", "a", DAY + 10)

    await three.move("c", "root", DAY + 10)

    assert await three.places("c") == [("root", None, None)]


async def test_a_future_move_is_announced_now_and_holds_from_its_day(three: Profile) -> None:
    moved = await three.move("c", "a", DAY + 10)

    assert await three.announced(DepartmentChanged) == [DepartmentChanged(department=moved)]
    assert await children(three, "a") == []
    three.watch.pass_days(10)
    assert await children(three, "a") == ["c"]


async def test_a_subtree_comes_along(three: Profile) -> None:
    await three.upsert(("c1", "c"))

    await three.move("c", "a")

    assert await three.places("c1") == [("c", None, None)]
    scoped = three.bearer("department_head", "a")
    request = pb.BatchGetDepartmentsRequest(keys=["c1"])
    assert len((await three.stub.BatchGetDepartments(request, metadata=scoped)).departments) == 1


async def test_the_same_move_again_changes_and_announces_nothing(three: Profile) -> None:
    first = await three.move("c", "a")
    await three.announced(DepartmentChanged)

    assert await three.move("c", "a") == first
    assert await three.announced(DepartmentChanged) == []


async def test_a_move_that_breaks_the_tree_is_refused(three: Profile) -> None:
    await three.upsert(("a1", "a"))
    await three.announced(DepartmentChanged)
    bad = {
        ("a", "a"): "SELF_PARENT",
        ("root", "a"): "ROOT_MOVED",
        ("a", "a1"): "CYCLE",
        ("nowhere", "a"): "UNKNOWN_DEPARTMENT",
        ("a", "nowhere"): "UNKNOWN_PARENT",
        ("a\0", "b"): "UNKNOWN_DEPARTMENT",
    }

    for (key, parent), reason in bad.items():
        assert (await refused(three, key, parent)).reason == reason
    assert await three.announced(DepartmentChanged) == []


async def test_a_move_now_that_closes_a_circle_with_a_planned_one_is_refused(
    three: Profile,
) -> None:
    await three.move("b", "a", DAY + 10)

    failure = await refused(three, "a", "b")

    assert (failure.reason, failure.field) == ("CYCLE", ("parent",))
    assert "2026-05-14" in failure.message


async def test_a_past_move_that_closes_a_circle_on_past_days_is_refused(three: Profile) -> None:
    await three.move("b", "a", DAY - 100)
    await three.move("b", "root", DAY - 50)

    assert (await refused(three, "a", "b", DAY - 70)).reason == "CYCLE"
    await three.move("a", "b", DAY - 50)  # the control: from then on b is not under a


async def test_days_lie_between_1950_and_ten_years_from_now(three: Profile) -> None:
    earliest = day_number(date(1950, 1, 1))

    for day in (earliest - 1, DAY + 3654, -(2**31), 2**31 - 1):
        assert (await refused(three, "a", "b", day)).reason == "DAY_OUT_OF_RANGE"
    await three.move("a", "b", earliest)
    await three.move("a", "c", DAY + 3653)


async def test_two_replicas_cannot_close_a_circle_together(
    three: Profile, open_profile: OpenProfile
) -> None:
    other = await open_profile(three.database)
    for round_ in range(5):
        day = DAY + round_
        outcomes = await asyncio.gather(
            three.move("a", "b", day), other.move("b", "a", day), return_exceptions=True
        )
        failures = [o for o in outcomes if isinstance(o, grpc.aio.AioRpcError)]
        assert [from_rpc(f).reason for f in failures] == ["CYCLE"]
        await three.move("a", "root", day)
        await three.move("b", "root", day)


async def test_writers_wait_for_whoever_holds_the_lock(three: Profile) -> None:
    """The control of the test before: it is the lock that keeps the second move from reading too early."""
    async with three.database.write.begin() as session:
        await storage.lock_directory(session)
        waiting = asyncio.ensure_future(three.move("a", "b"))
        done, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not done
    assert (await waiting).key == "a"


async def test_a_write_whose_database_goes_away_is_unavailable_and_changes_nothing(
    three: Profile,
) -> None:
    kill = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event = 'advisory'"
    )
    async with three.database.write.begin() as session:
        await storage.lock_directory(session)
        moving = asyncio.ensure_future(three.move("a", "b"))
        while not moving.done():  # the channel repeats the call by itself
            await three.database.pool.execute(kill)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await moving
    assert from_rpc(caught.value).reason == "UNAVAILABLE"
    assert await three.places("a") == [("root", None, None)]
    assert (await three.move("a", "b")).key == "a"


async def test_the_database_itself_refuses_overlaps_a_second_root_and_a_self_parent(
    three: Profile,
) -> None:
    ids = {key: (await three.department(key)).id for key in ("a", "b")}
    statement = "INSERT INTO profile_placement VALUES ($1, $2, daterange($3, NULL))"
    pool, day = three.database.pool, date(2030, 1, 1)

    with pytest.raises(asyncpg.ExclusionViolationError):
        await pool.execute(statement, ids["a"], ids["b"], day)
    await pool.execute("DELETE FROM profile_placement WHERE department_id = $1", ids["a"])
    with pytest.raises(asyncpg.ExclusionViolationError):
        await pool.execute(statement, ids["a"], None, day)
    with pytest.raises(asyncpg.CheckViolationError):
        await pool.execute(statement, ids["a"], ids["a"], day)
    await pool.execute(statement, ids["a"], ids["b"], day)  # the control


async def children(profile: Profile, key: str) -> list[str]:
    parent_id = (await profile.department(key)).id
    request = pb.ListDepartmentsRequest(first=100, parent_id=parent_id)
    reply = await profile.stub.ListDepartments(request, metadata=profile.bearer())
    return [department.key for department in reply.departments]
