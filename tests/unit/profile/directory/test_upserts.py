"""Upserts and moves on random trees: whatever is asked, a tree remains a tree."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import Failure
from services.kit.items import Upserted
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tree import Department, Tree
from services.profile.directory.domain.departments import DepartmentItem, upsert_departments
from services.profile.directory.domain.moves import change_days, join_equal, move_department
from services.profile.directory.domain.refusals import MOST_LEVELS
from tests.unit.support.trees import DAY_0, DAYS, TODAY, Grown, grown, make_chain, make_tree

ADMIN = Viewer("admin", (Grant(Role.ADMIN),))
KEYS = [f"d{i}" for i in range(11)]  # d8 to d10 are always new

items = st.lists(
    st.builds(
        DepartmentItem, st.sampled_from(KEYS), st.just("Name"), st.none() | st.sampled_from(KEYS)
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda item: item.key,
).filter(lambda some: sum(item.parent is None for item in some) <= 1)


def stored() -> st.SearchStrategy[Grown]:
    """Trees as they are stored: without steps at which nothing changes."""
    return grown().map(_joined)


def _joined(grown_: Grown) -> Grown:
    departments = [
        replace(d, placements=join_equal(d.placements)) for d in grown_.tree.departments.values()
    ]
    return replace(grown_, tree=make_tree(departments))


def numbers() -> Callable[[], str]:
    count = iter(range(1_000_000))
    return lambda: f"new-{next(count)}"


def upsert(tree: Tree, some: list[DepartmentItem]) -> Upserted[Department]:
    return upsert_departments(tree, some, ADMIN, numbers())


def after(tree: Tree, changed: tuple[Department, ...]) -> Tree:
    by_id = {**tree.departments, **{d.id: d for d in changed}}
    return make_tree([by_id[tree.root_id], *(d for d in by_id.values() if d.id != tree.root_id)])


def check_is_a_tree(tree: Tree) -> None:
    """One root, everyone under it on every day, no gaps, no steps without a change."""
    for department in tree.departments.values():
        ranges = department.placements.ranges
        assert ranges[0].from_day is None
        assert ranges[-1].to_day is None
        assert all(a.to_day == b.from_day for a, b in pairwise(ranges))
    for day in change_days(tree, DAY_0 + DAYS.start):
        assert tree.subtree(tree.root_id, day) == set(tree.departments)


@given(stored(), items)
def test_whatever_is_upserted_the_result_is_a_tree(
    grown_: Grown, some: list[DepartmentItem]
) -> None:
    upserted = upsert(grown_.tree, some)

    check_is_a_tree(after(grown_.tree, upserted.changed))
    assert len(upserted.outcomes) == len(some)


@given(stored(), items)
def test_what_is_stored_is_what_was_asked_from_today_and_the_past_stays(
    grown_: Grown, some: list[DepartmentItem]
) -> None:
    upserted = upsert(grown_.tree, some)

    tree, today = after(grown_.tree, upserted.changed), DAY_0 + TODAY
    for item, outcome in zip(some, upserted.outcomes, strict=True):
        if outcome.refusal is None and item.parent is not None:
            assert tree.parent_on(outcome.id, today) == tree.id_of(item.parent)
            assert tree.departments[outcome.id].name == item.name
    for department_id in grown_.ids:
        for day in range(DAYS.start, TODAY):
            assert tree.parent_on(department_id, DAY_0 + day) == grown_.table[day][department_id]


@given(stored(), items, st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(
    grown_: Grown, some: list[DepartmentItem], random: object
) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert fates(grown_.tree, some) == fates(grown_.tree, shuffled)


@given(stored(), items)
def test_a_second_run_stores_nothing_more(grown_: Grown, some: list[DepartmentItem]) -> None:
    first = upsert(grown_.tree, some)
    accepted = [item for item, o in zip(some, first.outcomes, strict=True) if o.refusal is None]
    if not accepted:
        return

    second = upsert(after(grown_.tree, first.changed), accepted)

    assert [(o.is_changed, o.refusal) for o in second.outcomes] == [(False, None)] * len(accepted)


departments = st.sampled_from(KEYS[:8])


@given(stored(), departments, departments, st.sampled_from(list(DAYS)))
def test_a_move_is_refused_for_a_reason_or_holds_until_the_next_one(
    grown_: Grown, key: str, parent: str, day: int
) -> None:
    expected = reason(grown_, key, parent, day)
    tree, from_day = grown_.tree, DAY_0 + day

    if expected:
        with pytest.raises(Failure) as caught:
            move_department(tree, key, parent, from_day, ADMIN)
        assert caught.value.reason == expected
        return
    moved = move_department(tree, key, parent, from_day, ADMIN) or tree.departments[key]

    result = after(tree, (moved,))
    check_is_a_tree(result)
    assert join_equal(moved.placements) == moved.placements
    for other in DAYS:
        held = day <= other < next_move(grown_, key, day)
        there = parent if held else grown_.table[other][key]
        assert result.parent_on(key, DAY_0 + other) == there


def reason(grown_: Grown, key: str, parent: str, day: int) -> str:
    """Why a move must be refused; empty if it must not."""
    if key not in grown_.ids:
        return "UNKNOWN_DEPARTMENT"
    if parent not in grown_.ids:
        return "UNKNOWN_PARENT"
    if key == "d0":
        return "ROOT_MOVED"
    if key == parent:
        return "SELF_PARENT"
    held = range(day, next_move(grown_, key, day))
    return "CYCLE" if any(parent in grown_.subtree(key, other) for other in held) else ""


def next_move(grown_: Grown, key: str, day: int) -> int:
    """The first day after a day on which the department hangs elsewhere than the day before."""
    later = range(max(day, DAYS.start) + 1, DAYS.stop)
    steps = [d for d in later if grown_.table[d][key] != grown_.table[d - 1][key]]
    return min(steps, default=DAYS.stop)


def test_a_long_chain_of_new_departments_in_reverse_is_taken_or_refused_as_a_whole() -> None:
    tree = make_chain({"root": None})
    last = MOST_LEVELS - 2
    chain = [DepartmentItem(f"d{i}", "Name", f"d{i + 1}") for i in range(last)]

    taken = upsert(tree, [*chain, DepartmentItem(f"d{last}", "Name", "root")])
    refused = upsert(tree, [*chain, DepartmentItem(f"d{last}", "Name", "nowhere")])

    assert all(outcome.is_changed for outcome in taken.outcomes)
    assert {o.refusal.reason for o in refused.outcomes if o.refusal} == {"UNKNOWN_PARENT"}
    assert refused.changed == ()


def test_an_organisation_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.profile.directory.domain.departments.MOST_DEPARTMENTS", 2)
    tree = make_chain({"root": None})

    assert upsert(tree, [DepartmentItem("a", "A", "root")]).changed
    with pytest.raises(Failure, match="at most 2 departments"):
        upsert(tree, [DepartmentItem("a", "A", "root"), DepartmentItem("b", "B", "root")])


def fates(tree: Tree, some: list[DepartmentItem]) -> dict[str, tuple[bool, str, str | None]]:
    """For each key: whether it changes, why it is refused, and the key of its parent afterwards."""
    upserted = upsert(tree, some)
    result = after(tree, upserted.changed)
    keys = {d.id: d.key for d in result.departments.values()}
    return {
        item.key: (
            outcome.is_changed,
            outcome.refusal.reason if outcome.refusal else "",
            keys.get(result.parent_on(outcome.id, DAY_0 + TODAY) or ""),
        )
        for item, outcome in zip(some, upserted.outcomes, strict=True)
    }


def test_new_departments_have_their_levels_and_no_more() -> None:
    """In one call and below what is stored; beside them others are taken."""
    chain = [DepartmentItem(f"c{n}", "C", f"c{n - 1}" if n else "root") for n in range(MOST_LEVELS)]
    some = [*reversed(chain), DepartmentItem("beside", "B", "c0")]
    keys = [f"d{n}" for n in range(MOST_LEVELS - 1)]
    stored = make_chain({"root": None} | dict(zip(keys, ["root", *keys], strict=False)))

    first = upsert(make_chain({"root": None}), some)
    below = upsert(stored, [DepartmentItem("e", "E", keys[-1]), DepartmentItem("f", "F", keys[-2])])

    refused = [o.refusal.reason for o in first.outcomes if o.refusal]
    assert refused == ["TOO_DEEP"]  # the last of the chain: the root is a level too
    assert len(first.changed) == MOST_LEVELS
    assert [o.refusal.reason if o.refusal else "" for o in below.outcomes] == ["TOO_DEEP", ""]
