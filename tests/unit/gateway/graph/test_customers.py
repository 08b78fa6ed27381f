"""Customers in the schema: what is asked of profile, and how it is shown."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import customers_pb2 as pb
from services.kit.errors import Denied, NotFound
from tests.unit.gateway.support.running import Platform

SHOWN = """number since attributes aliases { number kind since }
  links { a b reason source by at }"""
UPSERT = """mutation ($customers: [CustomerInput!]!) { upsertCustomers(input: {customers: $customers}) {
  results { index key status userErrors { code } } conflicts userErrors { code field } } }"""
LINK = """mutation ($input: LinkCustomersInput!) { linkCustomers(input: $input) {
  customer { number } conflict { id reason kind source } userErrors { code field } } }"""
UNLINK = """mutation ($input: UnlinkCustomersInput!) { unlinkCustomers(input: $input) {
  customers { number } userErrors { code } } }"""
SETTLE = """mutation ($input: SettleConflictInput!) { settleConflict(input: $input) {
  customer { number } userErrors { code } } }"""
REVEAL = """mutation ($input: RevealCustomerInput!) { revealCustomer(input: $input) {
  number aliases { number kind value } attributes { name value } userErrors { code } } }"""


def at(hour: int) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(datetime(2026, 3, 1, hour, tzinfo=UTC))
    return stamp


def person(number: int, *others: int) -> pb.StoredCustomer:
    """A person with an e-mail address for each other number, all linked to its own."""
    aliases = [pb.StoredAlias(number=number, kind="CUSTOMER", first_seen=at(9))]
    aliases += [pb.StoredAlias(number=each, kind="EMAIL", first_seen=at(10)) for each in others]
    links = [
        pb.StoredLink(
            a=number, b=each, reason=pb.LINK_REASON_TOGETHER, made_by="till", made_at=at(10)
        )
        for each in others
    ]
    return pb.StoredCustomer(
        number=number, first_seen=at(9), aliases=aliases, links=links, attributes=["name"]
    )


CONFLICT = pb.Conflict(
    id="0199", a=1, b=7, reason=pb.CONFLICT_REASON_UNIQUE, at=at(11), kind="CUSTOMER", source="shop"
)


async def test_a_customer_is_found_by_any_of_its_numbers_and_shown_without_values(
    platform: Platform,
) -> None:
    platform.services.customers = [person(1, 5)]

    data = await platform.data(f'{{ customer(number: "5") {{ id {SHOWN} }} }}')

    (id_, shown) = (data["customer"].pop("id"), data["customer"])
    assert shown == {
        "number": "1",
        "since": "2026-03-01T09:00:00Z",
        "attributes": ["name"],
        "aliases": [
            {"number": "1", "kind": "CUSTOMER", "since": "2026-03-01T09:00:00Z"},
            {"number": "5", "kind": "EMAIL", "since": "2026-03-01T10:00:00Z"},
        ],
        "links": [
            {
                "a": "1",
                "b": "5",
                "reason": "TOGETHER",
                "source": None,
                "by": "till",
                "at": "2026-03-01T10:00:00Z",
            }
        ],
    }
    again = await platform.data(f'{{ node(id: "{id_}") {{ ... on Customer {{ number }} }} }}')
    assert again["node"] == {"number": "1"}
    assert await platform.data('{ customer(number: "6") { number } }') == {"customer": None}


async def test_a_customer_is_asked_for_by_one_name(platform: Platform) -> None:
    platform.services.failures["GetCustomer"] = NotFound("no such customer")
    by_external = '{ customer(externalId: "C-1") { number } }'
    by_mail = '{ customer(identifier: {kind: "EMAIL", value: "a@b.example"}) { number } }'

    assert await platform.data(by_external) == await platform.data(by_mail) == {"customer": None}

    assert [request.identifier for request in platform.services.asked["GetCustomer"]] == [
        pb.Identifier(kind="CUSTOMER", value="C-1"),
        pb.Identifier(kind="EMAIL", value="a@b.example"),
    ]
    for none in ("", '(number: "1", externalId: "a")', '(number: "x")', '(number: "-1")'):
        asked = f"{{ customer{none} {{ number }} }}"
        assert await platform.codes(asked, platform.bearer()) == ["BAD_USER_INPUT"]


async def test_what_is_said_of_customers_is_sent(platform: Platform) -> None:
    given = {
        "identifiers": [{"kind": "EMAIL", "value": "a@b.example"}],
        "attributes": [{"name": "country", "value": "LV"}],
        "firstSeen": "2026-03-01T09:00:00Z",
        "source": "shop",
    }

    data = (await platform.data(UPSERT, customers=[given]))["upsertCustomers"]

    stored = {"index": 0, "key": "1", "status": "STORED", "userErrors": []}
    assert data == {"results": [stored], "conflicts": 0, "userErrors": []}
    (request,) = platform.services.asked["UpsertCustomers"]
    (item,) = request.items
    assert item == pb.CustomerItem(
        identifiers=[pb.Identifier(kind="EMAIL", value="a@b.example")],
        attributes={"country": "LV"},
        first_seen=at(9),
        source="shop",
    )


async def test_an_instant_that_is_none_and_an_empty_call_are_refused(platform: Platform) -> None:
    given = {"identifiers": [{"kind": "CARD", "value": "1"}], "firstSeen": "yesterday"}

    wrong = (await platform.data(UPSERT, customers=[given]))["upsertCustomers"]
    empty = (await platform.data(UPSERT, customers=[]))["upsertCustomers"]

    refused = {"code": "INVALID_INSTANT", "field": ["customers", "0", "firstSeen"]}
    assert wrong["userErrors"] == [refused]
    assert [error["code"] for error in empty["userErrors"]] == ["EMPTY"]
    assert not platform.services.asked["UpsertCustomers"]


async def test_a_link_joins_or_is_a_conflict(platform: Platform) -> None:
    platform.services.customers = [person(1, 5)]
    platform.services.conflicts = [CONFLICT]

    joined = await platform.data(LINK, input={"a": "1", "b": "5", "reason": "same person"})
    refused = await platform.data(LINK, input={"a": "1", "b": "7", "reason": "same person"})
    wrong = await platform.data(LINK, input={"a": "1", "b": "seven", "reason": "same person"})

    nothing: dict[str, object] = {"conflict": None, "userErrors": []}
    assert joined["linkCustomers"] == {"customer": {"number": "1"}, **nothing}
    conflict = {"id": "0199", "reason": "UNIQUE", "kind": "CUSTOMER", "source": "shop"}
    assert refused["linkCustomers"] == {"customer": None, "conflict": conflict, "userErrors": []}
    assert wrong["linkCustomers"]["userErrors"] == [{"code": "INVALID_NUMBER", "field": ["b"]}]


async def test_a_link_that_ends_leaves_one_person_or_two(platform: Platform) -> None:
    platform.services.customers = [person(1, 5), person(7)]

    one = await platform.data(UNLINK, input={"a": "1", "b": "5", "reason": "sisters"})
    two = await platform.data(UNLINK, input={"a": "1", "b": "7", "reason": "sisters"})

    assert one["unlinkCustomers"] == {"customers": [{"number": "1"}], "userErrors": []}
    assert two["unlinkCustomers"]["customers"] == [{"number": "1"}, {"number": "7"}]


async def test_conflicts_are_paged_and_settled(platform: Platform) -> None:
    later = pb.Conflict(id="0200", a=1, b=8, reason=pb.CONFLICT_REASON_SHARED, at=at(12))
    platform.services.customers = [person(1, 5)]
    platform.services.conflicts = [CONFLICT, later]
    page = "conflicts { id a b reason kind } totalCount pageInfo { hasNextPage endCursor }"

    first = (await platform.data(f"{{ customerConflicts(first: 1) {{ {page} }} }}"))[
        "customerConflicts"
    ]
    after = first["pageInfo"]["endCursor"]
    second = (await platform.data(f'{{ customerConflicts(after: "{after}") {{ {page} }} }}'))[
        "customerConflicts"
    ]
    settled = await platform.data(
        SETTLE, input={"id": "0199", "settlement": "JOIN", "reason": "a clerk's slip"}
    )
    unknown = await platform.data(
        SETTLE, input={"id": "0999", "settlement": "APART", "reason": "a clerk's slip"}
    )

    assert first["totalCount"] == 2
    assert first["conflicts"] == [
        {"id": "0199", "a": "1", "b": "7", "reason": "UNIQUE", "kind": "CUSTOMER"}
    ]
    assert second["conflicts"] == [
        {"id": "0200", "a": "1", "b": "8", "reason": "SHARED", "kind": None}
    ]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    assert settled["settleConflict"] == {"customer": {"number": "1"}, "userErrors": []}
    assert [error["code"] for error in unknown["settleConflict"]["userErrors"]] == ["NOT_FOUND"]


async def test_a_customer_is_revealed_with_a_reason_and_refused_without_the_right(
    platform: Platform,
) -> None:
    platform.services.customers = [person(1, 5)]
    given = {"number": "5", "reason": "the customer is on the phone"}

    revealed = (await platform.data(REVEAL, input=given))["revealCustomer"]
    platform.services.failures["RevealCustomer"] = Denied("your role does not allow this")

    assert revealed == {
        "number": "1",
        "aliases": [
            {"number": "1", "kind": "CUSTOMER", "value": "value-1"},
            {"number": "5", "kind": "EMAIL", "value": "value-5"},
        ],
        "attributes": [{"name": "name", "value": "value of name"}],
        "userErrors": [],
    }
    (request,) = platform.services.asked["RevealCustomer"]
    assert request.reason == given["reason"]
    assert await platform.codes(REVEAL, platform.bearer(), input=given) == ["FORBIDDEN"]


async def test_a_history_is_paged_from_the_newest(platform: Platform) -> None:
    platform.services.customers = [person(1, 5)]
    platform.services.person_changes = [
        pb.PersonChange(
            sequence=9,
            at=at(10),
            alias=5,
            was=5,
            is_now=1,
            cause=pb.PERSON_CHANGE_CAUSE_LINKED,
            link_a=1,
            link_b=5,
        ),
        pb.PersonChange(sequence=4, at=at(9), alias=5, is_now=5, cause=pb.PERSON_CHANGE_CAUSE_NEW),
    ]
    page = "changes { alias was isNow cause link } pageInfo { hasNextPage endCursor }"

    async def read(arguments: str) -> dict[str, object]:
        asked = f'{{ customer(number: "1") {{ history({arguments}) {{ {page} }} }} }}'
        found: dict[str, object] = (await platform.data(asked))["customer"]["history"]
        return found

    first = await read("first: 1")
    after = first["pageInfo"]["endCursor"]  # type: ignore[index]
    second = await read(f'after: "{after}"')

    assert first["changes"] == [
        {"alias": "5", "was": "5", "isNow": "1", "cause": "LINKED", "link": ["1", "5"]}
    ]
    assert second["changes"] == [
        {"alias": "5", "was": None, "isNow": "5", "cause": "NEW", "link": None}
    ]


async def test_kinds_are_listed_and_made(platform: Platform) -> None:
    platform.services.identifier_kinds = [
        pb.IdentifierKind(key="EMAIL", built_in=True),
        pb.IdentifierKind(key="LOYALTY", name="Loyalty card", unique=True),
    ]
    made = """mutation { upsertIdentifierKinds(input: {kinds: [{key: "CLUB", name: "Club", unique: false}]}) {
      results { key status } userErrors { code } } }"""

    kinds = await platform.data("{ identifierKinds { key name unique builtIn } }")
    result = await platform.data(made)

    assert kinds["identifierKinds"] == [
        {"key": "EMAIL", "name": None, "unique": False, "builtIn": True},
        {"key": "LOYALTY", "name": "Loyalty card", "unique": True, "builtIn": False},
    ]
    assert result["upsertIdentifierKinds"] == {
        "results": [{"key": "CLUB", "status": "STORED"}],
        "userErrors": [],
    }
    (request,) = platform.services.asked["UpsertIdentifierKinds"]
    assert list(request.kinds) == [pb.IdentifierKind(key="CLUB", name="Club")]


async def test_a_reason_is_read_by_its_entry(platform: Platform) -> None:
    asked = '{ customerReason(entry: "0199") }'

    assert await platform.data(asked) == {"customerReason": "reason of 0199"}
    platform.services.failures["GetReason"] = NotFound("no such reason")
    assert await platform.data(asked) == {"customerReason": None}
