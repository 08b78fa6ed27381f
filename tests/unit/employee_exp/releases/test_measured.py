"""Results that were measured elsewhere: what may be released of them, and how it is told."""

from collections.abc import Mapping

import pytest

from services.employee_exp.releases.domain.measured.items import (
    INDICES,
    SENSITIVE,
    SHARE,
    Measured,
    score,
)
from services.employee_exp.releases.domain.measured.judging import (
    MeasuredCell,
    check_cell,
    find_measure,
    judge_wave,
)
from services.employee_exp.releases.domain.tree import NONE, Tree
from services.kit.errors import Invalid

# The worked example: Company 44, Engineering 23 (Core 12, Data 6, QA 2), HR 3, Sales 15 (North 9, South 4).
NAMES = ("Company", "Core", "Data", "Engineering", "HR", "North", "QA", "Sales", "South")
ABOVE = (NONE, 3, 3, 0, 0, 7, 3, 0, 7)
PEOPLE = dict(zip(NAMES, (44, 12, 6, 23, 3, 9, 2, 15, 4), strict=True))
TREE = Tree(ABOVE)
NOTHING: Mapping[str, int] = {}
QUESTIONS = {"pride": SHARE, "harassed": SENSITIVE}


def cells(
    *named: str, item: str = "engagement", others: Mapping[str, int] = NOTHING
) -> list[MeasuredCell]:
    """Rows from 2 on; with other numbers of people where they are named."""
    return [
        MeasuredCell(row, NAMES.index(name), item, Measured(others.get(name, PEOPLE[name]), 0.5))
        for row, name in enumerate(named, 2)
    ]


def reasons(*found: MeasuredCell) -> dict[int, str]:
    return {row: failure.reason for row, failure in judge_wave(TREE, found, QUESTIONS).items()}


def reason(item: str, measured: Measured) -> str:
    cell = MeasuredCell(2, 0, item, measured)
    try:
        check_cell(cell, find_measure(item, QUESTIONS))
    except Invalid as failure:
        return failure.reason
    return ""


def test_the_released_departments_of_the_worked_example_are_taken() -> None:
    assert reasons(*cells("Company", "Sales", "Engineering", "North", "Core", "Data")) == {}


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (("Company", "Sales", "Engineering", "Core", "Data"), {}),
        # Company less Engineering and North leaves 12, less Sales and Engineering 6.
        (("Company", "Engineering", "North"), {}),
        # One department between them that is not shown: Company less North is 35, whoever is between.
        (("Company", "North"), {}),
        # Sales less North leaves 6, but with 12 in North it leaves 3.
        (("Sales", "North"), {2: "RESIDUAL_TOO_SMALL"}),
        (("Company", "Sales", "North"), {3: "RESIDUAL_TOO_SMALL"}),
    ],
)
def test_who_is_outside_of_what_is_shown_below_is_nobody_or_enough(
    rows: tuple[str, ...], refused: dict[int, str]
) -> None:
    changed = {"North": 12} if refused else {}

    assert reasons(*cells(*rows, others=changed)) == refused


def test_departments_that_make_up_the_one_above_leave_nobody() -> None:
    assert reasons(*cells("Sales", "North", "South", others={"North": 9, "South": 6})) == {}
    assert reasons(*cells("Sales", "North", "South", others={"North": 9, "South": 7})) == {
        2: "MORE_BELOW"
    }


def test_each_item_is_judged_by_itself() -> None:
    found = [*cells("Sales", "North"), *cells("Sales", item="enps")]

    assert reasons(*found) == {}


def test_a_sensitive_question_leaves_ten_or_nobody() -> None:
    assert reasons(*cells("Company", "Engineering", item="harassed", others={"Company": 32})) == {
        2: "RESIDUAL_TOO_SMALL"
    }
    assert reasons(*cells("Company", "Engineering", item="harassed", others={"Company": 33})) == {}


def test_participation_is_shown_where_something_else_is() -> None:
    rate = MeasuredCell(9, 0, "participationRate", Measured(60, 0.7))

    assert reasons(rate) == {9: "DEPARTMENT_NOT_RELEASED"}
    assert reasons(*cells("Company"), rate) == {}


def test_a_cell_that_comes_twice_is_refused() -> None:
    assert reasons(*cells("Company", "Company")) == {3: "DUPLICATE"}


@pytest.mark.parametrize(
    ("item", "measured", "expected"),
    [
        ("engagement", Measured(5, 0.7), ""),
        ("engagement", Measured(4, 0.7), "GROUP_TOO_SMALL"),
        ("enps", Measured(10, -100), ""),
        ("enps", Measured(9, 20), "GROUP_TOO_SMALL"),
        ("enps", Measured(10, 101), "VALUE_OUT_OF_RANGE"),
        ("burnout", Measured(10, 43.5, 40, 50), ""),
        ("burnout", Measured(10, 43.5, 44, 50), "INTERVAL_MALFORMED"),
        ("burnout", Measured(10, 43.5, 40), "INTERVAL_INCOMPLETE"),
        ("pride", Measured(9, 0.5), "GROUP_TOO_SMALL"),
        ("pride", Measured(10, 62), "VALUE_OUT_OF_RANGE"),
        ("harassed", Measured(19, 0.5), "GROUP_TOO_SMALL"),
        ("participationRate", Measured(8, 0.5), "GROUP_TOO_SMALL"),
        ("participationRate", Measured(8, 0.625), ""),
        ("prides", Measured(50, 0.5), "UNKNOWN_ITEM"),
    ],
)
def test_what_a_cell_may_be(item: str, measured: Measured, expected: str) -> None:
    assert reason(item, measured) == expected


def told(item: str, *measured: float) -> tuple[float | None, float, float, str]:
    people, *rest = measured
    found = score(item, find_measure(item, QUESTIONS), Measured(int(people), *rest))
    assert found.interval is not None
    low, high = round(found.interval.low, 4), round(found.interval.high, 4)
    return found.value, low, high, found.interval.method


def test_an_interval_that_is_missing_is_the_widest_there_can_be() -> None:
    # All promoters or detractors: 15 and 15 of 30 for 0; adjusted Wald by hand: 1.96 sqrt(31.5/33)/sqrt(33) = 0.33334.
    assert told("enps", 30, 0) == (
        0,
        -33.3342,
        33.3342,
        "adjusted Wald, widest that the value allows",
    )
    # Wilson, Newcombe (1998a): 81 of 263.
    assert told("pride", 263, 81 / 263)[1:] == (0.2553, 0.3662, "Wilson")
    # All at 0 or 1: sd 0.5 sqrt(25/24) = 0.51031; t(24) = 2.0639: 0.5 -+ 0.2106.
    assert told("engagement", 25, 0.5) == (0.5, 0.2894, 0.7106, "t, widest that the value allows")


def test_an_interval_that_is_given_stays() -> None:
    assert told("burnout", 40, 42.5, 38, 47) == (42.5, 38, 47, "as it was given")


def test_that_all_answered_alike_is_not_told() -> None:
    assert told("enps", 10, 100, 47.5, 100)[0] == 90
    assert told("enps", 10, 100, 47.5, 100)[3] != "as it was given"  # it would give the value away
    assert told("pride", 12, 1.0)[0] == 0.9
    assert told("engagement", 12, 0.0)[0] == 0.05
    assert score("burnout", INDICES["burnout"], Measured(12, 50, 50, 50)).spread == 10


def test_participation_of_few_is_rounded_and_tells_not_how_many() -> None:
    found = score("participationRate", INDICES["participationRate"], Measured(23, 0.7391))

    assert (found.people, found.value, found.interval) == (None, 0.75, None)
    assert told("participationRate", 263, 81 / 263)[1:] == (0.2553, 0.3662, "Wilson")
