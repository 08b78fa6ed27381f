"""Indices: the answers of each response to several items as one score, and Cronbach's alpha."""

import math
import statistics
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.metrics.formulas.index import (
    IndexSums,
    cronbach_alpha,
    divisor_of,
    index_score,
    least_answered,
)
from services.metrics.formulas.intervals import wilson
from services.metrics.formulas.scores import Status

ATTITUDE = """
43 51 30 39 61 92 45
63 64 51 54 63 73 47
71 70 68 69 76 86 48
61 63 45 47 54 84 35
81 78 56 66 71 83 47
43 55 49 44 54 49 34
58 67 42 56 66 68 35
71 75 50 55 70 66 41
72 82 72 67 71 83 31
67 61 45 47 62 80 41
64 53 53 58 58 67 34
67 60 47 39 59 74 41
69 62 57 42 55 63 25
68 83 83 45 59 77 35
77 77 54 72 79 77 46
81 90 50 72 60 54 36
74 85 64 69 79 79 63
65 60 65 75 55 80 60
65 70 46 57 75 85 46
50 58 68 54 64 78 52
50 40 33 34 43 64 33
64 61 52 62 66 80 41
53 66 52 50 63 80 37
40 37 42 58 50 57 49
63 54 42 48 66 75 33
66 77 66 63 88 76 72
78 75 58 74 80 78 49
48 57 44 45 51 83 38
85 85 71 71 77 74 55
82 82 39 59 64 78 39
"""
"""S. Chatterjee, B. Price, "Regression Analysis by Example" (1977): 30 departments by 7 items, as R has them."""
People = Sequence[Sequence[int | None]]


def sums_of(people: People, points: dict[int, int] | None = None) -> IndexSums:
    """What the answer log adds up, by plain counting."""
    items = len(people[0])
    scores = []
    for person in people:
        told = [
            points.get(answer, 0) if points is not None else answer
            for answer in person
            if answer is not None
        ]
        if len(told) >= least_answered(items):
            scores.append(sum(told) * divisor_of(items) // len(told))
    counted = [
        [a if a is None or points is None else points.get(a, 0) for a in each] for each in people
    ]
    whole = [[a for a in each if a is not None] for each in counted if None not in each]
    return IndexSums(
        len(scores),
        sum(scores),
        sum(score**2 for score in scores),
        len(whole),
        tuple(sum(column) for column in zip(*whole, strict=True)) if whole else (0,) * items,
        sum(answer**2 for person in whole for answer in person),
        sum(sum(person) ** 2 for person in whole),
    )


def test_alpha_of_published_data() -> None:
    people: People = [list(map(int, line.split())) for line in ATTITUDE.split("\n") if line]

    assert cronbach_alpha(sums_of(people)) == pytest.approx(0.843, abs=5e-4)


def test_alpha_by_hand() -> None:
    """Items 1 2 3 4, 2 2 4 4 and 1 3 3 5: variances 5/3, 4/3 and 8/3, their sums 4 7 10 13 have 15."""
    people: People = [[1, 2, 1], [2, 2, 3], [3, 4, 3], [4, 4, 5]]

    assert cronbach_alpha(sums_of(people)) == pytest.approx(1.5 * (1 - (17 / 3) / 15))


def test_of_people_who_are_all_alike_there_is_no_alpha() -> None:
    assert cronbach_alpha(sums_of([[4, 4, 4]] * 20)) is None
    assert cronbach_alpha(sums_of([[1, 5]] * 20)) is None
    assert cronbach_alpha(IndexSums(0, 0, 0, 0, (0, 0), 0, 0)) is None


@pytest.mark.parametrize(("items", "least"), [(2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (12, 8)])
def test_two_thirds_of_the_items_are_answered(items: int, least: int) -> None:
    assert least_answered(items) == least
    assert all(divisor_of(items) % answered == 0 for answered in range(least, items + 1))


def test_each_person_counts_once_however_many_items_are_left_out() -> None:
    """Ten people agree with 3 of 3, ten with 1 of 2, and one who answered a single item is not counted."""
    people: People = [*[[5, 4, 4]] * 10, *[[5, 1, None]] * 10, [5, None, None]]

    score = index_score(sums_of(people, {4: 1, 5: 1}), scale=(0, 1), minimum_base=10)

    assert (score.base, score.value) == (20, 0.75)
    half = 2.093024 * math.sqrt(statistics.variance([1] * 10 + [0.5] * 10) / 20)
    assert score.interval is not None
    assert score.interval.method == "t"
    assert (score.interval.low, score.interval.high) == pytest.approx((0.75 - half, 0.75 + half))
    assert score.index is not None
    assert (score.index.items, score.index.complete, score.index.alpha) == (3, 10, None)


def test_an_interval_stays_on_the_scale() -> None:
    people: People = [*[[5, 5]] * 19, [1, 1]]

    score = index_score(sums_of(people), scale=range(1, 6), minimum_base=10)

    assert score.value == 4.8
    assert score.interval is not None
    assert score.interval.high == 5


def test_a_share_of_equal_answers_is_as_wide_as_that_of_one_item() -> None:
    score = index_score(sums_of([[5, 5]] * 12, {4: 1, 5: 1}), scale=(0, 1), minimum_base=10)

    one = wilson(12, 12)
    assert score.interval is not None
    assert (score.interval.low, score.interval.high) == pytest.approx((one.low, one.high))


def test_alpha_is_of_what_the_index_is_made_of() -> None:
    """Answers 5 and 4 are the same to a share of the two best: what differs within it does not lower alpha."""
    people: People = [[5, 4], [4, 5]] * 10 + [[1, 2], [2, 1]] * 10

    share = index_score(sums_of(people, {4: 1, 5: 1}), scale=(0, 1), minimum_base=10).index
    mean = index_score(sums_of(people), scale=range(1, 6), minimum_base=10).index

    assert share is not None
    assert mean is not None
    assert mean.alpha is not None
    assert share.alpha == 1.0
    assert mean.alpha < 0.95


def test_below_the_minimum_base_there_is_nothing_but_the_base() -> None:
    score = index_score(sums_of([[5, 4]] * 9), scale=range(1, 6), minimum_base=10)

    assert (score.status, score.base, score.value, score.index) == (
        Status.INSUFFICIENT_BASE,
        9,
        None,
        None,
    )


answers = st.one_of(st.none(), st.integers(1, 5))


@given(st.lists(st.lists(answers, min_size=4, max_size=4), min_size=10, max_size=40))
def test_value_and_alpha_are_those_of_a_plain_calculation(people: People) -> None:
    sums = sums_of(people)
    told = [[a for a in person if a is not None] for person in people]
    means = [statistics.fmean(person) for person in told if len(person) >= 3]
    whole = [person for person in told if len(person) == 4]

    score = index_score(sums, scale=range(1, 6), minimum_base=10)

    assert score.base == len(means)
    if len(means) >= 10:
        assert score.value == pytest.approx(statistics.fmean(means))
        assert score.sample is not None
    varied = len({sum(person) for person in whole}) > 1
    if varied:
        parts = sum(statistics.variance(column) for column in zip(*whole, strict=True))
        alpha = 4 / 3 * (1 - parts / statistics.variance([sum(person) for person in whole]))
        assert cronbach_alpha(sums) == pytest.approx(alpha)
    else:
        assert cronbach_alpha(sums) is None
