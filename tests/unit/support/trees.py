"""Random trees with random moves, each beside a plain table of who hung where on which day."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from services.kit.clock import day_number
from services.kit.rights.tree import Department, History, Placement, Tree

FIRST, LAST = 0, 12  # days on which something may move
DAYS = range(FIRST - 1, LAST + 2)
TODAY = 6
NOON_OF_DAY_0 = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY_0 = day_number(NOON_OF_DAY_0.date())

Parents = dict[str, str | None]


def clock(day: int = TODAY) -> datetime:
    """Noon of a day; days count from day 0 of these trees."""
    return NOON_OF_DAY_0 + timedelta(days=day)


def make_tree(departments: list[Department], day: int = TODAY) -> Tree:
    """A tree whose root is the first department."""
    by_id = {department.id: department for department in departments}
    return Tree(ZoneInfo("UTC"), departments[0].id, by_id, {}, partial(clock, day))


def make_chain(parents: Parents) -> Tree:
    """A tree that never moves; ids are keys, and the root comes first."""
    return make_tree([_department(key, parent) for key, parent in parents.items()])


@dataclass(frozen=True)
class Grown:
    """A tree and its table: the parent of every department on every day."""

    tree: Tree
    table: dict[int, Parents]

    def subtree(self, department_id: str, day: int) -> set[str]:
        """The department and all under it, counted the slow way: by walking up from everywhere."""
        return {i for i in self.table[day] if department_id in self.line(i, day)}

    def line(self, department_id: str, day: int) -> list[str]:
        parent = self.table[day][department_id]
        return [department_id] if parent is None else [department_id, *self.line(parent, day)]

    @property
    def ids(self) -> list[str]:
        return sorted(self.tree.departments)


def _department(key: str, parent: str | None) -> Department:
    return Department(key, key, key.title(), 1, History((Placement(parent),)))


def reaches_root(parents: Parents) -> bool:
    """Whether every department comes to the root by going up."""
    for start in parents:
        current: str | None = start
        for _ in parents:
            current = None if current is None else parents[current]
        if current is not None:
            return False
    return True


@st.composite
def grown(draw: st.DrawFn) -> Grown:
    """A tree of 1 to 8 departments with up to 10 moves, of which those that would close a circle are left out."""
    size = draw(st.integers(1, 8))
    first: Parents = {"d0": None}
    for number in range(1, size):
        first[f"d{number}"] = f"d{draw(st.integers(0, number - 1))}"
    departments = {key: _department(key, parent) for key, parent in first.items()}
    table = {day: dict(first) for day in DAYS}
    steps: dict[str, set[int]] = {key: set() for key in first}
    ids = st.sampled_from(sorted(first))
    moves = st.tuples(ids, ids, st.integers(FIRST, LAST))
    for key, parent, from_day in draw(st.lists(moves, max_size=10)):
        end = min((day for day in steps[key] if day > from_day), default=DAYS.stop)
        changed = {day: table[day] | {key: parent} for day in range(from_day, end)}
        if key == "d0" or not all(map(reaches_root, changed.values())):
            continue
        table |= changed
        steps[key].add(from_day)
        make = partial(_place, parent)
        history = departments[key].placements.change(DAY_0 + from_day, make)
        departments[key] = replace(departments[key], placements=history)
    return Grown(make_tree(list(departments.values())), table)


def _place(parent: str, from_day: int | None, to_day: int | None) -> Placement:
    return Placement(parent, from_day, to_day)
