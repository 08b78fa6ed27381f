"""What purchases of a month add up to, exactly."""

import pytest

from services.metrics.customers.month import counts_of
from services.metrics.customers.packing import KEPT, Purchase, pack
from services.metrics.formulas.customers.sales import average_basket

LARGE = 10**13 + 1


def bought(cents: int, sign: int = 1) -> Purchase:
    return Purchase(1, 20_000, 0, cents, KEPT, sign)


@pytest.mark.parametrize("cents", [[1, 2, 3], [LARGE] * 40, [LARGE, 1, -LARGE]])
def test_squares_are_exact(cents: list[int]) -> None:
    assert counts_of(pack(map(bought, cents))).squares == sum(each**2 for each in cents)


def test_a_minus_that_came_early_breaks_no_average() -> None:
    counts = counts_of(pack([*[bought(100)] * 40, bought(1_000_000, -1)]))

    score = average_basket(counts, minimum_base=10)

    assert counts.squares < 0
    assert score.interval is not None
    assert score.interval.low == score.interval.high == score.value
