"""Items of a call or a file with those that are closed among them: all are placed, then the closed ones are closed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.kit.errors import Failure, Invalid
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.kit.rights.tree import Closing, Department, Touchpoint, Tree
from services.profile.directory.domain.closing import Closed, close_department
from services.profile.directory.domain.departments import DepartmentItem, upsert_departments

MOST_CLOSED: Final = 50
"""At a time: each is looked at again for every one before it that is refused."""


@dataclass(frozen=True, slots=True)
class ChartChange:
    """One outcome per item, in the order of the items, and what is to be stored."""

    outcomes: tuple[ItemOutcome, ...]
    departments: tuple[Department, ...]
    touchpoints: tuple[Touchpoint, ...]


def upsert_chart(
    tree: Tree,
    items: Sequence[DepartmentItem],
    viewer: Viewer,
    new_id: Callable[[], str],
    *,
    is_rehearsal: bool = False,
) -> ChartChange:
    """As `upsert_departments`; an item whose closing is refused changes nothing at all, as one beyond MOST_CLOSED."""
    refused = _beyond_the_most(tree, items)
    while True:
        places = [place for place in range(len(items)) if place not in refused]
        sent = [items[place] for place in places]
        upserted = upsert_departments(tree, sent, viewer, new_id, is_rehearsal=is_rehearsal)
        closer = _Closer(with_changes(tree, upserted.changed), viewer)
        for place, outcome in zip(places, upserted.outcomes, strict=True):
            if outcome.refusal is None and items[place].closed_from_day is not None:
                closer.close(place, items[place])
        if not closer.refused:
            break
        refused |= closer.refused
    outcomes = {place: ItemOutcome(refusal=failure) for place, failure in refused.items()}
    for place, outcome in zip(places, upserted.outcomes, strict=True):
        closed = place in closer.closed
        outcomes[place] = replace(outcome, is_changed=outcome.is_changed or closed)
    changed = {d.id: closer.tree.departments[d.id] for d in upserted.changed} | closer.departments
    return ChartChange(
        tuple(outcomes[place] for place in range(len(items))),
        tuple(changed.values()),
        tuple(closer.touchpoints.values()),
    )


def with_changes(
    tree: Tree, departments: Sequence[Department] = (), touchpoints: Sequence[Touchpoint] = ()
) -> Tree:
    """The tree with new states of some of it."""
    return replace(
        tree,
        departments={**tree.departments, **{d.id: d for d in departments}},
        touchpoints={**tree.touchpoints, **{t.id: t for t in touchpoints}},
    )


def _beyond_the_most(tree: Tree, items: Sequence[DepartmentItem]) -> dict[int, Failure]:
    """The places of items that close too many; those that are closed like this already do not count."""
    closing = [place for place, item in enumerate(items) if _is_to_be_closed(tree, item)]
    failure = Invalid(
        f"at most {MOST_CLOSED} departments are closed at a time: send it again for the rest",
        reason="TOO_MANY_CLOSED",
        field=["closed_from"],
    )
    return dict.fromkeys(closing[MOST_CLOSED:], failure)


def _is_to_be_closed(tree: Tree, item: DepartmentItem) -> bool:
    if item.closed_from_day is None:
        return False
    department_id = tree.id_of(item.key)
    if department_id is None:
        return True
    into_id = None if item.merged_into is None else tree.id_of(item.merged_into)
    return tree.departments[department_id].closing != Closing(item.closed_from_day, into_id)


class _Closer:
    """Closes one department after another; each sees what those before it changed."""

    def __init__(self, tree: Tree, viewer: Viewer) -> None:
        self.tree = tree
        self.viewer = viewer
        self.closed: set[int] = set()
        self.refused: dict[int, Failure] = {}
        self.departments: dict[str, Department] = {}
        self.touchpoints: dict[str, Touchpoint] = {}

    def close(self, place: int, item: DepartmentItem) -> None:
        day, into = item.closed_from_day or 0, item.merged_into
        department = self.tree.departments[str(self.tree.id_of(item.key))]
        into_id = None if into is None else self.tree.id_of(into)
        if department.closing == Closing(day, into_id) and (into is None) == (into_id is None):
            return  # what changes nothing needs no right
        try:
            change = close_department(self.tree, item.key, into, day, self.viewer)
        except Failure as failure:
            self.refused[place] = failure
            return
        if change is not None:
            self._keep(change)
            self.closed.add(place)

    def _keep(self, change: Closed) -> None:
        self.departments |= {d.id: d for d in change.departments}
        self.touchpoints |= {t.id: t for t in change.touchpoints}
        self.tree = with_changes(self.tree, change.departments, change.touchpoints)
