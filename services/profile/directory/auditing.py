"""What the audit log says of changes of the directory."""

from collections.abc import Iterable, Iterator, Mapping

from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.tree import Department, Touchpoint, Tree


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
        ids = (department.id, *_new_parents(tree, department))
        yield AuditEntry(at, actor, deed, ids, tuple(keys[i] for i in ids))


def _known_place(tree: Tree, new: Mapping[str, Department], department_id: str) -> str:
    """The department itself, or the nearest one above it that was there before: where the right was asked for."""
    place: str | None = department_id
    while place is not None and place not in tree.departments:
        place = new[place].placements.ranges[0].parent_id if place in new else None
    return place or tree.root_id


def _new_parents(tree: Tree, department: Department) -> list[str]:
    before = tree.departments.get(department.id)
    places = () if before is None else before.placements.ranges
    known = {(place.parent_id, place.from_day) for place in places}
    return [
        place.parent_id
        for place in department.placements.ranges
        if place.parent_id is not None and (place.parent_id, place.from_day) not in known
    ]


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
    """As department_entries."""
    at = tree.clock()
    for touchpoint in changed:
        is_new = touchpoint.id not in tree.touchpoints
        deed = Deed.TOUCHPOINT_CREATED if is_new else Deed.TOUCHPOINT_CHANGED
        action = Action.ADD_TOUCHPOINTS if is_new else Action.WRITE_TOUCHPOINTS
        known = tree.touchpoints.get(touchpoint.id, touchpoint)
        actor = actor_of(who, action, tree, known.terms.on(tree.today_number).department_id)
        yield AuditEntry(at, actor, deed, (touchpoint.id,), (touchpoint.key,))
