"""Differences of scores: published examples, and what several tests together say."""

from datetime import date
from math import comb

import numpy as np
import pytest
from scipy import stats

from services.kit.clock import day_number
from services.kit.errors import Invalid
from services.metrics.domain.periods import Period, calendar_edges, check_apart
from services.metrics.formulas.ces import customer_effort
from services.metrics.formulas.csat import top_two_share
from services.metrics.formulas.differences.comparison import (
    Change,
    Difference,
    Finding,
    Verdict,
    changes,
    difference,
    fisher,
    mean_difference,
    net_difference,
    pooled_z,
    rate_difference,
    share_difference,
)
from services.metrics.formulas.samples import Mean, Net, Published, Rate, Share
from services.metrics.formulas.scores import Interval, Score
from services.metrics.formulas.statistics import mean, net, share

CODES = tuple(map(str, range(1, 8)))


@pytest.mark.parametrize(
    ("this", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((189, 11034), (104, 11037), 0.00470, 0.01078),
    ],
)
def test_newcombe_interval_of_1998(
    this: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = share_difference(Share(*this), Share(*other)).interval

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.method == "Newcombe"


@pytest.mark.parametrize(
    ("this", "other", "z"),
    [((189, 11034), (104, 11037), 5.0014), ((130, 1000), (100, 1000), 2.1027)],
)
def test_two_proportions_of_published_trials(
    this: tuple[int, int], other: tuple[int, int], z: float
) -> None:
    assert pooled_z(Share(*this), Share(*other)) == pytest.approx(z, abs=5e-5)


def test_the_test_of_shares_is_the_pooled_one() -> None:
    found = share_difference(Share(130, 1000), Share(100, 1000))

    assert found.delta == pytest.approx(0.03)
    assert found.p_value == pytest.approx(0.0355, abs=5e-5)


@pytest.mark.parametrize(
    ("this", "other"),
    [((9, 10), (3, 10)), ((5, 56), (0, 29)), ((0, 20), (0, 30)), ((20, 20), (30, 30)), ((10, 10), (0, 900))],
)  # fmt: skip
def test_fishers_test_where_fewer_than_five_are_expected(
    this: tuple[int, int], other: tuple[int, int]
) -> None:
    one, two = Share(*this), Share(*other)
    table = [[one.hits, one.base - one.hits], [two.hits, two.base - two.hits]]

    assert fisher(one, two) == pytest.approx(stats.fisher_exact(table).pvalue)
    assert share_difference(one, two).p_value == pytest.approx(fisher(one, two))


@pytest.mark.parametrize(
    ("this", "other"), [((500, 300, 200), (560, 280, 160)), ((50, 30, 20), (60, 25, 15))]
)
def test_nps_differences_add_three_eighths_to_either_end(
    this: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    one, two = (Net(p, d, p + n + d) for p, n, d in (this, other))

    found = net_difference(one, two)

    scales = [np.array([1.0] * p + [0.0] * n + [-1.0] * d) for p, n, d in (this, other)]
    assert found.delta == pytest.approx(100 * (scales[0].mean() - scales[1].mean()))
    centres, errors = zip(*(adjusted(*each) for each in (this, other)), strict=True)
    z = (centres[0] - centres[1]) / sum(errors) ** 0.5
    assert found.p_value == pytest.approx(2 * stats.norm.sf(abs(z)))
    assert (found.p_value < 0.05) == (found.interval.high < 0 or found.interval.low > 0)


def adjusted(promoters: int, passives: int, detractors: int) -> tuple[float, float]:
    """Net and squared error, by hand: half of three quarters to either end."""
    up, down, total = promoters + 0.375, detractors + 0.375, promoters + passives + detractors + 1.5
    centre = (up - down) / total
    return centre, (up / total + down / total - centre**2) / total


def test_raw_nps_differences_of_the_published_example() -> None:
    # 500,300,200 v 560,280,160: z -2.9235, p 0.003461 without an adjustment; it moves by little at n = 1000.
    found = net_difference(Net(500, 200, 1000), Net(560, 160, 1000))

    assert found.delta == pytest.approx(-10)
    assert found.p_value == pytest.approx(0.003461, abs=5e-5)


def test_false_alarms_of_nps_differences_stay_near_five_percent_at_ten_answers() -> None:
    dice = np.random.default_rng(1)
    draws = dice.multinomial(10, [0.5, 0.3, 0.2], size=(20_000, 2))
    alarms = sum(
        net_difference(Net(int(a[0]), int(a[2]), 10), Net(int(b[0]), int(b[2]), 10)).p_value < 0.05
        for a, b in draws
    )

    assert alarms / len(draws) == pytest.approx(0.05, abs=0.012)


def test_means_are_compared_by_welch() -> None:
    dice = np.random.default_rng(2)
    one, two = dice.integers(1, 8, 40), dice.integers(2, 8, 25)

    found = mean_difference(sample(one), sample(two))

    expected = stats.ttest_ind(one, two, equal_var=False)
    interval = expected.confidence_interval()
    assert found.p_value == pytest.approx(expected.pvalue)
    assert (found.interval.low, found.interval.high) == pytest.approx(tuple(interval))


def sample(values: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Mean:
    return Mean(len(values), int(values.sum()), int((values**2).sum()))


def test_means_without_any_spread() -> None:
    """That all of ten differ from all of twelve is as unlikely as one of the ways to divide 22, or as its mirror."""
    same, other = Mean(10, 70, 490, 6, least=1), Mean(12, 72, 432, 6, least=1)
    found, none = mean_difference(same, other), mean_difference(same, same)

    assert none.p_value == 1.0
    assert found.p_value == pytest.approx(1 / comb(22, 10))
    assert found.interval.low < 0 < found.delta <= found.interval.high
    assert not none.is_small


@pytest.mark.parametrize(("leavers", "days"), [((12, 30), (10_000, 12_000)), ((0, 4), (500, 900))])
def test_turnover_is_compared_by_the_exact_conditional_test(
    leavers: tuple[int, int], days: tuple[int, int]
) -> None:
    one, two = (Rate(events, time, 100) for events, time in zip(leavers, days, strict=True))

    found = rate_difference(one, two)

    expected = stats.binomtest(leavers[0], sum(leavers), days[0] / sum(days)).pvalue
    assert found.p_value == pytest.approx(expected)
    assert found.interval.low < found.delta < found.interval.high
    assert found.delta == pytest.approx(
        leavers[0] / days[0] * 365.25 - leavers[1] / days[1] * 365.25
    )


def test_nobody_left_on_either_side() -> None:
    assert rate_difference(Rate(0, 100, 10), Rate(0, 200, 10)).p_value == 1.0


@pytest.mark.parametrize(
    ("this", "other", "deviate", "p", "quantile"),
    [
        ((560, 280, 160), (500, 300, 200), 2.9235, 0.003500, 1.9612),
        ((60, 25, 15), (50, 30, 20), 1.3942, 0.16482, 1.9720),
    ],
)
def test_what_was_published_is_compared_by_welch(
    this: tuple[int, int, int],
    other: tuple[int, int, int],
    deviate: float,
    p: float,
    quantile: float,
) -> None:
    """From values and spreads alone: the deviates are those of the raw test of nets, judged by Student's t."""

    def published(best: int, neutral: int, worst: int) -> Published:
        n = best + neutral + worst
        net = (best - worst) / n
        return Published(n, 100 * net, 100 * ((best + worst) / n - net**2) ** 0.5, 200)

    found = difference(published(*this), published(*other))

    assert found.p_value == pytest.approx(p, abs=5e-5)
    half = found.delta / deviate * quantile
    assert found.interval.high - found.delta == pytest.approx(half, rel=2e-3)


def test_what_was_published_stays_within_its_range() -> None:
    high, low = Published(5, 0.95, 0.9, 1.0), Published(5, 0.05, 0.9, 1.0)

    assert difference(high, low).interval.high == 1.0
    assert difference(low, high).interval.low == -1.0


@pytest.mark.parametrize(("value", "p"), [(0.5, 1.0), (0.6, 2 / comb(20, 10))])
def test_what_was_published_without_any_spread(value: float, p: float) -> None:
    found = difference(Published(10, value, 0.0, 1.0), Published(10, 0.5, 0.0, 1.0))

    assert found.p_value == pytest.approx(p)


def test_benjamini_hochberg_of_1995() -> None:
    raw = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
        0.7590, 1,
    ]  # fmt: skip
    adjusted = [
        0.0015, 0.0030, 0.0095, 0.0356, 0.0603, 0.0639, 0.0639, 0.0645, 0.0765, 0.4860, 0.5812, 0.7149, 0.7532,
        0.8132, 1,
    ]  # fmt: skip
    nothing = Interval(0, 0, "")

    found = changes({str(p): Difference(0, nothing, p) for p in raw})

    assert [found[str(p)].adjusted_p_value for p in raw] == pytest.approx(adjusted, abs=5e-5)
    assert sum(change.verdict is Verdict.CLEAR for change in found.values()) == 4


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        (0.0499, Verdict.CLEAR),
        (0.05, Verdict.WEAK),
        (0.20, Verdict.WEAK),
        (0.2001, Verdict.NONE),
    ],
)
def test_the_verdict_is_that_of_the_adjusted_value(p: float, verdict: Verdict) -> None:
    assert Change(Difference(0, Interval(0, 0, ""), 0.0), p).verdict is verdict


@pytest.mark.parametrize(
    ("delta", "p", "low", "high", "finding"),
    [
        (4, 0.049, 1, 7, Finding.CLEARLY_UP),
        (-4, 0.049, -7, -1, Finding.CLEARLY_DOWN),
        (2, 0.049, 1, 3, Finding.CLEARLY_UP),
        (4, 0.05, -1, 9, Finding.PERHAPS_UP),
        (-4, 0.20, -9, 1, Finding.PERHAPS_DOWN),
        (2, 0.06, -0.2, 4.2, Finding.ABOUT_THE_SAME),
        (0, 1.0, -5, 5, Finding.ABOUT_THE_SAME),
        (0, 1.0, -5.1, 5, Finding.NO_CLEAR_CHANGE),
        (0, 1.0, -5, 5.1, Finding.NO_CLEAR_CHANGE),
        (0, 1.0, -60, 60, Finding.NO_CLEAR_CHANGE),
    ],
)
def test_what_can_be_said_of_a_change(
    delta: float, p: float, low: float, high: float, finding: Finding
) -> None:
    """Of NPS, whose range is 200 wide: 5 points are small."""
    assert Change(Difference(delta, Interval(low, high, ""), p, 200), p).finding is finding


def test_without_a_known_scale_nothing_is_small() -> None:
    assert Change(Difference(0.1, Interval(-0.1, 0.3, ""), 0.9), 0.9).finding is (
        Finding.NO_CLEAR_CHANGE
    )


@pytest.mark.parametrize(
    ("score", "width"),
    [
        (customer_effort(dict.fromkeys(map(str, range(1, 8)), 9), minimum_base=1), 6),
        (top_two_share({"5": 40}, with_dont_know=False, minimum_base=1), 1),
        (net({"1": 40}, ("0", "1"), ("1",), ("0",), with_dont_know=False, minimum_base=1), 200),
        (mean({"1": 40, "5": 3}, ("1", "2", "3", "4", "5", "DONT_KNOW"), minimum_base=1), 4),
    ],
)
def test_a_difference_knows_how_wide_its_scale_is(score: Score, width: float) -> None:
    assert score.sample is not None
    assert difference(score.sample, score.sample).width == width


def test_samples_of_two_statistics_have_no_difference() -> None:
    with pytest.raises(TypeError):
        difference(Share(1, 2), Net(1, 1, 2))


def test_effort_is_a_mean_with_the_top_box_beside_it() -> None:
    answers = {"1": 2, "3": 3, "4": 5, "5": 10, "7": 10}
    values = [1] * 2 + [3] * 3 + [4] * 5 + [5] * 10 + [7] * 10

    found = customer_effort(answers, minimum_base=10)

    low, high = stats.t.interval(0.95, 29, np.mean(values), stats.sem(values))
    assert found.value == pytest.approx(np.mean(values))
    assert found.interval is not None
    assert found.secondary_interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high))
    assert found.secondary == pytest.approx(20 / 30)
    # 20/30 by Wilson: 0.4878 .. 0.8077
    assert found.secondary_interval.low == pytest.approx(0.4878, abs=5e-5)
    assert found.secondary_interval.high == pytest.approx(0.8077, abs=5e-5)


def test_satisfaction_has_its_mean_beside_it() -> None:
    found = top_two_share({"5": 10, "1": 10, "DONT_KNOW": 5}, with_dont_know=False, minimum_base=10)

    assert (found.value, found.secondary) == (0.5, 3.0)


def test_own_statistics_hold_to_their_denominator() -> None:
    answers = {"1": 5, "2": 5, "DONT_KNOW": 10}
    codes = ("1", "2", "DONT_KNOW")

    valid = share(answers, codes, ["2"], with_dont_know=False, minimum_base=10)
    everyone = share(answers, codes, ["2"], with_dont_know=True, minimum_base=10)
    balance = net(answers, codes, ["2"], ["1", "DONT_KNOW"], with_dont_know=True, minimum_base=10)

    assert (valid.value, valid.base) == (0.5, 10)
    assert (everyone.value, everyone.base) == (0.25, 20)
    assert (balance.value, balance.base) == (-50.0, 20)
    assert mean(answers, codes, minimum_base=10).value == 1.5
    assert mean({"3": 9}, CODES, minimum_base=10).value is None


def days(interval: str, first: date, last: date) -> list[date]:
    edges = calendar_edges(Period(day_number(first), day_number(last)), interval)
    return [date.fromordinal(date(1970, 1, 1).toordinal() + edge) for edge in edges]


def test_weeks_begin_on_monday() -> None:
    assert days("WEEK", date(2026, 1, 1), date(2026, 1, 15)) == [
        date(2026, 1, 1),
        date(2026, 1, 5),
        date(2026, 1, 12),
        date(2026, 1, 15),
    ]
    assert days("WEEK", date(2026, 1, 5), date(2026, 1, 12)) == [
        date(2026, 1, 5),
        date(2026, 1, 12),
    ]


def test_quarters_begin_in_january() -> None:
    assert days("QUARTER", date(2025, 11, 20), date(2026, 4, 2)) == [
        date(2025, 11, 20),
        date(2026, 1, 1),
        date(2026, 4, 1),
        date(2026, 4, 2),
    ]


def test_a_trend_has_at_most_1500_points() -> None:
    assert len(calendar_edges(Period(0, 1_500), "DAY")) == 1_501
    with pytest.raises(Invalid) as raised:
        calendar_edges(Period(0, 1_501), "DAY")
    assert raised.value.reason == "TOO_MANY_POINTS"


@pytest.mark.parametrize(("start", "end", "apart"), [(0, 10, True), (20, 30, True), (5, 11, False)])
def test_periods_that_are_compared_share_no_day(start: int, end: int, apart: bool) -> None:
    if apart:
        check_apart(Period(10, 20), Period(start, end))
    else:
        with pytest.raises(Invalid):
            check_apart(Period(10, 20), Period(start, end))
