"""Results of a wave as they were released, or that they are withheld and where they are counted."""

from typing import Any

import pytest

from cxm.employee_exp.v1 import releases_pb2
from cxm.employee_exp.v1 import waves_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from services.kit.errors import Unavailable
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_waves import score, wave

SCORES = """scores { statistic question { kind } status value base interval { low high level method }
  bands { name share end } alpha countedIn change { delta adjustedPValue verdict } }"""


@pytest.fixture(autouse=True)
def released(platform: Platform) -> dict[str, releases_pb2.DepartmentResults]:
    """D0 with its numbers, d1 withheld, d2 not in the wave."""
    services = platform.services
    services.waves = [
        wave("summer", pb.WAVE_STATE_RELEASED),
        wave("spring", pb.WAVE_STATE_RELEASED),
        wave("autumn", pb.WAVE_STATE_CLOSED),
    ]
    bands = [
        releases_pb2.ReleasedBand(name="favourable", share=0.9, end=releases_pb2.BAND_END_AT_LEAST),
        releases_pb2.ReleasedBand(name="neutral", share=0.25),
    ]
    heard = score("heard", 29, 0.66)
    heard.bands.extend(bands)
    engagement = score("engagement", 30, 0.5)
    engagement.alpha = 0.81
    rate = releases_pb2.ReleasedScore(statistic="participationRate", value=0.75)
    services.released = {
        "id-d0": releases_pb2.DepartmentResults(
            department_id="id-d0",
            released=True,
            scores=[heard, rate, score("enps", 8), engagement],
            dimensions=["place"],
            verbatims=[releases_pb2.VerbatimCount(question="words", count=12)],
            counted_in_by_statistic={"fair": "Root", "words": "Root"},
        ),
        "id-d1": releases_pb2.DepartmentResults(department_id="id-d1", counted_in="Root"),
    }
    return services.released


async def results(platform: Platform, department: str, fields: str, more: str = "") -> Any:
    answer = await platform.data(
        f'{{ wave(key: "summer") {{ results(department: "{department}"{more}) {{ {fields} }} }} }}'
    )
    return answer["wave"]["results"]


async def test_results_show_each_number_with_its_base_or_why_there_is_none(
    platform: Platform,
) -> None:
    found = await results(
        platform,
        "d0",
        f"department {{ key }} status countedIn dimensions verbatimCounts {{ question count }} {SCORES}",
    )

    scores = {each.pop("statistic"): each for each in found.pop("scores")}
    assert found == {
        "department": {"key": "d0"},
        "status": "RELEASED",
        "countedIn": None,
        "dimensions": ["place"],
        "verbatimCounts": [{"question": "words", "count": 12}],
    }
    # Metrics first, then questions as they were asked.
    assert list(scores) == ["enps", "engagement", "participationRate", "heard", "fair"]
    nothing: dict[str, Any] = {
        "value": None,
        "base": None,
        "interval": None,
        "bands": [],
        "alpha": None,
    }
    nothing |= {"countedIn": None, "change": None, "question": None}
    interval = {"low": 0.4, "high": 0.6, "level": 0.95, "method": "t"}
    assert scores["enps"] == nothing | {"status": "INSUFFICIENT_BASE", "base": 8}
    assert scores["engagement"] == nothing | {
        "status": "OK",
        "value": 0.5,
        "base": 30,
        "interval": interval,
        "alpha": 0.81,
    }
    assert scores["participationRate"] == nothing | {"status": "LOW_BASE", "value": 0.75}
    assert scores["heard"]["status"] == "LOW_BASE"
    assert scores["heard"]["question"] == {"kind": "AGREEMENT"}
    assert scores["heard"]["bands"] == [
        {"name": "favourable", "share": 0.9, "end": "AT_LEAST"},
        {"name": "neutral", "share": 0.25, "end": None},
    ]
    assert scores["fair"] == nothing | {
        "status": "WITHHELD",
        "countedIn": "Root",
        "question": {"kind": "SENSITIVE"},
    }


async def test_a_department_that_is_withheld_says_where_it_is_counted(platform: Platform) -> None:
    found = await results(platform, "d1", f"status countedIn dimensions {SCORES}")

    assert found == {"status": "WITHHELD", "countedIn": "Root", "dimensions": [], "scores": []}


@pytest.mark.parametrize("department", ["d2", "absent"])
async def test_what_is_not_there_has_no_results(platform: Platform, department: str) -> None:
    assert await results(platform, department, "status") is None


async def test_nothing_is_asked_of_a_wave_that_is_not_released(platform: Platform) -> None:
    answer = await platform.data(
        """{ wave(key: "autumn") { results(department: "d0") { status }
            breakdown(department: "d0", dimension: "place") { status } } }"""
    )

    assert answer["wave"] == {"results": None, "breakdown": None}
    assert not platform.services.asked["GetResults"]
    assert not platform.services.asked["GetWaveBreakdown"]


async def test_who_may_see_the_department_but_no_scores_is_told_so(platform: Platform) -> None:
    platform.services.hidden.add("id-d0")
    query = '{ wave(key: "summer") { key results(department: "d0") { status } } }'

    content = await platform.ask(query)

    assert content["data"] == {"wave": {"key": "summer", "results": None}}
    assert [error["extensions"]["code"] for error in content["errors"]] == ["FORBIDDEN"]


async def test_changes_are_asked_once_for_all_numbers_and_only_when_they_are_read(
    platform: Platform,
) -> None:
    change = scores_pb2.Change(
        delta=0.1, adjusted_p_value=0.03, verdict=scores_pb2.VERDICT_CLEAR, p_value=0.01
    )
    platform.services.wave_changes = {"engagement": change}
    compared = ', compareTo: "spring"'

    await results(platform, "d0", "status scores { value }", compared)
    assert not platform.services.asked["GetWaveChanges"]
    found = await results(
        platform, "d0", "scores { statistic change { delta adjustedPValue verdict } }", compared
    )

    changes = {each["statistic"]: each["change"] for each in found["scores"]}
    assert changes.pop("engagement") == {"delta": 0.1, "adjustedPValue": 0.03, "verdict": "CLEAR"}
    assert set(changes.values()) == {None}
    (request,) = platform.services.asked["GetWaveChanges"]
    assert list(request.department_ids) == ["id-d0"]
    assert (request.wave, request.compare_to) == ("id-summer", "id-spring")


async def test_results_stand_where_metrics_is_away(platform: Platform) -> None:
    platform.services.failures["GetWaveChanges"] = Unavailable("away")

    content = await platform.ask(
        """{ wave(key: "summer") { results(department: "d0", compareTo: "spring") {
            scores { statistic change { delta } } } } }"""
    )

    scores = content["data"]["wave"]["results"]["scores"]
    assert [each["change"] for each in scores] == [None] * 5
    assert content["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


async def test_a_wave_to_compare_with_that_is_none_is_refused(platform: Platform) -> None:
    query = '{ wave(key: "summer") { results(department: "d0", compareTo: "winter") { status } } }'

    assert await platform.codes(query, platform.bearer()) == ["NOT_FOUND"]


async def test_a_breakdown_has_all_categories_those_not_known_last(platform: Platform) -> None:
    answer = await platform.data(
        """{ wave(key: "summer") { breakdown(department: "d0", dimension: "place") {
            status categories { name scores { statistic value base change { delta } } } } } }"""
    )

    numbers = [{"statistic": "engagement", "value": 0.5, "base": 40, "change": None}]
    assert answer["wave"]["breakdown"] == {
        "status": "RELEASED",
        "categories": [{"name": "Riga", "scores": numbers}, {"name": None, "scores": numbers}],
    }


async def test_an_undeclared_dimension_is_refused(platform: Platform) -> None:
    content = await platform.ask(
        '{ wave(key: "summer") { breakdown(department: "d0", dimension: "age") { status } } }'
    )

    (error,) = content["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["reason"] == "FILTER_NOT_REPORTABLE"


WORDS = """verbatims(question: "%s", first: 5, after: $after, search: "wo") { status countedIn totalCount
  edges { node { text } } pageInfo { hasNextPage hasPreviousPage endCursor } }"""


async def test_comments_are_paged_in_the_order_in_which_they_stand(platform: Platform) -> None:
    query = (
        """query ($after: String) { wave(key: "summer") { results(department: "d0") { %s } } }"""
    )
    after, texts, marks = None, [], []
    for _ in range(3):
        answer = await platform.data(query % (WORDS % "words"), after=after)
        page = answer["wave"]["results"]["verbatims"]
        assert (page["status"], page["countedIn"], page["totalCount"]) == ("RELEASED", None, 12)
        texts += [edge["node"]["text"] for edge in page["edges"]]
        marks.append((page["pageInfo"]["hasNextPage"], page["pageInfo"]["hasPreviousPage"]))
        after = page["pageInfo"]["endCursor"]

    assert texts == [f"word {number}" for number in range(12)]
    assert marks == [(True, False), (True, True), (False, True)]
    request = platform.services.asked["ListWaveVerbatims"][1]
    assert (request.wave, request.department_id) == ("id-summer", "id-d0")
    assert (request.first, request.offset, request.search) == (5, 5, "wo")


async def test_comments_that_are_withheld_say_where_they_are_counted(platform: Platform) -> None:
    query = (
        """query ($after: String) { wave(key: "summer") { results(department: "d0") { %s } } }"""
    )

    answer = await platform.data(query % (WORDS % "fair"), after=None)

    page = answer["wave"]["results"]["verbatims"]
    assert (page["status"], page["countedIn"]) == ("WITHHELD", "Root")
    assert (page["totalCount"], page["edges"]) == (None, [])
    assert page["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "endCursor": None,
    }
