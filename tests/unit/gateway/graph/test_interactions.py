"""Interactions of customers in the schema: what is asked of profile, and how it is answered."""

from datetime import UTC, datetime

from cxm.profile.v1 import interactions_pb2 as pb
from cxm.profile.v1.customers_pb2 import Identifier
from services.kit.errors import Conflict
from tests.unit.gateway.support.running import Platform

RECORD = """mutation ($interactions: [InteractionInput!]!) { recordInteractions(input: {interactions: $interactions}) {
  results { key status userErrors { code field } } userErrors { code field } } }"""
WITHDRAW = """mutation ($input: WithdrawInteractionsInput!) { withdrawInteractions(input: $input) {
  withdrawn userErrors { code field } } }"""
KINDS = """mutation ($input: UpsertInteractionKindsInput!) { upsertInteractionKinds(input: $input) {
  results { key status } userErrors { code } } }"""
AT = "2026-03-01T09:30:00Z"
CALL = {"id": "17", "at": AT, "kind": "CALLED"}


async def test_interactions_are_recorded_with_all_that_was_sent(platform: Platform) -> None:
    whole = {
        **CALL,
        "customer": {"kind": "EMAIL", "value": "ilze@example.com"},
        "source": "crm",
        "department": "care",
        "touchpoint": "hotline",
        "channel": "PHONE",
        "details": [{"name": "topic", "value": "invoice"}],
    }

    data = await platform.data(RECORD, interactions=[whole, {**CALL, "id": "bad"}])

    stored, refused = data["recordInteractions"]["results"]
    assert (stored["key"], stored["status"]) == ("17", "STORED")
    assert refused["userErrors"] == [{"code": "ERASED", "field": ["customer"]}]
    (request,) = platform.services.asked["RecordInteractions"]
    first, second = request.items
    assert first.at.ToDatetime(UTC) == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert first.customer == Identifier(kind="EMAIL", value="ilze@example.com")
    assert (first.source, first.department, first.touchpoint) == ("crm", "care", "hotline")
    assert (first.channel, dict(first.details)) == ("PHONE", {"topic": "invoice"})
    assert not second.HasField("customer")


async def test_what_no_service_could_read_is_refused_here(platform: Platform) -> None:
    twice = [{"name": "topic", "value": "a"}, {"name": "topic", "value": "b"}]

    for wrong, code, field in (
        ([], "EMPTY", None),
        ([CALL, {**CALL, "at": "yesterday"}], "INVALID_INSTANT", ["interactions", "1", "at"]),
        ([{**CALL, "details": twice}], "REPEATED", ["interactions", "0", "details"]),
    ):
        data = await platform.data(RECORD, interactions=wrong)
        (error,) = data["recordInteractions"]["userErrors"]
        assert (error["code"], error["field"]) == (code, field)


async def test_interactions_are_taken_back(platform: Platform) -> None:
    names = [{"id": "17", "at": AT, "source": "crm"}, {"id": "bad", "at": AT}]

    data = await platform.data(WITHDRAW, input={"interactions": names})

    assert data["withdrawInteractions"] == {
        "withdrawn": 1,
        "userErrors": [{"code": "ERASED", "field": ["interactions", "1", "customer"]}],
    }
    platform.services.failures["WithdrawInteractions"] = Conflict("not now", reason="LATER")
    refused = (await platform.data(WITHDRAW, input={"interactions": names}))["withdrawInteractions"]
    assert (refused["withdrawn"], refused["userErrors"][0]["code"]) == (0, "LATER")


async def test_kinds_are_listed_and_made(platform: Platform) -> None:
    by_us = pb.INTERACTION_DIRECTION_BY_US
    platform.services.interaction_kinds = [
        pb.InteractionKind(key="DELIVERED", direction=by_us, details=["order"], built_in=True)
    ]
    made = {"key": "TEST_DRIVE", "name": "Test drive", "direction": "BY_CUSTOMER", "contact": True}

    listed = await platform.data(
        "{ interactionKinds { key name direction contact details builtIn } }"
    )
    data = await platform.data(KINDS, input={"kinds": [{**made, "details": ["car"]}]})

    assert listed["interactionKinds"] == [
        {
            "key": "DELIVERED",
            "name": None,
            "direction": "BY_US",
            "contact": False,
            "details": ["order"],
            "builtIn": True,
        }
    ]
    assert data["upsertInteractionKinds"]["results"] == [{"key": "TEST_DRIVE", "status": "STORED"}]
    (request,) = platform.services.asked["UpsertInteractionKinds"]
    (kind,) = request.kinds
    assert (kind.direction, kind.contact, list(kind.details)) == (1, True, ["car"])
