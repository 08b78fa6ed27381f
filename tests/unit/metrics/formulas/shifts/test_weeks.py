"""Whether a score fell below its usual level: examples worked out by hand, by the formulas of the docstrings."""

from dataclasses import replace
from math import sqrt

import pytest
from scipy.special import gammainc, ndtri

from services.metrics.formulas.shifts.weeks import (
    NOTHING,
    Usual,
    WeekSums,
    normal_of,
    shift_of,
    usual_level,
)


def week(promoters: int, detractors: int, base: int = 200) -> WeekSums:
    """Answers to NPS, in points."""
    net, either = promoters - detractors, promoters + detractors
    return WeekSums(base, 100.0 * net, 10_000.0 * either, 1_000_000.0 * net)


USUAL = week(100, 40)
"""NPS 30; the variance of one answer is 10,000 x (0.7 - 0.09)."""
NET = (-100.0, 100.0)
LOW = week(60, 80)
LEVEL = Usual(2_400, 200, 30, mean=30, variance=6_100, skewness=0, scatter=1)
"""Without the answers that are added."""


def test_the_usual_level_is_that_of_twelve_weeks() -> None:
    found = usual_level([USUAL] * 12, NET)
    mean = 72_000 / 2_403
    squares = (1_680 + 3) / 2_403 * 10_000

    assert found is not None
    assert (found.base, found.weekly, found.value, found.scatter) == (2_400, 200, 30, 1)
    assert found.mean == mean
    assert found.variance == pytest.approx(squares - mean**2)
    third = 72_000 * 10_000 / 2_403 - 3 * mean * squares + 2 * mean**3
    assert found.skewness == pytest.approx(third / found.variance**1.5)
    assert found.skewness == pytest.approx(-0.5787, abs=1e-4)


@pytest.mark.parametrize(
    ("weeks", "base"),
    [([USUAL] * 8 + [NOTHING] * 4, 1_600), ([USUAL] * 7 + [week(20, 4, 29)], None)],
)
def test_it_needs_eight_weeks_of_thirty_answers(weeks: list[WeekSums], base: int | None) -> None:
    found = usual_level(weeks, NET)

    assert (found and found.base) == base


def test_weeks_that_scatter_more_than_chance_make_the_limits_wider() -> None:
    found = usual_level([week(100, 40), week(80, 60)] * 6, NET)

    assert found is not None
    assert found.variance == pytest.approx(6_600, rel=1e-3)
    squares = 12 * 10**2 * 200 / found.variance
    assert found.value == 20
    assert found.scatter == pytest.approx(sqrt((squares + 12) / (11 + 12)))
    assert found.scatter == pytest.approx(1.45, abs=1e-3)


def test_answers_that_are_all_alike_vary_by_those_that_are_added() -> None:
    found = usual_level([week(50, 0, 50)] * 8, NET)

    assert found is not None
    mean = 40_000 / 403
    assert (found.value, found.mean) == (100, mean)
    assert found.variance == pytest.approx(10_000 - mean**2)
    assert usual_level([week(50, 0, 50)] * 8, (0, 0)) is None


def test_a_fall_is_as_unlikely_as_it_is_said_to_be() -> None:
    """3 of 100 where 1,200 were all alike: Fisher's exact test, one-sided, is a normal value of 3.3."""
    usual = usual_level([week(100, 0, 100)] * 12, NET)
    assert usual is not None
    found = shift_of([*[week(100, 0, 100)] * 4, week(97, 3, 100)], usual)

    assert found is not None
    assert found.deviation == pytest.approx(-3.1865, abs=1e-4)


@pytest.mark.parametrize(("skewness", "points"), [(2.0, (0.0, 2.0)), (0.5, (-2.0, 1.0, 3.0))])
def test_a_skewed_value_is_told_as_the_normal_one_that_is_as_likely(
    skewness: float, points: tuple[float, ...]
) -> None:
    shape = 4 / skewness**2
    exact = [float(ndtri(gammainc(shape, shape + sqrt(shape) * x))) for x in points]

    found = [normal_of(x, skewness) for x in points]
    assert found == pytest.approx(exact, abs=0.06)
    assert [normal_of(-x, -skewness) for x in points] == [-normal_of(x, skewness) for x in points]
    assert normal_of(-2.5, 0) == -2.5


def test_a_fall_is_measured_by_what_the_average_would_vary() -> None:
    found = shift_of([USUAL] * 4 + [LOW], LEVEL)

    assert found is not None
    z = -40 / sqrt(6_100 / 200)
    weights = 1 - 0.7**5
    variance = 0.3 / 1.7 * (1 - 0.7**10) + weights**2 * 200 / 2_400
    assert found.deviation == pytest.approx(0.3 * z / sqrt(variance))
    assert found.deviation == pytest.approx(-4.5390, abs=1e-4)
    assert (found.is_fall(), found.is_back()) == (True, False)
    assert (found.since, found.latest, found.usual) == (4, LOW, LEVEL)


def test_where_it_began_is_the_week_from_which_on_it_is_farthest_below() -> None:
    found = shift_of([USUAL, USUAL, week(80, 60), week(80, 60), week(80, 60)], LEVEL)

    assert found is not None
    assert (found.since, found.latest.value, found.latest.base) == (2, 10, 600)


def test_weeks_of_less_than_thirty_answers_are_not_judged() -> None:
    assert shift_of([week(0, 29, 29)] * 5, LEVEL) is None
    few = replace(LEVEL, base=1_200, weekly=100)
    assert shift_of([USUAL] * 4 + [week(0, 29, 29)], few) == shift_of([USUAL] * 4, few)


def test_the_running_week_is_judged_from_a_quarter_of_a_usual_one_on() -> None:
    before = [USUAL] * 4
    early = shift_of([*before, week(0, 49, 49)], LEVEL)
    later = shift_of([*before, week(0, 50, 50)], LEVEL)

    assert early == shift_of(before, LEVEL)
    assert later is not None
    assert later.since == 4


def test_a_rise_is_a_fall_where_lower_is_better() -> None:
    risen = [USUAL] * 4 + [week(160, 20)]
    up, down = shift_of(risen, LEVEL), shift_of(risen, LEVEL, higher_is_better=False)

    assert up is not None
    assert down is not None
    assert (up.is_fall(), down.is_fall()) == (False, True)
    assert up.deviation == -down.deviation
    assert (down.since, down.latest.value) == (4, 70)


def test_chance_scatter_divides_the_deviation() -> None:
    plain = shift_of([USUAL] * 4 + [LOW], LEVEL)
    wide = shift_of([USUAL] * 4 + [LOW], replace(LEVEL, scatter=2))

    assert plain is not None
    assert wide is not None
    assert wide.deviation == plain.deviation / 2
