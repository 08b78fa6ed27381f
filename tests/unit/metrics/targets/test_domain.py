"""Which targets may be set, and how a score stands to one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.kit.errors import Invalid
from services.metrics.definitions.domain.definitions import BUILT_IN
from services.metrics.domain.periods import Period
from services.metrics.formulas.scores import Interval, Score, Status
from services.metrics.targets.domain import (
    Target,
    TargetDraft,
    TargetSide,
    TargetStatus,
    bounds_of,
    check_draft,
    days_judged,
    status_of,
)

METRICS = {definition.key: definition for definition in BUILT_IN}
TODAY = 20_000
TARGET = Target(
    "d1",
    "nps",
    40,
    TargetSide.CUSTOMER,
    TODAY + 30,
    "",
    "dev:ann",
    datetime(2026, 1, 1, tzinfo=UTC),
)
DRAFT = TargetDraft("d1", "nps", 40, TargetSide.CUSTOMER, TODAY + 30)


def score(value: float, low: float, high: float, status: Status = Status.OK) -> Score:
    return Score(status, 100, value, Interval(low, high, "adjusted Wald"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (score(50, 40, 60), TargetStatus.REACHED),
        (score(50, 39.9, 60), TargetStatus.ABOVE_NOT_SURE),
        (score(40, 30, 50), TargetStatus.ABOVE_NOT_SURE),
        (score(39.9, 30, 50), TargetStatus.NOT_YET),
        (score(10, 5, 15), TargetStatus.NOT_YET),
        (score(90, 80, 100, Status.LOW_BASE), TargetStatus.NO_VALUE),
        (Score(Status.WITHHELD), TargetStatus.NO_VALUE),
        (Score(Status.NO_DATA, 0), TargetStatus.NO_VALUE),
        (Score(Status.OK, 40, 40), TargetStatus.REACHED),
        (Score(Status.OK, 40, 39.9), TargetStatus.NOT_YET),
    ],
)
def test_a_target_is_reached_where_the_whole_interval_is_past_it(
    given: Score, expected: TargetStatus
) -> None:
    assert status_of(TARGET, METRICS["nps"], given, TODAY) is expected


def test_lower_is_better_of_turnover() -> None:
    target = replace(TARGET, metric="turnoverRate", value=0.12)
    found = [
        status_of(target, METRICS["turnoverRate"], given, TODAY).name
        for given in (score(0.1, 0.08, 0.12), score(0.1, 0.08, 0.13), score(0.13, 0.1, 0.2))
    ]

    assert found == ["REACHED", "ABOVE_NOT_SURE", "NOT_YET"]


def test_a_due_day_that_is_gone_leaves_reached_or_missed() -> None:
    given = [score(50, 40, 60), score(50, 39, 60), score(10, 5, 15), Score(Status.NO_DATA, 0)]

    def names(today: int) -> list[str]:
        return [status_of(TARGET, METRICS["nps"], each, today).name for each in given]

    assert names(TARGET.due_day) == ["REACHED", "ABOVE_NOT_SURE", "NOT_YET", "NO_VALUE"]
    assert names(TARGET.due_day + 1) == ["REACHED", "MISSED", "MISSED", "NO_VALUE"]


def test_the_latest_days_end_today_or_on_the_due_day() -> None:
    gone = replace(TARGET, due_day=TODAY - 10)

    assert days_judged(TARGET, METRICS["nps"], TODAY) == Period(TODAY - 89, TODAY + 1)
    assert days_judged(gone, METRICS["nps"], TODAY) == Period(TODAY - 99, TODAY - 9)
    assert days_judged(TARGET, METRICS["enps"], TODAY) == Period(TODAY - 364, TODAY + 1)


@pytest.mark.parametrize(
    ("metric", "scale", "expected"),
    [
        ("nps", (), (-100, 100)),
        ("csat", (), (0, 1)),
        ("ces", (1, 2, 3, 4, 5, 6, 7), (1, 7)),
        ("ces", (), None),
        ("turnoverRate", (), (0, 100)),
        ("burnout", (), (0, 100)),
    ],
)
def test_a_value_lies_where_the_metric_can(
    metric: str, scale: tuple[int, ...], expected: tuple[float, float] | None
) -> None:
    assert bounds_of(METRICS[metric], scale) == expected


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (replace(DRAFT, side=None), "SIDE_MISSING"),
        (replace(DRAFT, value=100.1), "VALUE_OUT_OF_RANGE"),
        (replace(DRAFT, value=-100.1), "VALUE_OUT_OF_RANGE"),
        (replace(DRAFT, value=float("nan")), "VALUE_OUT_OF_RANGE"),
        (replace(DRAFT, due_day=TODAY - 1), "DUE_DAY_OUT_OF_RANGE"),
        (replace(DRAFT, due_day=TODAY + 3_654), "DUE_DAY_OUT_OF_RANGE"),
        (replace(DRAFT, owner="a" * 256), "BAD_OWNER"),
        (replace(DRAFT, owner="a\nb"), "BAD_OWNER"),
        (replace(DRAFT, owner="   "), "BAD_OWNER"),
        (replace(DRAFT, owner="ann "), "BAD_OWNER"),
    ],
)
def test_what_makes_no_sense_is_refused(draft: TargetDraft, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_draft(draft, METRICS["nps"], (-100.0, 100.0), TODAY)

    assert refused.value.reason == reason


def test_the_ends_are_within() -> None:
    for value, due in ((100.0, TODAY), (-100.0, TODAY + 3_653)):
        draft = replace(DRAFT, value=value, due_day=due)
        assert check_draft(draft, METRICS["nps"], (-100.0, 100.0), TODAY) is TargetSide.CUSTOMER
    with pytest.raises(Invalid, match="between 0 and 100"):
        check_draft(
            replace(DRAFT, value=float("inf")), METRICS["turnoverRate"], (0.0, 100.0), TODAY
        )
