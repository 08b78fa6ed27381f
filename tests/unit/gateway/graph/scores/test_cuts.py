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
            finding=pb.FINDING_CLEARLY_DOWN,
        )
    )
    compared = f'{PERIOD}, compareTo: {{from: "2025-12-01", to: "2026-01-01"}}'
    selection = (
        "nps { id secondary secondaryInterval { low level } "
        "change { delta interval { low high level method } pValue adjustedPValue verdict finding } }"
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
            "finding": "CLEARLY_DOWN",
        },
    }
    (asked, _) = platform.services.asked["GetScorecards"]
    assert asked.compare_to == pb.Days(from_day=20423, to_day=20454)


async def test_without_a_comparison_there_is_no_change(platform: Platform) -> None:
    card = await scorecard(platform, "nps { secondary secondaryInterval { low } change { delta } }")

    assert card["nps"] == {"secondary": None, "secondaryInterval": None, "change": None}
    assert not platform.services.asked["GetScorecards"][0].HasField("compare_to")


async def test_the_rest_is_asked_for_where_it_is_wanted_and_shown_as_it_came(
    platform: Platform,
) -> None:
    change = pb.Change(delta=-3.5, adjusted_p_value=0.04, verdict=pb.VERDICT_CLEAR)
    platform.services.scores[0].rest.CopyFrom(pb.Rest(value=12.5, base=40, change=change))
    selection = "nps { ...Rest } } } } fragment Rest on Score { rest { value base change { delta verdict finding "

    card = await scorecard(platform, selection)
    await scorecard(platform, "hasRest")
    await scorecard(platform, "nps { breakdown(by: STAGE) { score { rest { value } } } }")

    shown = {
        "value": 12.5,
        "base": 40,
        "change": {"delta": -3.5, "verdict": "CLEAR", "finding": None},
    }
    assert card["nps"]["rest"] == shown
    asked = [request.with_rest for request in platform.services.asked["GetScorecards"]]
    assert asked == [True, True, False]


async def test_without_a_base_or_a_rest_there_is_null(platform: Platform) -> None:
    selection = "hasRest nps { rest { value base } }"
    nothing = await scorecard(platform, selection)
    platform.services.scores[0].rest.CopyFrom(pb.Rest(value=0.0))
    without_base = await scorecard(platform, selection)

    assert nothing == {"hasRest": False, "nps": {"rest": None}}
    assert without_base["nps"] == {"rest": {"value": 0.0, "base": None}}


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
        pb.Group(label="no longer here", score=nps(30.0, 50)),
    ]

    card = await scorecard(platform, "nps { id breakdown(by: CHANNEL) { key score { id } } }")

    groups = card["nps"]["breakdown"]
    assert [group["key"] for group in groups] == ["EMAIL", None, None]
    assert len({card["nps"]["id"], *(group["score"]["id"] for group in groups)}) == 4


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


@pytest.mark.parametrize(
    ("method", "base", "note"),
    [("t", 29, "T_BELOW_30"), ("t", 30, None), ("Wilson", 12, None), (None, 5, None)],
)
async def test_a_score_explains_itself(
    platform: Platform, method: str | None, base: int, note: str | None
) -> None:
    score = platform.services.scores[0]
    score.base, score.worked = base, "100 x (39 - 117) / 211"
    score.ClearField("interval")
    if method is not None:
        score.interval.method = method

    selection = (
        "nps { explanation { formula version denominator worked counts { label count } "
        "intervalMethod intervalNote } distribution { label count } metric { formula denominator version } }"
    )
    card = await scorecard(platform, selection)

    said = card["nps"]["explanation"]
    assert card["nps"]["metric"] == {key: said[key] for key in card["nps"]["metric"]}
    assert said["worked"] == "100 x (39 - 117) / 211"
    assert said["counts"] == (card["nps"]["distribution"] or [])
    assert (said["intervalMethod"], said["intervalNote"]) == (method, note)


async def test_what_is_not_made_of_counts_is_not_worked_out(platform: Platform) -> None:
    card = await scorecard(platform, "nps { explanation { worked } }")

    assert card["nps"]["explanation"] == {"worked": None}


async def test_the_parts_of_a_change_are_asked_for_and_shown_as_they_came(
    platform: Platform,
) -> None:
    part = pb.ChangePart(
        key="north", label="North", rate=-4, mix=-1, weight_before=0.5, weight=0.75
    )
    others = pb.ChangePart(rate=1, mix=0, weight_before=0.5, weight=0.25)
    platform.services.scores[0].change.CopyFrom(pb.Change(delta=-4, verdict=pb.VERDICT_CLEAR))
    platform.services.change_parts = pb.ChangeParts(
        delta=-4, rate=-3, mix=-1, parts=[part], others=others
    )
    selection = """nps { changeParts(by: CHILD_DEPARTMENT) {
        delta rate mix parts { key label part { rate mix weightBefore weight } } others { rate weight } } }"""
    compared = f'{PERIOD}, compareTo: {{from: "2025-12-01", to: "2026-01-01"}}'

    card = await scorecard(platform, selection, compared)

    assert card["nps"]["changeParts"] == {
        "delta": -4,
        "rate": -3,
        "mix": -1,
        "parts": [
            {
                "key": "north",
                "label": "North",
                "part": {"rate": -4, "mix": -1, "weightBefore": 0.5, "weight": 0.75},
            }
        ],
        "others": {"rate": 1, "weight": 0.25},
    }
    (asked,) = platform.services.asked["GetBreakdown"]
    assert asked.compare_to == pb.Days(from_day=20423, to_day=20454)


async def test_a_score_without_a_change_has_no_parts_and_asks_for_none(platform: Platform) -> None:
    card = await scorecard(platform, "nps { changeParts(by: STAGE) { delta } }")

    assert card["nps"] == {"changeParts": None}
    assert not platform.services.asked["GetBreakdown"]


async def test_a_group_shows_its_places(platform: Platform) -> None:
    score = platform.services.scores[0]
    platform.services.groups = [
        pb.Group(key="a", label="A", score=score, places=pb.Places(best=1, worst=2, of=3)),
        pb.Group(key="b", label="B", score=score),
    ]

    card = await scorecard(platform, "nps { breakdown(by: STAGE) { places { best worst of } } }")

    shown = [group["places"] for group in card["nps"]["breakdown"]]
    assert shown == [{"best": 1, "worst": 2, "of": 3}, None]
