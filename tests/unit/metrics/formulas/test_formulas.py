"""Check values of published and hand-worked examples."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.clock import day_number
from services.kit.errors import Invalid
from services.metrics.domain.periods import Period, check_period, month_edges, months_in
from services.metrics.formulas.ces import customer_effort
from services.metrics.formulas.csat import top_two_share
from services.metrics.formulas.intervals import adjusted_wald, exact_poisson, wilson
from services.metrics.formulas.nps import RecommendCounts, net_promoter_score, nps
from services.metrics.formulas.samples import Mean, Net, Published, Rate, Share
from services.metrics.formulas.scores import Status
from services.metrics.formulas.turnover import (
    EmploymentCounts,
    Months,
    turnover_rate,
    turnover_rate_headcount,
)


def test_nps_is_not_shown_below_the_minimum_base() -> None:
    assert net_promoter_score(RecommendCounts(9, 0, 0), minimum_base=10) is None
    assert net_promoter_score(RecommendCounts(10, 0, 0), minimum_base=10) == 100.0


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "score", "low", "high"),
    [
        (50, 30, 20, 30, 14.0511, 44.2013),
        (15, 8, 7, 26.6667, -3.3357, 51.8205),
        (8, 2, 0, 80, 29.2839, 93.7931),
        (10, 0, 0, 100, 47.5036, 100),
        (523, 302, 175, 34.8, 29.9949, 39.3970),
        (300, 120, 80, 44, 37.1562, 50.3189),
    ],
)
def test_nps_and_its_interval(
    promoters: int, passives: int, detractors: int, score: float, low: float, high: float
) -> None:
    found = nps({"9": promoters, "8": passives, "3": detractors}, minimum_base=1)

    assert found.value == pytest.approx(score, abs=5e-5)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=5e-5)


def test_a_wide_interval_is_cut_to_the_scale() -> None:
    assert adjusted_wald(10, 0, 10).high == 100.0


def test_every_answer_from_0_to_10_is_a_promoter_a_passive_or_a_detractor() -> None:
    for score in range(11):
        found = nps({str(score): 10}, minimum_base=1)
        assert found.value == {True: -100, False: {7: 0, 8: 0}.get(score, 100)}[score <= 6]


@pytest.mark.parametrize(
    ("hits", "base", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 30, 0.4878, 0.8077),
        (774, 1000, 0.7471, 0.7988),
    ],
)
def test_wilson_interval_of_newcombe_1998(hits: int, base: int, low: float, high: float) -> None:
    found = wilson(hits, base)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400), st.data())
def test_an_interval_holds_its_value_and_stays_in_its_range(base: int, data: st.DataObject) -> None:
    hits = data.draw(st.one_of(st.sampled_from([0, base]), st.integers(0, base)))
    others = data.draw(st.integers(0, base - hits))
    share, net = wilson(hits, base), adjusted_wald(hits, others, base)

    assert 0 <= share.low <= hits / base <= share.high <= 1
    assert -100 <= net.low <= 100 * (hits - others) / base <= net.high <= 100


@pytest.mark.parametrize(("answer", "low", "high"), [("7", 5.334, 7), ("1", 1, 2.666)])
def test_equal_answers_are_not_known_exactly(answer: str, low: float, high: float) -> None:
    """Of ten equal answers, 0.278 of all may be others, and six steps away; of a thousand, 0.004."""
    few, many = (customer_effort({answer: n}, minimum_base=10).interval for n in (10, 1000))

    assert few is not None
    assert many is not None
    assert (few.low, few.high) == pytest.approx((low, high), abs=1e-3)
    assert many.high - many.low == pytest.approx(6 * 0.0038, abs=1e-3)


def test_the_denominator_rule_decides_what_dont_know_does() -> None:
    answers = {"5": 3000, "4": 517, "3": 200, "2": 100, "1": 46, "DONT_KNOW": 19}

    valid = top_two_share(answers, with_dont_know=False, minimum_base=10)
    everyone = top_two_share(answers, with_dont_know=True, minimum_base=10)

    assert (valid.base, everyone.base) == (3863, 3882)
    assert valid.value == pytest.approx(3517 / 3863)
    assert everyone.value == pytest.approx(0.9060, abs=5e-5)


@pytest.mark.parametrize(
    ("base", "status"),
    [
        (0, Status.NO_DATA),
        (1, Status.INSUFFICIENT_BASE),
        (9, Status.INSUFFICIENT_BASE),
        (10, Status.LOW_BASE),
        (29, Status.LOW_BASE),
        (30, Status.OK),
    ],
)
def test_the_base_decides_what_is_shown(base: int, status: Status) -> None:
    found = top_two_share({"5": base}, with_dont_know=False, minimum_base=10)

    assert found.status is status
    shown = status in (Status.OK, Status.LOW_BASE)
    assert (found.value is not None) == (found.interval is not None) == shown
    assert bool(found.distribution) == shown
    assert found.base == base


def test_exact_poisson_interval_of_twelve_events() -> None:
    assert exact_poisson(12) == pytest.approx((6.2006, 20.9616), abs=5e-5)
    assert exact_poisson(0)[0] == 0.0


def test_turnover_is_leavers_for_the_time_employed() -> None:
    person_days = round(41_352.48 * 30.4375)

    found = turnover_rate(EmploymentCounts(571, person_days, 1129), minimum_base=10)

    assert found.value == pytest.approx(0.1657, abs=5e-5)
    assert found.base == 1129
    assert found.interval is not None
    low, high = exact_poisson(571)
    assert found.interval.low == pytest.approx(found.value * low / 571)  # type: ignore[operator]
    assert found.interval.high == pytest.approx(found.value * high / 571)  # type: ignore[operator]


def test_turnover_by_headcount_is_leavers_over_the_mean_of_twelve_month_ends() -> None:
    """14 people in January 2025; last days worked are 31 March, 15 June and 1 December.

    Employed on the last days of months: 14 to March, 13 in April and May, 12 to November, 11 in December.
    """
    year = Months(*months_in(day_number(date(2025, 1, 1)), day_number(date(2026, 1, 1))))
    headcounts = 3 * 14 + 2 * 13 + 6 * 12 + 11

    found = turnover_rate_headcount(EmploymentCounts(3, 0, 14, headcounts), year, minimum_base=10)

    assert year == Months(12, 1.0)
    assert found.value == pytest.approx(3 / (151 / 12))
    assert (found.base, found.status) == (14, Status.LOW_BASE)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(exact_poisson(3)[0] / (151 / 12))


def test_turnover_by_headcount_is_a_year_whatever_the_period() -> None:
    def rate(start: date, end: date, leavers: int, headcounts: int) -> float | None:
        months = Months(*months_in(day_number(start), day_number(end)))
        counts = EmploymentCounts(leavers, 0, 100, headcounts)
        return turnover_rate_headcount(counts, months, minimum_base=10).value

    assert rate(date(2025, 4, 1), date(2025, 7, 1), 5, 300) == pytest.approx(0.20)
    assert rate(date(2025, 2, 1), date(2025, 3, 1), 1, 100) == pytest.approx(0.12)
    assert rate(date(2025, 1, 11), date(2025, 2, 11), 1, 100) == pytest.approx(0.01 * 365.25 / 31)
    assert rate(date(2025, 1, 1), date(2025, 1, 31), 1, 100) is None  # its last day is not in it


def test_turnover_without_time_employed_has_no_data() -> None:
    assert turnover_rate(EmploymentCounts(), minimum_base=10).status is Status.NO_DATA


def test_months_of_a_period_are_cut_to_it() -> None:
    period = Period(day_number(date(2025, 11, 20)), day_number(date(2026, 2, 3)))

    edges = month_edges(period)

    borders = [date(2025, 11, 20), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert edges == [day_number(day) for day in [*borders, date(2026, 2, 3)]]


def test_a_period_that_ends_with_a_month_has_no_empty_month_behind_it() -> None:
    period = Period(day_number(date(2026, 1, 1)), day_number(date(2026, 3, 1)))

    assert len(month_edges(period)) == 3


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (0, 40_000), (-40_000, 0)])
def test_periods_that_make_no_sense_are_refused(start: int, end: int) -> None:
    with pytest.raises(Invalid):
        check_period(start, end)


@pytest.mark.parametrize(
    ("sample", "worked"),
    [
        (Net(50, 20, 100), "100 x (50 - 20) / 100"),
        (Share(81, 263), "81 / 263"),
        (Mean(4, 21, 111, 6), "21 / 4"),
        (Rate(571, 1_258_716, 1_129), "571 / 1258716 x 365.25"),
    ],
)
def test_a_value_is_worked_out_with_its_numbers(
    sample: Net | Share | Mean | Rate, worked: str
) -> None:
    """What is written gives the value to who does the sum."""
    assert sample.worked == worked
    assert calculated(worked) == pytest.approx(sample.value)


def test_of_what_employees_said_no_numbers_are_worked_out() -> None:
    assert Published(40, 12.5, 80.0, 200).worked == ""


def calculated(worked: str) -> float:
    """What a calculation of these signs comes to."""
    assert set(worked) <= set("0123456789. x/()-")
    return float(eval(worked.replace("x", "*")))
