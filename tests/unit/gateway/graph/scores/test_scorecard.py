"""Scorecards: how many calls they take, and what becomes of the answers."""

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import PERIOD, read, scorecard
from tests.unit.gateway.support.stub_services import nps


async def test_scorecards_of_all_children_are_one_call(platform: Platform) -> None:
    selection = f"key scorecard({PERIOD}) {{ nps {{ value }} }}"
    answer = await platform.data(
        "{ organization { %s children { edges { node { %s } } } } }" % (selection, selection)  # noqa: UP031
    )

    children = [edge["node"] for edge in answer["organization"]["children"]["edges"]]
    assert [child["key"] for child in children] == ["d0", "d1", "d2"]
    assert all(child["scorecard"] == {"nps": {"value": 30.0}} for child in children)
    # On a busy machine the second call may arrive first.
    calls = sorted(
        platform.services.asked["GetScorecards"], key=lambda call: len(call.department_ids)
    )
    own, below = calls
    assert list(own.department_ids) == ["id-root"]
    assert list(below.department_ids) == ["id-d0", "id-d1", "id-d2"]
    assert len(platform.services.asked["ListDepartments"]) == 1


async def test_different_periods_are_different_calls(platform: Platform) -> None:
    await platform.data(
        """{ organization {
            a: scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) { nps { value } }
            b: scorecard(period: {from: "2026-02-01", to: "2026-03-01"}, tree: AS_IT_WAS) { nps { value } }
            c: scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) { nps { base } } } }"""
    )

    scopes = [request.scope for request in platform.services.asked["GetScorecards"]]
    # The calls go out together and arrive in any order.
    assert sorted((s.from_day, s.to_day, s.include_subtree, s.tree) for s in scopes) == [
        (20454, 20485, True, pb.TREE_READING_TODAY),
        (20485, 20513, True, pb.TREE_READING_AS_IT_WAS),
    ]


@pytest.mark.parametrize(
    ("selection", "metrics"),
    [
        ("nps { value }", ["nps"]),
        ("turnoverRate { value } csat { value } period { from }", ["csat", "turnoverRate"]),
        ('nps { value } score(metric: "friendsAndFamily") { value }', ["friendsAndFamily", "nps"]),
        ('... { a: score(metric: "x") { value } } b: score(metric: "y") { value }', ["x", "y"]),
        ("movesInPeriod", []),
        ("... { nps { value } }", ["nps"]),
    ],
)
async def test_only_the_metrics_selected_are_asked_for(
    platform: Platform, selection: str, metrics: list[str]
) -> None:
    await scorecard(platform, selection)

    (request,) = platform.services.asked["GetScorecards"]
    assert list(request.metrics) == metrics


async def test_a_scorecard_says_what_was_asked(platform: Platform) -> None:
    card = await scorecard(
        platform,
        "period { from to } tree movesInPeriod",
        f"{PERIOD}, tree: AS_IT_WAS, includeSubtree: false",
    )

    assert card == {
        "period": {"from": "2026-01-01", "to": "2026-02-01"},
        "tree": "AS_IT_WAS",
        "movesInPeriod": 1,
    }
    assert platform.services.asked["GetScorecards"][0].scope.include_subtree is False


async def test_a_score_is_never_without_its_base_and_interval(platform: Platform) -> None:
    card = await scorecard(
        platform,
        "nps { id status value base interval { low high method } "
        "distribution { value label count } metric { key version name unit } } "
        'same: score(metric: "nps") { id } csat { value } score(metric: "luck") { value }',
    )

    assert card["nps"].pop("id") == card["same"]["id"]
    assert card["nps"] == {
        "status": "OK",
        "value": 30.0,
        "base": 100,
        "interval": {"low": 29.0, "high": 31.0, "method": "adjusted Wald"},
        "distribution": [{"value": 9, "label": "9", "count": 100}],
        "metric": {"key": "nps", "version": 1, "name": "Net Promoter Score", "unit": "POINTS"},
    }
    assert card["csat"] is None
    assert card["score"] is None


async def test_a_withheld_value_is_null_and_not_nought(platform: Platform) -> None:
    small = pb.Score(metric="nps", version=1, status=pb.SCORE_STATUS_INSUFFICIENT_BASE, base=3)
    none = pb.Score(metric="csat", version=1, status=pb.SCORE_STATUS_NOT_APPLICABLE)
    platform.services.scores = [small, none]

    card = await scorecard(
        platform,
        "small: nps { status value base interval { low } distribution { value } } "
        "none: csat { status value base interval { low } distribution { value } }",
    )

    empty = {"value": None, "interval": None, "distribution": None}
    assert card["small"] == empty | {"status": "INSUFFICIENT_BASE", "base": 3}
    assert card["none"] == empty | {"status": "NOT_APPLICABLE", "base": None}


async def test_turnover_of_a_file_that_is_being_counted_says_so(platform: Platform) -> None:
    """Gateways of the last version know only its status, NO_DATA."""
    counting = pb.Score(
        metric="turnoverRate",
        version=1,
        status=pb.SCORE_STATUS_NO_DATA,
        base=1000,
        is_counting=True,
    )
    platform.services.scores = [counting]
    platform.services.points = [pb.TrendPoint(from_day=20454, to_day=20485, score=counting)]

    card = await scorecard(
        platform, "turnoverRate { status value base trend(interval: MONTH) { status value base } }"
    )

    point = {"status": "COUNTING", "value": None, "base": 1000}
    assert card["turnoverRate"] == point | {"trend": [point]}


async def test_dont_know_is_a_bucket_without_a_value(platform: Platform) -> None:
    platform.services.scores[0].distribution.append(pb.Bucket(label="don't know", count=4))

    card = await scorecard(platform, "nps { distribution { value label count } }")

    assert card["nps"]["distribution"][-1] == {"value": None, "label": "don't know", "count": 4}


async def test_a_trend_is_one_call_and_keeps_empty_months(platform: Platform) -> None:
    empty = pb.Score(metric="nps", version=1, status=pb.SCORE_STATUS_NO_DATA, base=0)
    platform.services.points = [
        pb.TrendPoint(from_day=20454, to_day=20485, score=nps(10.0, 40)),
        pb.TrendPoint(from_day=20485, to_day=20500, score=empty),
    ]

    card = await scorecard(
        platform, "nps { trend(interval: MONTH) { from to value base status interval { low } } }"
    )

    assert card["nps"]["trend"] == [
        {
            "from": "2026-01-01",
            "to": "2026-02-01",
            "value": 10.0,
            "base": 40,
            "status": "OK",
            "interval": {"low": 9.0},
        },
        {
            "from": "2026-02-01",
            "to": "2026-02-16",
            "value": None,
            "base": 0,
            "status": "NO_DATA",
            "interval": None,
        },
    ]
    (request,) = platform.services.asked["GetTrend"]
    assert (request.department_id, request.metric) == ("id-root", "nps@1")
    assert request.interval == pb.CALENDAR_INTERVAL_MONTH
    assert request.scope.from_day == 20454


@pytest.mark.parametrize(
    ("by", "dimension"),
    [
        ("CHILD_DEPARTMENT", pb.DIMENSION_CHILD_DEPARTMENT),
        ("TOUCHPOINT", pb.DIMENSION_TOUCHPOINT),
    ],
)
async def test_a_breakdown_is_one_call_and_its_last_group_has_no_key(
    platform: Platform, by: str, dimension: int
) -> None:
    platform.services.groups = [
        pb.Group(id="id-d0", key="d0", label="D0", score=nps(20.0, 60)),
        pb.Group(label="directly here", score=nps(50.0, 40)),
    ]

    card = await scorecard(
        platform,
        f"nps {{ id breakdown(by: {by}) {{ key label score {{ id value base "
        "trend(interval: MONTH) { value } breakdown(by: TOUCHPOINT) { key } } } }",
    )

    groups = card["nps"]["breakdown"]
    ids = {card["nps"]["id"], *(group["score"].pop("id") for group in groups)}
    assert len(ids) == 3
    nothing = {"trend": None, "breakdown": None}
    assert groups == [
        {"key": "d0", "label": "D0", "score": {"value": 20.0, "base": 60} | nothing},
        {"key": None, "label": "directly here", "score": {"value": 50.0, "base": 40} | nothing},
    ]
    (request,) = platform.services.asked["GetBreakdown"]
    assert request.dimension == dimension


async def test_definitions_are_asked_for_once_and_then_known(platform: Platform) -> None:
    for _ in range(2):
        card = await scorecard(
            platform, 'nps { metric { key } } again: score(metric: "nps") { metric { name } }'
        )
        assert card["again"]["metric"]["name"] == "Net Promoter Score"

    assert len(platform.services.asked["ListDefinitions"]) == 1
    assert await platform.data("{ metricDefinitions { key higherIsBetter minimumBase } }") == {
        "metricDefinitions": [{"key": "nps", "higherIsBetter": False, "minimumBase": 0}]
    }


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        ("2026-01-01", "2026-01-02", []),
        ("2026-01-01", "2026-01-01", ["BAD_USER_INPUT"]),
        ("2026-01-02", "2026-01-01", ["BAD_USER_INPUT"]),
        ("2026-02-30", "2026-03-01", ["BAD_USER_INPUT"]),
        ("26-1-1", "2026-03-01", ["BAD_USER_INPUT"]),
        ("20260101", "2026-03-01", ["BAD_USER_INPUT"]),
        ("2026-W01-1", "2026-03-01", ["BAD_USER_INPUT"]),
        ("0001-01-01", "9999-12-31", []),
    ],
)
async def test_a_period_has_days_in_order(
    platform: Platform, first: str, last: str, codes: list[str]
) -> None:
    query = """query ($from: Date!, $to: Date!) { organization {
        scorecard(period: {from: $from, to: $to}) { tree } } }"""

    variables = {"from": first, "to": last}
    assert await platform.codes(query, platform.bearer(), **variables) == codes


async def test_where_no_scores_may_be_seen_there_is_no_scorecard(platform: Platform) -> None:
    platform.services.scores = []
    platform.services.hidden.add("id-root")

    assert await platform.data(read("tree")) == {"organization": {"scorecard": None}}
