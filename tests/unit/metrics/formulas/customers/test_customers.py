"""Retention, silence and sales: published and hand-worked values."""

import pytest

from services.metrics.formulas.customers.retention import BuyerCounts, churn_rate, retention_rate
from services.metrics.formulas.customers.sales import (
    SaleCounts,
    average_basket,
    buyers,
    returns_share,
    sales,
)
from services.metrics.formulas.customers.silence import SilenceCounts, new_customers, silent_share
from services.metrics.formulas.differences.change_parts import split_change
from services.metrics.formulas.differences.rest import without
from services.metrics.formulas.samples import PersonShare
from services.metrics.formulas.scores import Score, Status


def shown(score: Score) -> tuple[float, float, float]:
    assert score.value is not None
    assert score.interval is not None
    return score.value, score.interval.low, score.interval.high


def test_retention_of_a_shop_from_september_to_october_2010() -> None:
    counts = BuyerCounts(before=1145, again=463, elsewhere=12)

    kept, lost = (f(counts, minimum_base=10) for f in (retention_rate, churn_rate))

    assert shown(kept) == pytest.approx((0.4044, 0.3763, 0.4331), abs=5e-5)
    assert shown(lost) == pytest.approx((0.5956, 0.5669, 0.6237), abs=5e-5)
    assert (lost.base, lost.elsewhere, kept.elsewhere) == (1145, 12, None)


def test_silence_of_a_shop_at_the_end_of_its_file() -> None:
    found = silent_share(SilenceCounts(4312, 1427), minimum_base=10)

    assert shown(found) == pytest.approx((0.3309, 0.3170, 0.3451), abs=5e-5)


@pytest.mark.parametrize(("before", "status"), [(0, Status.NO_DATA), (9, Status.INSUFFICIENT_BASE)])
def test_a_share_of_few_customers_is_not_shown(before: int, status: Status) -> None:
    for formula in (retention_rate, churn_rate):
        score = formula(BuyerCounts(before, before, 0), minimum_base=10)
        assert (score.status, score.base, score.value) == (status, before, None)
        assert score.elsewhere is None


def test_what_is_counted_whole_has_no_interval_and_needs_no_base() -> None:
    """Two purchases of 10.00 and 2.50, of which 5.00 came back."""
    counts = SaleCounts(orders=2, cents=1_250, squares=1_000**2 + 250**2, returned=500, buyers=1)

    assert [f(counts).value for f in (sales, buyers, returns_share)] == [12.5, 1, 0.4]
    assert all(f(counts).interval is None for f in (sales, buyers, returns_share))
    assert average_basket(counts, minimum_base=10).status is Status.INSUFFICIENT_BASE
    assert average_basket(counts, minimum_base=2).value == 6.25
    assert [f(SaleCounts()).status for f in (sales, buyers, returns_share)] == [Status.NO_DATA] * 3
    assert new_customers(3, 5) == Score(Status.OK, 5, 3.0)
    assert new_customers(0, 0).status is Status.NO_DATA


def test_shares_of_persons_have_no_rest_and_no_parts() -> None:
    """The control: shares of answers have both."""
    whole, part = PersonShare(454, 1120), PersonShare(446, 1098)

    assert without(whole, part) is None
    assert split_change((whole, {"a": part}), (whole, {"a": part})) is None
