"""Analyses of drivers are asked for, read and cancelled."""

from typing import Any

import pytest

from cxm.metrics.v1 import drivers_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from services.kit.errors import Invalid
from tests.unit.gateway.support.running import Platform

ID = "01900000-0000-7000-8000-000000000001"
START = """mutation ($input: StartDriverAnalysisInput!) { startDriverAnalysis(input: $input) {
  analysis { id state metric outcome survey method drivers { question weight } period { from to } includeSubtree tree
    filter { dimension value } status base } userErrors { field code } } }"""
CANCEL = """mutation ($id: ID!) { cancelDriverAnalysis(input: {id: $id}) {
  analysis { state } userErrors { code } } }"""
READ = """id state progress failure metric outcome status answered base explained explainedInterval { low high method }
  rSquared pValue endedAt drivers { question satisfied satisfiedInterval { low } weight weightInterval { high } share
  shareInterval { low } quadrant correlation correlationInterval { low high } direction }"""
GIVEN = {
    "department": "root",
    "survey": "service",
    "metric": "nps",
    "period": {"from": "2026-01-01", "to": "2026-02-01"},
}


def interval(low: float, high: float, method: str) -> scores_pb2.Interval:
    return scores_pb2.Interval(low=low, high=high, method=method, level=0.95)


def done(**fields: Any) -> pb.DriverAnalysis:
    """Two drivers of recommending the root; the second does not vary and is asked no more."""
    return pb.DriverAnalysis(
        **{
            "id": ID,
            "department_id": "id-root",
            "survey": "service",
            "metric": "nps",
            "outcome": "recommend",
            "scope": scores_pb2.Scope(
                from_day=20_454, to_day=20_485, tree=scores_pb2.TREE_READING_TODAY
            ),
            "method": pb.DRIVER_METHOD_SHAPLEY,
            "state": pb.ANALYSIS_STATE_DONE,
            "progress": 1,
            "asked_at": "2026-01-01T12:00:00Z",
            "ended_at": "2026-01-01T12:01:00Z",
            "status": pb.WEIGHT_STATUS_OK,
            "answered": 130,
            "base": 120,
            "explained": 0.4,
            "explained_interval": interval(0.3, 0.5, "Gurland"),
            "r_squared": 0.42,
            "p_value": 0.001,
            "drivers": [
                pb.Driver(
                    question="fast",
                    satisfied=0.6,
                    satisfied_interval=interval(0.5, 0.7, "Wilson"),
                    weight=0.3,
                    weight_interval=interval(0.2, 0.4, "bootstrap"),
                    share=0.75,
                    share_interval=interval(0.6, 0.8, "bootstrap"),
                    quadrant=pb.QUADRANT_FIX_FIRST,
                    correlation=0.5,
                    correlation_interval=interval(0.4, 0.6, "bootstrap"),
                    direction=pb.DIRECTION_SAME,
                ),
                pb.Driver(satisfied=1, satisfied_interval=interval(0.9, 1, "Wilson")),
            ],
            **fields,
        }
    )


SHOWN = {
    "id": ID,
    "state": "DONE",
    "progress": 1,
    "failure": None,
    "metric": "nps",
    "outcome": "recommend",
    "status": "OK",
    "answered": 130,
    "base": 120,
    "explained": 0.4,
    "explainedInterval": {"low": 0.3, "high": 0.5, "method": "Gurland"},
    "rSquared": 0.42,
    "pValue": 0.001,
    "endedAt": "2026-01-01T12:01:00Z",
    "drivers": [
        {
            "question": "fast",
            "satisfied": 0.6,
            "satisfiedInterval": {"low": 0.5},
            "weight": 0.3,
            "weightInterval": {"high": 0.4},
            "share": 0.75,
            "shareInterval": {"low": 0.6},
            "quadrant": "FIX_FIRST",
            "correlation": 0.5,
            "correlationInterval": {"low": 0.4, "high": 0.6},
            "direction": "SAME",
        },
        {
            "question": None,
            "satisfied": 1,
            "satisfiedInterval": {"low": 0.9},
            "weight": None,
            "weightInterval": None,
            "share": None,
            "shareInterval": None,
            "quadrant": None,
            "correlation": None,
            "correlationInterval": None,
            "direction": None,
        },
    ],
}


async def test_an_analysis_is_asked_for_as_it_was_said(platform: Platform) -> None:
    more = {
        "id": ID,
        "drivers": ["fast", "fair"],
        "method": "JOHNSON",
        "includeSubtree": False,
        "tree": "AS_IT_WAS",
        "filter": {"channel": "EMAIL"},
    }

    reply = (await platform.data(START, input={**GIVEN, **more}))["startDriverAnalysis"]

    (asked,) = platform.services.asked["StartDriverAnalysis"]
    assert asked == pb.StartDriverAnalysisRequest(
        id=ID,
        department="root",
        survey="service",
        metric="nps",
        drivers=["fast", "fair"],
        method=pb.DRIVER_METHOD_JOHNSON,
        scope=scores_pb2.Scope(
            from_day=20_454,
            to_day=20_485,
            tree=scores_pb2.TREE_READING_AS_IT_WAS,
            filter=scores_pb2.Filter(channel="EMAIL"),
        ),
    )
    assert reply["userErrors"] == []
    assert reply["analysis"] == {
        "id": ID,
        "state": "WAITING",
        "metric": "nps",
        "outcome": None,
        "survey": "service",
        "method": "JOHNSON",
        "drivers": [{"question": "fast", "weight": None}, {"question": "fair", "weight": None}],
        "period": {"from": "2026-01-01", "to": "2026-02-01"},
        "includeSubtree": False,
        "tree": "AS_IT_WAS",
        "filter": [{"dimension": "channel", "value": "EMAIL"}],
        "status": None,
        "base": None,
    }


async def test_what_is_not_said_is_left_to_metrics_and_each_call_is_another_analysis(
    platform: Platform,
) -> None:
    for _ in range(2):
        await platform.data(START, input=GIVEN)

    first, second = platform.services.asked["StartDriverAnalysis"]
    assert first.id != second.id
    assert (list(first.drivers), first.method) == ([], pb.DRIVER_METHOD_UNSPECIFIED)
    assert first.scope.include_subtree


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"question": "recommend"}, {"field": ["question"], "code": "OUTCOME_TWICE"}),
        (
            {"period": {"from": "2026-02-01", "to": "2026-02-01"}},
            {"field": ["period", "to"], "code": "EMPTY_PERIOD"},
        ),
    ],
)
async def test_what_says_nothing_is_refused_here(
    platform: Platform, given: dict[str, Any], error: dict[str, Any]
) -> None:
    reply = (await platform.data(START, input={**GIVEN, **given}))["startDriverAnalysis"]

    assert (reply["analysis"], reply["userErrors"]) == (None, [error])
    assert not platform.services.asked["StartDriverAnalysis"]


async def test_a_refusal_leads_to_its_field(platform: Platform) -> None:
    platform.services.failures["StartDriverAnalysis"] = Invalid(
        "no scale", reason="NOT_A_SCALE", field=["drivers", "1"]
    )

    reply = (await platform.data(START, input=GIVEN))["startDriverAnalysis"]

    assert reply["userErrors"] == [{"field": ["drivers", "1"], "code": "NOT_A_SCALE"}]


async def test_an_analysis_is_read_by_its_id_and_cancelled(platform: Platform) -> None:
    platform.services.analyses = [done()]
    read = f'{{ found: driverAnalysis(id: "{ID}") {{ {READ} }} none: driverAnalysis(id: "x") {{ id }} }}'

    found = await platform.data(read)
    cancelled = (await platform.data(CANCEL, id=ID))["cancelDriverAnalysis"]
    nothing = (await platform.data(CANCEL, id="x"))["cancelDriverAnalysis"]

    assert found == {"found": SHOWN, "none": None}
    assert cancelled == {"analysis": {"state": "DONE"}, "userErrors": []}
    assert nothing == {"analysis": None, "userErrors": [{"code": "NOT_FOUND"}]}


async def test_a_department_has_the_newest_that_is_done_and_all_of_any_state(
    platform: Platform,
) -> None:
    platform.services.analyses = [done()]
    newest = f'drivers(metric: "nps", survey: "service") {{ {READ} }}'

    found = await platform.data(
        f"{{ organization {{ {newest} driverAnalyses(last: 7) {{ state }} }} }}"
    )

    assert found["organization"] == {"drivers": SHOWN, "driverAnalyses": [{"state": "DONE"}]}
    of_done, of_any = platform.services.asked["ListDriverAnalyses"]
    if not of_done.only_done:
        of_done, of_any = of_any, of_done
    assert (of_done.survey, of_done.metric, of_done.limit) == ("service", "nps", 1)
    assert (of_any.HasField("survey"), of_any.only_done, of_any.limit) == (False, False, 7)
    platform.services.analyses = []
    assert await platform.data("{ organization { drivers { id } } }") == {
        "organization": {"drivers": None}
    }


async def test_a_score_has_the_newest_that_its_metric_named(platform: Platform) -> None:
    platform.services.analyses = [done()]
    score = scores_pb2.Score(metric="nps", version=1, status=scores_pb2.SCORE_STATUS_NO_DATA)
    platform.services.groups = [scores_pb2.Group(key="EMAIL", label="EMAIL", score=score)]
    document = f"""{{ organization {{ scorecard(period: {{from: "2026-01-01", to: "2026-02-01"}}) {{
      nps {{ drivers {{ {READ} }} breakdown(by: CHANNEL) {{ score {{ drivers {{ id }} }} }} }} }} }} }}"""

    nps = (await platform.data(document))["organization"]["scorecard"]["nps"]

    assert nps["drivers"] == SHOWN
    assert nps["breakdown"] == [{"score": {"drivers": None}}]
    (asked,) = platform.services.asked["ListDriverAnalyses"]
    assert (asked.HasField("survey"), asked.metric, asked.limit, asked.only_done) == (
        False,
        "nps",
        1,
        True,
    )
