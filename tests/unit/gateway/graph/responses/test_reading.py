"""Responses behind a number and comments of a department, as they are asked for and shown."""

from typing import Any

import pytest

from cxm.survey.v1 import reading_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from services.kit.errors import Denied, NotFound, Unavailable
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import PERIOD, scorecard
from tests.unit.gateway.support.stub_reading import ROW

VERBATIMS = """query ($after: String, $kept: VerbatimFilter) { organization {
  verbatims(period: {from: "2026-01-01", to: "2026-02-01"}, first: 5, after: $after, filter: $kept) {
    %s pageInfo { hasNextPage hasPreviousPage endCursor } lookedBackTo
    edges { cursor node { response day text asked question department { key name } touchpoint { key }
      survey { name } channel language lead { kind score low high } } } } } }"""


async def verbatims(platform: Platform, selection: str = "", **variables: Any) -> Any:
    data = await platform.data(VERBATIMS.replace("%s", selection), **variables)
    return data["organization"]["verbatims"]


async def test_a_comment_is_shown_with_what_stands_beside_it(platform: Platform) -> None:
    page = await verbatims(platform)

    (edge,) = page["edges"]
    assert edge["node"] == {
        "response": ROW,
        "day": "2026-01-05",
        "text": "slow",
        "asked": "Why?",
        "question": "why",
        "department": {"key": "care", "name": "Care"},
        "touchpoint": None,
        "survey": {"name": "Visit"},
        "channel": "EMAIL",
        "language": None,
        "lead": {"kind": "NPS", "score": 3, "low": 0, "high": 10},
    }
    assert page["lookedBackTo"] == "2023-11-14"


async def test_a_filter_goes_to_the_service_and_a_cursor_comes_back(platform: Platform) -> None:
    kept = {
        "department": "shop", "question": "why", "touchpoint": "till", "language": "lv",
        "score": {"kind": "NPS", "low": 0, "high": 6}, "search": "slow",
    }  # fmt: skip

    page = await verbatims(platform, "totalCount", kept=kept)
    cursor = page["pageInfo"]["endCursor"]
    following = await verbatims(platform, after=cursor)
    from_item = await verbatims(platform, after=page["edges"][0]["cursor"])

    first, second, third = platform.services.asked["ListVerbatims"]
    assert first.scope.department_id == "id-root"
    assert (first.scope.include_subtree, first.scope.as_it_was) == (True, False)
    assert first.scope.filter == pb.ReadingFilter(touchpoint="till", language="lv")
    assert (first.department, first.question, first.search) == ("shop", "why", "slow")
    bounds = pb.ScoreBounds(kind=surveys_pb2.QUESTION_KIND_NPS, low=0, high=6)
    assert (first.first, first.count, first.scored) == (5, True, bounds)
    assert second.after == pb.ReadingPlace(at=1_700_000_000_000_000)
    assert third.after == pb.ReadingPlace(at=1_767_600_000_000_000, row=ROW, position=2)
    assert page["pageInfo"]["hasNextPage"]
    assert following["pageInfo"]["hasPreviousPage"]
    assert from_item["edges"]


async def test_the_responses_behind_a_number_are_those_of_its_scope(platform: Platform) -> None:
    selection = (
        "nps { responses(first: 3) { totalCount edges { node { response"
        " answers { question kind score text dontKnow options { key } } } } } }"
    )
    kept = 'tree: AS_IT_WAS, includeSubtree: false, filter: {survey: "s", channel: "SMS"}'

    found = await scorecard(platform, selection, f"{PERIOD}, {kept}")

    (request,) = platform.services.asked["ListResponses"]
    assert request.counted_by == pb.CountedBy(kind=surveys_pb2.QUESTION_KIND_NPS)
    assert (request.scope.as_it_was, request.scope.include_subtree) == (True, False)
    assert request.scope.filter == pb.ReadingFilter(survey="s", channel="SMS")
    assert (request.scope.from_day, request.first, request.count) == (20454, 3, True)
    page = found["nps"]["responses"]
    assert page["totalCount"] == 1
    assert page["edges"][0]["node"]["answers"] == [
        {"question": "recommend", "kind": "NPS", "score": 3, "text": None, "dontKnow": False, "options": []},
        {"question": "why", "kind": "TEXT", "score": None, "text": "slow", "dontKnow": False, "options": []},
    ]  # fmt: skip


@pytest.mark.parametrize("refusal", [Denied("no"), NotFound("no")])
async def test_who_may_not_read_them_finds_null_and_no_error(
    platform: Platform, refusal: Exception
) -> None:
    platform.services.failures |= {"ListVerbatims": refusal, "ListResponses": refusal}

    assert await verbatims(platform) is None
    found = await scorecard(platform, "nps { base responses { totalCount } }")
    assert found["nps"]["responses"] is None
    assert found["nps"]["base"] is not None


async def test_survey_away_is_an_error_of_the_field_alone(platform: Platform) -> None:
    platform.services.failures["ListVerbatims"] = Unavailable("away")

    answer = await platform.ask(VERBATIMS.replace("%s", ""))

    assert answer["data"]["organization"] == {"verbatims": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAVAILABLE"]


async def test_a_cursor_of_another_list_is_refused(platform: Platform) -> None:
    page = await verbatims(platform)
    query = "query ($after: String) {organization { scorecard(%s) {nps {responses(after: $after) {edges {cursor}}}}}}"

    codes = await platform.codes(
        query.replace("%s", PERIOD), platform.bearer(), after=page["pageInfo"]["endCursor"]
    )

    assert codes == ["BAD_USER_INPUT"]
