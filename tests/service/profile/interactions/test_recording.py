"""Interactions are stored once, under the alias they came with, for the department of their day; and taken back."""

import asyncio
import random

import asyncpg
import grpc
import pytest

from cxm.profile.v1 import interactions_pb2 as pb
from cxm.profile.v1 import profile_pb2
from tests.service.profile.support.customers import Customers, code, statuses
from tests.service.profile.support.erasures import Erasures, figures
from tests.service.profile.support.interactions import NOON, Interactions, happened, stamp
from tests.service.profile.support.profile import DAY, Profile

BY_CUSTOMER = pb.INTERACTION_DIRECTION_BY_CUSTOMER


@pytest.fixture(autouse=True)
async def departments(profile: Profile) -> None:
    await profile.upsert(("root", None), ("riga", "root"), ("liepaja", "root"))
    await profile.upsert_touchpoints(
        profile_pb2.TouchpointItem(
            key="till", name="Till", department="riga", stage="purchase", channel="SHOP"
        )
    )


async def test_the_same_interaction_is_stored_once(
    customers: Customers, interactions: Interactions
) -> None:
    calls = [happened("1"), happened("2", hours=1), happened("1"), happened("1", hours=1)]

    first = await interactions.record(*calls)
    again = await interactions.record(*calls)

    assert statuses(first) == ["STORED", "STORED", "ALREADY_STORED", "STORED"]
    assert statuses(again) == ["ALREADY_STORED"] * 4
    assert await interactions.stored() == 3
    found = await customers.find("CUSTOMER:ilze")
    assert {int(result.id) for result in first.results} == {found.number}
    assert found.first_seen == stamp(NOON)


async def test_an_interaction_counts_for_who_owned_the_touchpoint_on_its_day(
    profile: Profile, interactions: Interactions
) -> None:
    await interactions.record(happened("1", touchpoint="till", hours=-24))
    moved = profile_pb2.TouchpointItem(
        key="till", name="Till", department="liepaja", stage="loyalty", from_day=DAY - 3
    )
    await profile.upsert_touchpoints(moved)
    reply = await interactions.record(happened("2", touchpoint="till", channel="PHONE"))

    page = await interactions.page(int(reply.results[0].id))

    riga, liepaja = [await profile.department(key) for key in ("riga", "liepaja")]
    found = [(each.department_id, each.stage, each.channel) for each in page.interactions]
    assert found == [(liepaja.id, "loyalty", "PHONE"), (riga.id, "purchase", "SHOP")]


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (happened("1", kind="DANCED"), "UNKNOWN_KIND kind"),
        (happened("1", "EMAIL:none"), "NOT_AN_IDENTIFIER customer.value"),
        (happened("1", "SHOE:1"), "UNKNOWN_KIND customer.kind"),
        (happened(""), "ID id"),
        (happened("1", source="x" * 101), "SOURCE source"),
        (happened("1", hours=24 * 5), "DAYS at"),
        (happened("1", hours=-24 * 800), "TOO_OLD at"),
        (happened("1", department=""), "DEPARTMENT_REQUIRED department"),
        (happened("1", department="narnia"), "UNKNOWN_DEPARTMENT department"),
        (happened("1", touchpoint="door"), "UNKNOWN_TOUCHPOINT touchpoint"),
        (happened("1", details={"words": "I am Ilze"}), "DETAILS details.words"),
        (happened("1", details={"topic": "x" * 101}), "DETAILS details.topic"),
    ],
)
async def test_a_bad_interaction_is_refused_and_harms_no_neighbour(
    interactions: Interactions, sent: pb.InteractionItem, refusal: str
) -> None:
    reply = await interactions.record(happened("0"), sent)

    assert statuses(reply) == ["STORED", refusal]
    assert await interactions.stored() == 1


async def test_an_interaction_of_nobody_is_stored(interactions: Interactions) -> None:
    reply = await interactions.record(happened("1", ""), happened("2", "", kind="order completed"))

    assert [result.id for result in reply.results] == ["0", "0"]
    assert await interactions.stored() == 2
    assert await interactions.database.fetch("SELECT FROM profile_customer_department") == []


async def test_who_records_for_one_department_records_for_no_other(
    interactions: Interactions,
) -> None:
    reply = await interactions.record(happened("1"), department="liepaja")
    own = await interactions.record(happened("1", department="liepaja"), department="liepaja")
    denied = await code(interactions.record(happened("1"), role="department_head"))

    assert statuses(reply) == ["UNKNOWN_DEPARTMENT department"]
    assert statuses(own) == ["STORED"]
    assert denied is grpc.StatusCode.PERMISSION_DENIED


async def test_interactions_that_come_twice_at_once_are_stored_once(
    interactions: Interactions,
) -> None:
    sent = [happened(str(n), f"CUSTOMER:c{n % 7}", hours=n % 50) for n in range(300)]
    orders = [random.Random(seed).sample(sent, len(sent)) for seed in range(4)]

    replies = await asyncio.gather(*(interactions.record(*order) for order in orders))

    assert sum(statuses(reply).count("STORED") for reply in replies) == 300
    assert await interactions.stored() == 300


async def test_what_was_taken_back_is_gone_and_may_come_again(
    customers: Customers, interactions: Interactions
) -> None:
    call, other = happened("1"), happened("2", "CARD:900100")
    await interactions.record(call, other)
    number = (await customers.find("CUSTOMER:ilze")).number

    gone = await interactions.withdraw(call, call, happened("3"), happened("", "EMAIL:none"))
    page = await interactions.page(number)
    back = await interactions.record(call)

    assert statuses(gone) == [
        "STORED",
        "ALREADY_STORED",
        "ALREADY_STORED",
        "NOT_AN_IDENTIFIER customer.value",
    ]
    assert list(page.interactions) == []
    assert statuses(back) == ["STORED"]
    rows = await interactions.database.fetch(
        "SELECT keys FROM audit_entry WHERE deed = 'interactions_withdrawn'"
    )
    assert [row["keys"] for row in rows] == [[f"customer:{number}"]]
    for role in ("integration", "department_head"):
        denied = await code(interactions.withdraw(call, role=role))
        assert denied is grpc.StatusCode.PERMISSION_DENIED


async def test_an_erasure_takes_interactions_of_all_months(
    customers: Customers, interactions: Interactions, erasures: Erasures
) -> None:
    ilze = [happened(str(n), hours=-24 * 30 * n) for n in range(12)]
    await interactions.record(*ilze, happened("x", "CARD:900100"))

    done = await erasures.erase("CUSTOMER:ilze")

    found = figures(done.receipts, "profile")
    assert found["profile_interaction"] == (12, 0, 0)
    assert found["profile_customer_department"] == (1, 0, 0)
    assert await interactions.stored() == 1
    assert statuses(await interactions.record(*ilze[:2])) == ["ERASED customer", "ERASED customer"]


async def test_rows_are_deleted_for_a_purpose_only(interactions: Interactions) -> None:
    await interactions.record(happened("1"))

    await interactions.database.pool.execute("DELETE FROM profile_interaction")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await interactions.database.pool.execute("DELETE FROM profile_interaction_2026_05")

    assert await interactions.stored() == 1


async def test_own_kinds_are_made_and_keep_what_they_mean(interactions: Interactions) -> None:
    drive = pb.InteractionKind(
        key="TEST_DRIVE", name="Test drive", direction=BY_CUSTOMER, contact=True, details=["car"]
    )
    fewer = pb.InteractionKind(
        key="TEST_DRIVE", name="Test drive", direction=BY_CUSTOMER, contact=True
    )
    other = pb.InteractionKind(key="TEST_DRIVE", name="x", direction=pb.INTERACTION_DIRECTION_BY_US)
    known = happened("1", kind="TEST_DRIVE", details={"car": "Amber"})

    assert statuses(await interactions.record(known)) == ["UNKNOWN_KIND kind"]
    assert statuses(await interactions.upsert_kinds(drive)) == ["STORED"]
    assert statuses(await interactions.upsert_kinds(drive)) == ["ALREADY_STORED"]
    assert statuses(await interactions.upsert_kinds(fewer)) == ["DETAILS_FIXED details"]
    assert statuses(await interactions.upsert_kinds(other)) == ["KIND_FIXED direction"]
    built_in = pb.InteractionKind(key="CALLED", name="x", direction=BY_CUSTOMER)
    assert statuses(await interactions.upsert_kinds(built_in)) == ["BUILT_IN key"]
    number = int((await interactions.record(known)).results[0].id)
    (shown,) = (await interactions.page(number)).interactions
    assert (shown.kind, dict(shown.details)) == ("TEST_DRIVE", {"car": "Amber"})
    listed = await interactions.stub.ListInteractionKinds(
        pb.ListInteractionKindsRequest(), metadata=interactions.bearer("integration")
    )
    assert [kind.key for kind in listed.kinds][24:] == ["TEST_DRIVE"]
