"""Links of customers and staff: published and known figures, and what may be said of them."""

import csv
import os
from collections.abc import Mapping
from math import factorial, sqrt
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from services.metrics.formulas.differences.comparison import adjusted
from services.metrics.formulas.linkage.correlation import correlation, detectable, ranks
from services.metrics.formulas.linkage.links import (
    LONGEST_LAG,
    LinkKind,
    Panel,
    ahead,
    between,
    level,
    links,
    slopes,
    within,
)
from services.metrics.formulas.linkage.mixed_model import random_intercept
from services.metrics.formulas.linkage.verdict import (
    JudgedLink,
    LinkVerdict,
    direction,
    judged,
    verdict,
)

Numbers = NDArray[np.float64]
DRAWS = 1_500
TRUSTS = "nhs_trust_year_2012_2019.csv"
COMPLETE = ("Engagement.Index", "RecommendCare.Index", "WorkStress.Index", "Responses")
BATCHES = (
    (1545, 1440, 1440, 1520, 1580),
    (1540, 1555, 1490, 1560, 1495),
    (1595, 1550, 1605, 1510, 1560),
    (1445, 1440, 1595, 1465, 1545),
    (1595, 1630, 1515, 1635, 1625),
    (1520, 1455, 1450, 1480, 1445),
)
"""Yield of dyestuff, O. L. Davies, P. L. Goldsmith, "Statistical Methods in Research and Production", 1972."""


def test_p_values_of_a_family_are_adjusted() -> None:
    """Y. Benjamini, Y. Hochberg, 1995, section 3.2: 4 are rejected at 5 %."""
    given = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    given += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    expected = [0.0015, 0.0030, 0.0095, 0.0356, 0.0603, 0.0639, 0.0639, 0.0645]
    expected += [0.0765, 0.4860, 0.5812, 0.7149, 0.7532, 0.8132, 1.0]

    found = adjusted(dict(enumerate(given)))

    assert [found[place] for place in range(len(given))] == pytest.approx(expected, abs=5.1e-5)


def test_a_model_with_a_level_for_each_batch() -> None:
    """As lme4 fits it by REML: D. Bates, "lme4: Mixed-effects modeling with R", chapter 1."""
    y = np.array(BATCHES, np.float64).ravel()

    found = random_intercept(y, np.ones((30, 1)), np.repeat(np.arange(6), 5))

    assert found.coefficients[0] == pytest.approx(1527.5)
    assert found.errors[0] == pytest.approx(19.383, abs=1e-3)
    assert (found.between, found.within) == pytest.approx((1764.05, 2451.25), abs=1e-2)


def test_equal_values_share_their_ranks() -> None:
    assert ranks(np.array([7.0, 1.0, 7.0, 9.0])).tolist() == [2.5, 1, 2.5, 4]


@pytest.mark.parametrize(("departments", "r"), [(194, 0.2), (85, 0.3), (47, 0.4), (30, 0.5)])
def test_how_strong_a_link_so_many_departments_show(departments: int, r: float) -> None:
    assert detectable(departments) == pytest.approx(r, abs=0.01)


@pytest.mark.parametrize(("departments", "tests"), [(20, 1), (20, 330), (100, 22)])
def test_a_link_that_can_be_seen_is_clear_in_4_of_5_cases(departments: int, tests: int) -> None:
    """At Bonferroni's bound, than which the adjusted p-values find no less."""
    r, source, clear = detectable(departments, tests), np.random.default_rng(4), 0
    for _ in range(DRAWS):
        staff, other = source.normal(size=(2, departments))
        found = correlation(staff, r * staff + sqrt(1 - r * r) * other, np.arange(departments))
        assert found is not None
        clear += found.p_value < 0.05 / tests

    assert 0.77 < clear / DRAWS < 0.87


@pytest.mark.parametrize("is_skewed", [False, True])
def test_of_twenty_departments_chance_makes_a_link_in_5_of_100(is_skewed: bool) -> None:
    """With departments as clusters it made one in 8 of 100, and in 15 where the numbers of one are skewed."""
    source, false = np.random.default_rng(4), 0
    for _ in range(DRAWS):
        staff, customers = source.normal(size=(2, 20))
        found = correlation(np.exp(staff) if is_skewed else staff, customers, np.arange(20))
        assert found is not None
        false += found.p_value < 0.05

    assert false / DRAWS < 0.065


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("periods", [1, 3])
def test_no_order_of_departments_is_rarer_than_their_orders_are_many(
    sign: int, periods: int
) -> None:
    staff = np.tile(np.arange(20.0), (periods, 1)).T
    found = level(Panel(sign * staff, staff, np.full(staff.shape, np.nan)))

    assert found is not None
    assert found.r == pytest.approx(sign)
    assert found.p_value == pytest.approx(2 / factorial(20))
    assert 0.01 < found.interval.high - found.interval.low < 0.2
    assert -1 <= found.interval.low <= found.r <= found.interval.high <= 1


def test_many_departments_have_a_narrow_interval() -> None:
    for departments in (140, 160, 3_000):
        same = np.arange(float(departments))
        found = correlation(same, same, np.arange(departments))

        assert found is not None
        assert found.interval.low > 0.999


def test_the_interval_of_a_correlation_of_single_values() -> None:
    """Fisher's of r = 0.5 and n = 28: 0.5493 -+ 1.96 / 5, back from the tangent 0.1560 to 0.7358."""
    source = np.random.default_rng(1)
    one, noise = np.linalg.qr(np.column_stack([np.ones(28), source.normal(size=(28, 2))]))[0].T[1:]
    found = correlation(one, 0.5 * one + sqrt(0.75) * noise, np.arange(28))

    assert found is not None
    assert (found.r, found.interval.low, found.interval.high) == pytest.approx(
        (0.5, 0.1560, 0.7358), abs=1e-4
    )
    assert found.p_value == pytest.approx(stats.pearsonr(one, 0.5 * one + sqrt(0.75) * noise)[1])


@pytest.fixture(scope="module")
def trusts() -> Panel:
    """Hospitals in England by year: engagement of staff, and how they rate the care there; headcounts are answers."""
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    with (Path(folder) / TRUSTS).open() as file:
        rows = [row for row in csv.DictReader(file) if all(row[name] for name in COMPLETE)]
    assert len(rows) == 1_071
    codes = sorted({row["Code"] for row in rows})

    def column(name: str) -> Numbers:
        cells = np.full((len(codes), 8), np.nan)
        for row in rows:
            cells[codes.index(row["Code"]), int(row["Year.Index"]) - 2012] = float(row[name])
        return cells

    return Panel(column("RecommendCare.Index"), column("Engagement.Index"), column("Responses"))


def test_hospitals_level_by_level(trusts: Panel) -> None:
    departments, periods = np.nonzero(np.isfinite(trusts.staff))
    pooled = correlation(
        trusts.staff[departments, periods], trusts.customers[departments, periods], departments
    )
    levels = pooled, between(trusts), within(trusts, given_periods=False)

    found = [round(each.r, 4) for each in levels if each]

    assert found == [0.5042, 0.4330, 0.6542]
    assert pooled is not None
    assert (pooled.departments, pooled.pairs) == (144, 1_071)


def test_what_hospitals_do_a_year_later_is_no_evidence(trusts: Panel) -> None:
    seen = np.isfinite(trusts.staff[:, :-1]) & np.isfinite(trusts.customers[:, 1:])
    departments = np.nonzero(seen)[0]
    early, late = trusts.staff[:, :-1][seen], trusts.customers[:, 1:][seen]
    raw, given = correlation(early, late, departments), ahead(trusts, 1)

    assert raw is not None
    assert given is not None
    assert (round(raw.r, 4), round(given.r, 4)) == (0.3832, -0.0695)


def test_hospitals_go_together_and_nobody_leads(trusts: Panel) -> None:
    found = judged({"care": links(trusts)})["care"]

    plain = [each for each in found if each.link.kind is LinkKind.LEVEL]
    assert all(each.is_clear and each.link.found.r > 0.2 for each in plain)  # at every lag
    assert verdict(found) is LinkVerdict.TOGETHER
    assert direction(found) == 1
    model = slopes(trusts)
    assert model is not None
    assert all(slope.low > 0 for slope in model)


def made(kind: str, seed: int, departments: int = 60, periods: int = 12) -> Panel:
    """Made up departments in which something is known to hold."""
    source = np.random.default_rng(seed)

    def chance(size: float) -> Numbers:
        return source.normal(size=(departments, periods)) * size

    shared, state = np.zeros((departments, periods)), source.normal(size=departments)
    for period in range(periods):
        state = 0.7 * state + 0.7 * source.normal(size=departments)
        shared[:, period] = state
    lasting = 0.8 * source.normal(size=(2, departments, 1))
    staff, customers = lasting[0] + chance(0.5), lasting[1] + chance(0.5)
    if kind == "lasting":
        staff, customers = lasting[0] + chance(0.5), lasting[0] + chance(0.5)
    elif kind == "shared":  # both follow a third thing; customers are measured badly
        staff, customers = lasting[0] + shared + chance(0.1), lasting[1] + shared + chance(1.0)
    elif kind == "staff":
        staff = lasting[0] + shared + chance(0.2)
        customers[:, 1:] += 0.8 * shared[:, :-1]
    return Panel(customers, staff, np.full((departments, periods), np.nan))


def said(kind: str, seeds: range, **size: int) -> Mapping[LinkVerdict, int]:
    found = [verdict(judged({0: links(made(kind, seed, **size))})[0]) for seed in seeds]
    return {each: found.count(each) for each in set(found)}


def test_a_link_is_said_where_there_is_one_and_nobody_is_said_to_come_first() -> None:
    seeds = range(20)

    assert said("none", seeds).get(LinkVerdict.NO_CLEAR_LINK, 0) >= 18
    for kind in ("lasting", "shared", "staff"):
        assert said(kind, seeds).get(LinkVerdict.TOGETHER, 0) >= 18


def test_below_20_departments_there_is_no_coefficient() -> None:
    assert links(made("staff", 1, departments=19)) == []
    assert slopes(made("staff", 1, departments=19)) is None
    assert links(made("staff", 1, departments=20))


def test_of_one_period_levels_are_all_there_is() -> None:
    found = links(made("shared", 3, periods=1))

    assert {each.kind for each in found} == {LinkKind.LEVEL, LinkKind.BETWEEN}
    assert slopes(made("shared", 3, periods=1)) is None


@pytest.mark.parametrize("periods", range(1, 7))
def test_lags_are_those_that_the_periods_allow(periods: int) -> None:
    found = links(made("shared", 3, periods=periods))

    lags = {each.lag for each in found if each.kind is LinkKind.LEVEL}
    assert lags == set(range(min(periods, LONGEST_LAG + 1)))


def test_scores_that_do_not_differ_have_no_link() -> None:
    panel = made("none", 1)
    flat = Panel(np.ones_like(panel.customers), panel.staff, panel.headcounts)

    assert links(flat) == []
    assert verdict([]) is LinkVerdict.NO_CLEAR_LINK
    assert slopes(flat) is None


def test_gaps_are_left_out_and_headcounts_are_taken_out_where_all_are_known() -> None:
    panel = made("shared", 2)
    panel.staff[:5, 3:] = np.nan
    sizes = np.exp(np.random.default_rng(1).normal(size=panel.staff.shape))
    known = Panel(panel.customers + np.log(sizes), panel.staff + np.log(sizes), sizes)
    plain, given = level(known), level(known, given_headcount=True)

    assert plain is not None
    assert given is not None
    assert plain.pairs == 60 * 12 - 5 * 9
    assert given.r < plain.r
    assert not panel.has_headcounts
    kinds = {each.kind for each in links(panel)}
    assert LinkKind.LEVEL_GIVEN_HEADCOUNT not in kinds


def test_links_are_judged_beside_those_of_all_pairs() -> None:
    one = links(made("shared", 4))
    alone = judged({"a": one})["a"]
    beside = judged({"a": one, **{str(seed): links(made("none", seed)) for seed in range(9)}})["a"]

    def mean(family: list[JudgedLink]) -> float:
        return sum(each.adjusted_p_value for each in family) / len(family)

    assert mean(beside) > mean(alone)
