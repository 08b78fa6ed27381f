"""Where a department hangs from a day on: the rules of moving."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from services.kit.clock import day_date
from services.kit.errors import Conflict, Invalid, NotFound
from services.kit.items import check_right
from services.kit.rights.access import Action, Viewer
from services.kit.rights.tree import Department, History, Placement, RangeT, Tree
from services.profile.directory.domain.organization import check_day

FOR_EVER: Final = 1 << 31


def move_department(
    tree: Tree, key: str, parent: str, from_day: int, viewer: Viewer
) -> Department | None:
    """The department under another from a day on, until the next move already planned; None if it hangs there then.

    Later moves stay planned, so the tree is checked for circles on every day on which anything moves from then on.
    """
    department_id = resolve(tree, key, "department", viewer)
    parent_id = resolve(tree, parent, "parent", viewer)
    check_day(from_day, tree.today_number)
    if department_id == tree.root_id:
        raise root_moved("department")
    if department_id == parent_id:
        raise self_parent()
    before = tree.departments[department_id]
    after = place_under(before, parent_id, from_day)
    if after != before and tree.departments[parent_id].closing is not None:
        raise closed_department(tree.departments[parent_id], "parent")
    days = change_days(tree, from_day)
    day, circles = find_circles(tree.departments, {department_id: after}, days)
    if circles:
        raise cycle(day)
    return None if after == before else after


def place_under(department: Department, parent_id: str, from_day: int) -> Department:
    """The department with another parent from a day until its next planned move."""
    if department.placements.on(from_day).parent_id == parent_id:
        return department
    changed = department.placements.change(from_day, partial(Placement, parent_id))
    return replace(department, placements=join_equal(changed))


def join_equal(history: History[RangeT]) -> History[RangeT]:
    """The same history without steps at which nothing changes."""
    kept: list[RangeT] = []
    for entry in history.ranges:
        if kept and replace(kept[-1], from_day=entry.from_day, to_day=entry.to_day) == entry:
            kept[-1] = replace(kept[-1], to_day=entry.to_day)
        else:
            kept.append(entry)
    return History(tuple(kept))


def change_days(tree: Tree, from_day: int) -> list[int]:
    """The day and every later one on which some department moves."""
    return [from_day, *tree.move_days(from_day, FOR_EVER)]


def find_circles(
    stored: Mapping[str, Department], drafts: Mapping[str, Department], days: Iterable[int]
) -> tuple[int, list[frozenset[str]]]:
    """The first of the days on which drafts, by id, hang in circles, and the ids on each circle."""

    def parent_on(department_id: str, day: int) -> str | None:
        department = drafts.get(department_id) or stored[department_id]
        return department.placements.on(day).parent_id

    for day in days:
        circles = list(_circles(drafts, partial(parent_on, day=day)))
        if circles:
            return day, circles
    return 0, []


def _circles(
    starts: Iterable[str], parent_of: Callable[[str], str | None]
) -> Iterator[frozenset[str]]:
    """Walk up from every start, each department once; who comes back to the own path is on a circle."""
    visited: set[str] = set()
    for start in starts:
        path: list[str] = []
        current: str | None = start
        while current is not None and current not in visited:
            visited.add(current)
            path.append(current)
            current = parent_of(current)
        if current is not None and current in path:
            yield frozenset(path[path.index(current) :])


def closed_department(department: Department, field: str) -> Conflict:
    """Nothing new goes to what is closed, or will be."""
    message = f"the department {department.key} is closed: name another one, or reopen it"
    return Conflict(message, reason="DEPARTMENT_CLOSED", field=[field])


def cycle(day: int) -> Conflict:
    message = f"the department would hang under itself on {day_date(day)}: choose a parent that is not below it"
    return Conflict(message, reason="CYCLE", field=["parent"])


def self_parent() -> Invalid:
    message = "a department cannot hang under itself: name another parent"
    return Invalid(message, reason="SELF_PARENT", field=["parent"])


def root_moved(field: str) -> Conflict:
    message = "the root hangs under nothing: leave out its parent"
    return Conflict(message, reason="ROOT_MOVED", field=[field])


def resolve(tree: Tree, key: str, field: str, viewer: Viewer) -> str:
    """The id of a key the viewer may move; keys out of sight look absent."""
    unseen = NotFound("no such department", reason=f"UNKNOWN_{field.upper()}", field=[field])
    department_id = tree.id_of(key)
    if department_id is None:
        raise unseen
    check_right(viewer, Action.MOVE_DEPARTMENT, department_id, tree, unseen)
    return department_id
