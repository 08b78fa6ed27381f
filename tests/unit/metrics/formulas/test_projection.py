"""A straight line led on to a day: examples worked out by hand, by the formula of the docstring."""

from math import sqrt
from random import Random
from statistics import mean

import pytest

from services.metrics.formulas.nps import nps
from services.metrics.formulas.projection import Projection, TrendPoint, project, trend_points
from services.metrics.formulas.samples import Published, Rate, Share
from services.metrics.formulas.scores import Score, Status

ONE_ERROR = 0.5 + 1 / (2 * sqrt(3))
"""Student's distribution with 2 degrees of freedom at one standard error."""


def share_of(hits: int, base: int) -> Score:
    return Score(Status.OK, base, hits / base, sample=Share(hits, base))


def rate_of(events: int, years: int) -> Score:
    sample = Rate(events, round(years * 365.25), 60)
    return Score(Status.OK, 60, sample.value, sample=sample)


def wave_of(people: int, sd: float) -> Score:
    return Score(Status.OK, people, 50, sample=Published(people, 50, sd, 100))


def points(*given: tuple[float, float]) -> list[TrendPoint]:
    """On the days 0, 1, 2 ...: (value, variance)."""
    return [TrendPoint(day, value, variance) for day, (value, variance) in enumerate(given)]


@pytest.mark.parametrize(
    ("given", "value", "variance"),
    [
        # On the line y = 1 + x: S = 5, k = 1; 1 + 1/4 + 2.5^2/5.
        ([(1, 1), (2, 1), (3, 1), (4, 1)], 5, 2.5),
        # w = 4, slope 8/20 = 0.4; left 4(.16 + 1.44 + 1.44 + .16) = 12.8, k = 6.4; 6.4(1/4 + 1/16 + 2.5^2/20).
        ([(0, 0.25), (2, 0.25), (0, 0.25), (2, 0.25)], 2, 4),
        # w = 1, 1, 1, 3: xm = ym = 2, S = 8, slope 12/8; left 1 + .25 + 4 + .75, k = 3; 3(5/6 + 1/6 + 4/8).
        ([(0, 1), (0, 1), (0, 1), (4, 1 / 3)], 5, 4.5),
    ],
)
def test_a_line_is_led_on_to_day_four(
    given: list[tuple[float, float]], value: float, variance: float
) -> None:
    found = project(points(*given), 4)

    assert found is not None
    assert found.value == pytest.approx(value)
    assert found.error == pytest.approx(sqrt(variance))
    assert found.freedom == 2


def test_three_points_are_no_trend() -> None:
    assert project(points((1, 1), (2, 1), (3, 1)), 4) is None


def test_the_chance_counts_the_side_that_is_better() -> None:
    found = Projection(value=5, error=2, freedom=2)

    assert found.chance(5, higher_is_better=True) == 0.5
    assert found.chance(3, higher_is_better=True) == pytest.approx(ONE_ERROR)
    assert found.chance(7, higher_is_better=False) == pytest.approx(ONE_ERROR)
    assert found.chance(3, higher_is_better=False) == pytest.approx(1 - ONE_ERROR)


def test_a_later_day_is_less_sure() -> None:
    given = points((1, 1), (2, 1), (3, 1), (4, 1))
    errors = [found.error for day in (4, 40, 400) if (found := project(given, day))]

    assert errors == sorted(errors)


def month(day: int, score: Score) -> tuple[int, int, Score]:
    return day, day + 31, score


def nps_of(promoters: int, passives: int, detractors: int) -> Score:
    return nps({"10": promoters, "8": passives, "0": detractors}, minimum_base=10)


def test_a_month_weighs_by_its_answers_and_not_by_how_alike_they_are() -> None:
    """10 of 10, and 20, 10, 10 of 40: together 30, 10, 10 of 50, so 100^2 (0.8 - 0.16) of one answer."""
    alike, mixed = trend_points([month(100, nps_of(10, 0, 0)), month(131, nps_of(20, 10, 10))])

    assert (alike.day, alike.value) == (115, 100)
    assert (mixed.day, mixed.value) == (146, 25)
    assert alike.variance == pytest.approx(6_400 / 10)
    assert mixed.variance == pytest.approx(6_400 / 40)


@pytest.mark.parametrize(
    ("scores", "variances"),
    [
        # 10 of 10 and 20 of 40 hits: 0.6 x 0.4.
        ([share_of(10, 10), share_of(20, 40)], [0.24 / 10, 0.24 / 40]),
        # 0 leavers in one year and 2 in three: half a leaver a year.
        ([rate_of(0, 1), rate_of(2, 3)], [0.5, 0.5 / 3]),
        # Spreads 2 of 11 and 4 of 31 people: (10 x 4 + 30 x 16) / 40.
        ([wave_of(11, 2.0), wave_of(31, 4.0)], [13 / 11, 13 / 31]),
    ],
)
def test_all_months_share_one_variance(scores: list[Score], variances: list[float]) -> None:
    found = trend_points(month(31 * place, score) for place, score in enumerate(scores))

    assert [point.variance for point in found] == pytest.approx(variances, rel=1e-3)


def test_a_constant_turnover_is_not_projected_lower_because_nobody_left_in_some_months() -> None:
    """Weighed by the variance of each month alone, the twelve of 20 % a year led to 12 %."""
    dice = Random(5)
    years = [
        [
            month(30 * place, rate_of(sum(dice.random() < 0.2 / 12 for _ in range(60)), 5))
            for place in range(12)
        ]
        for _ in range(400)
    ]
    found = [project(trend_points(year), 200) for year in years]

    assert mean(each.value for each in found if each) == pytest.approx(0.2, abs=0.015)


@pytest.mark.parametrize(
    "scores",
    [
        [Score(Status.NO_DATA, 0)] * 4,
        [Score(Status.LOW_BASE, None, 0.85)] * 4,  # published without a spread
        [nps_of(20, 0, 0)] * 4,  # nothing says how far a month may lie from the next
        [rate_of(0, 5)] * 4,
    ],
    ids=["no value", "no sample", "all alike", "nobody left"],
)
def test_without_a_variance_there_are_no_points(scores: list[Score]) -> None:
    assert trend_points(month(31 * place, score) for place, score in enumerate(scores)) == []
