"""Metrics of the organisation's own."""

from typing import Any

import pytest

from cxm.metrics.v1 import definitions_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from tests.service.metrics.conftest import Metrics, make_scope
from tests.service.metrics.support.asking import (
    FEBRUARY,
    JANUARY,
    MARCH,
    answer,
    make_draft,
    refused,
    register,
)
from tests.support.builders import id_of, make_department, make_response, make_survey


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
    registered = await register(metrics, make_draft(kind=None, question=ref))

    scores = await metrics.scorecard("d1", FEBRUARY, MARCH)

    assert registered.calculation.question == ref
    assert list(registered.calculation.answers) == ["4", "5"]
    assert (scores["best"].value, scores["best"].base) == (1.0, 10)
    assert (scores["csat"].value, scores["csat"].base) == (0.0, 10)


async def test_definitions_over_purchases_are_not_stored(metrics: Metrics) -> None:
    """The release before reads every stored row, and knows no statistic of purchases."""
    pool = metrics.replica.database.pool

    stored = {row[0] for row in await pool.fetch("SELECT key FROM metrics_definition")}

    assert "nps" in stored
    assert not stored & metrics.replica.reader.metrics_of_purchases()
    assert "sales" in metrics.replica.reader.metrics_of_purchases()


async def test_an_own_metric_under_a_key_that_is_built_in_since_stays(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    await answer(metrics, FEBRUARY, nps=[], csat=[5] * 10 + [4] * 10)
    await register(metrics, make_draft(answers=["5"]))
    pool = metrics.replica.database.pool
    await pool.execute(
        'INSERT INTO metrics_definition SELECT (jsonb_populate_record(d, \'{"key": "sales"}\')).*'
        " FROM metrics_definition d WHERE key = 'best'"
    )

    replica = await metrics.new_replica()

    assert replica.reader.definitions.newest["sales"].reads_answers
    assert not replica.reader.definitions.newest["sales"].is_built_in
    assert replica.reader.definitions.newest["orders"].reads_purchases
