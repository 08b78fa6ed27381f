"""Changes against another period."""

from datetime import date
from typing import Any

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.clock import day_number
from services.metrics.formulas.differences.comparison import changes, difference
from services.metrics.formulas.samples import Net, Share
from tests.service.metrics.conftest import Metrics, make_scope
from tests.service.metrics.support.asking import (
    FEBRUARY,
    JANUARY,
    MARCH,
    answer,
    compare,
    make_draft,
    refused,
    register,
)
from tests.support.builders import id_of, make_department, make_response


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


async def test_a_scorecard_leaves_out_what_is_no_metric(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])

    assert list(await compare(metrics, ["luck", "csat", "csat"])) == ["csat"]


async def beside_rest(metrics: Metrics, bearer: Any, **scope: Any) -> pb.Scorecard:
    request = pb.GetScorecardsRequest(
        department_ids=[id_of("d1")],
        scope=make_scope(JANUARY, FEBRUARY, **scope),
        metrics=["nps"],
        with_rest=True,
    )
    reply = await metrics.scores.GetScorecards(request, metadata=bearer)
    return reply.scorecards[0]


async def two_departments(metrics: Metrics) -> None:
    """NPS 20 of 100 in d1, 60 of 100 in d2 beside it, and satisfaction in both."""
    await metrics.fill([make_department("d1"), make_department("d2")])
    await answer(metrics, JANUARY, nps=[9] * 60 + [0] * 40, csat=[5] * 50 + [1] * 50)
    await metrics.record(
        *[make_response("d2", on=JANUARY, nps=score) for score in [9] * 80 + [0] * 20],
        *[make_response("d2", on=JANUARY, csat=score) for score in [5] * 60 + [1] * 40],
    )


async def test_a_department_is_compared_with_the_rest_of_its_parent(metrics: Metrics) -> None:
    await two_departments(metrics)

    card = await beside_rest(metrics, metrics.bearer())

    (score,) = card.scores
    alone = difference(Net(60, 40, 100), Net(80, 20, 100))
    both = {"csat": difference(Share(50, 100), Share(60, 100)), "nps": alone}
    both["friendsAndFamily"] = both["csat"]
    assert card.has_rest
    assert (score.rest.value, score.rest.base) == (60, 100)
    assert score.rest.change.delta == pytest.approx(-40)
    assert score.rest.change.p_value == pytest.approx(alone.p_value)
    assert score.rest.change.adjusted_p_value == pytest.approx(
        changes(both)["nps"].adjusted_p_value
    )
    assert not score.HasField("change")


async def test_the_rest_is_told_to_who_may_read_the_parent_and_of_whole_departments_of_today(
    metrics: Metrics,
) -> None:
    await two_departments(metrics)
    own = metrics.bearer("department_head", "d1")
    above = metrics.bearer("department_head", "root")

    told = await beside_rest(metrics, above)
    kept = [
        await beside_rest(metrics, own),
        await beside_rest(metrics, above, as_it_was=True),
        await beside_rest(metrics, above, subtree=False),
    ]

    assert told.has_rest
    assert told.scores[0].HasField("rest")
    for card in kept:
        assert not card.has_rest
        assert (card.scores[0].value, card.scores[0].HasField("rest")) == (20, False)


async def test_a_change_is_told_by_its_parts(metrics: Metrics) -> None:
    """Answers of d1 are worth less than those of d2, and more in February; d3 is too small to be shown."""
    await metrics.fill([make_department(key) for key in ("d1", "d2", "d3")])
    for day, given in (
        (JANUARY, {"d1": (30, 10), "d2": (40, 0), "d3": (4, 1)}),
        (FEBRUARY, {"d1": (50, 40), "d2": (20, 0), "d3": (2, 3)}),
    ):
        await metrics.record(
            *[
                make_response(key, on=day, nps=score)
                for key, (best, worst) in given.items()
                for score in [9] * best + [0] * worst
            ]
        )
    request = pb.GetBreakdownRequest(
        department_id=id_of("root"),
        scope=make_scope(FEBRUARY, MARCH),
        metric="nps",
        dimension=pb.DIMENSION_CHILD_DEPARTMENT,
        compare_to=pb.Days(from_day=day_number(JANUARY), to_day=day_number(FEBRUARY)),
    )

    reply = await metrics.scores.GetBreakdown(request, metadata=metrics.bearer())

    found = reply.change_parts
    parts = {part.key: part for part in found.parts}
    was, now = 100 * (74 - 11) / 85, 100 * (72 - 43) / 115
    assert found.delta == pytest.approx(now - was)
    assert found.rate + found.mix == pytest.approx(found.delta)
    assert parts.keys() == {"d1", "d2"}
    assert parts["d1"].label == "D1"
    assert parts["d1"].rate == pytest.approx(90 / 115 * (100 * 10 / 90 - 50))
    assert parts["d2"].rate == pytest.approx(0)
    assert parts["d2"].mix == pytest.approx((20 / 115 - 40 / 85) * (100 - was))
    assert found.others.weight == pytest.approx(5 / 115)
    assert next(iter(parts)) == "d1"


async def test_without_a_comparison_or_a_value_there_are_no_parts(metrics: Metrics) -> None:
    await metrics.fill([make_department("d1")])
    await answer(metrics, FEBRUARY, nps=[9] * 50, csat=[5] * 10)

    for days in (None, pb.Days(from_day=day_number(JANUARY), to_day=day_number(FEBRUARY))):
        request = pb.GetBreakdownRequest(
            department_id=id_of("root"),
            scope=make_scope(FEBRUARY, MARCH),
            metric="nps",
            dimension=pb.DIMENSION_CHILD_DEPARTMENT,
            compare_to=days,
        )
        reply = await metrics.scores.GetBreakdown(request, metadata=metrics.bearer())
        assert len(reply.groups) == 1
        assert not reply.HasField("change_parts")


async def test_a_metric_without_such_groups_has_no_parts(metrics: Metrics) -> None:
    """Turnover has no segments: all of it would be among parts too small to be shown."""
    await metrics.fill([make_department("d1")])
    request = pb.GetBreakdownRequest(
        department_id=id_of("root"),
        scope=make_scope(FEBRUARY, MARCH),
        metric="turnoverRate",
        dimension=pb.DIMENSION_SEGMENT,
        compare_to=pb.Days(from_day=day_number(JANUARY), to_day=day_number(FEBRUARY)),
    )

    reply = await metrics.scores.GetBreakdown(request, metadata=metrics.bearer())

    assert not reply.HasField("change_parts")
