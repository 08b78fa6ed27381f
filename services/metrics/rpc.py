"""Door 1: gRPC."""

from collections.abc import Sequence

from cxm.metrics.v1 import metrics_pb2 as pb
from cxm.metrics.v1.metrics_pb2_grpc import MetricsServiceServicer
from services.kit.access import Action, Viewer, authorize, may
from services.kit.directory import DirectoryCopy
from services.kit.errors import Invalid, Unauthenticated
from services.kit.rpc import Context, check_count, viewer
from services.kit.tree import Tree
from services.metrics import convert
from services.metrics.domain import scope as scopes
from services.metrics.domain.definitions import Definition
from services.metrics.domain.periods import Period, check_period, month_edges
from services.metrics.domain.scope import Scope, Span
from services.metrics.domain.scores import Score, Status
from services.metrics.reading import Reading

MOST_DEPARTMENTS = 1000
AS_IT_WAS = pb.TREE_READING_AS_IT_WAS


class MetricsRpc(MetricsServiceServicer):
    """Scores of the departments a viewer may see; the number is the same for every viewer."""

    def __init__(self, directory: DirectoryCopy, reading: Reading) -> None:
        self.directory = directory
        self.reading = reading

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
        metrics = [
            self.reading.definition(key) for key in request.metrics or self.reading.definitions
        ]
        edges = [period.from_day, period.to_day]
        scope = _many([_whole(tree, d, request.scope, period) for d in departments])
        found = await self.reading.scores(metrics, scope, edges)
        return pb.GetScorecardsResponse(
            scorecards=[
                _scorecard(tree, department, period, metrics, [s[group][0] for s in found])
                for group, department in enumerate(departments)
            ],
            denied_ids=denied,
        )

    async def GetTrend(self, request: pb.GetTrendRequest, context: Context) -> pb.GetTrendResponse:
        """A point for every calendar interval of the period, empty ones too."""
        tree = await self._authorized(request.department_id, context)
        period = check_period(request.scope.from_day, request.scope.to_day)
        metric = self.reading.definition(request.metric)
        if request.interval != pb.CALENDAR_INTERVAL_MONTH:
            raise Invalid("the interval is not known", reason="UNKNOWN_INTERVAL")
        edges = month_edges(period)
        scope = _whole(tree, request.department_id, request.scope, period)
        (found,) = await self.reading.scores([metric], scope, edges)
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
        metric = self.reading.definition(request.metric)
        edges = [period.from_day, period.to_day]
        if request.dimension == pb.DIMENSION_CHILD_DEPARTMENT:
            scope = scopes.by_child(
                tree,
                request.department_id,
                period,
                as_it_was=request.scope.tree == AS_IT_WAS,
                subtree=request.scope.include_subtree,
            )
            (found,) = await self.reading.scores([metric], scope, edges)
            groups = [(g, score[0]) for g, score in zip(scope.groups, found, strict=True)]
            return _breakdown(metric, groups, tree, viewer(context))
        if request.dimension == pb.DIMENSION_TOUCHPOINT:
            scope = _whole(tree, request.department_id, request.scope, period)
            groups = await self.reading.by_touchpoint(metric, scope, edges)
            return _breakdown(metric, groups, tree, viewer(context))
        raise Invalid("the dimension is not known", reason="UNKNOWN_DIMENSION")

    async def ListDefinitions(
        self, request: pb.ListDefinitionsRequest, context: Context
    ) -> pb.ListDefinitionsResponse:
        """The newest version of every metric; for everyone who is signed in."""
        if not viewer(context).grants:
            raise Unauthenticated("this needs a bearer token")
        found = self.reading.definitions.values()
        return pb.ListDefinitionsResponse(definitions=[convert.definition(d) for d in found])

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


def _many(wholes: Sequence[Scope]) -> Scope:
    """The scopes of several departments, a group for each."""
    spans = [
        Span(span.department_id, span.from_day, span.to_day, group)
        for group, scope in enumerate(wholes)
        for span in scope.spans
    ]
    return Scope(tuple(spans), ("",) * len(wholes))


def _scorecard(
    tree: Tree,
    department_id: str,
    period: Period,
    metrics: Sequence[Definition],
    found: Sequence[Score],
) -> pb.Scorecard:
    return pb.Scorecard(
        department_id=department_id,
        moves_in_period=scopes.moves_in_period(tree, department_id, period),
        scores=[convert.score(metric, score) for metric, score in zip(metrics, found, strict=True)],
    )


def _breakdown(
    metric: Definition, groups: Sequence[tuple[str, Score]], tree: Tree, asking: Viewer
) -> pb.GetBreakdownResponse:
    found = [
        _group(group, convert.score(metric, score), tree, asking)
        for group, score in groups
        if score.status is not Status.NO_DATA
    ]
    found.sort(key=lambda group: (not group.key, group.label))
    return pb.GetBreakdownResponse(groups=found)


def _group(group_id: str, score: pb.Score, tree: Tree, asking: Viewer) -> pb.Group:
    """A group with key and label; without an id where the viewer may not follow it."""
    department, touchpoint = tree.departments.get(group_id), tree.touchpoints.get(group_id)
    if department is not None:
        visible = may(asking, Action.READ_DIRECTORY, group_id, tree)
        key, label = department.key, department.name
    elif touchpoint is not None:
        owner = touchpoint.terms.on(tree.today_number).department_id
        visible = may(asking, Action.READ_DIRECTORY, owner, tree)
        key, label = touchpoint.key, touchpoint.name
    else:
        return pb.Group(score=score)
    return pb.Group(id=group_id if visible else "", key=key, label=label, score=score)
