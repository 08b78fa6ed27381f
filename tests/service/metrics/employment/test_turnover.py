"""Turnover by hand: employment facts in, in any order, scores out."""

import random
from collections.abc import Sequence, Set
from datetime import date, timedelta

import pytest

from cxm.employee_exp.v1.events_pb2 import Employment, EmploymentsChanged, Stint
from services.kit.clock import day_number
from services.kit.events.consumer import Delivery
from services.kit.events.streams import EMPLOYMENTS_CHANGED
from services.metrics.employment.events import copy_employment
from tests.service.metrics.conftest import Metrics
from tests.support.builders import id_of, make_department

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
Days = tuple[date, date | None]


def fact(name: str, revision: int, *stints: Days) -> Delivery:
    """What employee_exp announces of an employee of department a."""
    told = [
        Stint(
            department_id=id_of("a"),
            started_day=day_number(start),
            left_day=None if left is None else day_number(left),
        )
        for start, left in stints
    ]
    employment = Employment(employee_id=name, revision=revision, stints=told)
    payload = EmploymentsChanged(employments=[employment]).SerializeToString()
    return Delivery(f"{name}/{revision}", EMPLOYMENTS_CHANGED, payload, None)


async def silent(_: Set[str] | None) -> None:
    """Nobody listens."""


async def tell(metrics: Metrics, facts: Sequence[Delivery]) -> None:
    await copy_employment(metrics.replica.database.write, silent)(facts)


def stayers(count: int) -> list[Delivery]:
    return [fact(f"s{i}", 1, (date(2025, 1, 1), None)) for i in range(count)]


async def test_a_leaver_counts_on_the_last_day_employed(metrics: Metrics) -> None:
    """Left on 1 February: the last day employed is 31 January, so January has the leaving and its 31 days."""
    await metrics.fill([make_department("a")])
    await tell(metrics, [*stayers(9), fact("leaver", 1, (JANUARY, FEBRUARY))])

    january = (await metrics.scorecard("a", JANUARY, FEBRUARY))["turnoverRate"]
    assert january.base == 10
    assert january.value == pytest.approx(365.25 / (10 * 31))
    last_day = (await metrics.scorecard("a", FEBRUARY - timedelta(1), FEBRUARY))["turnoverRate"]
    assert last_day.value == pytest.approx(36.525)
    before = (await metrics.scorecard("a", JANUARY, FEBRUARY - timedelta(1)))["turnoverRate"]
    assert (before.base, before.value) == (10, 0.0)
    after = (await metrics.scorecard("a", FEBRUARY, MARCH))["turnoverRate"]
    assert after.base == 9


async def test_a_leaver_on_the_last_day_of_a_month_is_in_its_headcount(metrics: Metrics) -> None:
    await metrics.fill([make_department("a")])
    leavers = [fact("l1", 1, (JANUARY, FEBRUARY)), fact("l2", 1, (JANUARY, date(2026, 1, 31)))]
    await tell(metrics, [*stayers(10), *leavers])

    scores = await metrics.scorecard("a", JANUARY, MARCH)

    # Headcounts: 31 January 10 + l1, 28 February 10; two leavers in two months are twelve a year.
    assert scores["turnoverRateHeadcount"].value == pytest.approx(12 / 10.5)
    assert scores["turnoverRateHeadcount"].base == 12


async def test_corrections_and_removals_count_whatever_the_order_of_their_facts(
    metrics: Metrics,
) -> None:
    """The newest revision is what counts: renewed contracts corrected into one, and a stint removed that never was."""
    await metrics.fill([make_department("a")])
    newest = {
        "corrected": ((date(2025, 6, 1), FEBRUARY), (FEBRUARY, None)),
        "removed": (),
        "left": ((JANUARY, date(2026, 1, 20)),),
    }
    facts = [
        *stayers(9),
        fact("corrected", 1, (date(2025, 6, 1), date(2026, 1, 31)), (FEBRUARY, None)),
        fact("corrected", 2, *newest["corrected"]),
        fact("removed", 1, (JANUARY, date(2026, 1, 10))),
        fact("removed", 2, (JANUARY, None)),
        fact("removed", 3),
        fact("left", 1, (JANUARY, None)),
        fact("left", 2, *newest["left"]),
    ]
    dice = random.Random(7)
    shuffled = dice.sample(facts, len(facts)) + dice.sample(facts, 4)

    for start in range(0, len(shuffled), 3):
        await tell(metrics, shuffled[start : start + 3])

    score = (await metrics.scorecard("a", JANUARY, FEBRUARY))["turnoverRate"]
    assert score.base == 11
    assert score.value == pytest.approx(365.25 / (10 * 31 + 19))
