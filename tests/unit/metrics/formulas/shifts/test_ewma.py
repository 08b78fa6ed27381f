"""The weighted average: the worked example of the NIST handbook."""

import pytest

from services.metrics.formulas.shifts.ewma import ewma, spread

NIST = [
    *(52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5),
    *(49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1),
]
"""NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.4: mean 50, standard deviation 2.0539, weight 0.3."""
AVERAGES = [
    *(50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33),
    *(50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99),
]


def test_the_average_follows_the_handbook() -> None:
    assert ewma(NIST, 50, 0.3) == pytest.approx(AVERAGES, abs=0.0051)


def test_the_limits_are_those_of_the_handbook() -> None:
    half = 3 * 2.0539 * spread(1_000, 0.3)

    assert (50 - half, 50 + half) == pytest.approx((47.4115, 52.5885), abs=1e-3)


def test_the_average_of_one_value_spreads_as_its_weight() -> None:
    assert [spread(1, 0.3), spread(2, 0.3)] == pytest.approx([0.3, (0.3**2 + 0.21**2) ** 0.5])
