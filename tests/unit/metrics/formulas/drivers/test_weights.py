"""Weights of drivers: published values, what must hold of any, and that both methods see what is there."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from services.metrics.formulas.drivers.weights import (
    DriverMethod,
    Floats,
    chance_of,
    correlations,
    johnson,
    shapley,
    weigh,
)

SWISS = ("Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality", "Fertility")


def read(name: str, *columns: str) -> Floats:
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    with (Path(folder) / name).open() as file:
        return np.array([[float(row[c]) for c in columns] for row in csv.DictReader(file)])


def of_all(values: Floats) -> Floats:
    return correlations(values, np.ones((1, len(values))))


def survey_of(many: int, effects: list[float], noise: float = 1.0, seed: int = 1) -> Floats:
    """Answers 1 to 5 to each driver, of people who are pleased or not, and an outcome."""
    chance = np.random.default_rng(seed)
    mood = chance.normal(size=(many, 1))
    drivers = np.clip(np.round(3 + mood + chance.normal(size=(many, len(effects)))), 1, 5)
    outcome = drivers @ np.array(effects) + noise * chance.normal(size=many)
    return np.column_stack([drivers, np.round(outcome)])


def test_johnson_of_mtcars() -> None:
    """R package rwa."""
    weights = johnson(of_all(read("mtcars.csv", "hp", "cyl", "disp", "gear", "mpg")))[0]

    assert weights == pytest.approx([0.2321744, 0.2284797, 0.2221469, 0.0963886], abs=5e-5)
    assert weights.sum() == pytest.approx(0.7791896, abs=5e-5)


def test_shapley_and_johnson_of_swiss() -> None:
    """Groemping, Journal of Statistical Software 17(1), 2006, table of lmg; Johnson as in rwa."""
    table = of_all(read("swiss_fertility.csv", *SWISS))

    expected = [0.0571, 0.1712, 0.2601, 0.1056, 0.1128]
    assert shapley(table)[0] == pytest.approx(expected, abs=5e-5)
    assert shapley(table)[0].sum() == pytest.approx(0.7067, abs=5e-5)
    expected = [0.0484, 0.1547, 0.2720, 0.1147, 0.1170]
    assert johnson(table)[0] == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("divide", [shapley, johnson])
def test_weights_sum_to_what_a_regression_explains(divide: object) -> None:
    values = survey_of(300, [0.5, 0.3, 0.0, 0.2])
    design = np.column_stack([np.ones(len(values)), values[:, :-1]])
    fit = design @ np.linalg.lstsq(design, values[:, -1], rcond=None)[0]
    explained = np.var(fit) / np.var(values[:, -1])

    weights = divide(of_all(values))[0]  # type: ignore[operator]

    assert weights.sum() == pytest.approx(explained, abs=1e-9)
    assert weights.min() >= 0


@pytest.mark.parametrize("divide", [shapley, johnson])
def test_a_driver_that_is_asked_twice_shares_its_weight(divide: object) -> None:
    values = survey_of(300, [0.5, 0.3])
    twice = np.column_stack([values[:, 0], values])

    once, both = divide(of_all(values))[0], divide(of_all(twice))[0]  # type: ignore[operator]

    assert both[0] == pytest.approx(both[1])
    assert both.sum() == pytest.approx(once.sum(), abs=1e-9)


def test_what_does_not_vary_has_no_weight() -> None:
    values = survey_of(300, [0.5, 0.3])
    values[:, 1] = 4

    for divide in (shapley, johnson):
        assert divide(of_all(values))[0][1] == 0


def test_responses_counted_by_pattern_are_as_responses_one_by_one() -> None:
    values = survey_of(500, [0.5, 0.3])
    patterns, counts = np.unique(values, axis=0, return_counts=True)

    by_pattern = correlations(patterns, counts[None].astype(np.float64))

    assert len(patterns) < len(values)
    assert by_pattern == pytest.approx(of_all(values))


def test_the_same_seed_draws_the_same_and_intervals_hold_their_weights() -> None:
    values = survey_of(400, [0.6, 0.3, 0.1])
    counts = np.ones(len(values), np.int64)
    told: list[float] = []

    first = weigh(values, counts, DriverMethod.SHAPLEY, seed=7, draws=300, tell=told.append)

    assert first == weigh(values, counts, DriverMethod.SHAPLEY, seed=7, draws=300)
    assert first != weigh(values, counts, DriverMethod.SHAPLEY, seed=8, draws=300)
    assert (told, sorted(told)[-1]) == (sorted(told), 1)
    for each in (*first.weights, *first.shares, *first.correlations):
        assert each.low < each.value < each.high
    assert sum(weight.value for weight in first.weights) == pytest.approx(first.r_squared)
    assert sum(share.value for share in first.shares) == pytest.approx(1)


def test_what_explains_everything_explains_no_more_than_that() -> None:
    values = survey_of(200, [0.5, 0.3])
    values[:, 2] = values[:, 0]
    counts = np.ones(len(values), np.int64)

    for method in DriverMethod:
        found = weigh(values, counts, method, seed=1, draws=50)
        told = [*found.weights, *found.shares, *found.correlations]
        assert found.r_squared == pytest.approx(1)
        assert max(found.r_squared, *(each.high for each in told)) <= 1


def test_the_direction_is_that_of_the_correlation() -> None:
    values = survey_of(300, [0.6, -0.9])
    plain = np.asarray(np.corrcoef(values.T))[:-1, -1]

    found = weigh(values, np.ones(300, np.int64), DriverMethod.SHAPLEY, seed=1, draws=200)

    assert [each.value for each in found.correlations] == pytest.approx(plain.tolist())
    assert found.correlations[0].low > 0 > found.correlations[1].high


def test_intervals_hold_all_and_nothing_where_one_driver_alone_is_linked() -> None:
    """Of five unlinked with each other one carries all: in a sample the other four always take some of it.

    The control: percentiles of what is drawn hold neither its share, 1, nor the weight of another, 0.
    """
    chance = np.random.default_rng(3)
    held = nothing = 0
    for seed in range(60):
        values = chance.normal(size=(100, 6))
        values[:, 5] += 0.6 * values[:, 0]
        found = weigh(values, np.ones(100, np.int64), DriverMethod.JOHNSON, seed=seed, draws=200)
        held += found.shares[0].high > 0.999
        nothing += found.weights[1].low == 0
    assert min(held, nothing) >= 50


def test_more_responses_make_narrower_intervals() -> None:
    few, many = (
        weigh(
            survey_of(many, [0.6, 0.3]),
            np.ones(many, np.int64),
            DriverMethod.JOHNSON,
            seed=1,
            draws=300,
        )
        for many in (150, 2_400)
    )

    for small, large in zip(few.weights, many.weights, strict=True):
        assert large.high - large.low == pytest.approx((small.high - small.low) / 4, rel=0.5)


def test_the_chance_is_that_of_the_f_test() -> None:
    """R: pf(0.7067 / 5 / ((1 - 0.7067) / 41), 5, 41, lower.tail = FALSE), the F 19.76 of the swiss regression."""
    assert chance_of(0.70673500, 5, 47) == pytest.approx(5.594e-10, rel=1e-3)
    assert chance_of(0.0, 3, 200) == 1
    assert chance_of(0.9, 3, 4) == 1
