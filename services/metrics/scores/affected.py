"""Which scores may differ from before: after answers, after employment, and when what they are read by is another."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from services.kit.rights.tree import Touchpoint, Tree
from services.metrics.answer_log.layout import Item
from services.metrics.answer_log.log import StandingChange
from services.metrics.domain.above import ever_above

Metrics = Set[str] | None
"""Keys of metrics; None: any of them."""
CountedItems = tuple[bool, Mapping[str, tuple[Item, ...]]]
"""Whether a survey counts in scorecards, and which items of it, by kind."""


@dataclass(frozen=True, slots=True)
class Affected:
    """Metrics of some departments; `departments` None: of all."""

    departments: frozenset[str] | None
    metrics: Metrics = None


@dataclass(frozen=True, slots=True)
class ReadBy:
    """What scores are read by, besides answers and employment, as this process knows it."""

    tree: Tree
    today: int
    surveys: Mapping[str, CountedItems]
    versions: Mapping[str, int]
    """The newest version of each metric, by key."""
    staff_metrics: Set[str]
    """Keys of the metrics that read employment."""
    is_counting_staff: bool
    """Whether a file of staff is counted only in part."""

    def affected_since(self, before: "ReadBy") -> list[Affected]:
        """What this changed: once for everybody where it is a new day or another survey counts."""
        counts_otherwise = any(
            self.surveys.get(survey) != counted for survey, counted in before.surveys.items()
        )
        if self.today != before.today or counts_otherwise:
            return [Affected(None)]
        found = []
        changed = {key for key, v in self.versions.items() if before.versions.get(key) != v}
        if self.is_counting_staff != before.is_counting_staff:
            changed |= self.staff_metrics
        if changed:
            found.append(Affected(None, changed))
        departments = affected_by_move(before.tree, self.tree)
        if departments:
            found.append(Affected(departments))
        return found


def affected_by_move(before: Tree, after: Tree) -> frozenset[str]:
    """The departments whose scores a change of the directory affects: those that changed and all ever above them."""
    if before is after:
        return frozenset()
    changed = {
        department.id
        for department in after.departments.values()
        if (old := before.departments.get(department.id)) is None
        or old.revision != department.revision
    }
    for touchpoint in after.touchpoints.values():
        known = before.touchpoints.get(touchpoint.id)
        if known is None or known.revision != touchpoint.revision:
            changed |= _owners(touchpoint) | (_owners(known) if known else set())
    return frozenset(
        above for id_ in changed for tree in (before, after) for above in ever_above(tree, id_)
    )


def _owners(touchpoint: Touchpoint) -> set[str]:
    return {term.department_id for term in touchpoint.terms.ranges}


def affected_by_answers(
    changes: Sequence[StandingChange],
    metrics_of: Callable[[str], Set[str]],
    above: Callable[[str], Iterable[str]],
) -> Mapping[str, Set[str]]:
    """Metrics by department: those where answers were counted, and everything ever above them."""
    by_department: dict[str, set[str]] = {}
    for change in changes:
        metrics = metrics_of(change.survey_id)
        if metrics:
            for department in above(change.department_id):
                by_department.setdefault(department, set()).update(metrics)
    return by_department
