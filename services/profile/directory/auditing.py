"""What the audit log says of changes of the directory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter

from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.tree import Department, History, RangeT, Touchpoint, Tree


def department_entries(
    tree: Tree, who: Viewer, changed: Iterable[Department]
) -> Iterator[AuditEntry]:
    """One entry for each; `tree` as it was before. After its own, ids and keys name new parents."""
    at = tree.clock()
    changed = list(changed)
    new = {department.id: department for department in changed}
    keys = {department.id: department.key for department in (*tree.departments.values(), *changed)}
    for department in changed:
        deed, action = _deed(tree, department)
        actor = actor_of(who, action, tree, _known_place(tree, new, department.id))
        before = tree.departments.get(department.id)
        parents = _newly_named(
            None if before is None else before.placements,
            department.placements,
            attrgetter("parent_id"),
        )
        ids = (department.id, *parents)
        yield AuditEntry(at, actor, deed, ids, tuple(keys[i] for i in ids))


def _known_place(tree: Tree, new: Mapping[str, Department], department_id: str) -> str:
    """The department itself, or the nearest one above it that was there before: where the right was asked for."""
    place: str | None = department_id
    while place is not None and place not in tree.departments:
        place = new[place].placements.ranges[0].parent_id if place in new else None
    return place or tree.root_id


def _newly_named(
    before: History[RangeT] | None, after: History[RangeT], named: Callable[[RangeT], str | None]
) -> list[str]:
    """Whom a history names on days on which it named somebody else before; of a new one all it names."""
    found = [named(each) for each in after.ranges]
    if before is not None:
        starts = {each.from_day for history in (before, after) for each in history.ranges}
        days = sorted(day for day in starts if day is not None)
        pairs = [(named(before.on(day)), named(after.on(day))) for day in days]
        found = [now for then, now in pairs if now != then]
    return [id_ for id_ in dict.fromkeys(found) if id_ is not None]


def _deed(tree: Tree, department: Department) -> tuple[Deed, Action]:
    before = tree.departments.get(department.id)
    if before is None:
        return Deed.DEPARTMENT_CREATED, Action.ADD_DEPARTMENTS
    if before.closing != department.closing:
        is_open = department.closing is None
        deed = Deed.DEPARTMENT_REOPENED if is_open else Deed.DEPARTMENT_CLOSED
        return deed, Action.MOVE_DEPARTMENT
    if before.placements != department.placements:
        return Deed.DEPARTMENT_MOVED, Action.CHANGE_PARENT
    if department.id == tree.root_id:
        return Deed.ROOT_NAMED, Action.NAME_ROOT
    return Deed.DEPARTMENT_CHANGED, Action.WRITE_DEPARTMENTS


def touchpoint_entries(
    tree: Tree, who: Viewer, changed: Iterable[Touchpoint]
) -> Iterator[AuditEntry]:
    """As department_entries, with new owners in the place of parents."""
    at = tree.clock()
    for touchpoint in changed:
        is_new = touchpoint.id not in tree.touchpoints
        deed = Deed.TOUCHPOINT_CREATED if is_new else Deed.TOUCHPOINT_CHANGED
        action = Action.ADD_TOUCHPOINTS if is_new else Action.WRITE_TOUCHPOINTS
        before = tree.touchpoints.get(touchpoint.id)
        terms = (before or touchpoint).terms
        actor = actor_of(who, action, tree, terms.on(tree.today_number).department_id)
        owners = _newly_named(
            None if before is None else terms, touchpoint.terms, attrgetter("department_id")
        )
        keys = (touchpoint.key, *(tree.departments[owner].key for owner in owners))
        yield AuditEntry(at, actor, deed, (touchpoint.id, *owners), keys)
