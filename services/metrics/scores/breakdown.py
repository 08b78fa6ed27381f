"""The groups of a breakdown as they are shown: key, label, and an id where the viewer may follow it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.formulas.differences.change_parts import ChangePart, ChangeParts
from services.metrics.formulas.differences.ranking import Places
from services.metrics.formulas.differences.rest import Rest
from services.metrics.formulas.scores import Score, Status
from services.metrics.scores.reader import SURVEY

CHILD = "child department"
NO_SCORE = Score(Status.NO_DATA)
NO_LONGER_HERE = "no longer here"  # of what belongs to somebody else today: its answers count, its name is not told


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The score of one group of a breakdown; child departments, touchpoints and surveys by id, others by their keys."""

    value: str
    score: Score
    rest: Rest | None = None
    places: Places | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The groups of a score, and of what its change is made, where it is compared."""

    metric: Definition
    groups: list[GroupScore]
    parts: ChangeParts[str] | None


@dataclass(frozen=True, slots=True)
class NamedPart:
    """What one group adds to a change, as it is shown."""

    part: ChangePart
    id: str = ""
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a breakdown; the id is "" where there is none to follow."""

    score: Score
    id: str = ""
    key: str = ""
    label: str = ""
    rest: Rest | None = None
    places: Places | None = None


@dataclass(frozen=True, slots=True)
class Groups:
    """Names the groups of a breakdown by a dimension."""

    tree: Tree
    surveys: SurveyCopy
    viewer: Viewer
    dimension: str

    def named(self, groups: Iterable[GroupScore]) -> list[Group]:
        """Groups that hold something, by label, the one without a key last."""
        shown = [
            replace(named, rest=group.rest, places=group.places if named.key else None)
            for group in groups
            if group.score.status is not Status.NO_DATA
            for named in [self._group(group.value, group.score)]
        ]
        return sorted(shown, key=lambda group: (not group.key, group.label, group.key))

    def named_parts(self, parts: ChangeParts[str]) -> list[NamedPart]:
        """What each group adds to a change, the most first, by size."""
        named = [
            NamedPart(part, group.id, group.key, group.label)
            for value, part in parts.parts.items()
            for group in [self._group(value, NO_SCORE)]
        ]
        return sorted(named, key=lambda each: -abs(each.part.rate + each.part.mix))

    def _group(self, value: str, score: Score) -> Group:
        if not value:
            return Group(score)
        if self.dimension == CHILD:
            department = self.tree.departments[value]
            return self._linked(value, value, department.key, department.name, score)
        if self.dimension == "touchpoint":
            return self._touchpoint(value, score)
        if self.dimension == SURVEY:
            survey = self.surveys.layouts[value]
            return Group(score, value, survey.key, survey.title)
        return Group(score, key=value, label=value)

    def _touchpoint(self, value: str, score: Score) -> Group:
        touchpoint = self.tree.touchpoints.get(value)
        if touchpoint is None:  # not in the copy yet
            return Group(score, key=value, label=value)
        owner = touchpoint.terms.on(self.tree.today_number).department_id
        return self._linked(value, owner, touchpoint.key, touchpoint.name, score)

    def _linked(self, value: str, department_id: str, key: str, label: str, score: Score) -> Group:
        if may(self.viewer, Action.READ_DIRECTORY, department_id, self.tree):
            return Group(score, value, key, label)
        return Group(score, label=NO_LONGER_HERE)
