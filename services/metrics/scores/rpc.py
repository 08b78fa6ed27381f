"""gRPC: cxm.metrics.v1.ScoreService."""

from collections.abc import Mapping, Sequence

from cxm.metrics.v1 import scores_pb2 as pb
from cxm.metrics.v1.scores_pb2_grpc import ScoreServiceServicer
from services.kit.directory import DirectoryCopy
from services.kit.errors import Invalid, Unauthenticated
from services.kit.rights.access import Action, Viewer, authorize, may
from services.kit.rights.tree import Tree
from services.kit.rpc.servicing import Context, check_count, viewer
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain import scope as scopes
from services.metrics.domain.periods import (
    Period,
    calendar_edges,
    check_apart,
    check_period,
)
from services.metrics.domain.scope import Cut, Scope, Span
from services.metrics.formulas.comparison import Change, changes, difference
from services.metrics.formulas.scores import NOT_APPLICABLE, Score
from services.metrics.scores import convert
from services.metrics.scores.breakdown import CHILD, Groups
from services.metrics.scores.reader import SURVEY, ScoreReader

MOST_DEPARTMENTS = 1000
Name = tuple[str, int]
"""Key and version of a metric."""
AS_IT_WAS = pb.TREE_READING_AS_IT_WAS
INTERVALS = {
    pb.CALENDAR_INTERVAL_DAY: "DAY",
    pb.CALENDAR_INTERVAL_WEEK: "WEEK",
    pb.CALENDAR_INTERVAL_MONTH: "MONTH",
    pb.CALENDAR_INTERVAL_QUARTER: "QUARTER",
}
DIMENSIONS = {
    pb.DIMENSION_CHILD_DEPARTMENT: CHILD,
    pb.DIMENSION_TOUCHPOINT: "touchpoint",
    pb.DIMENSION_STAGE: "stage",
    pb.DIMENSION_CHANNEL: "channel",
    pb.DIMENSION_SEGMENT: "segment",
    pb.DIMENSION_SURVEY: SURVEY,
    pb.DIMENSION_LANGUAGE: "language",
}


class ScoreRpc(ScoreServiceServicer):
    """Scores of the departments a viewer may see; the number is the same for every viewer."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.directory = directory
        self.reader = reader

    async def GetScorecards(
        self, request: pb.GetScorecardsRequest, context: Context
    ) -> pb.GetScorecardsResponse:
        """Scorecards of the departments the viewer may see, all read at once."""
        check_count(len(request.department_ids), largest=MOST_DEPARTMENTS, what="departments")
        await self.directory.know_department_ids(request.department_ids)
        tree = self.directory.tree
        departments, denied = _readable(viewer(context), request.department_ids, tree)
        if not departments:
            return pb.GetScorecardsResponse(denied_ids=denied)
        period = check_period(request.scope.from_day, request.scope.to_day)
        other = _other_period(request, period)
        book = self.reader.definitions
        await book.look()
        newest = list(book.newest.values())
        asked = await book.find_all(request.metrics) if request.metrics else newest
        # A change is judged beside those of all metrics, whichever were asked for.
        metrics = asked if other is None else newest + [m for m in asked if m not in newest]
        found = await self._cards(departments, request.scope, period, metrics)
        changed: list[dict[Name, Change]] = [{} for _ in departments]
        if other is not None:
            before = await self._cards(departments, request.scope, other, newest)
            changed = [_changes(*sides) for sides in zip(found, before, strict=True)]
        return pb.GetScorecardsResponse(
            scorecards=[
                pb.Scorecard(
                    department_id=department,
                    moves_in_period=scopes.moves_in_period(tree, department, period),
                    scores=[
                        convert.score(metric, card[name], change.get(name))
                        for metric in asked
                        for name in [(metric.key, metric.version)]
                    ],
                )
                for department, card, change in zip(departments, found, changed, strict=True)
            ],
            denied_ids=denied,
        )

    async def _cards(
        self,
        departments: Sequence[str],
        asked: pb.Scope,
        period: Period,
        metrics: Sequence[Definition],
    ) -> list[dict[Name, Score]]:
        """Scores of each department over one period, by metric."""
        tree = self.directory.tree
        scope = join_scopes([_whole(tree, d, asked, period) for d in departments])
        edges = [period.from_day, period.to_day]
        found = await self.reader.scores(metrics, scope, edges, _cut(tree, asked))
        return [
            {(m.key, m.version): scores[group][0] for m, scores in zip(metrics, found, strict=True)}
            for group in range(len(departments))
        ]

    async def GetTrend(self, request: pb.GetTrendRequest, context: Context) -> pb.GetTrendResponse:
        """A point for every calendar interval of the period, empty ones too."""
        tree = await self._authorized(request.department_id, context)
        period = check_period(request.scope.from_day, request.scope.to_day)
        interval = INTERVALS.get(request.interval)
        if interval is None:
            raise Invalid("the interval is not known", reason="UNKNOWN_INTERVAL")
        edges = calendar_edges(period, interval)
        metric = await self._metric(request.metric)
        scope = _whole(tree, request.department_id, request.scope, period)
        cut = _cut(tree, request.scope)
        (found,) = await self.reader.scores([metric], scope, edges, cut)
        return pb.GetTrendResponse(
            points=[
                pb.TrendPoint(from_day=start, to_day=end, score=convert.score(metric, score))
                for start, end, score in zip(edges, edges[1:], found[0], strict=False)
            ]
        )

    async def GetBreakdown(
        self, request: pb.GetBreakdownRequest, context: Context
    ) -> pb.GetBreakdownResponse:
        """Groups that hold something, by label, the one without a key last."""
        tree = await self._authorized(request.department_id, context)
        period = check_period(request.scope.from_day, request.scope.to_day)
        metric = await self._metric(request.metric)
        edges = [period.from_day, period.to_day]
        cut = _cut(tree, request.scope)
        dimension = DIMENSIONS.get(request.dimension)
        if dimension is None:
            raise Invalid("the dimension is not known", reason="UNKNOWN_DIMENSION")
        if request.dimension == pb.DIMENSION_CHILD_DEPARTMENT:
            groups = await self._by_child(metric, request, period, cut)
        else:
            scope = _whole(tree, request.department_id, request.scope, period)
            groups = await self.reader.by_dimension(dimension, metric, scope, edges, cut)
        named = Groups(tree, self.reader.surveys, viewer(context), dimension)
        return pb.GetBreakdownResponse(groups=named.messages(metric, groups))

    async def _by_child(
        self, metric: Definition, request: pb.GetBreakdownRequest, period: Period, cut: Cut
    ) -> list[tuple[str, Score]]:
        if metric.reads_employment and not cut.is_whole:
            return [("", NOT_APPLICABLE)]
        scope = scopes.by_child(
            self.directory.tree,
            request.department_id,
            period,
            as_it_was=request.scope.tree == AS_IT_WAS,
            subtree=request.scope.include_subtree,
        )
        edges = [period.from_day, period.to_day]
        (found,) = await self.reader.scores([metric], scope, edges, cut)
        return [(group, score[0]) for group, score in zip(scope.groups, found, strict=True)]

    async def FindReadable(
        self, request: pb.FindReadableRequest, context: Context
    ) -> pb.FindReadableResponse:
        """Ids of the departments whose scores the viewer may read; the invisible ones are left out."""
        check_count(len(request.keys), largest=MOST_DEPARTMENTS, what="departments")
        await self.directory.know_departments(request.keys)
        tree = self.directory.tree
        ids = {found: key for key in request.keys if (found := tree.id_of(key))}
        readable, denied = _readable(viewer(context), list(ids), tree)
        return pb.FindReadableResponse(
            ids={ids[found]: found for found in readable}, denied_keys=[ids[i] for i in denied]
        )

    async def _metric(self, key: str) -> Definition:
        await self.reader.definitions.look()
        return await self.reader.definitions.find(key)

    async def _authorized(self, department_id: str, context: Context) -> Tree:
        await self.directory.know_department_ids([department_id])
        authorize(viewer(context), Action.READ_SCORES, department_id, self.directory.tree)
        return self.directory.tree


def _readable(
    asking: Viewer, department_ids: Sequence[str], tree: Tree
) -> tuple[list[str], list[str]]:
    """The departments whose scores the viewer may read, and those it may see without their scores."""
    if not asking.grants:
        raise Unauthenticated("this needs a bearer token")
    wanted = dict.fromkeys(department_ids)
    seen = [i for i in wanted if may(asking, Action.READ_DIRECTORY, i, tree)]
    readable = [i for i in seen if may(asking, Action.READ_SCORES, i, tree)]
    return readable, [i for i in seen if i not in set(readable)]


def _whole(tree: Tree, department_id: str, scope: pb.Scope, period: Period) -> Scope:
    return scopes.whole(
        tree,
        department_id,
        period,
        as_it_was=scope.tree == AS_IT_WAS,
        subtree=scope.include_subtree,
    )


def join_scopes(wholes: Sequence[Scope]) -> Scope:
    """The scopes of several departments, a group for each."""
    spans = [
        Span(span.department_id, span.from_day, span.to_day, group)
        for group, scope in enumerate(wholes)
        for span in scope.spans
    ]
    return Scope(tuple(spans), ("",) * len(wholes))


def _cut(tree: Tree, scope: pb.Scope) -> Cut:
    touchpoint = tree.touchpoint(scope.filter.touchpoint)
    return convert.cut(scope, touchpoint.id if touchpoint else "")


def _other_period(request: pb.GetScorecardsRequest, period: Period) -> Period | None:
    """The period to compare with; Invalid unless it stands apart from the period itself."""
    if not request.HasField("compare_to"):
        return None
    other = check_period(request.compare_to.from_day, request.compare_to.to_day, field="compare_to")
    check_apart(period, other)
    return other


def _changes(this: Mapping[Name, Score], other: Mapping[Name, Score]) -> dict[Name, Change]:
    """The changes of one scorecard's metrics, where both sides have a value; of metrics in `other` only."""
    return changes(
        {
            name: difference(sample, score.sample)
            for name, score in other.items()
            if score.sample is not None and (sample := this[name].sample) is not None
        }
    )
