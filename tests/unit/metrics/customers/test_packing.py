"""Purchases packed: nothing is lost, a minus takes out its plus, and a purchase takes few bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.metrics.customers.packing import (
    FIRST_DAY,
    KEPT,
    LAST_DAY,
    RECORD,
    RETURN,
    Purchase,
    Purchases,
    net_out,
    pack,
    read_block,
    to_block,
)

MOST_BYTES = 9
PURCHASES = st.lists(
    st.builds(
        Purchase,
        alias=st.integers(0, 2**31 - 1),
        day=st.integers(FIRST_DAY, LAST_DAY),
        dimension_set=st.integers(0, 2**31 - 1),
        cents=st.integers(0, 10**13),
        kind=st.sampled_from([KEPT, RETURN]),
        sign=st.just(1),
    ),
    max_size=30,
)


def rows(purchases: Purchases) -> list[tuple[int, ...]]:
    return sorted(tuple(row) for row in purchases.tolist())


@given(PURCHASES)
def test_a_block_gives_back_what_went_in(purchases: list[Purchase]) -> None:
    packed = pack(purchases)

    assert rows(read_block(to_block(packed))) == rows(packed)


@given(PURCHASES)
def test_what_is_taken_back_is_gone_whatever_the_order(
    purchases: list[Purchase],
) -> None:
    kept = purchases[: len(purchases) // 2]
    packed = pack([*purchases, *purchases[len(kept) :]])
    packed["sign"][len(purchases) :] = -1
    order = np.random.default_rng(len(purchases)).permutation(len(packed))

    assert rows(net_out(packed[order])) == rows(pack(kept))


@pytest.mark.parametrize(("purchases", "customers"), [(400, 20_000), (50_000, 1_000_000)])
def test_a_purchase_takes_few_bytes(purchases: int, customers: int) -> None:
    dice = np.random.default_rng(7)
    packed = np.zeros(purchases, RECORD)
    packed["alias"] = dice.integers(1, customers, purchases)
    packed["day"] = 20_000 + dice.integers(0, 30, purchases)
    packed["set"] = 40 + dice.choice(12, purchases, p=[0.5, 0.2, *[0.03] * 10])
    packed["cents"] = np.exp(dice.normal(8, 1, purchases))
    packed["sign"] = 1

    assert len(to_block(packed)) / purchases < MOST_BYTES
