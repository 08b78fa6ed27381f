"""What may be taken back of employments: stints corrected, removed, or replaced by a file that is the truth."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from services.employee_exp.employment.domain.employment import (
    Employment,
    Stint,
    StintItem,
    overlap,
    settle,
)
from services.employee_exp.employment.domain.upserts import (
    ELSEWHERE,
    EmploymentChange,
    Name,
    covers,
    distinct_stints,
    name_of,
    stint_of,
    wanted_stints,
)
from services.kit.errors import Conflict, Denied, Failure, NotFound
from services.kit.items import Upserted, conclude
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree

INCOMPLETE = Conflict(
    "another row of this employee is refused, and what is stored would be replaced without it: mend that row",
    reason="EMPLOYEE_INCOMPLETE",
    field=["employee"],
)


def correct_stint(
    tree: Tree, known: Employment | None, started_day: int, item: StintItem, viewer: Viewer
) -> EmploymentChange | None:
    """The employment with one stint as it should have been; None where it is so already.

    NotFound for a stint that is not there or not the viewer's to see; Denied where somebody else stored it and the
    viewer corrects own ones only; Conflict where it would overlap another one.
    """
    before = _visible(tree, known, viewer)
    wanted = stint_of(tree, item, viewer)
    stints = {stint.started_day: stint for stint in before.stints}
    former = stints.pop(started_day, None)
    if wanted in before.stints and (former is None or former == wanted):
        return None
    if former is None:
        raise unknown_stint()
    check_correctable(tree, former, viewer)
    if wanted.started_day in stints:
        raise overlap()
    after = _in_order([*stints.values(), wanted])
    if any(one.overlaps(later) for one, later in pairwise(after)):
        raise overlap()
    return _changed(item.employee, before, after)


def remove_stint(
    tree: Tree, known: Employment | None, employee: str, started_day: int, viewer: Viewer
) -> EmploymentChange | None:
    """The employment without one stint; None where there is none of that day. Fails as `correct_stint`."""
    before = _visible(tree, known, viewer)
    former = next((s for s in before.stints if s.started_day == started_day), None)
    if former is None:
        return None
    check_correctable(tree, former, viewer)
    return _changed(employee, before, tuple(s for s in before.stints if s is not former))


def replace_stints(
    tree: Tree,
    known: Mapping[str, Employment],
    items: Sequence[StintItem],
    viewer: Viewer,
    new_id: Callable[[], str],
    *,
    crowded: Collection[str] = (),
    is_rehearsal: bool = False,
) -> Upserted[EmploymentChange]:
    """Employments become what the items say of their employees, and nothing else; each is replaced whole or not at all.

    An employee of departments that are not the viewer's is judged as in `upsert_stints`.
    """
    by_name, malformed = distinct_stints(items, tree.today_number, crowded)
    foreign = {employee for employee, job in known.items() if not covers(tree, job, viewer)}
    wanted, refused = wanted_stints(tree, by_name, viewer)
    bad = {items[position].employee for position in malformed} | {name[0] for name in refused}
    changes: dict[str, EmploymentChange] = {}
    ids: dict[Name, str] = {}
    for employee, stints in wanted.items():
        before = None if employee in foreign else known.get(employee)
        settled, clashes = settle((), stints)
        try:
            if clashes or employee in bad:
                raise INCOMPLETE
            settled = _replaced(tree, before, settled, viewer)
            if employee in foreign and not is_rehearsal:
                raise ELSEWHERE
        except Failure as failure:
            refused |= {(employee, day): clashes.get(day, failure) for day in stints}
            continue
        base = before or Employment(new_id(), 0, ())
        if settled != base.stints:
            changes[employee] = _changed(employee, base, settled, is_new=before is None)
        ids |= {(employee, day): base.employee_id for day in stints}
    changed = {name for name in ids if name[0] in changes and changes[name[0]].changes(name[1])}
    outcomes = conclude(map(name_of, items), malformed, refused, ids, changed)
    return Upserted(outcomes, tuple(changes.values()))


def check_correctable(tree: Tree, stint: Stint, viewer: Viewer) -> None:
    """Denied unless the viewer corrects any stint of its department, or stored this one."""
    if may(viewer, Action.CORRECT_EMPLOYEES, stint.department_id, tree):
        return
    if not stint.stored_by or stint.stored_by != viewer.subject:
        raise Denied(
            "your role corrects and removes only stints that it stored itself: ask an analyst or an admin",
            field=["started_day"],
        )


def unknown_stint() -> NotFound:
    return NotFound(
        "this employee has no stint that begins on that day, or works where you may not look:"
        " name the first day as it is stored",
        reason="UNKNOWN_STINT",
        field=["started_day"],
    )


def _visible(tree: Tree, known: Employment | None, viewer: Viewer) -> Employment:
    if known is None or not covers(tree, known, viewer):
        raise unknown_stint()
    return known


def _replaced(
    tree: Tree, before: Employment | None, wanted: Sequence[Stint], viewer: Viewer
) -> tuple[Stint, ...]:
    """The wanted stints, those that are there already as they are. Denied where one goes that the viewer may not touch.

    Who may record stints may end an open one: that is a leaving, and no correction.
    """
    by_day = {stint.started_day: stint for stint in wanted}
    kept: dict[int, Stint] = {}
    for stint in before.stints if before else ():
        after = by_day.get(stint.started_day)
        if after == stint:
            kept[stint.started_day] = stint
        elif after is None or stint.left_day is not None or replace(after, left_day=None) != stint:
            check_correctable(tree, stint, viewer)
    return _in_order((by_day | kept).values())


def _changed(
    employee: str, before: Employment, after: tuple[Stint, ...], *, is_new: bool = False
) -> EmploymentChange:
    settled = replace(before, revision=before.revision + 1, stints=after)
    return EmploymentChange(employee, None if is_new else before, settled)


def _in_order(stints: Iterable[Stint]) -> tuple[Stint, ...]:
    return tuple(sorted(stints, key=lambda stint: stint.started_day))
