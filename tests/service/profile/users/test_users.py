"""Users through their real gRPC server and PostgreSQL."""

from typing import TYPE_CHECKING

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cxm.profile.v1 import grants_pb2
from cxm.profile.v1 import users_pb2 as pb
from cxm.profile.v1.grants_pb2_grpc import GrantServiceStub, add_GrantServiceServicer_to_server
from cxm.profile.v1.users_pb2_grpc import UserServiceStub, add_UserServiceServicer_to_server
from services.kit.db.database import Database
from services.profile.directory.tree_cache import TreeCache
from services.profile.grants.editing import GrantEditor
from services.profile.grants.rpc import GrantRpc
from services.profile.grants.storage import lock_granted
from services.profile.users.editing import UserEditor
from services.profile.users.rpc import UserRpc
from tests.conftest import Serve
from tests.service.profile.support.profile import Profile, SettableClock

if TYPE_CHECKING:
    from cxm.profile.v1.grants_pb2_grpc import GrantServiceAsyncStub
    from cxm.profile.v1.users_pb2_grpc import UserServiceAsyncStub

ANALYST = "test-analyst"
"""The subject of `profile.bearer("analyst")`."""


@pytest.fixture
async def users(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock
) -> "UserServiceAsyncStub":
    rpc = UserRpc(UserEditor(database, lock_granted), TreeCache(database, watch))
    stub: UserServiceAsyncStub = UserServiceStub(
        await serve("profile", add_UserServiceServicer_to_server, rpc)
    )
    return stub


@pytest.fixture
async def grants(
    profile: Profile, database: Database, serve: Serve, watch: SettableClock
) -> "GrantServiceAsyncStub":
    rpc = GrantRpc(GrantEditor(database), TreeCache(database, watch))
    stub: GrantServiceAsyncStub = GrantServiceStub(
        await serve("profile", add_GrantServiceServicer_to_server, rpc)
    )
    return stub


async def give(grants: "GrantServiceAsyncStub", profile: Profile, *roles: str) -> None:
    items = [grants_pb2.GrantItem(subject=ANALYST, role=role) for role in roles]
    request = grants_pb2.UpsertGrantsRequest(items=items)
    await grants.UpsertGrants(request, metadata=profile.bearer())


async def revoke_first(grants: "GrantServiceAsyncStub", profile: Profile) -> None:
    request = grants_pb2.ListGrantsRequest(first=1)
    (first,) = (await grants.ListGrants(request, metadata=profile.bearer())).grants
    revoking = grants_pb2.RevokeGrantsRequest(keys=[first.key])
    await grants.RevokeGrants(revoking, metadata=profile.bearer())


async def listed(users: "UserServiceAsyncStub", profile: Profile) -> list[pb.StoredUser]:
    request = pb.ListUsersRequest(first=10)
    return list((await users.ListUsers(request, metadata=profile.bearer())).users)


async def test_a_user_is_kept_until_the_last_grant_is_revoked(
    users: "UserServiceAsyncStub",
    grants: "GrantServiceAsyncStub",
    profile: Profile,
    database: Database,
) -> None:
    own = profile.bearer("analyst")
    claims = pb.RecordOwnUserRequest(name="Ann", email="ann@example.org", language="en_US")
    kept = pb.StoredUser(key=ANALYST, name="Ann", email="ann@example.org", language="en-US")

    await users.RecordOwnUser(claims, metadata=own)
    assert not await listed(users, profile)  # nothing of who has no grant
    await give(grants, profile, "analyst", "operator")
    await users.RecordOwnUser(claims, metadata=own)
    await users.RecordOwnUser(claims, metadata=own)

    assert await listed(users, profile) == [kept]
    assert (await users.GetOwnUser(pb.GetOwnUserRequest(), metadata=own)).user == kept
    await revoke_first(grants, profile)
    assert await listed(users, profile) == [kept]
    await revoke_first(grants, profile)
    assert not await listed(users, profile)
    assert not (await users.GetOwnUser(pb.GetOwnUserRequest(), metadata=own)).HasField("user")
    entries = await database.pool.fetch(
        "SELECT subject, deed, keys FROM audit_entry WHERE deed LIKE 'user%' ORDER BY id"
    )
    assert [tuple(entry.values()) for entry in entries] == [
        (ANALYST, "user_changed", [ANALYST]),
        ("test-admin", "user_removed", [ANALYST]),
    ]


async def test_an_admin_says_what_a_user_is_called(
    users: "UserServiceAsyncStub", grants: "GrantServiceAsyncStub", profile: Profile
) -> None:
    await give(grants, profile, "analyst")
    items = [
        pb.UserItem(subject=ANALYST, name="Ann", language="de"),
        pb.UserItem(subject="oidc:eve", name="Eve"),
    ]

    reply = await users.UpsertUsers(pb.UpsertUsersRequest(items=items), metadata=profile.bearer())

    assert [[r.reason for r in result.refusals] for result in reply.results] == [
        [],
        ["NOT_GRANTED"],
    ]
    assert await listed(users, profile) == [pb.StoredUser(key=ANALYST, name="Ann", language="de")]


async def test_a_text_that_no_database_holds_refuses_its_item_alone(
    users: "UserServiceAsyncStub", grants: "GrantServiceAsyncStub", profile: Profile
) -> None:
    admin, own = profile.bearer(), profile.bearer("analyst")
    await give(grants, profile, "analyst")
    items = [pb.UserItem(subject=subject, name="Ann") for subject in (ANALYST, "a\0b")]
    items.append(pb.UserItem(subject=ANALYST, email="a\0b@example.org"))

    reply = await users.UpsertUsers(pb.UpsertUsersRequest(items=items), metadata=admin)
    claims = pb.RecordOwnUserRequest(email="a\0b@example.org", language="de")
    await users.RecordOwnUser(claims, metadata=own)

    assert [[r.reason for r in result.refusals] for result in reply.results] == [
        [],
        ["NOT_GRANTED"],
        ["INVALID_EMAIL"],
    ]
    assert await listed(users, profile) == [pb.StoredUser(key=ANALYST, name="Ann", language="de")]
    with pytest.raises(grpc.aio.AioRpcError, match="the last user you saw"):
        await users.ListUsers(pb.ListUsersRequest(first=1, after="a\0b"), metadata=admin)


@pytest.mark.parametrize("role", ["analyst", "operator", None])
async def test_only_admins_say_and_list(
    users: "UserServiceAsyncStub", profile: Profile, role: str | None
) -> None:
    metadata = profile.bearer(role) if role else ()
    expected = grpc.StatusCode.PERMISSION_DENIED if role else grpc.StatusCode.UNAUTHENTICATED
    upsert = pb.UpsertUsersRequest(items=[pb.UserItem(subject="oidc:me", name="Me")])
    for call in (
        users.UpsertUsers(upsert, metadata=metadata),
        users.ListUsers(pb.ListUsersRequest(first=1), metadata=metadata),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await call
        assert refused.value.code() is expected


async def test_the_reading_role_of_the_database_sees_no_users(database: Database) -> None:
    with pytest.raises(DBAPIError, match="permission denied for table profile_user"):
        async with database.read() as session:
            await session.execute(text("SELECT subject FROM profile_user"))
