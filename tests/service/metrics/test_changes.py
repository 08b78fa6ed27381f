"""Changes against another period, and metrics of the organisation's own, through the door."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import grpc
import pytest

from cxm.metrics.v1 import definitions_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.clock import day_number
from services.kit.errors import Failure
from services.kit.rpc.status import from_rpc
from services.metrics.formulas.comparison import changes, difference
from services.metrics.formulas.samples import Net, Share
from tests.service.metrics.conftest import Metrics, make_scope
from tests.service.metrics.settling import register
from tests.support.builders import id_of, make_department, make_response, make_survey

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


async def compare(
    metrics: Metrics, wanted: Sequence[str] = (), days: tuple[date, date] = (JANUARY, FEBRUARY)
) -> dict[str, pb.Score]:
    request = pb.GetScorecardsRequest(
        department_ids=[id_of("d1")],
        scope=make_scope(FEBRUARY, MARCH),
        metrics=wanted,
        compare_to=pb.Days(from_day=day_number(days[0]), to_day=day_number(days[1])),
    )
    reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())
    return {score.metric: score for score in reply.scorecards[0].scores}


async def answer(metrics: Metrics, on: date, *, nps: Sequence[int], csat: Sequence[int]) -> None:
    await metrics.record(
        *[make_response("d1", on=on, nps=score) for score in nps],
        *[make_response("d1", on=on, csat=score) for score in csat],
    )


async def test_a_change_is_adjusted_over_all_metrics_whatever_was_asked_for(
    metrics: Metrics,
) -> None:
    await metrics.fill([make_department("d1")])
    await answer(metrics, JANUARY, nps=[9] * 60 + [0] * 40, csat=[5] * 50 + [1] * 50)
    await answer(metrics, FEBRUARY, nps=[9] * 75 + [0] * 25, csat=[5] * 52 + [1] * 48)
    await register(metrics, make_draft())

    everything, alone = await compare(metrics), await compare(metrics, ["nps"])

    shares = difference(Share(52, 100), Share(50, 100))
    expected = changes(
        {
            "nps": difference(Net(75, 25, 100), Net(60, 40, 100)),
            "csat": shares,
            "friendsAndFamily": shares,
            "best": shares,
        }
    )
    assert list(alone) == ["nps"]
    assert alone["nps"] == everything["nps"]
    change = alone["nps"].change
    assert change.delta == pytest.approx(30)
    assert change.p_value == pytest.approx(expected["nps"].difference.p_value)
    assert change.adjusted_p_value == pytest.approx(min(1, 4 * change.p_value))
    assert change.verdict == pb.VERDICT_WEAK
    assert (change.interval.level, change.interval.method) == (0.95, "adjusted Wald")
    assert everything["csat"].change.verdict == pb.VERDICT_NONE
    assert not everything["ces"].HasField("change")


async def test_a_change_needs_a_value_on_both_sides(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    await answer(metrics, JANUARY, nps=[9] * 9, csat=[5] * 10)
    await answer(metrics, FEBRUARY, nps=[9] * 50, csat=[1] * 10)

    scores = await compare(metrics)

    assert not scores["nps"].HasField("change")
    assert scores["csat"].change.delta == -1.0
    assert scores["csat"].change.verdict == pb.VERDICT_CLEAR


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ((JANUARY, date(2026, 2, 2)), "PERIODS_OVERLAP"),
        ((FEBRUARY, MARCH), "PERIODS_OVERLAP"),
        ((FEBRUARY, JANUARY), "PERIOD_EMPTY"),
    ],
)
async def test_a_comparison_that_makes_no_sense_is_refused(
    metrics: Metrics, days: tuple[date, date], reason: str
) -> None:
    await metrics.fill([make_department("d1")])

    failure = await refused(compare(metrics, days=days))

    assert (failure.reason, failure.field) == (reason, ("compare_to",))


async def refused(call: Any) -> Failure:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return from_rpc(raised.value)


def make_draft(**fields: Any) -> definitions_pb2.MetricDraft:
    """The share of answers 5 to satisfaction."""
    given: dict[str, Any] = {
        "key": "best",
        "name": "Best",
        "statistic": definitions_pb2.STATISTIC_SHARE,
        "answers": ["4", "5"],
        "kind": "CSAT",
        "denominator": definitions_pb2.DENOMINATOR_VALID,
    }
    return definitions_pb2.MetricDraft(**{**given, **fields})


async def test_a_new_version_is_used_from_then_on_and_the_old_one_stays_listed(
    metrics: Metrics,
) -> None:
    await metrics.fill([make_department("d1")])
    await answer(metrics, FEBRUARY, nps=[], csat=[5] * 10 + [4] * 10)
    other = await metrics.new_replica()

    versions = [
        (await register(metrics, make_draft(answers=answers))).version
        for answers in (["4", "5"], ["4", "5"], ["5"])
    ]

    assert versions == [1, 1, 2]
    score = (await metrics.scorecard("d1", FEBRUARY, MARCH))["best"]
    assert (score.version, score.value) == (2, 0.5)
    assert (await metrics.scorecard("d1", FEBRUARY, MARCH))["csat"].version == 1
    listed = await metrics.definitions.ListDefinitions(
        definitions_pb2.ListDefinitionsRequest(all_versions=True), metadata=metrics.bearer()
    )
    own = [(d.version, d.formula) for d in listed.definitions if not d.built_in]
    tail = "first CSAT question of each survey in the scorecard"
    assert own == [
        (1, f"answers 4, 5 / answers; {tail}"),
        (2, f"answer 5 / answers; {tail}"),
    ]
    assert (await other.reader.definitions.find("best")).version == 2
    assert (await other.reader.definitions.find("best@1")).version == 1
    some = await other.reader.definitions.find_all(["best@1", "best", "best@2", "best@3", "best@"])
    assert [found.version for found in some] == [1, 2]


async def test_a_version_that_was_replaced_is_read_but_not_compared(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    for month in (JANUARY, FEBRUARY):
        await answer(metrics, month, nps=[9] * 20, csat=[5] * 10 + [4] * 10)
    for answers in (["4", "5"], ["5"]):
        await register(metrics, make_draft(answers=answers))

    (old,) = (await compare(metrics, ["best@1"])).values()
    alone, beside = await compare(metrics, ["nps"]), await compare(metrics, ["best@1", "nps"])

    assert (old.version, old.value, old.HasField("change")) == (1, 1.0, False)
    assert alone["nps"] == beside["nps"]


async def test_a_registered_metric_has_trend_and_breakdown(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    await answer(metrics, FEBRUARY, nps=[], csat=[5] * 10 + [4] * 10)
    await register(metrics, make_draft(answers=["5"]))
    scope, metadata = make_scope(JANUARY, MARCH), metrics.bearer()

    trend = await metrics.scores.GetTrend(
        pb.GetTrendRequest(
            department_id=id_of("d1"),
            scope=scope,
            metric="best",
            interval=pb.CALENDAR_INTERVAL_MONTH,
        ),
        metadata=metadata,
    )
    groups = await metrics.scores.GetBreakdown(
        pb.GetBreakdownRequest(
            department_id=id_of("d1"), scope=scope, metric="best", dimension=pb.DIMENSION_SURVEY
        ),
        metadata=metadata,
    )

    assert [point.score.base for point in trend.points] == [0, 20]
    found = [(group.key, group.label, group.score.value) for group in groups.groups]
    assert found == [("relationship", "Relationship", 0.5)]


async def test_a_scorecard_leaves_out_what_is_no_metric(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])

    assert list(await compare(metrics, ["luck", "csat", "csat"])) == ["csat"]


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"key": "nps"}, "METRIC_IS_BUILT_IN", ["key"]),
        ({"key": "engagement"}, "METRIC_IS_BUILT_IN", ["key"]),
        ({"key": "1st"}, "BAD_KEY", ["key"]),
        ({"key": "a" * 65}, "BAD_KEY", ["key"]),
        ({"name": " "}, "BAD_NAME", ["name"]),
        ({"minimum_base": 9}, "MINIMUM_BASE_OUT_OF_RANGE", ["minimum_base"]),
        ({"minimum_base": -1}, "MINIMUM_BASE_OUT_OF_RANGE", ["minimum_base"]),
        ({"answers": []}, "ANSWERS_MISSING", ["answers"]),
        ({"answers": ["5", "6"]}, "UNKNOWN_ANSWER", ["answers", "1"]),
        ({"answers": ["5", "5"]}, "ANSWER_TWICE", ["answers", "1"]),
        ({"answers": ["DONT_KNOW"]}, "DONT_KNOW_NOT_COUNTED", ["denominator"]),
        ({"against": ["1"]}, "ANSWERS_NOT_USED", ["against"]),
        ({"top": 2}, "TOP_NOT_USED", ["top"]),
        ({"statistic": definitions_pb2.STATISTIC_UNSPECIFIED}, "STATISTIC_MISSING", ["statistic"]),
        ({"statistic": definitions_pb2.STATISTIC_NET}, "ANSWERS_MISSING", ["against"]),
        ({"statistic": definitions_pb2.STATISTIC_NET, "against": ["5"]}, "ANSWER_TWICE", ["against"]),
        ({"statistic": definitions_pb2.STATISTIC_MEAN}, "ANSWERS_NOT_USED", ["answers"]),
        (
            {
                "statistic": definitions_pb2.STATISTIC_MEAN,
                "answers": [],
                "denominator": definitions_pb2.DENOMINATOR_ALL,
            },
            "DONT_KNOW_NOT_COUNTED",
            ["denominator"],
        ),
        ({"statistic": definitions_pb2.STATISTIC_TOP_BOX, "answers": []}, "TOP_OUT_OF_RANGE", ["top"]),
        ({"statistic": definitions_pb2.STATISTIC_TOP_BOX, "answers": [], "top": 5}, "TOP_OUT_OF_RANGE", ["top"]),
        ({"kind": "RATING"}, "NO_COMMON_SCALE", ["item", "kind"]),
        ({"kind": None}, "ITEM_MISSING", ["item"]),
        ({"kind": None, "question": definitions_pb2.QuestionRef(survey="x")}, "UNKNOWN_SURVEY", ["item", "survey"]),
        (
            {"kind": None, "question": definitions_pb2.QuestionRef(survey="relationship", question="x")},
            "UNKNOWN_QUESTION",
            ["item", "question"],
        ),
        (
            {"kind": None, "question": definitions_pb2.QuestionRef(survey="relationship", question="text")},
            "NOT_SCORED",
            ["item", "question"],
        ),
        (
            {
                "kind": None,
                "question": definitions_pb2.QuestionRef(survey="relationship", question="csat", option="x"),
            },
            "UNKNOWN_OPTION",
            ["item", "option"],
        ),
    ],
)  # fmt: skip
async def test_a_definition_that_makes_no_sense_is_refused(
    metrics: Metrics, fields: dict[str, Any], reason: str, field: list[str]
) -> None:
    await metrics.fill()

    request = definitions_pb2.RegisterMetricRequest(draft=make_draft(**fields))
    failure = await refused(metrics.definitions.RegisterMetric(request, metadata=metrics.bearer()))

    assert (failure.reason, list(failure.field)) == (reason, field)


@pytest.mark.parametrize("role", ["analyst", "department_head", "integration"])
async def test_only_admins_of_the_whole_register(metrics: Metrics, role: str) -> None:
    await metrics.fill([make_department("d1")])
    request = definitions_pb2.RegisterMetricRequest(draft=make_draft())

    for bearer in (metrics.bearer(role), metrics.bearer("admin", "d1")):
        failure = await refused(metrics.definitions.RegisterMetric(request, metadata=bearer))
        assert failure.reason == "FORBIDDEN"


async def test_a_metric_may_read_a_question_outside_the_scorecard(metrics: Metrics) -> None:
    aside = make_survey("aside", in_scorecard=False)
    await metrics.fill([make_department("d1")], surveys=[make_survey(), aside])
    await metrics.record(
        *[make_response("d1", on=FEBRUARY, survey="aside", csat=5) for _ in range(10)],
        *[make_response("d1", on=FEBRUARY, csat=1) for _ in range(10)],
    )
    ref = definitions_pb2.QuestionRef(survey="aside", question="csat")
    await register(metrics, make_draft(kind=None, question=ref))

    scores = await metrics.scorecard("d1", FEBRUARY, MARCH)

    assert (scores["best"].value, scores["best"].base) == (1.0, 10)
    assert (scores["csat"].value, scores["csat"].base) == (0.0, 10)
