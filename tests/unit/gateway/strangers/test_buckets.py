"""Buckets fill again, are forgotten when they are full, and are never more than so many."""

import pytest

from gateway.strangers.buckets import Buckets


def test_what_was_taken_comes_back() -> None:
    buckets = Buckets(burst=60, rate=1)

    buckets.take("a", 60, 1_000.0)

    assert buckets.seconds_until("a", 1, 1_000.0) == pytest.approx(1)
    assert buckets.seconds_until("a", 20, 1_010.0) == pytest.approx(10)
    assert buckets.seconds_until("a", 20, 1_020.0) == 0
    assert buckets.seconds_until("a", 60, 2_000.0) == 0  # full, and not fuller
    assert buckets.seconds_until("b", 60, 1_000.0) == 0


def test_a_full_bucket_is_forgotten() -> None:
    buckets = Buckets(burst=60, rate=1)
    for number in range(1_000):
        buckets.take(number, 1, 1_000.0)

    buckets.take("later", 1, 1_100.0)
    buckets.take("later", 1, 1_200.0)

    assert len(buckets) <= 2


def test_an_empty_bucket_is_not_forgotten() -> None:
    buckets = Buckets(burst=60, rate=1)
    buckets.take("a", 60, 1_000.0)

    for number in range(200):  # others, over the time that it takes to fill
        at = 1_000.0 + number * 0.29
        buckets.take(f"b{number}", 1, at)
        assert buckets.seconds_until("a", 60, at) > 0


def test_there_are_never_more_than_so_many() -> None:
    buckets = Buckets(burst=60, rate=1, most=1_000)
    for number in range(10_000):
        buckets.take(number, 60, 1_000.0)
        assert len(buckets) <= 1_000

    assert buckets.seconds_until(9_999, 1, 1_000.0) > 0


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    buckets = Buckets(burst=60, rate=1)
    buckets.take("a", 60, 100_000.0)

    assert buckets.seconds_until("a", 60, 1_000.0) <= 60
