"""Which analyses may be asked for, and what their weights say."""

import pytest

from services.kit.errors import Invalid
from services.metrics.drivers.domain import (
    Direction,
    DriverFound,
    Found,
    Quadrant,
    WeightStatus,
    best_codes,
    better,
    check_count,
    quadrants,
    satisfied,
    smallest_base,
)
from services.metrics.formulas.drivers.weights import DriverMethod, Estimate


@pytest.mark.parametrize(
    ("many", "asked", "method"),
    [
        (2, None, DriverMethod.SHAPLEY),
        (12, None, DriverMethod.SHAPLEY),
        (13, None, DriverMethod.JOHNSON),
        (25, None, DriverMethod.JOHNSON),
        (3, DriverMethod.JOHNSON, DriverMethod.JOHNSON),
    ],
)
def test_all_subsets_are_looked_at_up_to_twelve(
    many: int, asked: DriverMethod | None, method: DriverMethod
) -> None:
    assert check_count(many, asked) is method


@pytest.mark.parametrize(
    ("many", "asked", "reason"),
    [
        (1, None, "BAD_NUMBER_OF_DRIVERS"),
        (26, None, "BAD_NUMBER_OF_DRIVERS"),
        (13, DriverMethod.SHAPLEY, "TOO_MANY_FOR_SHAPLEY"),
    ],
)
def test_other_numbers_are_refused(many: int, asked: DriverMethod | None, reason: str) -> None:
    with pytest.raises(Invalid) as raised:
        check_count(many, asked)
    assert raised.value.reason == reason


@pytest.mark.parametrize(("drivers", "base"), [(2, 100), (10, 100), (11, 110), (25, 250)])
def test_ten_responses_for_each_driver_and_a_hundred(drivers: int, base: int) -> None:
    assert smallest_base(drivers) == base


@pytest.mark.parametrize(
    ("kind", "codes", "best"),
    [
        ("NPS", range(11), {"9", "10"}),
        ("CSAT", [*range(1, 6), "DONT_KNOW"], {"4", "5"}),
        ("CES", range(1, 8), {"5", "6", "7"}),
        ("CES1", range(1, 6), {"1", "2"}),
        ("RATING", range(5), {"3", "4"}),
        ("RATING", range(1, 5), {"3", "4"}),
        ("RATING", range(1, 4), {"3"}),
        ("RATING", range(2), {"1"}),
    ],
)
def test_the_best_answers_of_each_scale(kind: str, codes: list[object], best: set[str]) -> None:
    assert best_codes(kind, [str(code) for code in codes]) == best


def driver(best: int, share: float | None, correlation: float = 0.4) -> DriverFound:
    told = None if share is None else Estimate(share, share - 0.05, share + 0.05)
    way = None if share is None else Estimate(correlation, correlation - 0.1, correlation + 0.1)
    return DriverFound("q", best, told, told, way)


def test_quadrants_are_cut_at_an_equal_share_and_the_mean_of_the_satisfied() -> None:
    """Five with a weight: an equal share is 0.2, and the mean of 40, 90, 60, 80, 70 is 68."""
    drivers = (
        driver(40, 0.35),
        driver(90, 0.30),
        driver(60, 0.10),
        driver(80, 0.05),
        driver(70, 0.20),
        driver(100, None),
    )
    found = Found(WeightStatus.OK, 100, 100, drivers)

    assert quadrants(found) == [
        Quadrant.FIX_FIRST,
        Quadrant.KEEP_UP,
        Quadrant.WATCH,
        Quadrant.LEAVE,
        Quadrant.KEEP_UP,
        None,
    ]


def test_what_goes_the_other_way_is_not_to_be_fixed_by_its_satisfied() -> None:
    """It stands nowhere and moves no line: the mean of the satisfied is that of 40, 80 and 90. So does what is weighty
    and goes no way clearly; what weighs little stays."""
    drivers = (
        driver(40, 0.30),
        driver(5, 0.30, -0.8),
        driver(80, 0.30, 0.05),
        driver(90, 0.10, 0.05),
    )
    found = Found(WeightStatus.OK, 100, 100, drivers)

    assert quadrants(found) == [Quadrant.FIX_FIRST, None, None, Quadrant.LEAVE]
    ways = [each.direction for each in drivers]
    assert ways == [Direction.SAME, Direction.OPPOSITE, Direction.UNCLEAR, Direction.UNCLEAR]
    opposite = Found(WeightStatus.OK, 100, 100, (driver(5, 0.6, -0.8), driver(5, 0.4, -0.8)))
    assert quadrants(opposite) == [None, None]


def test_of_an_effort_agreed_with_less_is_better() -> None:
    assert [better(kind, 2) for kind in ("CES1", "RATING", "CES")] == [-2, 2, 2]
    assert better("CES1", None) is None


def test_without_weights_nobody_stands_anywhere() -> None:
    found = Found(WeightStatus.INSUFFICIENT_BASE, 50, 50, (driver(1, None), driver(2, None)))

    assert quadrants(found) == [None, None]


def test_satisfied_is_a_share_with_its_interval_from_a_base_of_ten_on() -> None:
    told = satisfied(driver(20, None), 30)

    assert told is not None
    share, interval = told
    assert (share, interval.low, interval.high) == pytest.approx((0.6667, 0.4878, 0.8077), abs=5e-5)
    assert satisfied(driver(9, None), 9) is None
