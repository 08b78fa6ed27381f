"""Many stints in one call: each has its own fate, and none harms its neighbour."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.employee_exp.employment.domain.employment import (
    Employment,
    Stint,
    StintItem,
    check_item,
    settle,
)
from services.kit.errors import Denied, Failure, Invalid, NotFound
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rights.tree import Tree


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: our id of its employee and whether this call changed the stint, or why it is refused."""

    employee_id: str = ""
    is_changed: bool = False
    refusal: Failure | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An employment that becomes another; before None: the employee is new."""

    before: Employment | None
    after: Employment


@dataclass(frozen=True, slots=True)
class Upserted:
    """One outcome per item, in the order of the items, and what changes, by external id."""

    outcomes: tuple[Outcome, ...]
    changes: Mapping[str, Change]


def well_formed(
    items: Sequence[StintItem], today: int
) -> tuple[dict[tuple[str, int], StintItem], dict[int, Failure]]:
    """Items by employee and first day, and why those at other places are none; the first of several counts."""
    found: dict[tuple[str, int], StintItem] = {}
    refused: dict[int, Failure] = {}
    for place, item in enumerate(items):
        try:
            check_item(item, today)
        except Invalid as failure:
            refused[place] = failure
            continue
        if found.setdefault((item.employee, item.started_day), item) != item:
            refused[place] = Invalid(
                "an item before this one has the same employee and first day and other content: send each once",
                reason="DUPLICATE",
                field=["started_day"],
            )
    return found, refused


def upsert_stints(
    tree: Tree,
    known: Mapping[str, Employment],
    items: Sequence[StintItem],
    viewer: Viewer,
    new_id: Callable[[], str],
) -> Upserted:
    """What a call makes of employments, those of its employees being `known` by external id."""
    found, malformed = well_formed(items, tree.today_number)
    refused: dict[tuple[str, int], Failure] = {}
    wanted: defaultdict[str, dict[int, Stint]] = defaultdict(dict)
    for name, item in found.items():
        try:
            wanted[item.employee][item.started_day] = _stint(tree, item, known, viewer)
        except Failure as failure:
            refused[name] = failure
    changes: dict[str, Change] = {}
    for employee, stints in wanted.items():
        before = known.get(employee)
        settled, clashes = settle(before.stints if before else (), stints)
        refused |= {(employee, day): failure for day, failure in clashes.items()}
        if settled and (before is None or settled != before.stints):
            base = before or Employment(new_id(), 0, ())
            changes[employee] = Change(
                before, replace(base, revision=base.revision + 1, stints=settled)
            )
    return Upserted(_outcomes(items, malformed, refused, known, changes), changes)


def _stint(tree: Tree, item: StintItem, known: Mapping[str, Employment], viewer: Viewer) -> Stint:
    """The stint an item asks for; the viewer needs the right on its department, and on the one it replaces."""
    department_id = tree.id_of(item.department)
    unseen = NotFound(
        "no such department: import it first", reason="UNKNOWN_DEPARTMENT", field=["department"]
    )
    if department_id is None:
        raise unseen
    _check_right(viewer, department_id, tree, unseen)
    employment = known.get(item.employee)
    for stint in employment.stints if employment else ():
        if stint.started_day == item.started_day:
            _check_right(
                viewer,
                stint.department_id,
                tree,
                NotFound("this stint is not yours to change", field=["started_day"]),
            )
    return Stint(department_id, item.started_day, item.left_day)


def _check_right(viewer: Viewer, department_id: str, tree: Tree, unseen: NotFound) -> None:
    try:
        authorize(viewer, Action.WRITE_EMPLOYEES, department_id, tree)
    except NotFound as failure:
        raise unseen from failure
    except Denied as failure:
        raise Denied(failure.message, field=unseen.field) from failure


def _outcomes(
    items: Sequence[StintItem],
    malformed: Mapping[int, Failure],
    refused: Mapping[tuple[str, int], Failure],
    known: Mapping[str, Employment],
    changes: Mapping[str, Change],
) -> tuple[Outcome, ...]:
    outcomes: list[Outcome] = []
    told: set[tuple[str, int]] = set()
    for place, item in enumerate(items):
        name = (item.employee, item.started_day)
        failure = malformed.get(place) or refused.get(name)
        if failure is not None:
            outcomes.append(Outcome(refusal=failure))
            continue
        change = changes.get(item.employee)
        employment = change.after if change else known[item.employee]
        is_changed = name not in told and change is not None and _differs(change, item.started_day)
        told.add(name)
        outcomes.append(Outcome(employment.employee_id, is_changed))
    return tuple(outcomes)


def _differs(change: Change, day: int) -> bool:
    former = change.before.stints if change.before else ()
    before = next((stint for stint in former if stint.started_day == day), None)
    return before not in change.after.stints
