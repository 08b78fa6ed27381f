"""Touchpoints: who owns them from which day on."""

import pytest

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_ALREADY_STORED, ITEM_STATUS_STORED, ItemResult
from cxm.profile.v1 import profile_pb2 as pb
from cxm.profile.v1.events_pb2 import TouchpointChanged
from tests.service.profile.support.profile import DAY, Profile


def fates(results: list[ItemResult]) -> list[str]:
    names = {ITEM_STATUS_STORED: "STORED", ITEM_STATUS_ALREADY_STORED: "ALREADY_STORED"}
    return [names.get(r.status) or r.refusals[0].reason for r in results]


def item(key: str = "invoice", department: str = "a", **more: str | int) -> pb.TouchpointItem:
    fields = {"name": key.title(), **more}
    return pb.TouchpointItem(key=key, department=department, **fields)  # type: ignore[arg-type]


@pytest.fixture
async def three(profile: Profile) -> Profile:
    """a, b and c under the root."""
    await profile.upsert(("a", "root"), ("b", "root"), ("c", "root"))
    await profile.database.pool.execute("DELETE FROM outbox")
    return profile


async def terms(profile: Profile, key: str = "invoice") -> list[tuple[str, str, int | None]]:
    """(key of the owner, stage, first day counted from today), by day."""
    touchpoint = await profile.touchpoint(key)
    found = []
    for term in touchpoint.terms:
        request = pb.BatchGetDepartmentsRequest(ids=[term.department_id])
        reply = await profile.stub.BatchGetDepartments(request, metadata=profile.bearer())
        start = term.from_day - DAY if term.HasField("from_day") else None
        found.append((reply.departments[0].key, term.stage, start))
    return found


async def test_a_new_touchpoint_has_had_its_owner_since_ever(three: Profile) -> None:
    results = await three.upsert_touchpoints(item(stage="purchase", channel="EMAIL", from_day=DAY))

    assert fates(results) == ["STORED"]
    assert await terms(three) == [("a", "purchase", None)]
    touchpoint = await three.touchpoint("invoice")
    assert (touchpoint.id, touchpoint.channel) == (results[0].id, "EMAIL")
    assert await three.announced(TouchpointChanged) == [TouchpointChanged(touchpoint=touchpoint)]


async def test_a_changed_owner_holds_from_today_unless_a_day_is_named(three: Profile) -> None:
    await three.upsert_touchpoints(item())

    await three.upsert_touchpoints(item(department="b"))
    await three.upsert_touchpoints(item(department="c", from_day=DAY + 7))
    await three.upsert_touchpoints(item(department="c", from_day=DAY - 7))

    assert await terms(three) == [("a", "", None), ("c", "", -7), ("b", "", 0), ("c", "", 7)]


async def test_a_changed_stage_holds_from_today_and_name_and_channel_at_once(
    three: Profile,
) -> None:
    await three.upsert_touchpoints(item(stage="purchase"))

    await three.upsert_touchpoints(item(stage="loyalty", name="The invoice", channel="SMS"))

    assert await terms(three) == [("a", "purchase", None), ("a", "loyalty", 0)]
    touchpoint = await three.touchpoint("invoice")
    assert (touchpoint.name, touchpoint.channel) == ("The invoice", "SMS")


async def test_the_same_item_again_changes_and_announces_nothing(three: Profile) -> None:
    for day in (DAY, DAY + 5):
        await three.upsert_touchpoints(item(department="b", from_day=day))
    before = await three.touchpoint("invoice")
    await three.announced(TouchpointChanged)

    assert fates(await three.upsert_touchpoints(item(department="b", from_day=DAY + 5))) == [
        "ALREADY_STORED"
    ]
    assert await three.announced(TouchpointChanged) == []
    assert await three.touchpoint("invoice") == before


async def test_each_change_raises_the_revision(three: Profile) -> None:
    revisions = []
    for department in ("a", "b", "c"):
        await three.upsert_touchpoints(item(department=department))
        revisions.append((await three.touchpoint("invoice")).revision)

    assert revisions == sorted(set(revisions))


async def test_a_bad_item_is_refused_and_harms_no_neighbour(three: Profile) -> None:
    bad = [
        (item("t1", department="nowhere"), "UNKNOWN_DEPARTMENT", "department"),
        (item("t2", department=""), "KEY_MISSING", "department"),
        (item("in voice"), "KEY_MALFORMED", "key"),
        (item("t3", name=""), "NAME_MISSING", "name"),
        (item("t4", stage="checkout"), "UNKNOWN_STAGE", "stage"),
        (item("t5", channel="c" * 65), "CHANNEL_TOO_LONG", "channel"),
        (item("t6", channel="a\0b"), "CHANNEL_MALFORMED", "channel"),
        (item("t7", from_day=DAY + 3654), "DAY_OUT_OF_RANGE", "from_day"),
    ]

    results = await three.upsert_touchpoints(*(b[0] for b in bad), item("shop"))

    assert fates(results) == [*(reason for _, reason, _ in bad), "STORED"]
    assert [list(r.refusals[0].field) for r in results[:-1]] == [[field] for _, _, field in bad]
    assert len(await three.announced(TouchpointChanged)) == 1


async def test_touchpoints_of_a_department_are_those_it_owns_today(three: Profile) -> None:
    await three.upsert_touchpoints(item("t1"), item("t2"), item("t3", "b"))
    await three.upsert_touchpoints(item("t1", "b", from_day=DAY + 1))

    assert await owned(three, "a") == ["t1", "t2"]
    three.watch.pass_days(1)
    assert await owned(three, "a") == ["t2"]
    assert await owned(three, "b") == ["t1", "t3"]


async def test_touchpoints_are_paged_by_key_and_counted_on_request(three: Profile) -> None:
    await three.upsert_touchpoints(*(item(f"t{i}") for i in range(5)))
    owner = (await three.department("a")).id

    request = pb.ListTouchpointsRequest(department_id=owner, first=2, after="t1", count=True)
    reply = await three.stub.ListTouchpoints(request, metadata=three.bearer())

    assert [t.key for t in reply.touchpoints] == ["t2", "t3"]
    assert (reply.more, reply.total) == (True, 5)
    request = pb.ListTouchpointsRequest(department_id=owner, first=2, after="t3")
    reply = await three.stub.ListTouchpoints(request, metadata=three.bearer())
    assert ([t.key for t in reply.touchpoints], reply.more) == (["t4"], False)
    assert not reply.HasField("total")


async def owned(profile: Profile, key: str) -> list[str]:
    department = await profile.department(key)
    request = pb.ListTouchpointsRequest(department_id=department.id, first=100)
    reply = await profile.stub.ListTouchpoints(request, metadata=profile.bearer())
    return [touchpoint.key for touchpoint in reply.touchpoints]
