"""What the audit log says of the directory and of grants, and who reads it."""

from typing import TYPE_CHECKING

import grpc
import pytest

from cxm.audit.v1 import audit_pb2 as audit
from cxm.audit.v1.audit_pb2_grpc import AuditServiceStub, add_AuditServiceServicer_to_server
from cxm.profile.v1 import profile_pb2 as pb
from services.kit.auditing import AuditRpc
from services.kit.db.database import Database
from services.kit.rights.access import Grant, Role
from services.kit.rpc.status import from_rpc
from services.profile.directory.tree_cache import TreeCache
from tests.conftest import Serve
from tests.service.profile.support.profile import DAY, Profile

if TYPE_CHECKING:
    from cxm.audit.v1.audit_pb2_grpc import AuditServiceAsyncStub


@pytest.fixture
async def log(profile: Profile, database: Database, serve: Serve) -> "AuditServiceAsyncStub":
    rpc = AuditRpc(TreeCache(database, profile.watch), database)
    stub: AuditServiceAsyncStub = AuditServiceStub(
        await serve("profile", add_AuditServiceServicer_to_server, rpc)
    )
    return stub


async def deeds(log: "AuditServiceAsyncStub", profile: Profile) -> list[tuple[str, str, list[str]]]:
    """Role, deed and keys, oldest first."""
    reply = await log.ListAuditEntries(
        audit.ListAuditEntriesRequest(first=100), metadata=profile.bearer("privacy_officer")
    )
    return [(e.role, e.deed, list(e.keys)) for e in reversed(reply.entries)]


async def test_every_change_leaves_one_entry_and_a_repeated_one_none(
    log: "AuditServiceAsyncStub", profile: Profile
) -> None:
    shop = pb.TouchpointItem(key="shop", name="Shop", department="a")
    for _ in range(2):
        await profile.upsert(("a", "root"), bearer=profile.bearer("integration"))
        await profile.upsert(("b", "root"), ("lost", "nowhere"))
        await profile.move("a", "b", DAY + 3)
        await profile.upsert_touchpoints(shop, bearer=profile.bearer("analyst"))

    assert await deeds(log, profile) == [
        ("integration", "department_created", ["a", "root"]),
        ("admin", "department_created", ["b", "root"]),
        ("admin", "department_moved", ["a", "b"]),
        ("analyst", "touchpoint_created", ["shop", "a"]),
    ]


async def test_a_touchpoint_is_on_record_with_who_owns_it_now(
    log: "AuditServiceAsyncStub", profile: Profile
) -> None:
    await profile.upsert(("a", "root"), ("b", "root"))
    shop = pb.TouchpointItem(key="shop", name="Shop", department="a")
    staged = pb.TouchpointItem(key="shop", name="Shop", department="a", stage="loyalty")
    sold = pb.TouchpointItem(key="shop", name="Shop", department="b", stage="loyalty")
    for item in (shop, staged, sold):
        await profile.upsert_touchpoints(item)

    assert (await deeds(log, profile))[2:] == [
        ("admin", "touchpoint_created", ["shop", "a"]),
        ("admin", "touchpoint_changed", ["shop"]),  # the owner stays
        ("admin", "touchpoint_changed", ["shop", "b"]),
    ]


async def test_a_move_that_is_taken_back_is_on_record_with_the_parent_of_before(
    log: "AuditServiceAsyncStub", profile: Profile
) -> None:
    await profile.upsert(("a", "root"), ("b", "root"))
    for parent in ("b", "root"):
        await profile.move("a", parent, DAY + 3)

    assert (await deeds(log, profile))[2:] == [
        ("admin", "department_moved", ["a", "b"]),
        ("admin", "department_moved", ["a", "root"]),
    ]


async def test_the_entry_names_the_grant_that_allowed_it_and_no_other(
    log: "AuditServiceAsyncStub", profile: Profile
) -> None:
    await profile.upsert(("a", "root"), ("b", "root"), ("lost", "root"))
    both = profile.identities.granted(
        "profile",
        "ann",
        Grant(Role.ADMIN, "gone"),
        Grant(Role.ADMIN, "a"),
        Grant(Role.ADMIN, "b"),
    )
    shop = pb.TouchpointItem(key="shop", name="Shop", department="b")
    await profile.upsert(("b1", "b"), ("b2", "b1"), ("a1", "a"), bearer=both)
    await profile.upsert_touchpoints(shop, bearer=both)

    reply = await log.ListAuditEntries(
        audit.ListAuditEntriesRequest(first=4), metadata=profile.bearer("privacy_officer")
    )

    assert {e.keys[0]: e.department for e in reply.entries} == {
        "b1": "b",
        "b2": "b",
        "a1": "a",
        "shop": "b",
    }


async def test_the_name_of_the_root_is_in_the_log(
    log: "AuditServiceAsyncStub", profile: Profile
) -> None:
    await profile.upsert(("acme", None))

    assert await deeds(log, profile) == [("admin", "root_named", ["acme"])]


async def test_a_page_of_the_log_goes_on_where_the_one_before_ended(
    log: "AuditServiceAsyncStub", profile: Profile
) -> None:
    await profile.upsert(*((f"d{n}", "root") for n in range(5)))
    request = audit.ListAuditEntriesRequest(first=2)
    keys: list[str] = []
    more = True
    while more:
        reply = await log.ListAuditEntries(request, metadata=profile.bearer())
        keys += [entry.keys[0] for entry in reply.entries]
        request.before.CopyFrom(audit.AuditPlace(at=reply.entries[-1].at, id=reply.entries[-1].id))
        more = reply.more

    assert sorted(keys) == ["d0", "d1", "d2", "d3", "d4"]


@pytest.mark.parametrize(
    ("role", "department", "allowed"),
    [
        ("admin", None, True),
        ("privacy_officer", None, True),
        ("admin", "north", False),
        ("privacy_officer", "north", False),
        ("analyst", None, False),
        ("integration", None, False),
        ("operator", None, False),
        ("department_head", "north", False),
    ],
)
async def test_who_reads_the_log(
    log: "AuditServiceAsyncStub",
    profile: Profile,
    role: str,
    department: str | None,
    allowed: bool,
) -> None:
    await profile.upsert(("north", "root"))
    call = log.ListAuditEntries(
        audit.ListAuditEntriesRequest(first=1), metadata=profile.bearer(role, department)
    )

    try:
        reason = "" if (await call).entries else "nothing"
    except grpc.aio.AioRpcError as error:
        reason = from_rpc(error).reason

    assert reason == ("" if allowed else "FORBIDDEN")
