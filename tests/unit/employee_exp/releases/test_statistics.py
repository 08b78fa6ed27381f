"""Figures of employees: the check values, and that nobody can tell that a whole group answered alike."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from services.employee_exp.releases.domain.figures.disclosure import Band, End
from services.employee_exp.releases.domain.figures.statistics import (
    Agreement,
    CellScore,
    Sums,
    burnout,
    cronbach_alpha,
    engagement,
    enps,
    favourable,
    participation,
    sensitive,
)


def bounds(score: CellScore) -> tuple[float, float]:
    assert score.interval is not None
    return score.interval.low, score.interval.high


def sums(*values: float) -> Sums:
    return Sums(len(values), sum(values), sum(value * value for value in values))


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"),
    [
        ((50, 30, 20), 30, 14.0511, 44.2013),
        ((15, 8, 7), 26.6667, -3.3357, 51.8205),
        ((523, 302, 175), 34.8, 29.9949, 39.3970),
        ((300, 120, 80), 44, 37.1562, 50.3189),
    ],
)
def test_enps_is_the_net_promoter_score_of_employees(
    counts: tuple[int, int, int], value: float, low: float, high: float
) -> None:
    """Check values of NPS, as published by Rocks (2016)."""
    score = enps(*counts)

    assert score.value == pytest.approx(value, abs=5e-5)
    assert bounds(score) == pytest.approx((low, high), abs=5e-5)
    assert [band.share for band in score.bands] == [c / sum(counts) for c in counts]


def test_the_spread_of_enps_is_that_of_one_answer() -> None:
    """Shares 1/2, 1/3, 1/6: W. Huber, Cross Validated 18603."""
    assert enps(162, 108, 54).spread == pytest.approx(74.53, abs=0.01)


def test_below_ten_people_only_their_number_is_told() -> None:
    assert enps(3, 3, 3) == CellScore("enps", 9)
    assert favourable("q", 3, 3, 3, invited=20) == CellScore("q", 9)
    assert burnout(sums(*[50.0] * 9), 9, 6) == CellScore("burnout", 9)
    few = [[1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0], [1, 1, 0, 0], [1, 0, 0, 0]]
    assert engaged(few).value == pytest.approx(0.45)


@pytest.mark.parametrize(
    ("agree", "people", "low", "high"), [(81, 263, 0.2553, 0.3662), (20, 30, 0.4878, 0.8077)]
)
def test_favourable_is_a_share_with_its_wilson_interval(
    agree: int, people: int, low: float, high: float
) -> None:
    """Check values of Newcombe, Statistics in Medicine 17 (1998)."""
    score = favourable("q", agree, 0, people - agree)

    assert score.value == agree / people
    assert bounds(score) == pytest.approx((low, high), abs=5e-5)


def test_of_a_known_population_the_interval_is_narrower_and_of_all_there_is_none() -> None:
    """20 of 30 of 60 people: Wilson's interval of a base of 30 x 59 / 30 = 59."""
    assert bounds(favourable("q", 20, 0, 10, invited=60)) == pytest.approx(
        (0.5395, 0.7735), abs=5e-5
    )
    assert bounds(favourable("q", 20, 0, 10, invited=30)) == (20 / 30, 20 / 30)
    alone = favourable("q", 12, 0, 7, invited=40)  # below 20 it would tell how many were invited
    assert alone == favourable("q", 12, 0, 7)


def test_of_three_shares_one_at_an_end_is_told_alone() -> None:
    score = favourable("q", 12, 8, 0)

    assert score.value == 0.6
    assert score.bands == (Band("unfavourable", 0.1, End.AT_MOST),)  # neutral would give it away
    assert [b.name for b in enps(18, 1, 1).bands] == ["promoters", "passives", "detractors"]


def engaged(people: list[list[int]]) -> CellScore:
    """Of people by items: 1 where somebody agrees."""
    means = [sum(person) / len(person) for person in people]
    columns = zip(*people, strict=True)
    return engagement(sums(*means), [Agreement(sum(column), len(people)) for column in columns])


@pytest.mark.parametrize("bases", [(7, 5, 7), (9, 8, 7), (5, 5, 5, 6), (7, 7, 7, 7, 7, 5)])
def test_engagement_of_a_small_group_gives_no_share(bases: tuple[int, ...]) -> None:
    """Whatever is told belongs to several sets of shares; the control: to nine digits some belong to one alone."""
    told: Counter[float | None] = Counter()
    exact: Counter[float] = Counter()
    for agree in product(*(range(base + 1) for base in bases)):
        items = [Agreement(hits, base) for hits, base in zip(agree, bases, strict=True)]
        told[engagement(Sums(max(bases), 3.0, 2.0), items).value] += 1
        exact[round(sum(item.share for item in items) / len(items), 9)] += 1

    assert min(told.values()) >= 3
    assert min(exact.values()) == 1
    two = [Agreement(4, 7), Agreement(4, 5)]
    assert engagement(Sums(7, 4.5, 3.1), two).value is None


def test_of_two_questions_the_spread_tells_nothing_of_people() -> None:
    items = [Agreement(8, 14), Agreement(6, 13)]

    spreads = {engagement(Sums(13, total, total), items).spread for total in (5.0, 6.5, 8.0)}

    assert spreads == {0.5}


def test_engagement_is_a_mean_of_items_with_a_t_interval_over_people() -> None:
    """Means of people 1/2, 3/4, 1/4, 1/2, 3/4, 1/4: s = 0.2236, told as 0.22, t(5) = 2.5706."""
    two, three, one = [1, 0, 1, 0], [1, 1, 1, 0], [0, 0, 1, 0]
    score = engaged([two, three, one, two, three, one])

    assert score.value == 0.5
    half = 2.5706 * 0.22 / 6**0.5
    assert bounds(score) == pytest.approx((0.5 - half, 0.5 + half), abs=5e-5)


def test_engagement_says_no_more_than_the_shares_that_are_told_beside_it() -> None:
    """Of twenty one left the last question out, and all agreed to the first: neither can be worked out."""
    items = [Agreement(20, 20), Agreement(12, 20), Agreement(7, 19)]
    score = engagement(sums(*[0.5] * 20), items)

    assert score.value == pytest.approx((0.9 + 12 / 20 + 7 / 19) / 3)


def test_engagement_is_not_told_where_it_would_tell_a_share_that_is_not() -> None:
    mixed = [Agreement(12, 20), Agreement(7, 20), Agreement(4, 9)]
    assert engagement(sums(*[0.5] * 20), mixed) == CellScore("engagement", 20)
    assert engagement(sums(*[0.5] * 9), [Agreement(4, 9)]) == CellScore("engagement", 9)
    three = [Agreement(4, 9), Agreement(2, 8), Agreement(5, 9)]
    assert engagement(sums(*[0.5] * 9), three).value is not None


def test_burnout_is_a_mean_with_the_share_of_high_ones() -> None:
    score = burnout(sums(*[25.0] * 6, *[75.0] * 4), 4, 6)

    assert score.value == 45
    assert score.spread == pytest.approx(26)  # 25.8199, to a hundredth of the scale
    assert score.bands == (Band("high", 0.4),)


def test_participation_is_rounded_below_twenty_answers() -> None:
    assert participation(12, 17) == CellScore("participationRate", None, 0.7)
    exact = participation(30, 40)
    assert (exact.people, exact.value) == (40, 0.75)
    assert participation(19, 19).value == 0.95
    assert participation(1, 40).value == 0.05


@pytest.mark.parametrize(("answered", "invited"), [(38, 38), (202, 204)])
def test_that_all_or_nearly_all_answered_cannot_be_told(answered: int, invited: int) -> None:
    alike = participation(answered - 1, invited)

    assert participation(answered, invited) == alike == CellScore("participationRate", None, 0.95)
    assert participation(answered - 1, answered + 4).people == answered + 4  # five did not answer


def test_alpha_by_hand() -> None:
    """Variances 2.5 and 2.5 of the items, 9 of the sum: 2 x (1 - 5/9) = 0.89."""
    one = [1, 2, 3, 4, 5] * 2
    other = [2, 1, 3, 5, 4] * 2
    scores = np.array([one, other], dtype=np.int64).T

    assert cronbach_alpha(scores) == 0.89
    assert cronbach_alpha(scores[:9]) is None
    assert cronbach_alpha(np.full((20, 3), 4, dtype=np.int64)) is None


# What is published of a group that answered alike is published of another group, too: R10.


def others(people: int, groups: int) -> Iterator[tuple[int, ...]]:
    """Every way to spread people over groups of answers that is not all in one."""
    for counts in product(range(people + 1), repeat=groups):
        if sum(counts) == people and max(counts) < people:
            yield counts


@pytest.mark.parametrize("people", [10, 11, 15, 19, 20, 25])
@pytest.mark.parametrize("group", range(3))
def test_that_all_are_in_one_group_cannot_be_told(people: int, group: int) -> None:
    alike = [people if g == group else 0 for g in range(3)]

    assert any(enps(*counts) == enps(*alike) for counts in others(people, 3))
    told = favourable("q", *alike, invited=40)
    assert any(favourable("q", *counts, invited=40) == told for counts in others(people, 3))


@pytest.mark.parametrize("people", [20, 21, 40])
@pytest.mark.parametrize("yes", [0, 1])
def test_that_all_said_yes_or_no_cannot_be_told(people: int, yes: int) -> None:
    alike = sensitive("q", people * yes, people, invited=60)

    assert alike in [sensitive("q", count, people, invited=60) for count in range(1, people)]


@pytest.mark.parametrize("people", [5, 6, 9, 10, 20])
@pytest.mark.parametrize("items", [1, 2, 3, 6, 12])
def test_that_all_have_the_same_engagement_cannot_be_told(people: int, items: int) -> None:
    """One answer of one person, or of two in opposite directions, leaves everything as it was."""
    for agree in range(items + 1):
        alike = [[int(item < agree) for item in range(items)] for _ in range(people)]
        changed = [list(person) for person in alike]
        if agree > 0:
            changed[0][agree - 1] = 0
        if agree < items:
            changed[1][agree] = 1
        if agree in (0, items):
            assert changed != alike
        assert engaged(changed) == engaged(alike)


@pytest.mark.parametrize("people", [10, 15, 40])
@pytest.mark.parametrize("items", [1, 3, 6])
def test_that_all_have_the_same_burnout_cannot_be_told(people: int, items: int) -> None:
    step = 25 / items
    for steps in range(4 * items + 1):
        mean = steps * step
        values = [mean] * people
        values[0] = mean - step if steps else mean + step
        if 0 < steps < 4 * items:
            values[1] = mean + step
        first, second = (
            burnout(sums(*each), sum(v >= 50 - 1e-9 for v in each), items)
            for each in ([mean] * people, values)
        )
        assert first == second


def test_without_the_rule_all_alike_would_be_told() -> None:
    """The control: the share itself, and a spread of nothing, belong to one group alone."""
    assert [count / 10 for count in range(11)].count(1.0) == 1
    assert sums(*[0.5] * 10).spread == 0 < sums(0.25, 0.75, *[0.5] * 8).spread
