"""Analyses of drivers: weights are those of the answers that were asked for."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from cxm.metrics.v1 import drivers_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from services.metrics.answer_log.compaction import Compactor
from services.metrics.formulas.drivers.weights import johnson, shapley
from tests.service.metrics.conftest import make_scope
from tests.support.builders import (
    id_of,
    make_touchpoint,
)

if TYPE_CHECKING:
    pass

from tests.service.metrics.drivers.support.driving import (
    END,
    START,
    Drivers,
    answered,
    raw,
    service_survey,
    table,
    weights_of,
)


@pytest.mark.parametrize(
    ("method", "divide"),
    [(pb.DRIVER_METHOD_UNSPECIFIED, shapley), (pb.DRIVER_METHOD_JOHNSON, johnson)],
)
async def test_weights_are_those_of_the_answers_side_by_side(
    drivers: Drivers, method: Any, divide: Any
) -> None:
    """In blocks and journal, with one taken back, two incomplete, and others outside of what is asked for."""
    rows = table(300)
    await drivers.record(rows[:200])
    await Compactor(drivers.metrics.replica.database.pool).sweep()
    await drivers.record(rows[200:], "shop")
    await drivers.record([[5, None, 5, 0], [1, 1, 1, None]])
    mistaken = answered([1, 5, 1, 10])
    await drivers.metrics.record(mistaken)
    mistaken.sign = -1
    await drivers.metrics.record(mistaken)
    await drivers.record(table(50, seed=9), "d2")

    found = await drivers.analysed(method=method)

    expected = divide(raw(rows))[0]
    assert weights_of(found) == pytest.approx(expected, abs=1e-9)
    assert found.r_squared == pytest.approx(expected.sum(), abs=1e-9)
    adjusted = 1 - (1 - found.r_squared) * 299 / 296
    assert found.explained == pytest.approx(adjusted)
    assert 0 < found.explained_interval.low < found.explained < found.explained_interval.high < 1
    assert (found.state, found.status) == (pb.ANALYSIS_STATE_DONE, pb.WEIGHT_STATUS_OK)
    assert (found.answered, found.base, found.progress) == (301, 300, 1)
    for driver, place in zip(found.drivers, range(3), strict=True):
        best = sum(row[place] >= 4 for row in rows) / 300
        assert driver.satisfied == pytest.approx(best)
        assert driver.weight_interval.low < driver.weight < driver.weight_interval.high
        assert driver.share == pytest.approx(driver.weight / found.r_squared)
        assert driver.correlation == pytest.approx(raw(rows)[0, place, -1])
        assert driver.direction == pb.DIRECTION_SAME
    assert found.drivers[0].quadrant in (pb.QUADRANT_FIX_FIRST, pb.QUADRANT_KEEP_UP)
    assert found.p_value < 1e-6
    assert drivers.announced == [(id_of("d1"), "nps")]


async def test_a_filter_a_period_and_a_department_alone_are_what_is_asked_for(
    drivers: Drivers,
) -> None:
    by_mail, by_phone = table(150, seed=4), table(150, seed=5)
    await drivers.record(by_mail, channel="EMAIL")
    await drivers.record(by_phone, channel="PHONE")
    await drivers.record(table(150, seed=6), "shop", channel="EMAIL")
    scope = make_scope(START, END, subtree=False)
    scope.filter.CopyFrom(scores_pb2.Filter(channel="EMAIL"))

    found = await drivers.analysed(scope=scope)

    assert weights_of(found) == pytest.approx(shapley(raw(by_mail))[0], abs=1e-9)
    assert found.scope == scope
    later = await drivers.analysed(scope=make_scope(END, date(2026, 3, 1)))
    assert (later.base, later.status) == (0, pb.WEIGHT_STATUS_INSUFFICIENT_BASE)


@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        ("touchpoint", "web"),
        ("stage", "BUY"),
        ("channel", "EMAIL"),
        ("segment", "gold"),
        ("language", "lv"),
    ],
)
async def test_each_filter_counts_the_answers_that_a_scorecard_counts(
    drivers: Drivers, dimension: str, value: str
) -> None:
    touchpoints = [make_touchpoint("web", "d1"), make_touchpoint("desk", "d1")]
    await drivers.metrics.fill(touchpoints=touchpoints, surveys=[service_survey()])
    wanted = table(120, seed=4)
    await drivers.record(wanted, **{dimension: value})
    await drivers.record(table(40, seed=5), **{dimension: "desk"})
    await drivers.record(table(40, seed=6))
    scope = make_scope(START, END)
    scope.filter.CopyFrom(scores_pb2.Filter(**{dimension: value}))

    found = await drivers.analysed(scope=scope)

    assert (found.base, found.scope) == (len(wanted), scope)
    request = scores_pb2.GetScorecardsRequest(department_ids=[id_of("d1")], scope=scope)
    reply = await drivers.metrics.scores.GetScorecards(request, metadata=drivers.metrics.bearer())
    (nps,) = [score for score in reply.scorecards[0].scores if score.metric == "nps"]
    assert nps.base == found.base


async def test_a_filter_by_a_touchpoint_that_does_not_exist_counts_nothing(
    drivers: Drivers,
) -> None:
    await drivers.record(table(120))
    scope = make_scope(START, END)
    scope.filter.CopyFrom(scores_pb2.Filter(touchpoint="none"))

    assert (await drivers.analysed(scope=scope)).base == 0


async def test_the_outcome_may_be_a_question_and_the_same_seed_gives_the_same(
    drivers: Drivers,
) -> None:
    rows = table(150)
    await drivers.record(rows)
    asked = {"question": "competent", "drivers": ["available", "fast"]}

    found = await drivers.analysed(**asked)

    expected = shapley(raw([[row[0], row[2], row[1]] for row in rows]))[0]
    assert weights_of(found) == pytest.approx(expected, abs=1e-9)
    assert (found.metric, found.outcome) == ("", "competent")
    assert drivers.announced == [(id_of("d1"), "")]


CONSTANT = [[3, 3, 3, score % 11] for score in range(120)]


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (table(99), pb.WEIGHT_STATUS_INSUFFICIENT_BASE),
        ([[*row[:-1], 7] for row in table(120)], pb.WEIGHT_STATUS_OUTCOME_CONSTANT),
        (CONSTANT, pb.WEIGHT_STATUS_DRIVERS_CONSTANT),
        (
            [[a, b, c, (7 * at) % 11] for at, (a, b, c, _) in enumerate(table(120))],
            pb.WEIGHT_STATUS_NOTHING_EXPLAINED,
        ),
    ],
)
async def test_where_there_are_no_weights_the_status_says_why_and_satisfied_is_told(
    drivers: Drivers, rows: list[list[int]], status: Any
) -> None:
    await drivers.record(rows)

    found = await drivers.analysed()

    assert (found.state, found.status) == (pb.ANALYSIS_STATE_DONE, status)
    assert not any(driver.HasField("weight") or driver.quadrant for driver in found.drivers)
    assert all(driver.HasField("satisfied") for driver in found.drivers)


async def test_a_driver_that_does_not_vary_has_no_weight_and_the_others_have(
    drivers: Drivers,
) -> None:
    rows = [[a, 4, c, out] for a, _, c, out in table(150)]
    await drivers.record(rows)

    found = await drivers.analysed()

    without = shapley(raw([[a, c, out] for a, _, c, out in rows]))[0]
    assert found.status == pb.WEIGHT_STATUS_OK
    assert not found.drivers[1].HasField("weight")
    assert [found.drivers[0].weight, found.drivers[2].weight] == pytest.approx(without)


async def test_a_driver_of_which_more_is_worse_goes_the_other_way_and_is_not_to_be_fixed(
    drivers: Drivers,
) -> None:
    """Pain, 5 the worst: few have the best answers to it, and it goes with recommending strongly, but downwards."""
    rows = [[6 - a, b, c, out] for a, b, c, out in table(300)]
    await drivers.record(rows)

    found = await drivers.analysed()

    pain, other = found.drivers[:2]
    assert pain.share > 1 / 3
    assert pain.direction == pb.DIRECTION_OPPOSITE
    assert pain.correlation_interval.low < pain.correlation < pain.correlation_interval.high < 0
    assert pain.quadrant == pb.QUADRANT_UNSPECIFIED
    assert other.quadrant != pb.QUADRANT_UNSPECIFIED
