"""Upserting departments: items in any order, the root rule, no circles."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from services.kit.errors import Failure, Invalid
from services.kit.items import Upserted, check_right
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Department, History, Placement, Tree
from services.profile.directory.domain import moves, refusals
from services.profile.directory.domain.naming import check_key, check_name, rename
from services.profile.directory.domain.organization import ROOT_KEY, ROOT_NAME
from services.profile.directory.domain.upserts import check_room, conclude_drafts, distinct_keys

MOST_DEPARTMENTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class DepartmentItem:
    """A department as a client names it; parent is a key, None for the root itself and for what hangs out of sight.

    Of a file also from when it is closed, and the key of what it is merged into.
    """

    key: str
    name: str
    parent: str | None
    closed_from_day: int | None = None
    merged_into: str | None = None


def upsert_departments(
    tree: Tree,
    items: Sequence[DepartmentItem],
    viewer: Viewer,
    new_id: Callable[[], str],
    *,
    is_rehearsal: bool = False,
) -> Upserted[Department]:
    """What a call makes of the tree. A new department has hung under its parent since ever; a changed parent
    holds from today.

    The outcome does not depend on the order of the items, except that the first of several without a parent
    names an untouched root and the first of several with one key counts. An item with the key of a department out of
    the viewer's sight is judged like a new one, and refused at last where nothing else is wrong with it. A rehearsal
    does not refuse it: who only asks is not told that the key is taken.
    """
    wanted, malformed = distinct_keys(items, _check)
    batch = _Batch(tree, viewer)
    batch.take(list(wanted.values()), new_id)
    batch.refuse_circles()
    batch.refuse_deep()
    if not is_rehearsal:
        batch.refuse_taken()
    new = sum(draft.id not in tree.departments for draft in batch.drafts.values())
    check_room(len(tree.departments) + new, largest=MOST_DEPARTMENTS, what="departments")
    return conclude_drafts(items, malformed, batch.refused, tree.departments, batch.drafts)


def _check(item: DepartmentItem) -> None:
    check_key(item.key, "key")
    check_name(item.name)
    if item.parent is not None:
        check_key(item.parent, "parent")
    if item.parent == item.key:
        raise moves.self_parent()


class _Batch:
    """Drafts and refusals, by key, while a call is being decided."""

    def __init__(self, tree: Tree, viewer: Viewer) -> None:
        self.tree = tree
        self.viewer = viewer
        self.today = tree.today_number
        self.root = tree.departments[tree.root_id]
        self.new_ids: dict[str, str] = {}
        self.drafts: dict[str, Department] = {}
        self.refused: dict[str, Failure] = {}

    def take(self, items: Sequence[DepartmentItem], new_id: Callable[[], str]) -> None:
        """Draft every item; what hangs under a refused new department is refused too."""
        root_item = self._take_root(items) if self._sees(self.root.id) else None
        others = [item for item in items if item is not root_item]
        for item in others:
            if self._id_of(item.key) is None:
                self.new_ids[item.key] = new_id()
        self.items = {item.key: item for item in others}
        self.under: defaultdict[str | None, list[str]] = defaultdict(list)
        for item in others:
            self.under[item.parent].append(item.key)
        for item in others:
            try:
                self.drafts[item.key] = self._draft(item)
            except Failure as failure:
                self.refused[item.key] = failure
        self._refuse_orphans([key for key in self.refused if key in self.new_ids])

    def refuse_circles(self) -> None:
        """Refuse the moves that close a circle on some day; where only new departments do, all of them."""
        while touched := {d.id: d for d in self.drafts.values() if self._hangs_elsewhere(d)}:
            # Stored departments reach the root; without a move, new ones can only circle among themselves.
            moving = any(department_id in self.tree.departments for department_id in touched)
            days = moves.change_days(self.tree, self.today) if moving else [self.today]
            day, circles = moves.find_circles(self.tree.departments, touched, days)
            if not circles:
                return
            for circle in circles:
                self._refuse_circle(circle & touched.keys(), moves.cycle(day))

    def refuse_deep(self) -> None:
        """Refuse new departments further below the root than there are levels; none of them hangs in a circle."""
        made = {self.drafts[key].id: key for key in self.new_ids if key in self.drafts}
        levels: dict[str, int] = {}
        for start in made:
            path: list[str] = []
            current = start
            while current in made and current not in levels:
                path.append(current)
                current = str(self.drafts[made[current]].placements.on(self.today).parent_id)
            level = levels.get(current) or len(self.tree.line(current, self.today))
            for department_id in reversed(path):
                level += 1
                levels[department_id] = level
        for department_id, key in made.items():
            if levels[department_id] > refusals.MOST_LEVELS:
                del self.drafts[key]
                self.refused[key] = refusals.too_deep()

    def refuse_taken(self) -> None:
        """Refuse new departments whose keys are those of stored ones out of sight, and what was to hang under them."""
        taken = [
            key for key in self.new_ids if key in self.drafts and self.tree.id_of(key) is not None
        ]
        for key in taken:
            del self.drafts[key]
            self.refused[key] = refusals.not_yours()
        self._refuse_orphans(taken)

    def _refuse_circle(self, circle: Set[str], failure: Failure) -> None:
        members = [key for key, draft in self.drafts.items() if draft.id in circle]
        moving = [key for key in members if key not in self.new_ids]
        for key in moving or members:
            del self.drafts[key]
            self.refused[key] = failure
        self._refuse_orphans([] if moving else members)

    def _take_root(self, items: Sequence[DepartmentItem]) -> DepartmentItem | None:
        """Draft the root by the item that names it, and return that item."""
        root_item = _root_item(self.tree, self.root, items)
        if root_item is None:
            return None
        try:
            named = replace(self.root, key=root_item.key)
            is_unnamed = self.root.name == ROOT_NAME  # which nobody gave it
            named = (
                replace(named, name=root_item.name) if is_unnamed else rename(named, root_item.name)
            )
            action = Action.ADD_DEPARTMENTS if named == self.root else Action.NAME_ROOT
            check_right(self.viewer, action, self.root.id, self.tree, refusals.not_yours())
            self.drafts[root_item.key] = self.root = named
        except Failure as failure:
            self.refused[root_item.key] = failure
        return root_item

    def _draft(self, item: DepartmentItem) -> Department:
        before = self._stored(item)
        if item.parent is None:
            if before is None or not self._hangs_out_of_sight(before):
                raise refusals.second_root()
            return self._renamed(before, item.name)
        if before is not None and before.id == self.root.id:
            raise moves.root_moved("parent")
        parent_id = self._parent(item.parent)
        if before is not None and before.closing is not None:
            parent_id = self._place_of_closed(item, before, parent_id)
        else:
            parent_id = self._open(parent_id, before)
        if before is None:
            place = History((Placement(parent_id),))
            return Department(self.new_ids[item.key], item.key, item.name, 0, place)
        if before.placements.on(self.today).parent_id != parent_id:
            self._check_move(before.id, parent_id)
        return self._renamed(moves.place_under(before, parent_id, self.today), item.name)

    def _renamed(self, department: Department, name: str) -> Department:
        if department.name != name:
            self._check_stored(Action.WRITE_DEPARTMENTS, department)
        return rename(department, name)

    def _hangs_out_of_sight(self, department: Department) -> bool:
        """Whether the viewer reads that it hangs under nothing, and so writes it: it stays where it is."""
        parent_id = department.placements.on(self.today).parent_id
        return parent_id is not None and not self._sees(parent_id)

    def _stored(self, item: DepartmentItem) -> Department | None:
        """The stored department of an item; None if there is none in the viewer's sight."""
        if item.key == ROOT_KEY != self.root.key:
            raise Invalid(
                f"the key {ROOT_KEY} was the root's, whose key is another now: choose another key",
                reason="KEY_RESERVED",
                field=["key"],
            )
        if item.key in self.new_ids:
            return None
        before = self.tree.departments[str(self._id_of(item.key))]
        self._check_stored(Action.ADD_DEPARTMENTS, before)  # what changes nothing needs no more
        return before

    def _check_stored(self, action: Action, before: Department) -> None:
        check_right(self.viewer, action, before.id, self.tree, refusals.not_yours())

    def _parent(self, key: str) -> str:
        parent_id = self._id_of(key)
        if parent_id is None:
            raise refusals.unknown_parent()
        if key not in self.new_ids:
            unseen = refusals.unknown_parent()
            check_right(self.viewer, Action.ADD_DEPARTMENTS, parent_id, self.tree, unseen)
        return parent_id

    def _place_of_closed(self, item: DepartmentItem, before: Department, parent_id: str) -> str:
        """Where it hangs. A list that knows of its closing may say where it hung before."""
        place = before.placements.on(self.today).parent_id
        is_known = before.closing and before.closing.from_day == item.closed_from_day
        if place is None or (place != parent_id and not is_known):
            raise moves.closed_department(before, "key")
        return place

    def _open(self, parent_id: str, before: Department | None) -> str:
        """The parent, or what it was merged into; a closed one keeps what it has."""
        parent = self.tree.departments.get(parent_id)
        place = None if before is None else before.placements.on(self.today).parent_id
        if parent is None or parent.closing is None or parent_id == place:
            return parent_id
        successor = self.tree.successor(parent_id, self.today)
        if successor is None or successor == parent_id:
            raise moves.closed_department(parent, "parent")
        unseen = refusals.unknown_parent()
        check_right(self.viewer, Action.ADD_DEPARTMENTS, successor, self.tree, unseen)
        return successor

    def _check_move(self, department_id: str, parent_id: str) -> None:
        for touched in {department_id, parent_id} & self.tree.departments.keys():
            unseen = refusals.unknown_parent()
            check_right(self.viewer, Action.CHANGE_PARENT, touched, self.tree, unseen)

    def _id_of(self, key: str) -> str | None:
        if key == self.root.key and self._sees(self.root.id):
            return self.root.id
        found = self.new_ids.get(key) or self.tree.id_of(key)
        if found is None or found == self.root.id:
            return None
        return found if key in self.new_ids or self._sees(found) else None

    def _sees(self, department_id: str) -> bool:
        return may(self.viewer, Action.READ_DIRECTORY, department_id, self.tree)

    def _hangs_elsewhere(self, draft: Department) -> bool:
        before = self.tree.departments.get(draft.id)
        return before is None or before.placements != draft.placements

    def _refuse_orphans(self, refused: Iterable[str]) -> None:
        """Refuse what was to hang under new departments that are not made."""
        open_keys = list(refused)
        while open_keys:
            for key in self.under[open_keys.pop()]:
                if self.drafts.pop(key, None) is not None:
                    self.refused[key] = refusals.unknown_parent()
                    open_keys.extend([key] if key in self.new_ids else [])


def _root_item(
    tree: Tree, root: Department, items: Sequence[DepartmentItem]
) -> DepartmentItem | None:
    """The item that speaks of the root: that with its key; while it is untouched, else the first without a parent.

    Untouched: there is no other department and no touchpoint, so nobody can have used its key; nor does another item.
    """
    orphans = [item for item in items if item.parent is None]
    named = [item for item in orphans if item.key == root.key]
    untouched = root.key == ROOT_KEY and len(tree.departments) == 1 and not tree.touchpoints
    untouched = untouched and all(item.parent != root.key for item in items)
    if named or not untouched:
        return named[0] if named else None
    return next((item for item in orphans if tree.id_of(item.key) is None), None)
