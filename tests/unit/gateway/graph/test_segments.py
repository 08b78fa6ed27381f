"""Segments in the schema: what is asked of profile, and how it is shown."""

from typing import Any

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import segments_pb2 as pb
from services.kit.errors import Invalid
from tests.unit.gateway.support.running import Platform

UPSERT = """mutation ($input: UpsertSegmentInput!) { upsertSegment(input: $input) {
  segment { key name rule place count } userErrors { code field message } } }"""
PREVIEW = """mutation ($input: PreviewSegmentInput!) { previewSegment(input: $input) {
  count members { number firstDay } issue { code message start end } userErrors { code } } }"""
HOME: dict[str, Any] = {"key": "home", "name": "Home market", "rule": 'country = "LV"'}


async def test_segments_are_shown_with_counts_by_one_call_and_members_in_pages(
    platform: Platform,
) -> None:
    platform.services.segments = [
        pb.StoredSegment(**HOME, place=1),
        pb.StoredSegment(key="rest", name="Rest", rule='not segment("home")'),
    ]
    document = """query ($after: String) { segments { key place count } segment(key: "rest") { key
      members(first: 4, after: $after) {
        members { number firstDay } pageInfo { hasNextPage endCursor } } } nobody: segment(key: "x") { key } }"""

    data = await platform.data(document)
    page = data["segment"]["members"]
    rest = await platform.data(document, after=page["pageInfo"]["endCursor"])

    assert data["nobody"] is None
    assert [(each["key"], each["place"], each["count"]) for each in data["segments"]] == [
        ("home", 1, 7),
        ("rest", None, 7),
    ]
    assert [member["number"] for member in page["members"]] == ["3", "4", "5", "6"]
    assert page["members"][0]["firstDay"] == "2024-10-04"
    assert page["pageInfo"]["hasNextPage"]
    assert [m["number"] for m in rest["segment"]["members"]["members"]] == ["7", "8", "9"]
    assert len(platform.services.asked["CountSegments"]) == 2


async def test_a_customer_shows_its_segment(platform: Platform) -> None:
    platform.services.segments = [pb.StoredSegment(**HOME, place=1)]
    platform.services.customers = [customers_pb2.StoredCustomer(number=number) for number in (1, 3)]
    document = """{ one: customer(number: "1") { segment { key } }
      other: customer(number: "3") { segment { key name } } }"""

    data = await platform.data(document)

    assert data["one"]["segment"] is None
    assert data["other"]["segment"] == {"key": "home", "name": "Home market"}


async def test_a_segment_is_made_or_it_is_said_why_not(platform: Platform) -> None:
    data = await platform.data(UPSERT, input={**HOME, "place": 2})
    assert data["upsertSegment"]["segment"] == {**HOME, "place": 2, "count": 7}
    await platform.data(UPSERT, input=HOME)
    placed, unplaced = platform.services.asked["UpsertSegment"]
    assert (placed, unplaced) == (
        pb.UpsertSegmentRequest(**HOME, place=2),
        pb.UpsertSegmentRequest(**HOME),
    )

    wrong = Invalid("no such name", reason="UNKNOWN_NAME", field=["rule"])
    platform.services.failures["UpsertSegment"] = wrong
    refused = (await platform.data(UPSERT, input=HOME))["upsertSegment"]
    assert refused["segment"] is None
    assert refused["userErrors"] == [
        {"code": "UNKNOWN_NAME", "field": ["rule"], "message": "no such name"}
    ]


async def test_a_segment_is_removed(platform: Platform) -> None:
    document = 'mutation { removeSegment(input: {key: "home"}) { removed userErrors { code } } }'
    data = await platform.data(document)
    assert data["removeSegment"] == {"removed": True, "userErrors": []}


async def test_a_preview_shows_whom_a_rule_holds_of_or_what_is_wrong(platform: Platform) -> None:
    data = await platform.data(PREVIEW, input={"rule": "true"})
    assert data["previewSegment"]["count"] == 7
    assert data["previewSegment"]["issue"] is None
    wrong = await platform.data(PREVIEW, input={"rule": "wrong", "key": "home"})
    assert wrong["previewSegment"] == {
        "count": None,
        "members": [],
        "issue": {
            "code": "UNKNOWN_NAME",
            "message": "there is no wrong",
            "start": 0,
            "end": 5,
        },
        "userErrors": [],
    }


async def test_names_are_shown(platform: Platform) -> None:
    data = await platform.data("{ ruleNames { name kind options } }")
    assert data["ruleNames"] == [
        {"name": "first_day", "kind": "DATE", "options": []},
        {"name": "segment", "kind": "CONDITION", "options": ["home"]},
    ]
