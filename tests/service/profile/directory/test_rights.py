"""Who may do what with the directory: roles, scopes, grants with dates."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import grpc
import pytest

from cxm.profile.v1 import profile_pb2 as pb
from services.kit.rpc.servicing import Metadata
from services.kit.rpc.status import from_rpc
from tests.service.profile.support.profile import DAY, TODAY, Profile

# north and south under the root, n1 under north, s1 under south; touchpoints shop of n1 and mail of s1.
ROLES = ("admin", "analyst", "department_head", "integration")
PARENTS = {"n1": "north", "s1": "south"}


@pytest.fixture
async def organisation(profile: Profile) -> Profile:
    await profile.upsert(("north", "root"), ("south", "root"), ("n1", "north"), ("s1", "south"))
    await profile.upsert_touchpoints(
        pb.TouchpointItem(key="shop", name="Shop", department="n1"),
        pb.TouchpointItem(key="mail", name="Mail", department="s1"),
    )
    return profile


async def fate(call: Awaitable[object]) -> str:
    """What became of a call with one item: the item's status or reason, or the call's own reason."""
    try:
        reply = await call
    except grpc.aio.AioRpcError as error:
        return from_rpc(error).reason
    if not isinstance(reply, list):
        return "DONE"
    [result] = reply
    return result.refusals[0].reason if result.refusals else "DONE"


def create(organisation: Profile, parent: str, bearer: Metadata) -> Awaitable[object]:
    return organisation.upsert(("new", parent), bearer=bearer)


def rename(organisation: Profile, key: str, bearer: Metadata) -> Awaitable[object]:
    item = pb.DepartmentItem(key=key, name=f"Another {key}", parent=PARENTS[key])
    return one_item(organisation, item, bearer)


def repeat(organisation: Profile, key: str, bearer: Metadata) -> Awaitable[object]:
    return organisation.upsert((key, PARENTS[key]), bearer=bearer)


async def one_item(organisation: Profile, item: pb.DepartmentItem, bearer: Metadata) -> object:
    request = pb.UpsertDepartmentsRequest(items=[item])
    return list((await organisation.stub.UpsertDepartments(request, metadata=bearer)).results)


def change_parent(organisation: Profile, parent: str, bearer: Metadata) -> Awaitable[object]:
    return organisation.upsert(("n1", parent), bearer=bearer)


def move(organisation: Profile, parent: str, bearer: Metadata) -> Awaitable[object]:
    request = pb.MoveDepartmentRequest(department="n1", parent=parent, from_day=DAY)
    return organisation.stub.MoveDepartment(request, metadata=bearer)


def own(organisation: Profile, department: str, bearer: Metadata) -> Awaitable[object]:
    touchpoint = pb.TouchpointItem(key="shop", name="Shop", department=department)
    return organisation.upsert_touchpoints(touchpoint, bearer=bearer)


def own_the_same(organisation: Profile, department: str, bearer: Metadata) -> Awaitable[object]:
    return own(organisation, department, bearer)


def own_past(organisation: Profile, department: str, bearer: Metadata) -> Awaitable[object]:
    touchpoint = pb.TouchpointItem(key="shop", name="Shop", department=department, from_day=DAY - 1)
    return organisation.upsert_touchpoints(touchpoint, bearer=bearer)


Do = Callable[[Profile, str, Metadata], Awaitable[object]]
DONE, NO = "DONE", "FORBIDDEN"


@pytest.mark.parametrize(
    ("do", "target", "allowed"),
    [
        (create, "north", "admin analyst integration"),
        (repeat, "n1", "admin analyst integration"),
        (rename, "n1", "admin analyst"),
        (change_parent, "south", "admin"),
        (move, "south", "admin"),
        (own_the_same, "n1", "admin analyst integration"),
        (own, "south", "admin analyst"),
        (own_past, "south", "admin"),
    ],
)
async def test_what_roles_over_the_whole_organisation_may_change(
    organisation: Profile, do: Do, target: str, allowed: str
) -> None:
    # Those who may not come first, and then everyone finds the work undone or may repeat it.
    roles = sorted(ROLES, key=lambda role: role in allowed.split())

    found = [
        role
        for role in roles
        if await fate(do(organisation, target, organisation.bearer(role))) == DONE
    ]

    assert sorted(found) == sorted(allowed.split())


@pytest.mark.parametrize(
    ("do", "inside", "outside", "absent"),
    [
        (create, "north", "south", "UNKNOWN_PARENT"),
        (rename, "n1", "s1", "UNKNOWN_PARENT"),
        (own, "north", "south", "UNKNOWN_DEPARTMENT"),
    ],
)
async def test_what_is_out_of_scope_looks_absent_to_writers(
    organisation: Profile, do: Do, inside: str, outside: str, absent: str
) -> None:
    for role in ("analyst", "admin"):
        bearer = organisation.bearer(role, "north")
        assert await fate(do(organisation, outside, bearer)) == absent
        assert await fate(do(organisation, inside, bearer)) == DONE


async def test_who_may_only_add_learns_nothing_of_what_is_out_of_scope(
    organisation: Profile,
) -> None:
    bearer = organisation.bearer("integration", "north")

    assert await fate(create(organisation, "south", bearer)) == "UNKNOWN_PARENT"
    assert await fate(rename(organisation, "s1", bearer)) == "UNKNOWN_PARENT"
    assert await fate(repeat(organisation, "s1", bearer)) == "UNKNOWN_PARENT"
    assert await fate(own(organisation, "south", bearer)) == "UNKNOWN_DEPARTMENT"
    assert await fate(create(organisation, "north", bearer)) == DONE


async def test_an_integration_gives_no_head_the_responses_of_another_department(
    organisation: Profile,
) -> None:
    head = organisation.bearer("department_head", "south")
    integration = organisation.bearer("integration")
    request = pb.BatchGetDepartmentsRequest(keys=["n1"])

    moved = await fate(change_parent(organisation, "south", integration))
    seen_then = await organisation.stub.BatchGetDepartments(request, metadata=head)
    assert await fate(change_parent(organisation, "south", organisation.bearer())) == DONE
    seen_now = await organisation.stub.BatchGetDepartments(request, metadata=head)

    assert (moved, len(seen_then.departments), len(seen_now.departments)) == (NO, 0, 1)


async def test_a_move_out_of_scope_looks_like_one_to_nowhere(organisation: Profile) -> None:
    bearer = organisation.bearer("admin", "north")

    assert await fate(change_parent(organisation, "south", bearer)) == "UNKNOWN_PARENT"
    assert await fate(move(organisation, "south", bearer)) == "UNKNOWN_PARENT"
    assert await fate(move(organisation, "north", bearer)) == DONE


async def test_a_touchpoint_is_not_taken_from_an_owner_out_of_scope(organisation: Profile) -> None:
    taken = pb.TouchpointItem(key="mail", name="Mail", department="n1")
    bearer = organisation.bearer("analyst", "north")

    assert await fate(organisation.upsert_touchpoints(taken, bearer=bearer)) == "NOT_FOUND"


async def test_a_scoped_writer_does_not_name_the_root(organisation: Profile) -> None:
    bearer = organisation.bearer("integration", "north")

    assert await fate(organisation.upsert(("acme", None), bearer=bearer)) == "SECOND_ROOT"
    assert await fate(organisation.upsert(("root", None), bearer=bearer)) == "SECOND_ROOT"


async def test_who_may_not_see_what_a_department_hangs_under_renames_it_where_it_hangs(
    organisation: Profile,
) -> None:
    top = pb.DepartmentItem(key="north", name="The North")
    within = pb.DepartmentItem(key="n1", name="N one")
    bearer = organisation.bearer("analyst", "north")

    assert await fate(one_item(organisation, top, bearer)) == DONE
    assert await fate(one_item(organisation, within, bearer)) == "SECOND_ROOT"
    assert await fate(one_item(organisation, top, organisation.bearer("analyst"))) == "SECOND_ROOT"
    forbidden = organisation.bearer("integration", "north")
    other = pb.DepartmentItem(key="north", name="Another North")
    assert await fate(one_item(organisation, other, forbidden)) == NO

    request = pb.BatchGetDepartmentsRequest(keys=["north"])
    admin = organisation.bearer()
    found = await organisation.stub.BatchGetDepartments(request, metadata=admin)
    root = await organisation.stub.BatchGetDepartments(
        pb.BatchGetDepartmentsRequest(keys=["root"]), metadata=admin
    )
    assert found.departments[0].name == "The North"
    assert found.departments[0].placements[-1].parent_id == root.departments[0].id


async def test_only_an_admin_names_the_untouched_root(profile: Profile) -> None:
    fates = [
        await fate(profile.upsert(("acme", None), bearer=profile.bearer(role)))
        for role in ("analyst", "integration", "admin")
    ]

    assert fates == [NO, NO, DONE]


async def test_every_role_reads_its_own_subtree_and_nothing_else(organisation: Profile) -> None:
    for role in ROLES:
        await check_sight_of_north(organisation, organisation.bearer(role, "north"))


async def check_sight_of_north(organisation: Profile, bearer: Metadata) -> None:
    north, south = [(await organisation.department(key)).id for key in ("north", "south")]
    listed = await organisation.stub.ListDepartments(
        pb.ListDepartmentsRequest(first=100, count=True, with_parents=True), metadata=bearer
    )
    got = await organisation.stub.BatchGetDepartments(
        pb.BatchGetDepartmentsRequest(keys=["n1", "s1"], ids=[north, south], root=True),
        metadata=bearer,
    )
    touched = await organisation.stub.BatchGetTouchpoints(
        pb.BatchGetTouchpointsRequest(keys=["shop", "mail"]), metadata=bearer
    )

    assert [d.key for d in listed.departments] == ["n1", "north"]
    assert listed.total == 2
    assert [d.key for d in listed.parents] == ["north"]
    assert list(listed.parent_ids) == [north, ""]  # above north nothing is seen
    assert {d.key for d in got.departments} == {"north", "n1"}
    assert [t.key for t in touched.touchpoints] == ["shop"]
    children = pb.ListDepartmentsRequest(first=10, parent_id=south)
    touchpoints = pb.ListTouchpointsRequest(first=10, department_id=south)
    assert await fate(organisation.stub.ListDepartments(children, metadata=bearer)) == "NOT_FOUND"
    assert (
        await fate(organisation.stub.ListTouchpoints(touchpoints, metadata=bearer)) == "NOT_FOUND"
    )


async def test_a_grant_counts_between_its_days_in_the_organisations_zone(
    organisation: Profile,
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    from_tomorrow = organisation.bearer("analyst", "north", from_on=tomorrow)
    until_today = organisation.bearer("analyst", "north", to_on=tomorrow)

    assert [await seen(organisation, b) for b in (from_tomorrow, until_today)] == [0, 2]
    organisation.watch.pass_days(1)
    assert [await seen(organisation, b) for b in (from_tomorrow, until_today)] == [2, 0]


async def test_whoever_lost_a_department_today_sees_it_no_more(organisation: Profile) -> None:
    bearer = organisation.bearer("department_head", "north")
    assert await seen(organisation, bearer) == 2

    await organisation.move("n1", "south")

    assert await seen(organisation, bearer) == 1


async def test_without_a_token_nothing_is_answered(organisation: Profile) -> None:
    stub = organisation.stub
    calls: list[Awaitable[object]] = [
        stub.UpsertDepartments(pb.UpsertDepartmentsRequest()),
        stub.MoveDepartment(pb.MoveDepartmentRequest()),
        stub.ListDepartments(pb.ListDepartmentsRequest(first=1)),
        stub.BatchGetDepartments(pb.BatchGetDepartmentsRequest()),
        stub.UpsertTouchpoints(pb.UpsertTouchpointsRequest()),
        stub.ListTouchpoints(pb.ListTouchpointsRequest(first=1)),
        stub.BatchGetTouchpoints(pb.BatchGetTouchpointsRequest()),
        stub.GetOrganization(pb.GetOrganizationRequest()),
        stub.ReadDirectory(pb.ReadDirectoryRequest()).read(),
    ]

    assert [await fate(call) for call in calls] == ["UNAUTHENTICATED"] * len(calls)


async def test_everyone_signed_in_gets_the_organisation_and_only_services_the_whole(
    organisation: Profile,
) -> None:
    root_id = (await organisation.department("root")).id
    for role in ROLES:
        bearer = organisation.bearer(role, "north")
        reply = await organisation.stub.GetOrganization(
            pb.GetOrganizationRequest(), metadata=bearer
        )
        assert reply.organization == pb.Organization(time_zone="UTC", root_id=root_id)

        whole = organisation.stub.ReadDirectory(
            pb.ReadDirectoryRequest(), metadata=organisation.bearer(role)
        )
        assert await fate(whole.read()) == NO


async def test_a_service_reads_and_adds_departments_but_changes_none(organisation: Profile) -> None:
    bearer = organisation.identities.service("survey").metadata("profile")

    call = organisation.stub.ReadDirectory(pb.ReadDirectoryRequest(), metadata=bearer)
    assert sum([len(part.departments) async for part in call]) == 5
    assert await fate(create(organisation, "north", bearer)) == DONE
    assert await fate(rename(organisation, "n1", bearer)) == NO
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await seen(organisation, bearer)  # what no service needs
    assert from_rpc(caught.value).reason == "SERVICE_NOT_ALLOWED"


async def seen(organisation: Profile, bearer: Metadata) -> int:
    request = pb.ListDepartmentsRequest(first=100)
    return len((await organisation.stub.ListDepartments(request, metadata=bearer)).departments)
