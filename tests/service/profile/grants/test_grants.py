"""Grants through their real gRPC server and PostgreSQL."""

from typing import TYPE_CHECKING

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cxm.batch.v1 import batch_pb2 as batch
from cxm.profile.v1 import grants_pb2 as pb
from cxm.profile.v1.grants_pb2_grpc import (
    GrantServiceStub,
    add_GrantServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.profile.directory.tree_cache import TreeCache
from services.profile.grants.editing import GrantEditor
from services.profile.grants.rpc import GrantRpc
from tests.conftest import Serve
from tests.service.profile.support.profile import DAY, Profile, SettableClock
from tests.support.audit import deeds

if TYPE_CHECKING:
    from cxm.profile.v1.grants_pb2_grpc import GrantServiceAsyncStub

ROLES_WITHOUT = ("analyst", "department_head", "integration", "operator")


@pytest.fixture
async def grants(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock
) -> "GrantServiceAsyncStub":
    await profile.upsert(("root", None), ("care", "root"))
    rpc = GrantRpc(GrantEditor(database), TreeCache(database, watch))
    channel = await serve("profile", add_GrantServiceServicer_to_server, rpc)
    stub: GrantServiceAsyncStub = GrantServiceStub(channel)
    return stub


def item(subject: str, role: str = "analyst", department: str = "", **days: int) -> pb.GrantItem:
    return pb.GrantItem(subject=subject, role=role, department=department, **days)


async def test_what_was_given_is_listed_owned_and_taken_away(
    grants: "GrantServiceAsyncStub", profile: Profile
) -> None:
    admin = profile.bearer()
    head = item("test-analyst", "department_head", "care", from_day=DAY, to_day=DAY + 30)
    request = pb.UpsertGrantsRequest(items=[item("oidc:ann"), head, item("oidc:ann")])

    results = (await grants.UpsertGrants(request, metadata=admin)).results
    page = await grants.ListGrants(pb.ListGrantsRequest(first=1, count=True), metadata=admin)
    rest = await grants.ListGrants(
        pb.ListGrantsRequest(first=5, after=page.grants[0].key), metadata=admin
    )
    own = await grants.GetOwnGrants(pb.GetOwnGrantsRequest(), metadata=profile.bearer("analyst"))

    assert [result.status for result in results] == [
        batch.ITEM_STATUS_STORED,
        batch.ITEM_STATUS_STORED,
        batch.ITEM_STATUS_ALREADY_STORED,
    ]
    assert (page.more, page.total, rest.more) == (True, 2, False)
    assert [stored.grant for stored in (*page.grants, *rest.grants)] == [item("oidc:ann"), head]
    assert list(own.grants) == [head]

    keys = [rest.grants[0].key]
    for expected in (1, 0):
        reply = await grants.RevokeGrants(pb.RevokeGrantsRequest(keys=keys), metadata=admin)
        assert reply.revoked == expected
    own = await grants.GetOwnGrants(pb.GetOwnGrantsRequest(), metadata=profile.bearer("analyst"))
    assert not own.grants


async def test_whose_right_which_and_where_is_on_record(
    grants: "GrantServiceAsyncStub", profile: Profile, database: Database
) -> None:
    items = [item("oidc:ann"), item("oidc:eva", "department_head", "care")]
    request = pb.UpsertGrantsRequest(items=items)

    results = (await grants.UpsertGrants(request, metadata=profile.bearer())).results
    keys = [result.id for result in results]
    await grants.RevokeGrants(pb.RevokeGrantsRequest(keys=keys[1:]), metadata=profile.bearer())

    ann, eva = ("oidc:ann", "analyst"), ("oidc:eva", "department_head", "care")
    written = [entry for entry in await deeds(database) if entry.deed.startswith("grant")]
    assert [(entry.deed, entry.ids, entry.keys) for entry in written] == [
        ("grant_given", (keys[0],), ann),
        ("grant_given", (keys[1],), eva),
        ("grant_revoked", (keys[1],), eva),
    ]


async def test_a_subject_that_no_database_holds_refuses_its_item_alone(
    grants: "GrantServiceAsyncStub", profile: Profile
) -> None:
    admin = profile.bearer()
    request = pb.UpsertGrantsRequest(items=[item("a\0b"), item("oidc:ann")])

    results = (await grants.UpsertGrants(request, metadata=admin)).results
    nobody = pb.ListGrantsRequest(first=1, subject="a\0b", count=True)
    ann = pb.ListGrantsRequest(first=1, subject="oidc:ann", count=True)

    assert [[r.reason for r in result.refusals] for result in results] == [["INVALID_SUBJECT"], []]
    assert (await grants.ListGrants(nobody, metadata=admin)).total == 0
    assert (await grants.ListGrants(ann, metadata=admin)).total == 1


@pytest.mark.parametrize("role", [*ROLES_WITHOUT, None])
async def test_only_admins_give_read_and_take_rights(
    grants: "GrantServiceAsyncStub", profile: Profile, role: str | None
) -> None:
    metadata = profile.bearer(role, "care" if role == "department_head" else None) if role else ()
    expected = grpc.StatusCode.PERMISSION_DENIED if role else grpc.StatusCode.UNAUTHENTICATED
    calls = (
        grants.UpsertGrants(
            pb.UpsertGrantsRequest(items=[item("oidc:me", "admin")]), metadata=metadata
        ),
        grants.RevokeGrants(pb.RevokeGrantsRequest(keys=["x"]), metadata=metadata),
        grants.ListGrants(pb.ListGrantsRequest(first=1), metadata=metadata),
    )
    for call in calls:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await call
        assert refused.value.code() is expected


async def test_an_admin_of_a_part_gives_nothing(
    grants: "GrantServiceAsyncStub", profile: Profile
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await grants.UpsertGrants(
            pb.UpsertGrantsRequest(items=[item("oidc:me", "admin")]),
            metadata=profile.bearer("admin", "care"),
        )
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_the_reading_role_of_the_database_sees_no_grants(
    grants: "GrantServiceAsyncStub", database: Database
) -> None:
    with pytest.raises(DBAPIError, match="permission denied for table profile_grant"):
        async with database.read() as session:
            await session.execute(text("SELECT subject FROM profile_grant"))


@pytest.mark.parametrize("day", [-(2**31), 2**31 - 1])
async def test_a_day_that_no_calendar_has_is_refused(
    grants: "GrantServiceAsyncStub", profile: Profile, day: int
) -> None:
    request = pb.UpsertGrantsRequest(items=[item("oidc:ann", from_day=day)])
    with pytest.raises(grpc.aio.AioRpcError, match="between the years 1 and 9999") as refused:
        await grants.UpsertGrants(request, metadata=profile.bearer())
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_what_is_no_grant_is_not_revoked(
    grants: "GrantServiceAsyncStub", profile: Profile
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await grants.RevokeGrants(pb.RevokeGrantsRequest(keys=["none"]), metadata=profile.bearer())
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
