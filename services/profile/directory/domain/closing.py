"""Closing a department, and merging it into another: the rules. What it was stays; it takes nothing new."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from services.kit.errors import Conflict, Invalid
from services.kit.rights.access import Viewer
from services.kit.rights.tree import (
    Closing,
    Department,
    History,
    Placement,
    RangeT,
    Term,
    Touchpoint,
    Tree,
)
from services.profile.directory.domain.moves import (
    change_days,
    cycle,
    find_circles,
    join_equal,
    resolve,
)
from services.profile.directory.domain.organization import check_day


@dataclass(frozen=True, slots=True)
class Closed:
    """What a closing changes: the department itself, what hangs elsewhere from then on, and whose owner is another."""

    department: Department
    children: tuple[Department, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()

    @property
    def departments(self) -> list[Department]:
        return [self.department, *self.children]


@dataclass(frozen=True, slots=True)
class ClosingOrder:
    """What is asked for: keys, and the first day on which the department takes nothing new; None to reopen it."""

    department: str
    from_day: int | None
    merge_into: str | None = None
    is_dry_run: bool = False

    def carry_out(self, tree: Tree, viewer: Viewer) -> Closed | None:
        """What it makes of the tree; None for nothing new."""
        if self.from_day is None:
            return reopen_department(tree, self.department, viewer)
        return close_department(tree, self.department, self.merge_into, self.from_day, viewer)


def close_department(
    tree: Tree, key: str, into: str | None, from_day: int, viewer: Viewer
) -> Closed | None:
    """A department that takes nothing new from a day on; None if it was closed like this before.

    Merged into another it hangs there from that day on, with its answers; the departments under it and its touchpoints
    go to the other one. Merged into none, it must have neither on that day or later.
    """
    department_id = resolve(tree, key, "department", viewer)
    into_id = None if into is None else resolve(tree, into, "merge_into", viewer)
    check_day(from_day, tree.today_number)
    before = tree.departments[department_id]
    if before.closing == Closing(from_day, into_id):
        return None
    _check_closable(tree, before, into_id)
    children, touchpoints = _dependents(tree, department_id, from_day)
    closed = replace(before, closing=Closing(from_day, into_id))
    if into_id is None:
        if children or touchpoints:
            raise _in_use(len(children), len(touchpoints))
        return Closed(closed)
    hang, own = partial(replace, parent_id=into_id), partial(replace, department_id=into_id)
    merged = Closed(
        replace(closed, placements=_until(closed.placements, from_day, into_id)),
        tuple(
            replace(child, placements=_replaced(child.placements, department_id, hang, from_day))
            for child in children
        ),
        tuple(
            replace(item, terms=_replaced(item.terms, department_id, own, from_day))
            for item in touchpoints
        ),
    )
    _check_circles(tree, merged, from_day)
    return merged


def _check_circles(tree: Tree, merged: Closed, from_day: int) -> None:
    """Conflict where a department would hang under itself."""
    drafts = {department.id: department for department in merged.departments}
    day, circles = find_circles(tree.departments, drafts, change_days(tree, from_day))
    if circles:
        raise cycle(day)


def reopen_department(tree: Tree, key: str, viewer: Viewer) -> Closed | None:
    """The department as it hangs, taking what is new again; None if it is open. What went to another stays there."""
    before = tree.departments[resolve(tree, key, "department", viewer)]
    return None if before.closing is None else Closed(replace(before, closing=None))


def _check_closable(tree: Tree, before: Department, into_id: str | None) -> None:
    if before.id == tree.root_id:
        message = "the root is the whole organisation: it cannot be closed"
        raise Conflict(message, reason="ROOT_CLOSED", field=["department"])
    if before.id == into_id:
        message = "a department cannot be merged into itself: name another one"
        raise Invalid(message, reason="SELF_PARENT", field=["merge_into"])
    if before.closing is not None:
        message = f"{before.key} is closed already, otherwise: reopen it first"
        raise Conflict(message, reason="DEPARTMENT_CLOSED", field=["department"])
    if into_id is not None and tree.departments[into_id].closing is not None:
        message = f"{tree.departments[into_id].key} is closed too: name what it was merged into, or reopen it"
        raise Conflict(message, reason="DEPARTMENT_CLOSED", field=["merge_into"])


def _dependents(
    tree: Tree, department_id: str, from_day: int
) -> tuple[list[Department], list[Touchpoint]]:
    """Open departments that hang under one on a day or later, and touchpoints it owns then."""
    children = [
        d
        for d in tree.departments.values()
        if d.closing is None and _names(d.placements, department_id, from_day)
    ]
    owned = [t for t in tree.touchpoints.values() if _names(t.terms, department_id, from_day)]
    return children, owned


def _is_its_own(entry: Placement | Term, department_id: str) -> bool:
    owner = entry.parent_id if isinstance(entry, Placement) else entry.department_id
    return owner == department_id


def _names(history: History[RangeT], department_id: str, from_day: int) -> bool:
    return any(
        _is_its_own(entry, department_id) and (entry.to_day is None or entry.to_day > from_day)
        for entry in history.ranges
    )


def _replaced(
    history: History[RangeT], old: str, renew: Callable[[RangeT], RangeT], from_day: int
) -> History[RangeT]:
    """The history with renewed ranges in the place of one's own from a day on, planned ones too."""
    ranges: list[RangeT] = []
    for entry in history.ranges:
        is_over = entry.to_day is not None and entry.to_day <= from_day
        if is_over or not _is_its_own(entry, old):
            ranges.append(entry)
            continue
        begins = entry.from_day
        if begins is None or begins < from_day:
            ranges.append(replace(entry, to_day=from_day))
            begins = from_day
        ranges.append(replace(renew(entry), from_day=begins))
    return join_equal(History(tuple(ranges)))


def _until(history: History[Placement], from_day: int, parent_id: str) -> History[Placement]:
    """Under a parent from a day on, for ever: moves planned for later are not made."""
    kept: Sequence[Placement] = [
        entry for entry in history.ranges if entry.from_day is None or entry.from_day < from_day
    ]
    last = replace(kept[-1], to_day=from_day)
    return join_equal(History((*kept[:-1], last, Placement(parent_id, from_day))))


def _in_use(departments: int, touchpoints: int) -> Conflict:
    message = (
        f"{departments:,} departments and {touchpoints:,} touchpoints are its own on that day or later:"
        " move them first, or merge it into another department"
    )
    return Conflict(message, reason="DEPARTMENT_IN_USE", field=["department"])
