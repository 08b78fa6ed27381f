"""Scores weighted by headcounts."""

from collections.abc import Sequence

import numpy as np
import pytest

from services.metrics.formulas.intervals import wilson
from services.metrics.formulas.samples import Net, Published, Rate, Share
from services.metrics.formulas.weighted import WeightedPart, weighted

DRAWS = 1_000
TREE = [
    WeightedPart(Net(24, 6, 40), 500),
    WeightedPart(Net(27, 18, 60), 300),
    WeightedPart(Net(40, 35, 100), 200),
]


@pytest.mark.parametrize(("is_finite", "margin"), [(False, 13.5962), (True, 12.6727)])
def test_the_tree_of_three_departments(is_finite: bool, margin: float) -> None:
    found = weighted(TREE, is_finite=is_finite)

    assert found.value == pytest.approx(28.0)
    assert found.interval is not None
    assert round((found.interval.high - found.interval.low) / 2, 4) == margin


def test_equal_parts_of_equal_headcounts_are_the_pooled_share() -> None:
    parts = [WeightedPart(Share(30, 100), 50), WeightedPart(Share(50, 100), 50)]

    assert weighted(parts, is_finite=False).value == pytest.approx(0.4)


def test_an_interval_ends_where_the_scale_does() -> None:
    found = weighted([WeightedPart(Published(5, 95.0, 20.0, 100.0), 500)], is_finite=True).interval

    assert found is not None
    assert found.high == 100.0


def test_where_everybody_answered_there_is_no_interval() -> None:
    part = WeightedPart(Share(10, 20), 20, wilson(10, 20))

    assert weighted([part], is_finite=True).interval is None
    assert weighted([part], is_finite=False).interval is not None


def test_a_part_whose_answers_are_all_the_same_is_not_known_exactly() -> None:
    """Ten answers of the best carry ten elevenths of the weight: 0.72 to 1 of them is 0.75 to 1 of all."""
    few, many = WeightedPart(Share(10, 10), 100, wilson(10, 10)), Share(600, 1000)

    found = weighted([few, WeightedPart(many, 10, wilson(600, 1000))], is_finite=False)

    assert found.interval is not None
    assert found.interval.low == pytest.approx(found.value - 10 / 11 * 0.2775, abs=1e-3)
    assert found.interval.high > found.value


def coverage(shares: Sequence[float], bases: Sequence[int], people: Sequence[int]) -> float:
    """How often the interval holds the weighted share that answers were drawn from."""
    source = np.random.default_rng(6)
    truth = float(np.average(shares, weights=people))
    held = 0
    for _ in range(DRAWS):
        hits = [int(source.binomial(n, p)) for n, p in zip(bases, shares, strict=True)]
        parts = [
            WeightedPart(Share(h, n), count, wilson(h, n))
            for h, n, count in zip(hits, bases, people, strict=True)
        ]
        interval = weighted(parts, is_finite=False).interval
        assert interval is not None
        held += interval.low <= truth <= interval.high
    return held / DRAWS


@pytest.mark.parametrize(
    ("shares", "bases", "people"),
    [
        ((0.9, 0.6), (10, 1000), (100, 10)),
        ((0.95, 0.8), (12, 300), (60, 40)),
        ((0.9, 0.9, 0.9), (10, 10, 10), (50, 50, 50)),
        ((0.95, 0.95, 0.95), (30, 30, 30), (50, 50, 50)),
        ((0.8,) * 6, (60,) * 6, (100,) * 6),
    ],
)
def test_an_interval_holds_what_was_drawn_from(
    shares: Sequence[float], bases: Sequence[int], people: Sequence[int]
) -> None:
    """By the variances of parts alone it held 51 to 85 of 100 in the first three."""
    assert coverage(shares, bases, people) > 0.92


def test_a_rate_is_not_weighted() -> None:
    with pytest.raises(TypeError):
        weighted([WeightedPart(Rate(1, 100, 10), 10)], is_finite=False)
