"""Purchases in the schema: what is sent to profile, and how a customer's are shown."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import customers_pb2, subscriptions_pb2
from cxm.profile.v1 import purchases_pb2 as pb
from tests.unit.gateway.support.running import Platform

RECORD = """mutation ($purchases: [PurchaseInput!]!) { recordPurchases(input: {purchases: $purchases}) {
  results { key status } userErrors { code field } } }"""
WITHDRAW = """mutation { withdrawPurchases(input: {purchases: [{id: "r1", source: "shop"}]}) {
  results { key status } } }"""
LIST = """query ($after: String) { customer(number: "1") { purchases(first: 1, after: $after) {
  items { at amount isReturn channel payment place cardUsed receipt lines { item quantity amount discount } }
  orders bought returns broughtBack spent firstAt lastAt currency pageInfo { hasNextPage endCursor } } } }"""

SUBSCRIBE = """mutation ($subscriptions: [SubscriptionInput!]!) {
  upsertSubscriptions(input: {subscriptions: $subscriptions}) { results { key status } userErrors { code } } }"""
SUBSCRIBED = """{ customer(number: "1") { subscriptions {
  plan monthly currency contractEndsOn spans { startedOn endedOn reason } } } }"""


def at(hour: int) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(datetime(2026, 3, 1, hour, tzinfo=UTC))
    return stamp


async def test_purchases_are_sent_as_they_were_given(platform: Platform) -> None:
    sent = {
        "id": "r1",
        "customer": {"kind": "CARD", "value": "900100"},
        "occurredAt": "2026-03-01T09:00:00Z",
        "amount": 5_000_000_000,
        "department": "riga",
        "cardUsed": False,
        "lines": [{"item": "coffee", "amount": 900}],
    }

    data = await platform.data(RECORD, purchases=[sent])
    wrong = await platform.data(RECORD, purchases=[sent | {"occurredAt": "today"}])

    assert data["recordPurchases"]["results"] == [{"key": "r1", "status": "STORED"}]
    [request] = platform.services.asked["RecordPurchases"]
    [item] = request.items
    assert item == pb.PurchaseItem(
        id="r1",
        customer=customers_pb2.Identifier(kind="CARD", value="900100"),
        occurred_at=at(9),
        cents=5_000_000_000,
        department="riga",
        card_used=False,
        lines=[pb.PurchaseLine(item="coffee", quantity=1, cents=900)],
    )
    assert wrong["recordPurchases"]["userErrors"] == [
        {"code": "INVALID_INSTANT", "field": ["purchases", "0", "occurredAt"]}
    ]


async def test_an_amount_that_is_no_whole_number_is_refused(platform: Platform) -> None:
    sent = {"id": "r1", "occurredAt": "2026-03-01T09:00:00Z", "amount": 12.5}

    answer = await platform.ask(RECORD, purchases=[sent])

    assert "Cents are a whole number" in answer["errors"][0]["message"]


async def test_purchases_are_withdrawn_by_source_and_id(platform: Platform) -> None:
    data = await platform.data(WITHDRAW)

    assert data["withdrawPurchases"]["results"] == [{"key": "r1", "status": "STORED"}]
    assert list(platform.services.asked["WithdrawPurchases"][0].purchases) == [
        pb.PurchaseName(source="shop", id="r1")
    ]


async def test_a_page_of_purchases_goes_on_where_the_one_before_ended(platform: Platform) -> None:
    platform.services.customers = [customers_pb2.StoredCustomer(number=1, first_seen=at(1))]
    platform.services.purchases = [
        pb.StoredPurchase(
            place=pb.PurchasePlace(occurred_at=at(9), mark=7, alias=1), cents=200, is_return=True
        ),
        pb.StoredPurchase(
            place=pb.PurchasePlace(occurred_at=at(8), mark=-3, alias=1),
            cents=900,
            channel="SHOP",
            lines=[pb.PurchaseLine(item="coffee", quantity=1.5, cents=900, discount_cents=50)],
        ),
    ]

    first = (await platform.data(LIST))["customer"]["purchases"]
    cursor = first["pageInfo"]["endCursor"]
    rest = (await platform.data(LIST, after=cursor))["customer"]["purchases"]

    assert (first["orders"], first["bought"], first["broughtBack"], first["spent"]) == (
        1,
        900,
        200,
        700,
    )
    assert (first["lastAt"], first["currency"]) == ("2026-03-01T08:00:00Z", "EUR")
    assert first["pageInfo"]["hasNextPage"]
    assert [each["isReturn"] for each in first["items"]] == [True]
    [shown] = rest["items"]
    assert shown["lines"] == [{"item": "coffee", "quantity": 1.5, "amount": 900, "discount": 50}]
    assert (shown["channel"], shown["payment"], shown["cardUsed"]) == ("SHOP", None, None)


async def test_subscriptions_are_sent_and_shown_with_their_spans(platform: Platform) -> None:
    sent = {
        "id": "s1",
        "customer": {"kind": "CUSTOMER", "value": "C-1"},
        "plan": "Fibre",
        "monthly": 2990,
        "department": "riga",
        "startedOn": "2024-01-01",
        "endedOn": "2025-01-01",
        "reason": "moved",
    }
    platform.services.customers = [customers_pb2.StoredCustomer(number=1, first_seen=at(1))]
    span = subscriptions_pb2.SubscriptionSpan(started_day=19723, ended_day=20089, reason="moved")
    platform.services.subscriptions = [
        subscriptions_pb2.StoredSubscription(
            id="7", plan="Fibre", monthly_cents=2990, contract_ends_day=20089, spans=[span]
        )
    ]

    await platform.data(SUBSCRIBE, subscriptions=[sent])
    shown = await platform.data(SUBSCRIBED)

    [request] = platform.services.asked["UpsertSubscriptions"]
    assert request.items[0] == subscriptions_pb2.SubscriptionItem(
        id="s1",
        customer=customers_pb2.Identifier(kind="CUSTOMER", value="C-1"),
        plan="Fibre",
        monthly_cents=2990,
        department="riga",
        started_day=19723,
        ended_day=20089,
        reason="moved",
    )
    assert shown["customer"]["subscriptions"] == [
        {
            "plan": "Fibre",
            "monthly": 2990,
            "currency": "EUR",
            "contractEndsOn": "2025-01-01",
            "spans": [{"startedOn": "2024-01-01", "endedOn": "2025-01-01", "reason": "moved"}],
        }
    ]
