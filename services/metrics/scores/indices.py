"""From the answer log to the scores of indices: several items side by side in each response."""

from collections.abc import Mapping, Sequence

from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.cube.cube import Cube
from services.metrics.cube.joint import JointItems, index_sums
from services.metrics.definitions.domain.definitions import Definition, Statistic
from services.metrics.definitions.items import index_items
from services.metrics.domain.scope import Cut, Scope
from services.metrics.formulas.index import IndexSums, index_score
from services.metrics.formulas.scores import Score, number


class IndexReader:
    """Reads indices; the cube must be fresh for the departments that are asked for."""

    def __init__(self, cube: Cube, surveys: SurveyCopy) -> None:
        self.cube = cube
        self.surveys = surveys

    def scores(
        self, metric: Definition, scope: Scope, edges: Sequence[int], cut: Cut
    ) -> list[list[Score]]:
        """Its scores by group and period."""
        joints, groups = self._joints(metric, cut), max(len(scope.groups), 1)
        if not joints:
            return [[_score(metric, joints, ())] * (len(edges) - 1) for _ in range(groups)]
        keep = self.cube.keep(cut.dimensions)
        table = self.cube.tally_joint(scope.spans, edges, groups, joints, keep)
        return [[_score(metric, joints, cell) for cell in row] for row in table.tolist()]

    def by_dimension(
        self, dimension: str, metric: Definition, scope: Scope, edges: Sequence[int], cut: Cut
    ) -> list[tuple[str, Score]]:
        """(value or "" for none, score) of one period."""
        joints = self._joints(metric, cut)
        if not joints:
            return []
        keep = self.cube.keep(cut.dimensions)
        values, table = self.cube.tally_joint_by(dimension, scope.spans, edges, joints, keep)
        scores = [_score(metric, joints, cell) for cell in table.tolist()]
        return list(zip(values, scores, strict=True))

    def by_survey(
        self, metric: Definition, scope: Scope, edges: Sequence[int], cut: Cut
    ) -> list[tuple[str, Score]]:
        """(id of a survey, score) of one period."""
        found: list[tuple[str, Score]] = []
        for survey in sorted(self._joints(metric, cut)):
            layout = self.surveys.by_number[survey]
            own = Cut(layout.key, cut.dimensions)
            ((score,),) = self.scores(metric, scope, edges, own)
            found.append((layout.id, score))
        return found

    def _joints(self, metric: Definition, cut: Cut) -> Mapping[int, JointItems]:
        """Its items as each survey asks them, by survey number; surveys that ask too few of them are left out."""
        found: dict[int, JointItems] = {}
        for layout in self.surveys.by_number.values():
            if cut.survey is not None and layout.key != cut.survey:
                continue
            items = index_items(metric, layout)
            codes = next((item.codes for asking in items for item in asking), ())
            numbers = {code: value for code in codes if (value := number(code)) is not None}
            name = f"{metric.key}@{metric.version}"
            joint = JointItems(name, items, _points(metric, numbers))
            if joint.is_enough:
                found[layout.survey] = joint
        return found


def _points(metric: Definition, numbers: Mapping[str, int]) -> Mapping[str, int]:
    """What an answer counts: of a share 1 or 0, of a mean its number."""
    if metric.statistic is Statistic.SHARE:
        return {code: int(code in metric.counted) for code in numbers}
    return numbers


def _score(metric: Definition, joints: Mapping[int, JointItems], cell: Sequence[int]) -> Score:
    sums = index_sums(cell) if joints else _no_sums(len(metric.index))
    return index_score(
        sums,
        scale=sorted({value for joint in joints.values() for value in joint.points.values()}),
        minimum_base=metric.minimum_base,
    )


def _no_sums(items: int) -> IndexSums:
    return IndexSums(0, 0, 0, 0, (0,) * items, 0, 0)
