"""The groups of a breakdown as they are shown: key, label, and an id where the viewer may follow it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.formulas.scores import Score, Status
from services.metrics.scores import convert
from services.metrics.scores.reader import SURVEY

CHILD = "child department"


@dataclass(frozen=True, slots=True)
class Groups:
    """Names what a breakdown by a dimension found."""

    tree: Tree
    surveys: SurveyCopy
    asking: Viewer
    dimension: str

    def messages(self, metric: Definition, groups: Iterable[tuple[str, Score]]) -> list[pb.Group]:
        """Groups that hold something, by label, the one without a key last."""
        found = [
            self._group(value, convert.score(metric, score))
            for value, score in groups
            if score.status is not Status.NO_DATA
        ]
        return sorted(found, key=lambda group: (not group.key, group.label, group.key))

    def _group(self, value: str, score: pb.Score) -> pb.Group:
        if not value:
            return pb.Group(score=score)
        if self.dimension == CHILD:
            department = self.tree.departments[value]
            return self._linked(value, value, department.key, department.name, score)
        if self.dimension == "touchpoint":
            return self._touchpoint(value, score)
        if self.dimension == SURVEY:
            survey = self.surveys.layouts[value]
            return pb.Group(id=value, key=survey.key, label=survey.title, score=score)
        return pb.Group(key=value, label=value, score=score)

    def _touchpoint(self, value: str, score: pb.Score) -> pb.Group:
        touchpoint = self.tree.touchpoints.get(value)
        if touchpoint is None:  # not in the copy yet
            return pb.Group(key=value, label=value, score=score)
        owner = touchpoint.terms.on(self.tree.today_number).department_id
        return self._linked(value, owner, touchpoint.key, touchpoint.name, score)

    def _linked(
        self, value: str, department_id: str, key: str, label: str, score: pb.Score
    ) -> pb.Group:
        visible = may(self.asking, Action.READ_DIRECTORY, department_id, self.tree)
        return pb.Group(id=value if visible else "", key=key, label=label, score=score)
