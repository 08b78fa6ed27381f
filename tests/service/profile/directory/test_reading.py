"""Listing, searching, and the snapshot from which the other services fill their copies."""

import grpc
import pytest

from cxm.profile.v1 import profile_pb2 as pb
from services.kit.directory.convert import department
from services.kit.rpc.status import from_rpc
from tests.service.profile.support.profile import OpenProfile, Profile


async def keys(profile: Profile, **request: object) -> list[str]:
    wanted = pb.ListDepartmentsRequest(**{"first": 100, **request})  # type: ignore[arg-type]
    reply = await profile.stub.ListDepartments(wanted, metadata=profile.bearer())
    return [d.key for d in reply.departments]


async def test_pages_follow_one_another_without_gaps_or_repeats(profile: Profile) -> None:
    await profile.upsert(*((f"d{i:02}", "root") for i in range(25)))
    found: list[str] = []
    more = True

    while more:
        request = pb.ListDepartmentsRequest(first=7, after=found[-1] if found else "", count=True)
        reply = await profile.stub.ListDepartments(request, metadata=profile.bearer())
        found += [d.key for d in reply.departments]
        more = reply.more
        assert reply.total == 26

    assert found == [*(f"d{i:02}" for i in range(25)), "root"]


async def test_a_total_is_counted_on_request_only(profile: Profile) -> None:
    request = pb.ListDepartmentsRequest(first=1)

    reply = await profile.stub.ListDepartments(request, metadata=profile.bearer())

    assert not reply.HasField("total")


async def test_search_finds_parts_of_key_or_name_in_any_case_and_takes_signs_literally(
    profile: Profile,
) -> None:
    names = {"p": "100 % Service", "q": "100x Service", "r_s": "Ärzte", "rxs": "STRAẞE"}
    items = [pb.DepartmentItem(key=k, name=n, parent="root") for k, n in names.items()]
    request = pb.UpsertDepartmentsRequest(items=items)
    await profile.stub.UpsertDepartments(request, metadata=profile.bearer())

    assert await keys(profile, search="100 %") == ["p"]
    assert await keys(profile, search="SERVICE") == ["p", "q"]
    assert await keys(profile, search="R_S") == ["r_s"]
    assert await keys(profile, search="ärz") == ["r_s"]
    assert await keys(profile, search="strasse") == ["rxs"]
    assert await keys(profile, search="%") == ["p"]
    assert await keys(profile, search="\\") == []


async def test_children_are_those_of_today(profile: Profile) -> None:
    await profile.upsert(("a", "root"), ("b", "a"), ("c", "b"))
    parent = (await profile.department("a")).id

    assert await keys(profile, parent_id=parent) == ["b"]
    await profile.move("c", "a")
    assert await keys(profile, parent_id=parent) == ["b", "c"]


async def test_a_list_has_limits(profile: Profile) -> None:
    bad = [
        (pb.ListDepartmentsRequest(first=0), "PAGE_SIZE"),
        (pb.ListDepartmentsRequest(first=101), "PAGE_SIZE"),
        (pb.ListDepartmentsRequest(first=-1), "PAGE_SIZE"),
        (pb.ListDepartmentsRequest(first=1, search="s" * 201), "SEARCH_TOO_LONG"),
        (pb.ListDepartmentsRequest(first=1, parent_id="no uuid"), "NOT_FOUND"),
    ]

    for request, reason in bad:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await profile.stub.ListDepartments(request, metadata=profile.bearer())
        assert from_rpc(caught.value).reason == reason


async def test_a_batch_get_leaves_out_what_is_absent_and_names_each_once(profile: Profile) -> None:
    root = await profile.department("root")
    request = pb.BatchGetDepartmentsRequest(
        keys=["root", "nowhere", "a\0b"], ids=[root.id, "no uuid", ""], root=True
    )

    reply = await profile.stub.BatchGetDepartments(request, metadata=profile.bearer())

    assert list(reply.departments) == [root]


async def test_a_batch_get_takes_a_thousand_ids_and_keys(profile: Profile) -> None:
    ask = profile.stub.BatchGetTouchpoints
    await ask(pb.BatchGetTouchpointsRequest(ids=["x"] * 999, keys=["y"]), metadata=profile.bearer())

    request = pb.BatchGetTouchpointsRequest(ids=["x"] * 999, keys=["y", "z"])
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await ask(request, metadata=profile.bearer())

    assert from_rpc(caught.value).reason == "TOO_MANY"


async def test_the_snapshot_comes_in_parts_of_a_thousand_and_is_whole(profile: Profile) -> None:
    await profile.upsert(*((f"d{i}", "root") for i in range(1000)))
    await profile.upsert(*((f"e{i}", f"d{i}") for i in range(500)))
    await profile.move("d1", "d2")
    items = [
        pb.TouchpointItem(key=f"t{i}", name="T", department=f"d{i}", stage="loyalty")
        for i in range(30)
    ]
    await profile.upsert_touchpoints(*items)

    parts = await read(profile)

    assert parts[0].organization.time_zone == "UTC"
    assert [s.key for s in parts[0].stages] == [
        "awareness", "consideration", "purchase", "post-purchase", "loyalty",
    ]  # fmt: skip
    assert [len(p.departments) for p in parts] == [0, 1000, 501, 0]
    assert [len(p.touchpoints) for p in parts] == [0, 0, 0, 30]
    found = {d.key: d for part in parts for d in part.departments}
    assert found["d1"] == await profile.department("d1")
    assert len(department(found["d1"]).placements.ranges) == 2


async def test_a_snapshot_tells_of_one_moment_whatever_happens_meanwhile(profile: Profile) -> None:
    await profile.upsert(*((f"d{i}", "root") for i in range(1000)))
    call = profile.stub.ReadDirectory(
        pb.ReadDirectoryRequest(),
        metadata=profile.identities.service("survey").metadata("profile"),
    )
    parts: list[pb.ReadDirectoryResponse] = []
    async for part in call:
        if not parts:
            await profile.upsert(*((f"d{i}", "d0") for i in range(1, 1000)))
        parts.append(part)

    departments = [d for part in parts for d in part.departments]
    assert {len(d.placements) for d in departments} == {1}
    assert {len(d.placements) for p in await read(profile) for d in p.departments} == {1, 2}


async def test_a_replica_knows_at_once_what_another_changed(
    profile: Profile, open_profile: OpenProfile
) -> None:
    other = await open_profile(profile.database)
    for number in range(5):
        writer, reader = (profile, other) if number % 2 else (other, profile)
        await writer.upsert((f"d{number}", "root"))
        assert (await reader.department(f"d{number}")).key == f"d{number}"

    assert await keys(profile) == await keys(other)


async def read(profile: Profile) -> list[pb.ReadDirectoryResponse]:
    bearer = profile.identities.service("survey").metadata("profile")
    call = profile.stub.ReadDirectory(pb.ReadDirectoryRequest(), metadata=bearer)
    return [part async for part in call]
