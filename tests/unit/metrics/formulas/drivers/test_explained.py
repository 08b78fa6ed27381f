"""What drivers explain among all who could have answered: held by the F test, by Fisher, and by simulated samples."""

from math import atanh, sqrt, tanh

import numpy as np
import pytest

from services.metrics.formulas.drivers.explained import chance_below, explained_by
from services.metrics.formulas.drivers.weights import Floats, chance_of


def test_adjusted_r_squared_of_swiss() -> None:
    """R: summary(lm(Fertility ~ ., swiss)): multiple R-squared 0.7067, adjusted 0.671."""
    found = explained_by(0.70673500, 5, 47)

    assert found.value == pytest.approx(0.671, abs=5e-4)
    assert found.low < found.value < found.high


def test_without_a_link_the_chance_is_that_of_the_f_test() -> None:
    assert 1 - chance_below(0.1, 0.0, 5, 120) == pytest.approx(chance_of(0.1, 5, 120))


def test_of_one_driver_the_interval_is_that_of_a_correlation() -> None:
    """Fisher's z of r = 0.6 and 2,000 responses: tanh(atanh(0.6) -+ 1.96 / sqrt(1997))."""
    half = 1.959964 / sqrt(1_997)

    found = explained_by(0.36, 1, 2_000)

    ends = [tanh(atanh(0.6) + sign * half) ** 2 for sign in (-1, 1)]
    assert [found.low, found.high] == pytest.approx(ends, abs=1e-3)


def r_squared_of(chance: np.random.Generator, base: int, drivers: int, truth: float) -> float:
    values: Floats = chance.normal(size=(base, drivers))
    effect = sqrt(truth / (1 - truth) / drivers)
    outcome = values.sum(axis=1) * effect + chance.normal(size=base)
    centred, values = outcome - outcome.mean(), values - values.mean(axis=0)
    left = centred - values @ np.linalg.lstsq(values, centred, rcond=None)[0]
    return float(1 - left @ left / (centred @ centred))


@pytest.mark.parametrize(
    ("base", "drivers", "truth"), [(100, 10, 0.15), (100, 10, 0.25), (200, 12, 0.10)]
)
def test_the_interval_holds_the_truth_in_95_of_100_samples_and_the_value_has_no_bias(
    base: int, drivers: int, truth: float
) -> None:
    """The control: R squared of the sample lies above, by more than half of the bias that is expected."""
    chance = np.random.default_rng(77)
    found = [r_squared_of(chance, base, drivers, truth) for _ in range(600)]

    held = [0.025 <= chance_below(each, truth, drivers, base) <= 0.975 for each in found]
    adjusted = [explained_by(each, drivers, base) for each in found[:200]]

    assert np.mean(held) == pytest.approx(0.95, abs=0.025)
    told = [each.low <= truth <= each.high for each in adjusted]
    assert told == held[:200]
    bias = (1 - truth) * drivers / (base - 1)
    assert np.mean([each.value for each in adjusted]) == pytest.approx(truth, abs=bias / 3)
    assert np.mean(found) - truth > bias / 2


@pytest.mark.parametrize("base", [100, 1_000_000])
def test_ends_stay_within_nothing_and_all_and_hold_the_value(base: int) -> None:
    for r_squared in (0.0, 1e-12, 0.02, 0.5, 0.999999, 1.0):
        found = explained_by(r_squared, 25, base)
        assert 0 <= found.low <= found.value <= found.high <= 1
    assert explained_by(0.0, 25, 100).high > 0.05
