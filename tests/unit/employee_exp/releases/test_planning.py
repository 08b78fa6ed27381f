"""Which departments are released: the worked example, and the best of all sets that the rule allows."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.employee_exp.releases.domain.planning import plan, plan_all
from services.employee_exp.releases.domain.tree import NONE, Tree

NAMES = ("Company", "HR", "Sales", "North", "South", "Engineering", "Core", "Data", "QA")
COMPANY = Tree((NONE, 0, 0, 2, 2, 0, 5, 5, 5))
DIRECT = (3, 3, 2, 9, 4, 3, 12, 6, 2)


def counts(*direct: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(direct, dtype=np.int64)


def names(released: frozenset[int]) -> set[str]:
    return {NAMES[department] for department in released}


def residuals(tree: Tree, direct: tuple[int, ...], released: frozenset[int]) -> dict[int, int]:
    """Respondents of each released department outside those released below it, counted one by one."""
    left = dict.fromkeys(released, 0)
    for department, people in enumerate(direct):
        place = department
        while place != NONE and place not in released:
            place = int(tree.parents[place])
        if place != NONE:
            left[place] += people
    return left


def test_the_worked_example_releases_six_departments() -> None:
    released = plan(COMPANY, counts(*DIRECT), least=5)

    assert names(released) == {"Company", "Sales", "Engineering", "North", "Core", "Data"}
    assert residuals(COMPANY, DIRECT, released) == {0: 6, 2: 6, 3: 9, 5: 5, 6: 12, 7: 6}


def test_without_direct_staff_sales_or_north_is_withheld_and_the_deeper_one_is_shown() -> None:
    released = plan(COMPANY, counts(3, 3, 0, *DIRECT[3:]), least=5)

    assert names(released) == {"Company", "Engineering", "North", "Core", "Data"}


def test_a_larger_k_releases_less_and_of_as_many_the_deeper_ones() -> None:
    assert names(plan(COMPANY, counts(*DIRECT), least=10)) == {"Sales", "Engineering", "Core"}
    top_first = plan(COMPANY, counts(*DIRECT), least=10, top_first=True)
    assert names(top_first) == {"Company", "Sales", "Core"}


def test_the_whole_is_withheld_for_parts_only_where_it_cannot_be_released() -> None:
    """Two who count at the top itself: a part goes with them, not the top."""
    tree = Tree([NONE, 0, 0, 2])

    assert plan(tree, counts(2, 9, 6, 9), least=5, top_first=True) == {0, 1, 3}
    assert plan(tree, counts(2, 9, 6, 9), least=5) == {1, 2, 3}
    assert plan(tree, counts(2, 1, 1, 0), least=5, top_first=True) == frozenset()


def test_a_sensitive_question_needs_twenty_people_and_ten_outside() -> None:
    sizes = counts(9, 0, 0, 20, 0, 0, 12, 0, 8)

    lower = {"North", "Sales", "Engineering"}
    assert names(plan(COMPANY, sizes, least=20, residual=10)) == lower
    one_more = counts(10, *sizes[1:])
    assert names(plan(COMPANY, one_more, least=20, residual=10)) == {*lower, "Company"}


@st.composite
def charts(draw: st.DrawFn) -> tuple[Tree, tuple[int, ...]]:
    size = draw(st.integers(1, 8))
    parents = [draw(st.integers(NONE, department - 1)) for department in range(size)]
    return Tree(parents), tuple(draw(st.lists(st.integers(0, 7), min_size=size, max_size=size)))


def rank(
    tree: Tree, released: frozenset[int], *, top_first: bool
) -> tuple[int, int, int, list[int]]:
    tops = sum(tree.parents[d] == NONE for d in released) if top_first else 0
    depths = int(sum(tree.depths[d] for d in released))
    return -tops, -len(released), -depths, sorted(released)


@given(charts(), st.integers(2, 4), st.integers(1, 4), st.booleans())
@settings(max_examples=150, deadline=None)
def test_nothing_better_is_allowed(
    chart: tuple[Tree, tuple[int, ...]], least: int, residual: int, top_first: bool
) -> None:
    tree, direct = chart
    whole = tree.sum_up(counts(*direct))
    large = [d for d in range(len(tree)) if whole[d] >= least]
    allowed = [
        frozenset(chosen)
        for size in range(len(large) + 1)
        for chosen in combinations(large, size)
        if all(r == 0 or r >= residual for r in residuals(tree, direct, frozenset(chosen)).values())
    ]

    best = min(allowed, key=lambda released: rank(tree, released, top_first=top_first))
    found = plan(tree, counts(*direct), least=least, residual=residual, top_first=top_first)
    assert found == best


@given(charts(), charts(), st.integers(2, 4))
@settings(max_examples=150, deadline=None)
def test_what_is_released_holds_for_every_population(
    chart: tuple[Tree, tuple[int, ...]], other: tuple[Tree, tuple[int, ...]], least: int
) -> None:
    tree, direct = chart
    fewer = tuple(min(a, b) for a, b in zip(direct, (*other[1], *[9] * 8), strict=False))

    released = plan_all(tree, [counts(*direct), counts(*fewer)], least=least)

    for people in (direct, fewer):
        whole = tree.sum_up(counts(*people))
        assert all(whole[d] >= least for d in released)
        assert all(r == 0 or r >= least for r in residuals(tree, people, released).values())


@pytest.mark.parametrize("parents", [(1, 0), (0,), (NONE, 5), (NONE, -2)])
def test_a_chart_that_is_no_tree_is_refused(parents: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"no department|cycle"):
        Tree(parents)
