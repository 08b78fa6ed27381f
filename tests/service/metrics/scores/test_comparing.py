"""Changes against another period."""

from datetime import date

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from services.metrics.formulas.comparison import changes, difference
from services.metrics.formulas.samples import Net, Share
from tests.service.metrics.conftest import Metrics
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
from tests.support.builders import make_department


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
