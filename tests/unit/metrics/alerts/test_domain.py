"""When an alert is raised, and when it is over."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.metrics.alerts.domain import (
    NO_CHANGE,
    READ_WEEKS,
    Alert,
    AlertEnd,
    Judgement,
    Past,
    interval_of,
    judge,
    values_of,
    week_of,
    weeks_read,
)
from services.metrics.definitions.domain.definitions import BUILT_IN, Definition
from services.metrics.formulas.intervals import adjusted_wald, t_interval, wilson
from services.metrics.formulas.nps import NPS_CODES
from services.metrics.formulas.samples import Mean
from services.metrics.formulas.scores import DONT_KNOW, Interval
from services.metrics.formulas.shifts.weeks import NOTHING, Usual, WeekSums

METRICS = {definition.key: definition for definition in BUILT_IN}
NPS = METRICS["nps"]
MONDAY = 20_598
TODAY = MONDAY + 2
ENDS = (-100.0, 100.0)


def week(promoters: int, detractors: int, base: int = 200) -> WeekSums:
    net, either = promoters - detractors, promoters + detractors
    return WeekSums(base, 100.0 * net, 10_000.0 * either, 1_000_000.0 * net)


USUAL, LOW = week(100, 40), week(60, 80)
LEVEL = Usual(2_400, 200, 30, mean=30, variance=6_100, skewness=0, scatter=1)
CHANCE = Interval(-20, 0, "adjusted Wald")


def raised(weeks_ago: int) -> Alert:
    """An alert that was raised so many weeks ago and is open."""
    return Alert(
        id="a",
        department_id="d1",
        metric="nps",
        version=1,
        rule="ewma",
        week=MONDAY - 7 * weeks_ago,
        since_day=MONDAY - 7 * weeks_ago,
        value=-10,
        value_interval=CHANCE,
        base=200,
        usual=LEVEL,
        usual_interval=CHANCE,
        deviation=-4.5,
        touchpoint="",
        segment="",
        raised_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def judged(latest: list[WeekSums], past: Past | None = None) -> Judgement:
    """Weeks at the usual level, then these."""
    weeks = [USUAL] * (READ_WEEKS - len(latest)) + latest
    return judge(NPS, weeks, ENDS, TODAY, past or Past())


def test_the_weeks_that_are_read_end_with_the_running_one() -> None:
    edges = weeks_read(TODAY)

    assert [week_of(MONDAY), week_of(MONDAY + 6)] == [MONDAY, MONDAY]
    assert (edges[-2], edges[-1]) == (MONDAY, MONDAY + 7)
    assert (len(edges) - 1, edges[0]) == (READ_WEEKS, MONDAY - 7 * (READ_WEEKS - 1))


def test_an_alert_is_raised_of_a_fall_and_of_nothing_else() -> None:
    found = judged([LOW])

    assert found.fall is not None
    assert (found.fall.latest, found.fall.usual.value, found.end) == (LOW, 30, None)
    assert [judged([]), judged([week(140, 20)])] == [NO_CHANGE, NO_CHANGE]


def test_an_open_alert_is_raised_no_more() -> None:
    assert judged([LOW], Past(raised(0))) == NO_CHANGE


def test_it_is_over_once_the_score_is_back() -> None:
    after = [LOW, LOW, *[USUAL] * 6]

    assert judged(after, Past(raised(6))) == Judgement(end=AlertEnd.BACK)


def test_it_is_judged_by_the_level_it_was_raised_by() -> None:
    """By the level of the weeks before the latest ones, which are all low, nothing fell."""
    low_for_long = [LOW] * READ_WEEKS

    assert judged(low_for_long, Past(raised(15))) == NO_CHANGE
    assert judged(low_for_long) == NO_CHANGE


def test_answers_of_weeks_before_that_come_later_do_not_end_it() -> None:
    worse_by_now = [week(40, 100)] * 12 + [USUAL] * 4 + [LOW]

    assert judge(NPS, worse_by_now, ENDS, TODAY, Past(raised(0))) == NO_CHANGE


def test_one_whose_usual_level_was_not_kept_is_over() -> None:
    alert = replace(raised(0), usual=replace(LEVEL, variance=0))

    assert judged([LOW], Past(alert)) == Judgement(end=AlertEnd.NOT_JUDGED)


def test_after_sixteen_weeks_the_level_is_the_usual_one() -> None:
    assert judged([LOW] * 17, Past(raised(16))) == Judgement(end=AlertEnd.NEW_LEVEL)


@pytest.mark.parametrize(
    ("latest", "alert"), [([NOTHING] * 5, raised(2)), ([LOW], replace(raised(0), version=2))]
)
def test_it_is_over_where_it_cannot_be_judged(latest: list[WeekSums], alert: Alert) -> None:
    assert judged(latest, Past(alert)) == Judgement(end=AlertEnd.NOT_JUDGED)


def test_weeks_of_a_fall_that_went_back_are_not_usual() -> None:
    fall = [LOW] * 4
    latest = [*fall, *[USUAL] * 5, week(70, 70)]
    mondays = [MONDAY - 7 * (9 - ago) for ago in range(4)]

    assert judged(latest) == NO_CHANGE
    assert judged(latest, Past(fallen_weeks=mondays)).fall is not None


@pytest.mark.parametrize(
    ("metric", "sums", "expected"),
    [
        (NPS, week(97, 3, 100), adjusted_wald(97, 3, 100)),
        (METRICS["csat"], WeekSums(50, 40, 40, 40), wilson(40, 50)),
        (METRICS["ces"], WeekSums(40, 200, 1_040, 5_600), t_interval(Mean(40, 200, 1_040))),
    ],
)
def test_what_is_told_has_the_interval_of_its_score(
    metric: Definition, sums: WeekSums, expected: Interval
) -> None:
    assert interval_of(metric, sums) == expected


@pytest.mark.parametrize(
    ("metric", "codes", "expected"),
    [
        (NPS, NPS_CODES, [-100.0] * 7 + [0.0] * 2 + [100.0] * 2),
        (METRICS["csat"], ("1", "3", "4", "5", DONT_KNOW), [0, 0, 1, 1, None]),
        (METRICS["friendsAndFamily"], ("1", "3", "4", "5", DONT_KNOW), [0, 0, 1, 1, 0]),
        (METRICS["ces"], ("1", "7", DONT_KNOW), [1, 7, None]),
    ],
)
def test_answers_count_so_that_their_mean_is_the_metric(
    metric: Definition, codes: tuple[str, ...], expected: list[float | None]
) -> None:
    assert values_of(metric, codes) == expected
