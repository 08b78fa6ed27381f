"""Ends of a file that are last days worked are noticed, in whatever order its rows stand."""

from hypothesis import given
from hypothesis import strategies as st

from services.employee_exp.employment.domain.employment import StintItem
from services.employee_exp.employment.domain.last_days import LastDays

RENEWED = [
    StintItem(f"e{i}", "care", 365 * year, 365 * (year + 1) - 1)
    for i in range(4)
    for year in (0, 1)
]
TRANSFERS = [
    StintItem(f"t{i}", "care", 100 * step, 100 * (step + 1)) for i in range(4) for step in (0, 1)
]
LEAVERS = [StintItem(f"l{i}", "care", 0, 50 + i) for i in range(20)]
REHIRED = [StintItem("r", "care", 0, 50), StintItem("r", "care", 90, None)]


def found(stints: list[StintItem]) -> int:
    last_days = LastDays()
    for stint in stints:
        last_days.look(stint)
    return last_days.count()


@given(st.permutations(RENEWED + LEAVERS + REHIRED))
def test_renewed_contracts_are_counted(stints: list[StintItem]) -> None:
    assert found(stints) == 4


@given(st.permutations(TRANSFERS + LEAVERS + REHIRED))
def test_transfers_leavers_and_people_who_came_back_are_none(stints: list[StintItem]) -> None:
    assert found(stints) == 0


def test_a_few_of_many_are_chance() -> None:
    assert found(TRANSFERS + RENEWED[:2]) == 0
    assert found(RENEWED + TRANSFERS[:2]) == 4
