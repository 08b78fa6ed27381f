"""What is released gives nobody away: against everything that can be worked out of few people, exactly."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from services.employee_exp.releases.domain.audit import find_leaks
from services.employee_exp.releases.domain.cuts import propose
from services.employee_exp.releases.domain.release_plan import decide
from services.employee_exp.releases.domain.respondents import Cut, Respondents
from services.employee_exp.releases.domain.tree import NONE, Tree

TWO = Tree((NONE, 0, 0))
LEAST = 3


def people(*kinds: tuple[int, tuple[int, ...], int]) -> Respondents:
    """Department, categories, and how many."""
    rows = [
        (department, *categories) for department, categories, count in kinds for _ in range(count)
    ]
    departments, *categories = np.array(rows, dtype=np.int64).T
    return Respondents(departments, tuple(categories))


def cells(
    tree: Tree, who: Respondents, departments: frozenset[int], cuts: frozenset[Cut]
) -> list[set[int]]:
    """Who is in each published cell, looked up one by one."""
    found: dict[tuple[int, ...], set[int]] = {}
    for person, department in enumerate(who.departments.tolist()):
        while department != NONE:
            if department in departments:
                found.setdefault((department,), set()).add(person)
            for cut in cuts:
                if cut.department == department:
                    cell = (*cut, int(who.categories[cut.dimension][person]))
                    found.setdefault(cell, set()).add(person)
            department = int(tree.parents[department])
    return list(found.values())


def learned(cells: list[set[int]], size: int, least: int) -> Iterator[set[int]]:
    """Every set of fewer than `least` people of whom any combination can be worked out, by rank alone.

    People are dependent, once the cells are known, when adding them leaves fewer unknowns than people: so somebody who
    knows all of them but one learns that one, and so does who knows fewer where only their sum is fixed.
    """
    rows = [[Fraction(int(p in cell)) for p in range(size)] for cell in cells]
    for count in range(1, least):
        for chosen in combinations(range(size), count):
            units = [[Fraction(int(p == one)) for p in range(size)] for one in chosen]
            if rank([*rows, *units]) < rank(rows) + count:
                yield set(chosen)


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        found += 1
        rows = [
            [a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)]
            for row in rows
        ]
    return found


@st.composite
def populations(draw: st.DrawFn) -> Respondents:
    kind = st.tuples(st.integers(0, 2), st.tuples(st.integers(0, 1), st.integers(0, 2)))
    kinds = draw(st.lists(kind, min_size=6, max_size=14))
    return people(*((department, categories, 1) for department, categories in kinds))


@given(populations(), st.sets(st.tuples(st.integers(0, 2), st.integers(0, 1))))
@settings(max_examples=60, deadline=None)
def test_the_audit_finds_whatever_gives_few_people_away(
    who: Respondents, pairs: set[tuple[int, int]]
) -> None:
    cuts = frozenset(Cut(*pair) for pair in pairs)
    departments = frozenset({0}) | {cut.department for cut in cuts}

    leaks = list(find_leaks(TWO, who, departments, cuts, least=LEAST))

    if any(learned(cells(TWO, who, departments, cuts), len(who), LEAST)):
        assert leaks


@given(populations())
@settings(max_examples=60, deadline=None)
def test_what_is_released_gives_nobody_away(who: Respondents) -> None:
    plan = decide(TWO, who, {"half": np.arange(len(who)) % 2 == 0}, least=LEAST)

    published = cells(TWO, who, plan.departments, plan.cuts)
    assert not any(learned(published, len(who), LEAST))


def test_two_departments_by_two_categories_would_tell_who_knows_one_answer() -> None:
    """Each of the four cells has five people; one person, and the three opposite, are what margins leave open."""
    who = people((1, (0,), 1), (1, (1,), 5), (2, (0,), 5), (2, (1,), 3))
    cut = frozenset({Cut(0, 0)})

    assert set(find_leaks(TWO, who, frozenset({0, 1, 2}), cut, least=5)) == {cut}
    assert not set(find_leaks(TWO, who, frozenset({0, 1, 2}), frozenset(), least=5))


def test_a_large_company_keeps_its_cuts() -> None:
    who = people(*((d, (c, e), 6) for d in range(3) for c in range(2) for e in range(3)))

    plan = decide(TWO, who, {}, least=5)

    assert plan.departments == {0, 1, 2}
    assert plan.cuts == {Cut(d, dimension) for d in range(3) for dimension in range(2)}
    assert plan.dropped == ()


def test_the_smallest_cut_behind_a_leak_is_dropped() -> None:
    """All women of department 1 but one are known by her absence from the second dimension's cell."""
    who = people((1, (0, 0), 14), (1, (0, 1), 1), (1, (1, 1), 15), (2, (0, 0), 20), (2, (1, 1), 20))

    plan = decide(TWO, who, {}, least=5)

    assert Cut(1, 0) in plan.dropped or Cut(1, 1) in plan.dropped
    assert {Cut(2, 0), Cut(2, 1)} <= plan.cuts


def test_a_cut_is_all_or_nothing() -> None:
    enough = people((1, (0,), 25), (1, (1,), 5), (2, (0,), 5))
    rare = people((1, (0,), 26), (1, (1,), 4), (2, (0,), 5))
    small = people((1, (0,), 24), (1, (1,), 5), (2, (0,), 5))
    alike = people((1, (0,), 40), (2, (1,), 5))
    released = frozenset({1, 2})

    assert propose(TWO, [enough], released, least=5) == {Cut(1, 0)}
    assert not propose(TWO, [enough], frozenset({2}), least=5)
    for who in (rare, small, alike):
        assert not propose(TWO, [who], released, least=5)
    assert not propose(TWO, [enough, rare], released, least=5)


def test_a_category_outside_deeper_cuts_has_enough_people_or_nobody() -> None:
    deeper = ((1, (0,), 25), (1, (1,), 5))
    released = frozenset({0, 1})

    assert propose(TWO, [people(*deeper, (0, (0,), 4))], released, least=5) == {Cut(1, 0)}
    for direct in ((0, (0,), 5), (0, (0,), 0)):
        who = people(*deeper, direct)
        assert propose(TWO, [who], released, least=5) == {Cut(1, 0), Cut(0, 0)}


def test_answers_do_not_matter_and_the_order_of_people_neither() -> None:
    dice = np.random.default_rng(3)
    departments = dice.integers(0, 3, 200)
    categories = dice.integers(0, 3, 200)
    order = dice.permutation(200)

    one = decide(TWO, Respondents(departments, (categories,)), {}, least=5)
    other = decide(TWO, Respondents(departments[order], (categories[order],)), {}, least=5)

    assert one == other
