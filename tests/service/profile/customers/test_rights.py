"""Who may see, join, part and reveal customers, and what the audit log and the database keep of it."""

from collections.abc import Awaitable, Callable

import grpc
import pytest

from cxm.profile.v1 import customers_pb2 as pb
from services.kit.db.database import Database
from tests.service.profile.support.customers import REASON, Customers, code, item

ROLES = ("admin", "analyst", "integration", "privacy_officer", "department_head", "operator")
Call = Callable[[Customers, int, str], Awaitable[object]]


async def find(customers: Customers, number: int, role: str) -> object:
    return await customers.find("CUSTOMER:C-1", role)


async def upsert(customers: Customers, number: int, role: str) -> object:
    return await customers.upsert(item("CUSTOMER:C-1"), role=role)


async def link(customers: Customers, number: int, role: str) -> object:
    return await customers.link(number, number + 1, role=role)


async def unlink(customers: Customers, number: int, role: str) -> object:
    return await customers.unlink(number, number + 1, role=role)


async def conflicts(customers: Customers, number: int, role: str) -> object:
    request = pb.ListConflictsRequest(first=1)
    return await customers.stub.ListConflicts(request, metadata=customers.bearer(role))


async def reveal(customers: Customers, number: int, role: str) -> object:
    return await customers.reveal(number, role)


async def history(customers: Customers, number: int, role: str) -> object:
    request = pb.ListCustomerHistoryRequest(number=number, first=1)
    return await customers.stub.ListCustomerHistory(request, metadata=customers.bearer(role))


async def make_kind(customers: Customers, number: int, role: str) -> object:
    request = pb.UpsertIdentifierKindsRequest(kinds=[pb.IdentifierKind(key="APP", name="App")])
    return await customers.stub.UpsertIdentifierKinds(request, metadata=customers.bearer(role))


async def list_kinds(customers: Customers, number: int, role: str) -> object:
    request = pb.ListIdentifierKindsRequest()
    return await customers.stub.ListIdentifierKinds(request, metadata=customers.bearer(role))


async def get(customers: Customers, number: int, role: str) -> object:
    return await customers.get(number, role)


ALLOWED: dict[Call, set[str]] = {
    get: {"admin", "analyst"},
    find: {"admin", "analyst", "privacy_officer"},
    history: {"admin", "analyst"},
    upsert: {"admin", "analyst", "integration"},
    link: {"admin", "analyst"},
    unlink: {"admin", "analyst", "privacy_officer"},
    conflicts: {"admin", "analyst"},
    reveal: {"admin", "privacy_officer"},
    make_kind: {"admin", "analyst"},
    list_kinds: {*ROLES},
}


@pytest.mark.parametrize("call", ALLOWED, ids=lambda call: call.__name__)
async def test_who_may(call: Call, customers: Customers) -> None:
    a, _ = await customers.numbers("CUSTOMER:C-1", "EMAIL:a@x.lv")
    await customers.link(a, a + 1)

    for role in ROLES:
        if role in ALLOWED[call]:
            await call(customers, a, role)
        else:
            assert await code(call(customers, a, role)) == grpc.StatusCode.PERMISSION_DENIED, role


async def test_nobody_in_particular_may_nothing(customers: Customers) -> None:
    request = pb.GetCustomerRequest(number=1)
    assert await code(customers.stub.GetCustomer(request)) == grpc.StatusCode.UNAUTHENTICATED


async def test_a_person_is_revealed_to_who_says_why_and_it_is_on_record(
    customers: Customers,
) -> None:
    reply = await customers.upsert(
        item("CUSTOMER:C-1", "EMAIL:Ilze@example.com", attributes={"name": "Ilze"})
    )
    number = int(reply.results[0].id)

    revealed = await customers.reveal(number + 1, "privacy_officer")

    assert revealed.number == number
    assert [(alias.kind, alias.value) for alias in revealed.aliases] == [
        ("CUSTOMER", "C-1"),
        ("EMAIL", "ilze@example.com"),
    ]
    assert dict(revealed.attributes) == {"name": "Ilze"}
    assert await customers.deeds() == [("customer_revealed", [f"customer:{number}"])]
    request = pb.RevealCustomerRequest(number=number, reason="curious  ")
    refused = customers.stub.RevealCustomer(request, metadata=customers.bearer())
    assert await code(refused) == grpc.StatusCode.INVALID_ARGUMENT


async def test_the_reason_is_kept_sealed_beside_the_entry(customers: Customers) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")
    await customers.link(a, b)
    entry = await customers.database.pool.fetchval("SELECT id FROM audit_entry")
    kept = await customers.database.pool.fetchval("SELECT sealed FROM profile_customer_reason")

    request = pb.GetReasonRequest(entry=str(entry))
    for role in ("admin", "privacy_officer"):
        reply = await customers.stub.GetReason(request, metadata=customers.bearer(role))
        assert reply.reason == REASON
    assert REASON.encode() not in kept
    denied = customers.stub.GetReason(request, metadata=customers.bearer("analyst"))
    assert await code(denied) == grpc.StatusCode.PERMISSION_DENIED
    absent = pb.GetReasonRequest(entry="00000000-0000-0000-0000-000000000000")
    assert await code(customers.stub.GetReason(absent, metadata=customers.bearer())) == (
        grpc.StatusCode.NOT_FOUND
    )


async def test_every_deed_names_numbers_and_keys_and_no_value(customers: Customers) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")
    await customers.link(a, b)
    await customers.unlink(a, b)
    conflict = (await customers.link(a, b)).conflict
    await customers.settle(conflict.id, pb.SETTLEMENT_DISMISS)
    await make_kind(customers, a, "admin")

    pair = [f"customer:{a}", f"customer:{b}"]
    assert await customers.deeds() == [
        ("customers_linked", pair),
        ("customers_unlinked", pair),
        ("customer_conflict_settled", [*pair, "DISMISS"]),
        ("identifier_kind_changed", ["APP"]),
    ]


async def test_the_database_holds_no_value_in_plain_text(customers: Customers) -> None:
    await customers.upsert(
        item("CUSTOMER:C-planted", "EMAIL:planted@x.lv", attributes={"name": "Planted"})
    )

    for table in ("alias", "link", "person_change", "attribute"):
        rows = await customers.database.pool.fetch(f"SELECT * FROM profile_customer_{table}")
        assert rows
        told = b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for row in rows
            for value in row.values()
        )
        assert b"lanted" not in told


async def test_the_reading_role_sees_nothing_of_customers(
    customers: Customers, database: Database
) -> None:
    await customers.numbers("EMAIL:a@x.lv")

    async with database.read() as session:
        connection = await session.connection()
        with pytest.raises(Exception, match="permission denied"):
            await connection.exec_driver_sql("SELECT count(*) FROM profile_customer_alias")


async def test_history_is_never_changed_by_the_service(customers: Customers) -> None:
    await customers.numbers("EMAIL:a@x.lv")

    for statement in (
        "UPDATE profile_customer_person_change SET was = 1",
        "UPDATE profile_customer_reason SET sealed = ''",
    ):
        with pytest.raises(Exception, match="permission denied"):
            await customers.database.pool.execute(statement)
    for table in ("profile_customer_person_change", "profile_customer_alias"):
        deleted = await customers.database.pool.execute(f"DELETE FROM {table}")
        assert deleted == "DELETE 0", "only an erasure deletes, and it says so"


async def test_own_kinds_join_and_are_unique_where_they_say_so(customers: Customers) -> None:
    request = pb.UpsertIdentifierKindsRequest(
        kinds=[pb.IdentifierKind(key="APP", name="App", unique=True)]
    )
    await customers.stub.UpsertIdentifierKinds(request, metadata=customers.bearer())
    await customers.upsert(item("APP:one", "EMAIL:a@x.lv"))

    reply = await customers.upsert(item("APP:two", "EMAIL:a@x.lv"))

    assert reply.conflicts == 1
    [conflict] = await customers.conflicts()
    assert conflict.kind == "APP"
    listed = await customers.stub.ListIdentifierKinds(
        pb.ListIdentifierKindsRequest(), metadata=customers.bearer("operator")
    )
    assert [kind.key for kind in listed.kinds if not kind.built_in] == ["APP"]
    assert [kind.key for kind in listed.kinds if kind.unique] == ["CUSTOMER", "ACCOUNT", "APP"]
