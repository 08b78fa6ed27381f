"""Many stints in one call: each has its own fate, and none harms its neighbour."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from services.employee_exp.employment.domain.details import too_many_attributes
from services.employee_exp.employment.domain.employment import (
    Employment,
    Stint,
    StintItem,
    check_item,
    settle,
)
from services.kit.errors import Failure, Invalid, NotFound
from services.kit.items import Upserted, check_right, conclude, distinct
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree

Name = tuple[str, int]
"""Of a stint: the employee's external id and the first day."""

ELSEWHERE = NotFound(
    "this employee is known in a department that is not yours: ask who may change both",
    reason="EMPLOYEE_ELSEWHERE",
    field=["employee"],
)


@dataclass(frozen=True, slots=True)
class EmploymentChange:
    """The employment of an external id that becomes another; before None: the employee is new."""

    employee: str
    before: Employment | None
    after: Employment

    def changes(self, started_day: int) -> bool:
        """Whether the stint of this first day is another now."""
        former = self.before.stints if self.before else ()
        before = next((stint for stint in former if stint.started_day == started_day), None)
        return before not in self.after.stints

    @property
    def removed(self) -> tuple[Stint, ...]:
        """Stints whose first day is none any more."""
        days = {stint.started_day for stint in self.after.stints}
        former = self.before.stints if self.before else ()
        return tuple(stint for stint in former if stint.started_day not in days)


def distinct_stints(
    items: Sequence[StintItem], today: int, crowded: Collection[str] = ()
) -> tuple[dict[Name, StintItem], dict[int, Failure]]:
    """As kit's `distinct`, by employee and first day. `crowded`: who would have too many attributes."""
    repeated = Invalid(
        "an item before this one has the same employee and first day and other content: send each once",
        reason="DUPLICATE",
        field=["started_day"],
    )
    return distinct(items, name_of, partial(_check, today=today, crowded=crowded), repeated)


def upsert_stints(
    tree: Tree,
    known: Mapping[str, Employment],
    items: Sequence[StintItem],
    viewer: Viewer,
    new_id: Callable[[], str],
    *,
    crowded: Collection[str] = (),
    is_rehearsal: bool = False,
) -> Upserted[EmploymentChange]:
    """What a call makes of employments, those of its employees being `known` by external id.

    An employee of departments that are not the viewer's is judged like a new one, and refused at last where nothing
    else is wrong. A rehearsal does not refuse it: who only asks is not told that somebody is there.
    """
    by_name, malformed = distinct_stints(items, tree.today_number, crowded)
    foreign = {employee for employee, job in known.items() if not covers(tree, job, viewer)}
    known = {employee: job for employee, job in known.items() if employee not in foreign}
    wanted, refused = wanted_stints(tree, by_name, viewer)
    changes: dict[str, EmploymentChange] = {}
    for employee, stints in wanted.items():
        before = known.get(employee)
        settled, clashes = settle(before.stints if before else (), stints)
        refused |= {(employee, day): failure for day, failure in clashes.items()}
        if employee in foreign and not is_rehearsal:
            refused |= {(employee, day): ELSEWHERE for day in stints.keys() - clashes.keys()}
        elif settled and (before is None or settled != before.stints):
            base = before or Employment(new_id(), 0, ())
            after = replace(base, revision=base.revision + 1, stints=settled)
            changes[employee] = EmploymentChange(employee, before, after)
    stored = {**known, **{employee: change.after for employee, change in changes.items()}}
    ids = {name: stored[name[0]].employee_id for name in by_name if name[0] in stored}
    changed = {name for name in by_name if name[0] in changes and changes[name[0]].changes(name[1])}
    outcomes = conclude(map(name_of, items), malformed, refused, ids, changed)
    return Upserted(outcomes, tuple(changes.values()))


def _check(item: StintItem, today: int, crowded: Collection[str]) -> None:
    check_item(item, today)
    if item.details is not None and item.employee in crowded:
        raise too_many_attributes()


def wanted_stints(
    tree: Tree, by_name: Mapping[Name, StintItem], viewer: Viewer
) -> tuple[dict[str, dict[int, Stint]], dict[Name, Failure]]:
    """The stints that items ask for, by employee and first day, and why others are refused."""
    wanted: defaultdict[str, dict[int, Stint]] = defaultdict(dict)
    refused: dict[Name, Failure] = {}
    for name, item in by_name.items():
        try:
            wanted[item.employee][item.started_day] = stint_of(tree, item, viewer)
        except Failure as failure:
            refused[name] = failure
    return wanted, refused


def covers(tree: Tree, employment: Employment, viewer: Viewer) -> bool:
    """Whether the viewer has the right on all departments an employee has had.

    All of them: when only stints that overlap were looked at, refusals told when somebody worked elsewhere.
    """
    action = Action.WRITE_EMPLOYEES
    return all(may(viewer, action, stint.department_id, tree) for stint in employment.stints)


def stint_of(tree: Tree, item: StintItem, viewer: Viewer) -> Stint:
    """The stint an item asks for; the viewer needs the right on its department."""
    department_id = tree.id_of(item.department)
    unseen = NotFound(
        "no such department: import it first", reason="UNKNOWN_DEPARTMENT", field=["department"]
    )
    if department_id is None:
        raise unseen
    check_right(viewer, Action.WRITE_EMPLOYEES, department_id, tree, unseen)
    return Stint(department_id, item.started_day, item.left_day, viewer.subject)


def name_of(item: StintItem) -> Name:
    return item.employee, item.started_day
