"""The department tree over time, against a plain table of days."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.kit.clock import day_number, now
from services.kit.rights.tree import (
    History,
    Placement,
    Stretch,
    Tree,
    subtree_as_it_was,
    subtree_today,
)
from tests.unit.support.trees import DAY_0, DAYS, TODAY, Grown, clock, grown, make_chain, make_tree

days = st.sampled_from(list(DAYS))
periods = st.tuples(days, days).map(lambda p: tuple(sorted(p))).filter(lambda p: p[0] < p[1])


@given(grown())
def test_every_day_has_one_place_and_the_last_told_place_of_the_day_holds(grown_: Grown) -> None:
    for department in grown_.tree.departments.values():
        ranges = department.placements.ranges
        assert ranges[0].from_day is None
        assert ranges[-1].to_day is None
        assert all(a.to_day == b.from_day is not None for a, b in pairwise(ranges))
        for day in DAYS:
            expected = grown_.table[day][department.id]
            assert grown_.tree.parent_on(department.id, DAY_0 + day) == expected


@given(grown(), days)
def test_children_and_directly_here_partition_the_subtree_on_every_day(
    grown_: Grown, day: int
) -> None:
    for department_id in grown_.ids:
        children = grown_.tree.children(department_id, DAY_0 + day)
        parts = [{department_id}, *(grown_.tree.subtree(c, DAY_0 + day) for c in children)]

        whole = grown_.tree.subtree(department_id, DAY_0 + day)

        assert sum(map(len, parts)) == len(whole)
        assert set().union(*parts) == whole == grown_.subtree(department_id, day)


@given(grown(), days)
def test_the_line_goes_up_to_the_root(grown_: Grown, day: int) -> None:
    for department_id in grown_.ids:
        assert grown_.tree.line(department_id, DAY_0 + day) == grown_.line(department_id, day)


@given(grown(), periods)
def test_as_it_was_counts_each_department_on_the_days_it_was_there(
    grown_: Grown, period: tuple[int, int]
) -> None:
    start, end = period
    for department_id in grown_.ids:
        stretches = subtree_as_it_was(grown_.tree, department_id, DAY_0 + start, DAY_0 + end)

        expected = {(m, d) for d in range(start, end) for m in grown_.subtree(department_id, d)}
        assert sorted(_days_of(stretches)) == sorted(expected)
        assert all(s.from_day < s.to_day for s in stretches)
        assert not any(_adjoins(a, b) for a, b in pairwise(stretches))


@given(grown())
def test_today_is_the_subtree_of_today_for_the_whole_period(grown_: Grown) -> None:
    start, end = DAYS.start, DAYS.stop - 1
    for department_id in grown_.ids:
        stretches = subtree_today(grown_.tree, department_id, DAY_0 + start, DAY_0 + end)

        members = grown_.subtree(department_id, TODAY)
        assert stretches == [Stretch(m, DAY_0 + start, DAY_0 + end) for m in sorted(members)]


@given(grown())
def test_the_root_is_the_same_in_both_readings(grown_: Grown) -> None:
    start, end = DAY_0 + DAYS.start, DAY_0 + DAYS.stop - 1

    assert subtree_as_it_was(grown_.tree, "d0", start, end) == subtree_today(
        grown_.tree, "d0", start, end
    )


@given(grown(), days)
def test_days_and_default_days_agree(grown_: Grown, day: int) -> None:
    there = make_tree(list(grown_.tree.departments.values()), day)

    assert there.today_number == DAY_0 + day
    assert there.local_day(clock(day)) == DAY_0 + day
    for department_id in grown_.ids:
        assert there.subtree(department_id) == grown_.tree.subtree(department_id, DAY_0 + day)
        assert there.line(department_id) == grown_.tree.line(department_id, DAY_0 + day)


@given(grown(), periods)
def test_ranges_between_two_days_are_those_that_hold_on_some_of_them(
    grown_: Grown, period: tuple[int, int]
) -> None:
    start, end = period
    for department in grown_.tree.departments.values():
        found = list(department.placements.between(DAY_0 + start, DAY_0 + end))
        on_days = [department.placements.on(DAY_0 + day) for day in range(start, end)]
        assert found == list(dict.fromkeys(on_days))


def test_a_move_on_the_day_of_another_replaces_it() -> None:
    history = History((Placement("a", None, 5), Placement("b", 5, None)))

    changed = history.change(5, lambda start, end: Placement("c", start, end))

    assert changed.ranges == (Placement("a", None, 5), Placement("c", 5, None))


def test_what_is_not_in_the_tree_has_no_line_and_no_subtree() -> None:
    tree = make_chain({"root": None, "a": "root"})

    assert tree.line("nowhere") == []
    assert tree.subtree("nowhere") == frozenset()
    assert tree.children("nowhere") == []
    assert tree.id_of("nowhere") is None


def test_a_chain_of_twenty_thousand_is_walked_in_no_time() -> None:
    size = 20_000
    parents = {f"d{i}": None if i == 0 else f"d{i - 1}" for i in range(size)}
    tree = make_chain(parents)

    assert len(tree.line(f"d{size - 1}")) == size
    assert len(tree.subtree("d0")) == size


def _days_of(stretches: list[Stretch]) -> list[tuple[str, int]]:
    """Department and day, counted from day 0; repeated where stretches overlap."""
    return [
        (s.department_id, day - DAY_0) for s in stretches for day in range(s.from_day, s.to_day)
    ]


def _adjoins(one: Stretch, other: Stretch) -> bool:
    return one.department_id == other.department_id and one.to_day == other.from_day


@given(
    st.sampled_from(["UTC", "Europe/Riga", "America/St_Johns", "America/Havana"]),
    st.lists(
        st.datetimes(datetime(2009, 11, 1), datetime(2009, 11, 1, 8)), min_size=2, max_size=20
    ),
)
def test_local_days_are_those_of_the_zone_in_whatever_order_they_are_asked(
    name: str, instants: list[datetime]
) -> None:
    """That night clocks were put back in some of these zones, in St. John's over midnight."""
    tree = Tree(ZoneInfo(name), "", {}, {}, now)
    for at in (instant.replace(tzinfo=UTC) for instant in instants):
        assert tree.local_day(at) == day_number(at.astimezone(ZoneInfo(name)).date())
