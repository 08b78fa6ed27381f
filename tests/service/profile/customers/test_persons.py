"""Persons are what live links join: told, linked, parted and read over gRPC."""

from datetime import UTC, datetime

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import customers_pb2 as pb
from services.kit.sealing.customer_refs import customer_ref
from tests.service.profile.support.customers import KEYS, Customers, code, item, statuses


async def test_identifiers_of_one_item_are_one_person_however_they_are_written(
    customers: Customers,
) -> None:
    reply = await customers.upsert(
        item("CUSTOMER:C-1", "EMAIL:Ilze@Example.com", "PHONE:20 000 001"),
        item("EMAIL:ilze@example.COM", "CARD:4711 0815"),
    )
    again = await customers.upsert(item("PHONE:+371 20000001", "CARD:47110815"))
    person = int(reply.results[0].id)

    assert statuses(reply) == ["STORED", "STORED"]
    assert {result.id for result in (*reply.results, *again.results)} == {str(person)}
    assert [a.kind for a in (await customers.get(person)).aliases] == [
        "CUSTOMER",
        "EMAIL",
        "PHONE",
        "CARD",
    ]
    for number in await customers.members(person):
        assert (await customers.get(number)).number == person


async def test_the_same_again_stores_nothing(customers: Customers) -> None:
    said = item("CUSTOMER:C-1", "EMAIL:ilze@example.com", attributes={"plan": "gold"}, source="crm")
    await customers.upsert(said)
    before = await rows(customers)

    assert statuses(await customers.upsert(said, said)) == ["ALREADY_STORED"] * 2
    assert await rows(customers) == before


async def rows(customers: Customers) -> dict[str, list[str]]:
    """All that is stored of customers, as text."""
    tables = ("alias", "link", "not_same", "conflict", "person_change", "attribute", "reason")
    return {
        table: [
            str(row)
            for row in await customers.database.pool.fetch(
                f"SELECT * FROM profile_customer_{table} ORDER BY 1, 2"
            )
        ]
        for table in tables
    }


async def test_a_customer_is_found_by_the_hash_that_survey_keeps(customers: Customers) -> None:
    [number] = await customers.numbers("CUSTOMER:C-1")

    ref = await customers.database.pool.fetchval(
        "SELECT ref FROM profile_customer_alias WHERE id = $1", number
    )
    assert ref == customer_ref(KEYS.refs, "C-1")


async def test_ending_a_link_parts_what_no_other_link_joins(customers: Customers) -> None:
    a, b, c = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv", "EMAIL:c@x.lv")
    await customers.link(a, b)
    await customers.link(b, c)
    assert await customers.members(c) == [a, b, c]

    parted = await customers.unlink(b, a)

    assert parted.of_a.number == b
    assert parted.of_b.number == a
    assert await customers.members(a) == [a]
    assert await customers.members(c) == [b, c]
    refused = await customers.link(a, b)
    assert refused.conflict.reason == pb.CONFLICT_REASON_APART
    assert (refused.conflict.a, refused.conflict.b) == (a, b)
    assert not refused.HasField("customer")
    assert (await customers.link(a, c)).conflict.reason == pb.CONFLICT_REASON_APART


async def test_ending_one_of_two_ways_parts_nobody(customers: Customers) -> None:
    a, b, c = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv", "EMAIL:c@x.lv")
    for one, other in ((a, b), (b, c), (a, c)):
        await customers.link(one, other)

    parted = await customers.unlink(a, b)

    assert parted.of_a == parted.of_b
    assert await customers.members(a) == [a, b, c]
    assert [(link.a, link.b) for link in parted.of_a.links] == [(a, c), (b, c)]


async def test_a_call_that_comes_twice_changes_nothing_the_second_time(
    customers: Customers,
) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")

    assert await customers.link(a, b) == await customers.link(a, b)
    assert await customers.unlink(a, b) == await customers.unlink(a, b)
    assert [deed for deed, _ in await customers.deeds()] == [
        "customers_linked",
        "customers_unlinked",
    ]


async def test_a_link_says_who_made_it_and_why(customers: Customers) -> None:
    reply = await customers.upsert(
        item("CUSTOMER:C-1", "EMAIL:a@x.lv", source="crm"), role="integration"
    )
    [link] = (await customers.get(int(reply.results[0].id))).links

    assert link.reason == pb.LINK_REASON_TOGETHER
    assert (link.source, link.made_by) == ("crm", "test-integration")


async def test_the_first_day_is_the_earliest_that_anybody_says(customers: Customers) -> None:
    [number] = await customers.numbers("EMAIL:a@x.lv")
    seen = Timestamp()
    for year, status in ((2020, "STORED"), (2021, "ALREADY_STORED"), (2019, "STORED")):
        seen.FromDatetime(datetime(year, 1, 1, tzinfo=UTC))
        assert statuses(await customers.upsert(item("EMAIL:a@x.lv", first_seen=seen))) == [status]

    assert (await customers.get(number)).first_seen.ToDatetime().year == 2019
    seen.FromDatetime(datetime(2027, 1, 1, tzinfo=UTC))
    reply = await customers.upsert(item("EMAIL:a@x.lv", first_seen=seen))
    assert statuses(reply) == ["DAYS first_seen"]


async def test_attributes_are_the_latest_of_each_key_and_go_with_their_alias(
    customers: Customers,
) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")
    await customers.upsert(item("EMAIL:a@x.lv", attributes={"plan": "gold", "name": "Ilze"}))
    await customers.upsert(item("EMAIL:b@x.lv", attributes={"plan": "basic"}))
    await customers.link(a, b)

    assert await customers.attributes(a) == {"plan": "basic", "name": "Ilze"}
    await customers.upsert(item("EMAIL:b@x.lv", attributes={"name": ""}))
    assert await customers.attributes(b) == {"plan": "basic"}
    assert list((await customers.get(a)).attributes) == ["plan"]
    await customers.unlink(a, b)
    assert await customers.attributes(a) == {"plan": "gold", "name": "Ilze"}


async def test_an_alias_has_at_most_100_attributes(customers: Customers) -> None:
    many = {f"key{number}": "x" for number in range(100)}
    assert statuses(await customers.upsert(item("EMAIL:a@x.lv", attributes=many))) == ["STORED"]

    more = await customers.upsert(
        item("EMAIL:a@x.lv", "EMAIL:new@x.lv", attributes={"another": "x"}),
        item("EMAIL:a@x.lv", attributes={"key1": "", "another": "x"}),
    )

    assert statuses(more) == ["TOO_MANY_ATTRIBUTES attributes", "STORED"]
    assert await code(customers.find("EMAIL:new@x.lv")) == grpc.StatusCode.NOT_FOUND


async def test_nothing_of_a_refused_item_is_stored_and_its_neighbour_is(
    customers: Customers,
) -> None:
    reply = await customers.upsert(
        item("CUSTOMER:C-1", "EMAIL:no address"),
        item("CUSTOMER:C-2", "PHONE:n/a"),
        item("CUSTOMER:C-3", "FAX:1"),
        item(),
        item("CUSTOMER:C-4", attributes={"country": "Latvia"}),
        item(*(f"EMAIL:m{number}@x.lv" for number in range(51))),
        item("CUSTOMER:C-5"),
    )

    assert statuses(reply) == [
        "IDENTIFIER identifiers.1.value",
        "NOT_AN_IDENTIFIER identifiers.1.value",
        "UNKNOWN_KIND identifiers.1.kind",
        "IDENTIFIER identifiers",
        "COUNTRY attributes.country",
        "TOO_MANY_ALIASES identifiers",
        "STORED",
    ]
    assert len((await rows(customers))["alias"]) == 1
    assert "no address" not in str(reply)


async def test_a_call_has_1_to_1000_items(customers: Customers) -> None:
    assert await code(customers.upsert()) == grpc.StatusCode.INVALID_ARGUMENT
    many = [item(f"CUSTOMER:C-{number}") for number in range(1_001)]
    assert await code(customers.upsert(*many)) == grpc.StatusCode.INVALID_ARGUMENT


async def test_history_says_what_moved_and_replays_to_what_there_is(customers: Customers) -> None:
    a, b, c = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv", "EMAIL:c@x.lv")
    await customers.link(b, c)
    await customers.link(a, b)
    await customers.unlink(a, b)

    told = [
        (change.alias, change.was, change.is_now, pb.PersonChangeCause.Name(change.cause)[20:])
        for change in (await customers.history(c)).changes
    ]
    assert told == [
        (c, a, b, "UNLINKED"),
        (b, a, b, "UNLINKED"),
        (c, b, a, "LINKED"),
        (b, b, a, "LINKED"),
        (c, c, b, "LINKED"),
        (c, 0, c, "NEW"),
        (b, 0, b, "NEW"),
    ]
    assert {change.alias for change in (await customers.history(a)).changes} == {a, b, c}


async def test_history_is_paged(customers: Customers) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")
    await customers.link(a, b)

    page = await customers.history(a, first=2)
    rest = await customers.history(a, first=2, before=page.changes[-1].sequence)

    assert (page.more, rest.more) == (True, False)
    whole = await customers.history(a)
    assert [*page.changes, *rest.changes] == list(whole.changes)


@pytest.mark.parametrize("number", [0, -1, 4711, 2**31, 2**60])
async def test_a_number_of_nobody_is_absent(customers: Customers, number: int) -> None:
    [known] = await customers.numbers("EMAIL:a@x.lv")

    for call in (
        customers.get(number),
        customers.reveal(number),
        customers.history(number),
        customers.link(known, number),
        customers.unlink(number, known),
    ):
        assert await code(call) == grpc.StatusCode.NOT_FOUND
    assert await code(customers.find("EMAIL:stranger@x.lv")) == grpc.StatusCode.NOT_FOUND


async def test_two_aliases_without_a_link_cannot_be_parted(customers: Customers) -> None:
    a, b = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv")

    assert await code(customers.unlink(a, b)) == grpc.StatusCode.NOT_FOUND
    assert await code(customers.link(a, a)) == grpc.StatusCode.INVALID_ARGUMENT
    assert (await customers.link(a, b)).customer.number == a
