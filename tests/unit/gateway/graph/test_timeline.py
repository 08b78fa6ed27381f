"""What a customer did and said, merged on one cursor; what is away is named, and heads find their own."""

import random
from typing import Any

import pytest

from cxm.profile.v1 import interactions_pb2 as pb
from cxm.survey.v1 import reading_pb2, surveys_pb2
from services.kit.errors import Denied, Unavailable
from tests.unit.gateway.graph.test_customers import at, person
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import department, touchpoint

TIMELINE = """query ($first: Int, $after: String, $kinds: [String!]) { customer(number: "1") {
  timeline(first: $first, after: $after, kinds: $kinds) {
    entries { at source kind stage channel department { key } touchpoint { key } details { name value }
      survey { name } lead { kind score high } }
    missing pageInfo { hasNextPage endCursor } } } }"""
SECOND = 1_000_000


def call(seconds: int, mark: int = 0, **more: Any) -> pb.TimelineInteraction:
    place = pb.TimelinePlace(at_us=seconds * SECOND, mark=mark, alias=1)
    given = {"kind": "CALLED", "department_id": "id-care", **more}
    return pb.TimelineInteraction(place=place, **given)


def response(seconds: int, row: str) -> reading_pb2.ReadContext:
    nps = surveys_pb2.QUESTION_KIND_NPS
    return reading_pb2.ReadContext(
        row=row,
        occurred_at=f"1970-01-01T00:00:{seconds:02}Z",
        place=reading_pb2.ReadingPlace(at=seconds * SECOND, row=row),
        department=reading_pb2.NamedByKey(key="care", name="Care"),
        survey=reading_pb2.NamedByKey(key="pulse", name="Pulse"),
        lead=reading_pb2.LeadScore(kind=nps, score=9, low=0, high=10),
    )


@pytest.fixture(autouse=True)
def customer(platform: Platform) -> None:
    services = platform.services
    services.customers = [person(1)]
    services.departments = [department("care")]
    services.touchpoints = [touchpoint("hotline", "care")]


async def timeline(platform: Platform, **variables: Any) -> Any:
    return (await platform.data(TIMELINE, **variables))["customer"]["timeline"]


async def test_interactions_and_responses_stand_in_one_list(platform: Platform) -> None:
    services = platform.services
    said: dict[str, Any] = {"touchpoint_id": "id-hotline", "stage": "loyalty", "channel": "PHONE"}
    services.timelines[1] = [call(30, **said, details={"topic": "invoice"}), call(10)]
    services.customer_responses = [response(20, "r1")]

    first, answer, last = (await timeline(platform))["entries"]

    assert first == {
        "at": "1970-01-01T00:00:30Z",
        "source": "PROFILE",
        "kind": "CALLED",
        "stage": "loyalty",
        "channel": "PHONE",
        "department": {"key": "care"},
        "touchpoint": {"key": "hotline"},
        "details": [{"name": "topic", "value": "invoice"}],
        "survey": None,
        "lead": None,
    }
    assert (answer["source"], answer["kind"], answer["at"]) == (
        "SURVEY",
        "RESPONDED",
        "1970-01-01T00:00:20Z",
    )
    assert answer["survey"] == {"name": "Pulse"}
    assert answer["lead"] == {"kind": "NPS", "score": 9, "high": 10}
    assert last["touchpoint"] is None
    assert list(services.asked["ListCustomerResponses"][0].customer_refs) == [b"ref"]


async def test_pages_are_the_list_whatever_falls_on_one_instant(platform: Platform) -> None:
    chance = random.Random(5)
    calls = [call(chance.randrange(12), mark, channel=f"c{mark}") for mark in range(30)]
    calls.sort(key=lambda each: (each.place.at_us, each.place.mark), reverse=True)
    platform.services.timelines[1] = calls
    answers = [response(chance.randrange(12), f"r{n:02}") for n in range(20)]
    answers.sort(key=lambda each: (each.place.at, each.row), reverse=True)
    platform.services.customer_responses = answers

    whole = (await timeline(platform, first=100))["entries"]

    assert len(whole) == 50
    assert [each["at"] for each in whole] == sorted((each["at"] for each in whole), reverse=True)
    for first in (1, 3, 7):
        found: list[Any] = []
        after = None
        while True:
            page = await timeline(platform, first=first, after=after)
            found += page["entries"]
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
        assert found == whole


async def test_only_some_kinds_are_asked_for(platform: Platform) -> None:
    platform.services.timelines[1] = [call(30)]
    platform.services.customer_responses = [response(20, "r1")]

    answers = await timeline(platform, kinds=["RESPONDED"])
    calls = await timeline(platform, kinds=["CALLED"])

    assert [each["kind"] for each in answers["entries"]] == ["RESPONDED"]
    assert [each["kind"] for each in calls["entries"]] == ["CALLED"]
    assert list(platform.services.asked["ListTimeline"][-1].kinds) == ["CALLED"]
    assert len(platform.services.asked["ListCustomerResponses"]) == 1


async def test_a_service_that_is_away_is_named(platform: Platform) -> None:
    platform.services.timelines[1] = [call(30)]
    platform.services.failures["ListCustomerResponses"] = Unavailable("away")

    page = await timeline(platform)

    assert (page["missing"], len(page["entries"])) == (["SURVEY"], 1)


async def test_where_a_customer_stands_is_told(platform: Platform) -> None:
    platform.services.whereabouts[1] = pb.GetWhereaboutsResponse(
        number=1, stage="loyalty", since=at(9), last_contact=at(10), silent_days=3
    )
    query = '{ customer(number: "1") { whereabouts { stage since lastContact silentDays } } }'

    told = (await platform.data(query))["customer"]["whereabouts"]
    platform.services.whereabouts[1] = pb.GetWhereaboutsResponse(number=1)
    nothing = (await platform.data(query))["customer"]["whereabouts"]

    assert told == {
        "stage": "loyalty",
        "since": "2026-03-01T09:00:00Z",
        "lastContact": "2026-03-01T10:00:00Z",
        "silentDays": 3,
    }
    assert set(nothing.values()) == {None}


async def test_who_may_not_read_customers_finds_those_of_own_departments(
    platform: Platform,
) -> None:
    platform.services.failures["GetCustomer"] = Denied("your role does not allow this")
    platform.services.whereabouts[1] = pb.GetWhereaboutsResponse(number=1)
    platform.services.timelines[1] = [call(30)]
    shown = "number since attributes aliases { number } timeline { entries { kind } }"

    found = await platform.data(f'{{ customer(number: "1") {{ {shown} }} }}')
    absent = await platform.data('{ customer(number: "2") { number } }')

    assert found["customer"] == {
        "number": "1",
        "since": None,
        "attributes": [],
        "aliases": [],
        "timeline": {"entries": [{"kind": "CALLED"}]},
    }
    assert absent == {"customer": None}
    by_mail = '{ customer(identifier: {kind: "EMAIL", value: "a@b.example"}) { number } }'
    assert await platform.codes(by_mail, platform.bearer()) == ["FORBIDDEN"]
