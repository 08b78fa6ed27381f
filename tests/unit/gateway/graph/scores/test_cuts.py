"""Filters, cuts and changes of scores, as they are asked for and shown."""

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from gateway.graph.scores.loaders import Scope
from gateway.graph.scores.trend import count_periods
from gateway.graph.scores.values import CalendarInterval
from services.metrics.domain.periods import Period, calendar_edges
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import PERIOD, scorecard
from tests.unit.gateway.support.stub_services import nps


async def test_a_filter_is_asked_for_and_part_of_the_scores_id(platform: Platform) -> None:
    kept = 'filter: {survey: "s", touchpoint: "desk", channel: "", segment: null}'
    whole = await scorecard(platform, "nps { id trend(interval: WEEK) { base } }")
    part = await scorecard(
        platform,
        "nps { id trend(interval: DAY) { base } breakdown(by: STAGE) { key } }",
        f"{PERIOD}, {kept}",
    )

    wanted = pb.Filter(survey="s", touchpoint="desk", channel="")
    assert whole["nps"]["id"] != part["nps"]["id"]
    unfiltered, filtered = platform.services.asked["GetScorecards"]
    assert not unfiltered.scope.HasField("filter")
    assert filtered.scope.filter == wanted
    assert [request.interval for request in platform.services.asked["GetTrend"]] == [
        pb.CALENDAR_INTERVAL_WEEK,
        pb.CALENDAR_INTERVAL_DAY,
    ]
    assert platform.services.asked["GetTrend"][1].scope.filter == wanted
    assert platform.services.asked["GetBreakdown"][0].dimension == pb.DIMENSION_STAGE
    assert platform.services.asked["GetBreakdown"][0].scope.filter == wanted


async def test_a_change_is_shown_as_it_came(platform: Platform) -> None:
    score = platform.services.scores[0]
    score.secondary = 0.5
    score.secondary_interval.CopyFrom(pb.Interval(low=0.4, high=0.6, method="Wilson", level=0.95))
    score.change.CopyFrom(
        pb.Change(
            delta=-3.5,
            interval=pb.Interval(low=-6.0, high=-1.0, method="adjusted Wald", level=0.95),
            p_value=0.01,
            adjusted_p_value=0.04,
            verdict=pb.VERDICT_CLEAR,
        )
    )
    compared = f'{PERIOD}, compareTo: {{from: "2025-12-01", to: "2026-01-01"}}'
    selection = (
        "nps { id secondary secondaryInterval { low level } "
        "change { delta interval { low high level method } pValue adjustedPValue verdict } }"
    )

    card = await scorecard(platform, selection, compared)
    alone = await scorecard(platform, "nps { id }")

    assert card["nps"].pop("id") != alone["nps"]["id"]
    assert card["nps"] == {
        "secondary": 0.5,
        "secondaryInterval": {"low": 0.4, "level": 0.95},
        "change": {
            "delta": -3.5,
            "interval": {"low": -6.0, "high": -1.0, "level": 0.95, "method": "adjusted Wald"},
            "pValue": 0.01,
            "adjustedPValue": 0.04,
            "verdict": "CLEAR",
        },
    }
    (asked, _) = platform.services.asked["GetScorecards"]
    assert asked.compare_to == pb.Days(from_day=20423, to_day=20454)


async def test_without_a_comparison_there_is_no_change(platform: Platform) -> None:
    card = await scorecard(platform, "nps { secondary secondaryInterval { low } change { delta } }")

    assert card["nps"] == {"secondary": None, "secondaryInterval": None, "change": None}
    assert not platform.services.asked["GetScorecards"][0].HasField("compare_to")


@pytest.mark.parametrize(
    "interval", [each for each in CalendarInterval if each is not CalendarInterval.WAVE]
)
@pytest.mark.parametrize("first", range(20454, 20462))
def test_points_are_charged_as_metrics_will_count_them(
    interval: CalendarInterval, first: int
) -> None:
    for last in range(first + 1, first + 200, 3):
        edges = calendar_edges(Period(first, last), interval.name)
        assert (
            count_periods(Scope(first, last, True, pb.TREE_READING_TODAY), interval)
            == len(edges) - 1
        )


async def test_a_trend_of_too_many_points_is_refused_before_it_is_asked(platform: Platform) -> None:
    query = """{ organization { scorecard(period: {from: "2016-01-01", to: "2026-01-01"}) {
        nps { value trend(interval: DAY) { base } } } } }"""

    assert await platform.codes(query, platform.bearer()) == ["BAD_USER_INPUT"]
    assert platform.services.asked["GetTrend"] == []


async def test_breakdowns_of_a_group_keep_their_ids_apart(platform: Platform) -> None:
    platform.services.groups = [
        pb.Group(key="EMAIL", label="EMAIL", score=nps(20.0, 60)),
        pb.Group(score=nps(50.0, 40)),
    ]

    card = await scorecard(platform, "nps { id breakdown(by: CHANNEL) { key score { id } } }")

    groups = card["nps"]["breakdown"]
    assert [group["key"] for group in groups] == ["EMAIL", None]
    assert len({card["nps"]["id"], *(group["score"]["id"] for group in groups)}) == 3


async def test_a_metric_named_by_a_variable_is_asked_for_alone(platform: Platform) -> None:
    query = """query ($metric: String!) { organization {
        scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) {
            score(metric: $metric) { base } } } }"""

    await platform.data(query, metric="nps")

    assert list(platform.services.asked["GetScorecards"][0].metrics) == ["nps"]


async def test_menus_get_the_values_in_use_and_the_formula_as_data(platform: Platform) -> None:
    answer = await platform.data(
        """{ department(key: "team") { filterValues { stages channels segments languages } }
          metricDefinitions { calculation {
            kind questionKind survey question option answers against withDontKnow } } }"""
    )

    assert answer["department"]["filterValues"] == {
        "stages": ["purchase"],
        "channels": ["EMAIL"],
        "segments": [],
        "languages": [],
    }
    assert answer["metricDefinitions"][0]["calculation"] == {
        "kind": "NET",
        "questionKind": "NPS",
        "survey": None,
        "question": None,
        "option": None,
        "answers": ["9", "10"],
        "against": ["0"],
        "withDontKnow": False,
    }
