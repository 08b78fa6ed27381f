"""Links that are refused wait for somebody to settle them."""

import grpc
import pytest

from cxm.profile.v1 import customers_pb2 as pb
from tests.service.profile.support.customers import Customers, code, item, statuses

UNIQUE = pb.CONFLICT_REASON_UNIQUE
SHARED = pb.CONFLICT_REASON_SHARED


async def conflict_of(customers: Customers) -> tuple[int, int, pb.Conflict]:
    """Two customers who were said to have one address."""
    a, b = await customers.numbers("CUSTOMER:C-1", "CUSTOMER:C-2")
    await customers.upsert(item("CUSTOMER:C-1", "EMAIL:family@x.lv"))
    reply = await customers.upsert(item("CUSTOMER:C-2", "EMAIL:family@x.lv", source="crm"))
    assert reply.conflicts == 1
    [conflict] = await customers.conflicts()
    return a, b, conflict


async def test_two_values_of_a_unique_kind_do_not_meet(customers: Customers) -> None:
    a, b, conflict = await conflict_of(customers)

    assert (conflict.reason, conflict.kind, conflict.source) == (UNIQUE, "CUSTOMER", "crm")
    assert (await customers.get(a)).number != (await customers.get(b)).number
    again = await customers.upsert(item("CUSTOMER:C-2", "EMAIL:family@x.lv"))
    assert (statuses(again), again.conflicts) == (["ALREADY_STORED"], 1)
    assert await customers.conflicts() == [conflict]


async def test_what_is_said_beside_a_refused_link_is_stored(customers: Customers) -> None:
    _, b, _ = await conflict_of(customers)

    await customers.upsert(
        item("CUSTOMER:C-2", "EMAIL:family@x.lv", "PHONE:20000001", attributes={"plan": "gold"})
    )

    assert await customers.attributes(b) == {"plan": "gold"}
    assert (await customers.find("PHONE:20000001")).number == b


async def test_a_person_has_at_most_50_aliases(customers: Customers) -> None:
    reply = await customers.upsert(item(*(f"EMAIL:m{number}@x.lv" for number in range(50))))
    first = int(reply.results[0].id)

    more = await customers.upsert(item("EMAIL:m7@x.lv", "CARD:4711"))

    assert (statuses(more), more.conflicts) == (["STORED"], 1)
    [conflict] = await customers.conflicts()
    assert conflict.reason == pb.CONFLICT_REASON_TOO_MANY_ALIASES
    assert len(await customers.members(first)) == 50
    assert await code(customers.settle(conflict.id, pb.SETTLEMENT_JOIN, "analyst")) == (
        grpc.StatusCode.PERMISSION_DENIED
    )
    await customers.settle(conflict.id, pb.SETTLEMENT_JOIN)
    assert len(await customers.members(first)) == 51


async def test_an_alias_of_many_is_said_once_to_be_shared(customers: Customers) -> None:
    items = [item(f"CUSTOMER:C-{number}", "CARD:till") for number in range(12)]

    reply = await customers.upsert(*items)

    reasons = [conflict.reason for conflict in await customers.conflicts()]
    assert reasons == [UNIQUE] * 4 + [SHARED]
    assert reply.conflicts == 5
    *_, shared = await customers.conflicts()
    await customers.settle(shared.id, pb.SETTLEMENT_APART)
    later = await customers.upsert(item("CUSTOMER:C-99", "CARD:till"))
    assert later.conflicts == 0
    assert shared.id not in [conflict.id for conflict in await customers.conflicts()]


async def test_an_admin_joins_against_a_rule_and_others_may_not(customers: Customers) -> None:
    a, b, conflict = await conflict_of(customers)

    assert await code(customers.settle(conflict.id, pb.SETTLEMENT_JOIN, "analyst")) == (
        grpc.StatusCode.PERMISSION_DENIED
    )
    assert await customers.conflicts() == [conflict]
    reply = await customers.settle(conflict.id, pb.SETTLEMENT_JOIN)

    assert reply.customer.number == a
    assert (await customers.get(b)).number == a
    assert pb.LINK_REASON_FORCED in [link.reason for link in reply.customer.links]
    assert await customers.conflicts() == []
    assert await customers.deeds() == [
        ("customers_forced", [f"customer:{a}", f"customer:{conflict.b}", "JOIN"])
        if conflict.a == a
        else ("customers_forced", [f"customer:{conflict.a}", f"customer:{conflict.b}", "JOIN"])
    ]


async def test_who_was_kept_apart_is_joined_by_who_settles(customers: Customers) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")
    await customers.link(a, b)
    await customers.unlink(a, b)
    conflict = (await customers.link(a, b)).conflict

    reply = await customers.settle(conflict.id, pb.SETTLEMENT_JOIN, "analyst")

    assert reply.customer.number == a
    assert await customers.members(b) == [a, b]
    await customers.unlink(a, b)
    assert await customers.members(b) == [b]


async def test_apart_holds_for_what_comes_later_and_says_nothing_more(customers: Customers) -> None:
    a, b, conflict = await conflict_of(customers)

    reply = await customers.settle(conflict.id, pb.SETTLEMENT_APART)

    assert not reply.HasField("customer")
    again = await customers.upsert(item("CUSTOMER:C-2", "EMAIL:family@x.lv"))
    assert (statuses(again), again.conflicts) == (["ALREADY_STORED"], 0)
    assert await customers.conflicts() == []
    insisted = (await customers.link(conflict.a, conflict.b)).conflict
    assert insisted.reason == pb.CONFLICT_REASON_APART
    assert insisted.id != conflict.id
    assert await customers.conflicts() == [insisted]
    assert a != b


async def test_what_was_dismissed_comes_again_as_a_new_conflict(customers: Customers) -> None:
    _, _, conflict = await conflict_of(customers)
    await customers.settle(conflict.id, pb.SETTLEMENT_DISMISS)
    assert await customers.conflicts() == []

    await customers.upsert(item("CUSTOMER:C-2", "EMAIL:family@x.lv"))

    [later] = await customers.conflicts()
    assert later.id != conflict.id


async def test_a_conflict_is_settled_once(customers: Customers) -> None:
    _, _, conflict = await conflict_of(customers)
    first = await customers.settle(conflict.id, pb.SETTLEMENT_APART)

    assert await customers.settle(conflict.id, pb.SETTLEMENT_APART) == first
    assert await code(customers.settle(conflict.id, pb.SETTLEMENT_JOIN)) == (
        grpc.StatusCode.FAILED_PRECONDITION
    )
    assert [deed for deed, _ in await customers.deeds()] == ["customer_conflict_settled"]
    for wrong in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert await code(customers.settle(wrong, pb.SETTLEMENT_APART)) in (
            grpc.StatusCode.INVALID_ARGUMENT,
            grpc.StatusCode.NOT_FOUND,
        )


async def test_who_became_one_meanwhile_cannot_be_kept_apart(customers: Customers) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")
    await customers.link(a, b)
    await customers.unlink(a, b)
    first = (await customers.link(a, b)).conflict
    [c] = await customers.numbers("EMAIL:c@x.lv")
    await customers.link(b, c)
    second = (await customers.link(a, c)).conflict
    await customers.settle(second.id, pb.SETTLEMENT_JOIN)

    assert await code(customers.settle(first.id, pb.SETTLEMENT_APART)) == (
        grpc.StatusCode.FAILED_PRECONDITION
    )
    assert (await customers.settle(first.id, pb.SETTLEMENT_JOIN)).customer.number == a


async def test_conflicts_are_paged_and_counted(customers: Customers) -> None:
    await customers.upsert(*(item(f"CUSTOMER:C-{n}", "CARD:till") for n in range(4)))
    everything = await customers.conflicts()

    request = pb.ListConflictsRequest(first=2, count=True)
    page = await customers.stub.ListConflicts(request, metadata=customers.bearer())

    assert (list(page.conflicts), page.more, page.total) == (everything[:2], True, 3)
    assert await customers.conflicts(first=2, after=everything[1].id) == everything[2:]
    for first in (0, 101):
        assert await code(customers.conflicts(first=first)) == grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
async def test_whoever_changes_persons_says_why(customers: Customers, reason: str) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")

    assert await code(customers.link(a, b, reason)) == grpc.StatusCode.INVALID_ARGUMENT
    assert await code(customers.unlink(a, b, reason)) == grpc.StatusCode.INVALID_ARGUMENT
