"""One score: value, base, interval, distribution; its trend and its breakdown."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
import strawberry

from cxm.metrics.v1 import definitions_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from cxm.survey.v1 import reading_pb2
from gateway.graph.base.ids import global_id
from gateway.graph.base.node import as_graphql
from gateway.graph.base.paging import After, First
from gateway.graph.responses.given_pages import GivenResponseConnection
from gateway.graph.responses.reading import kind_number, list_responses
from gateway.graph.scores import loaders
from gateway.graph.scores.changes import Change, ChangeParts, Places, Rest, change_parts_of, rest_of
from gateway.graph.scores.drivers import DriverAnalysis, analysis_of, newest_analyses
from gateway.graph.scores.index import ScoreIndex, index_of
from gateway.graph.scores.loaders import Scope
from gateway.graph.scores.targets import Target, TargetsRef, target_of, targets
from gateway.graph.scores.trend import (
    ScorePoint,
    check_points,
    count_periods,
    point_of,
    status_number,
)
from gateway.graph.scores.values import (
    Basis,
    CalendarInterval,
    DistributionBucket,
    Interval,
    IntervalNote,
    MetricDefinition,
    ScoreDimension,
    ScoreExplanation,
    ScoreStatus,
)
from gateway.graph.scores.weighted import WeightedScore, load_weighted
from gateway.request.compiled.readers import at_once
from gateway.request.compiled.shareable import SHAREABLE, UNSHAREABLE
from gateway.request.context import Context, Info
from gateway.request.prices import GROWING_CALL, OWN_CALL, SHARED_CALL
from services.kit.rpc.fields import optional

ENOUGH_FOR_T = 30
OF_WAVES = ("enps", "engagement", "participationRate", "burnout")
ROW_COST = 6
"""Values of one point of a trend, or of one group of a breakdown."""


@strawberry.type(
    description="One group of a breakdown. The groups sum to the whole, but where `Score.additive` is false."
)
class ScoreGroup:
    key: str | None = strawberry.field(
        description="Key of the department, touchpoint, stage, channel, segment, survey or language; null "
        "for what is directly here, or has none."
    )
    label: str = strawberry.field(
        description='Name, for people; "no longer here", without a key, where it belongs elsewhere today and you '
        "may not see it."
    )
    score: "Score" = strawberry.field(description="The group's own score.")
    places: Places | None = strawberry.field(
        description="Its places in a table of the groups; null where its base is below 100, for the group without key, "
        "where fewer than 2 or more than 30 groups have such a base, and for employee surveys."
    )


@dataclass(frozen=True, slots=True)
class ScoreOrigin:
    """Where a score was taken: what a trend or a breakdown of it is asked for."""

    department_id: str
    scope: Scope


def _metric_at_once(score: "Score", context: Context) -> definitions_pb2.Definition:
    message = score.message
    return loaders.definition_at_once(context, message.metric, message.version)


def _explanation_at_once(score: "Score", context: Context) -> ScoreExplanation:
    return _explanation_of(score.message, _metric_at_once(score, context))


Message = strawberry.Private[pb.Score]


@strawberry.type(
    description="One metric of one department over one period, never without its base."
)
class Score:
    message: Message
    origin: strawberry.Private[ScoreOrigin]
    group: strawberry.Private[
        str | int | None
    ]  # key of its group, or number of one without key; None: no group

    status: ScoreStatus = strawberry.field(description="Whether there is a value, and if not, why.")
    value: float | None = strawberry.field(
        description="In `metric.unit`; null unless status is OK or LOW_BASE."
    )
    base: int | None = strawberry.field(
        description="Responses behind it (turnoverRate: persons employed in the period; enps, engagement, burnout: "
        "employees who answered; participationRate: employees invited; retentionRate, churnRate: customers of the "
        "period before; sales and what is made of it: orders), 0 and up; null when NOT_APPLICABLE or "
        "WITHHELD, and for a participationRate that would tell more with it."
    )
    interval: Interval | None = strawberry.field(
        description="95 %, in `metric.unit`; null where value is, for a participationRate without a base, and for what "
        "is counted whole: sales, orders, buyers, newCustomers, returnsShare."
    )
    counted_in: str | None = strawberry.field(
        description="Where WITHHELD: the name of the nearest department above in whose score these answers are "
        "counted. Null where there is none, and where nothing is withheld."
    )
    wave: str | None = strawberry.field(
        description="Of enps, engagement, participationRate and burnout: key of the wave they are of, the latest that "
        "closed in the period, asked the department and asked for it; never several at once. Null where none did, "
        "and for other metrics."
    )
    secondary: float | None = strawberry.field(
        description="What `metric.secondary` says, e.g. of ces the share of answers 5 to 7, 0 to 1; null where "
        "value is, and for metrics without one."
    )
    secondary_interval: Interval | None = strawberry.field(
        description="95 %, of secondary; null where secondary is."
    )
    index: ScoreIndex | None = strawberry.field(
        description="Of an index, where there is a value: its items and their Cronbach's alpha. Null for other metrics."
    )
    basis: Basis | None = strawberry.field(
        description="What it is made of; null for metrics that are not of customers and their purchases."
    )
    additive: bool = strawberry.field(
        description="Whether a department's value comes of adding up those below it. False for retentionRate, "
        "churnRate, buyers, newCustomers and silentShare: a customer of two departments is one customer of the "
        "department above, so groups have no sum. False for employee surveys, too."
    )
    elsewhere: int | None = strawberry.field(
        description="Of churnRate: how many of the lost bought in another department in the period, 0 and up; null "
        "where "
        "value is, and for other metrics."
    )
    change: Change | None = strawberry.field(
        description="Against `compareTo`; null without it, unless both sides have a value, for older versions "
        "of a metric, for those that are not tested (turnoverRateHeadcount), and for engagement and burnout of waves "
        "that asked other questions. Null for the score of a group, too: a test of every group would find changes by "
        "chance alone."
    )
    rest: Rest | None = strawberry.field(
        description="Of a group, the other groups of the breakdown together; of a department, the one above without "
        "it. Null where either has a base below 30 or below `metric.minimumBase`, and for employee surveys; of a "
        "department also for older versions of a metric, and where `Scorecard.hasRest` is false.",
        metadata=UNSHAREABLE,  # made of scores of the department above
    )

    @strawberry.field(
        description="Opaque: department, metric version, period, reading, filter and comparison."
    )
    def id(self) -> strawberry.ID:
        scope = self.origin.scope
        parts = [
            self.origin.department_id,
            self.message.metric,
            self.message.version,
            scope.from_day,
            scope.to_day,
            int(scope.include_subtree),
            scope.tree,
            scope.filter,
            scope.compare_to,
            self.group,
        ]
        return strawberry.ID(global_id("Score", orjson.dumps(parts).decode()))

    @strawberry.field(
        description="What was measured, in the version the score was taken with.",
        graphql_type=MetricDefinition,
        metadata={**SHARED_CALL, **SHAREABLE, **at_once(_metric_at_once)},
    )
    def metric(
        self, info: Info
    ) -> definitions_pb2.Definition | Awaitable[definitions_pb2.Definition]:
        return loaders.definition_of(info.context, self.message.metric, self.message.version)

    @strawberry.field(
        description="How the number came about: formula in words, numbers, and how its interval is made.",
        metadata={**SHARED_CALL, **SHAREABLE, **at_once(_explanation_at_once)},
    )
    async def explanation(self, info: Info) -> ScoreExplanation:
        return _explanation_of(self.message, await _definition(info, self.message))

    @strawberry.field(
        description="How many gave each answer, by answer, don't know too where it is not in the base; null where "
        "value is, for metrics that are not made of answers (turnoverRate), and of employee surveys, which have "
        "`WaveScore.bands`."
    )
    def distribution(self) -> list[DistributionBucket] | None:
        return [_bucket(bucket) for bucket in self.message.distribution] or None

    @strawberry.field(
        description="The score of every calendar interval of the period, empty ones with NO_DATA; the "
        "first and last are cut to the period; at most 1,500. Of employee surveys the latest wave of each; "
        "with WAVE a point per wave. Null for the score of a group, which has no trend of "
        "its own, and when metrics is away.",
        metadata={**GROWING_CALL, **SHAREABLE},
    )
    async def trend(
        self,
        info: Info,
        interval: Annotated[
            CalendarInterval, strawberry.argument(description="How long each point is.")
        ],
    ) -> list[ScorePoint] | None:
        if self.group is not None:
            return None
        if interval is not CalendarInterval.WAVE:  # how many there are only the answer tells
            points = count_periods(self.origin.scope, interval)
            check_points(points)
            info.context.budget.spend(ROW_COST * points)
        request = pb.GetTrendRequest(
            department_id=self.origin.department_id,
            scope=self.origin.scope.message(),
            metric=name_of(self.message),
            interval=pb.CalendarInterval.Value(f"CALENDAR_INTERVAL_{interval.name}"),
        )
        reply = await info.context.call("metrics", info.context.clients.scores.GetTrend, request)
        if interval is CalendarInterval.WAVE:
            info.context.budget.spend(ROW_COST * len(reply.points))
        return [point_of(point) for point in reply.points]

    @strawberry.field(
        description="The score by groups; those without data are left out and the group without key "
        "comes last. Of an employee survey by child departments only, as they are today: each has its own score, or is "
        "WITHHELD, and they need not sum to the whole. Null for the score of a group, and when metrics is away.",
        metadata={**GROWING_CALL, **SHAREABLE},
    )
    async def breakdown(
        self,
        info: Info,
        by: Annotated[ScoreDimension, strawberry.argument(description="What to group by.")],
    ) -> list[ScoreGroup] | None:
        if self.group is not None:
            return None
        reply = await _break_down(info, self, by)
        info.context.budget.spend(ROW_COST * len(reply.groups))
        return [_group(self.origin, *numbered) for numbered in enumerate(reply.groups)]

    @strawberry.field(
        description="Of what `change` is made, by groups. Null where `change` is, for the score of a group, for "
        "employee surveys, where the metric has no such groups, and when metrics is away.",
        metadata={**GROWING_CALL, **SHAREABLE},
    )
    async def change_parts(
        self,
        info: Info,
        by: Annotated[ScoreDimension, strawberry.argument(description="What to group by.")],
    ) -> ChangeParts | None:
        if self.group is not None or self.change is None:
            return None
        reply = await _break_down(info, self, by, self.origin.scope.days_to_compare())
        info.context.budget.spend(ROW_COST * len(reply.change_parts.parts))
        return change_parts_of(reply.change_parts) if reply.HasField("change_parts") else None

    @strawberry.field(
        description="The same weighted by the headcounts of child departments; `value` stays pooled, every answer "
        "counting alike. Null for the score of a group, and when metrics is away.",
        metadata=OWN_CALL,
    )
    async def weighted(self, info: Info) -> WeightedScore | None:
        if self.group is not None:
            return None
        name = name_of(self.message)
        return await load_weighted(info.context, self.origin.department_id, self.origin.scope, name)

    @strawberry.field(
        description="What the department is to reach in this metric; `progress` is of this very score. Null without a "
        "target, for the score of a group, with a filter, without the subtree, for older versions of a metric, and "
        "when metrics is away.",
        metadata=SHARED_CALL,
    )
    async def target(self, info: Info) -> Target | None:
        scope, message = self.origin.scope, self.message
        if self.group is not None or scope.filter or not scope.include_subtree:
            return None
        ref = TargetsRef(self.origin.department_id, (scope.from_day, scope.to_day), scope.tree)
        for found in await targets(info.context).load(ref):
            if (found.metric, found.version) == (message.metric, message.version):
                return target_of(found)
        return None

    @strawberry.field(
        description="The newest analysis of drivers that is done and whose outcome this metric named: what goes "
        "together with this score, over the days that the analysis names. Null without one, for the score of a group, "
        "and when metrics is away.",
        metadata=OWN_CALL,
    )
    async def drivers(self, info: Info) -> DriverAnalysis | None:
        if self.group is not None:
            return None
        department_id, metric = self.origin.department_id, self.message.metric
        found = await newest_analyses(info.context, department_id, 1, metric=metric, only_done=True)
        return analysis_of(found[0]) if found else None

    @strawberry.field(
        description="The responses that this number counts, the newest first; of other departments' days those that "
        "you may read. Null for who may not read responses, for the score of a group, for metrics that are not made "
        "of answers (turnoverRate), for indices and employee surveys, and when survey is away.",
        graphql_type=GivenResponseConnection | None,
        metadata=OWN_CALL,
    )
    async def responses(
        self, info: Info, first: First = strawberry.UNSET, after: After = strawberry.UNSET
    ) -> Any:
        definition = await _definition(info, self.message)
        metric = counted_by(definition)
        if self.group is not None or metric is None:
            return None
        scope = self.origin.scope.to_read(self.origin.department_id)
        return await list_responses(info, scope, metric, first, after)


def counted_by(definition: definitions_pb2.Definition) -> reading_pb2.CountedBy | None:
    """How a metric counts responses; None for one that is not made of answers."""
    calculation = definition.calculation
    with_dont_know = calculation.denominator == definitions_pb2.DENOMINATOR_ALL
    match calculation.WhichOneof("item"):
        case "question_kind":
            kind = kind_number(calculation.question_kind)
            return reading_pb2.CountedBy(kind=kind, with_dont_know=with_dont_know)
        case "standard_item":
            item = calculation.standard_item
            return reading_pb2.CountedBy(standard_item=item, with_dont_know=with_dont_know)
        case "question":
            named = calculation.question
            question = reading_pb2.QuestionNamed(
                survey=named.survey, question=named.question, option=named.option
            )
            return reading_pb2.CountedBy(question=question, with_dont_know=with_dont_know)
        case _:
            return None


def name_of(message: pb.Score) -> str:
    """The metric of a score in the version it was taken with."""
    return f"{message.metric}@{message.version}"


def score_of(origin: ScoreOrigin, message: pb.Score, group: str | int | None = None) -> Score:
    """A score as it is shown; of one of a breakdown the key of the group, or its number."""
    return Score(
        message=message,
        origin=origin,
        group=group,
        status=status_number(message),
        value=optional(message, "value"),
        base=optional(message, "base"),
        interval=optional(message, "interval"),
        counted_in=message.counted_in or None,
        wave=message.wave or None,
        secondary=optional(message, "secondary"),
        secondary_interval=optional(message, "secondary_interval"),
        basis=as_graphql(message.basis or None),
        additive=not (message.counts_persons or message.metric in OF_WAVES),
        elsewhere=optional(message, "elsewhere"),
        index=index_of(message),
        change=optional(message, "change"),
        rest=rest_of(message),
    )


async def _break_down(
    info: Info, score: Score, by: ScoreDimension, compare_to: pb.Days | None = None
) -> pb.GetBreakdownResponse:
    request = pb.GetBreakdownRequest(
        department_id=score.origin.department_id,
        scope=score.origin.scope.message(),
        metric=name_of(score.message),
        dimension=pb.Dimension.Value(f"DIMENSION_{by.name}"),
        compare_to=compare_to,
    )
    clients = info.context.clients
    reply: pb.GetBreakdownResponse = await info.context.call(
        "metrics", clients.scores.GetBreakdown, request
    )
    return reply


def _explanation_of(message: pb.Score, definition: definitions_pb2.Definition) -> ScoreExplanation:
    method = message.interval.method if message.HasField("interval") else None
    is_few = method == "t" and message.base < ENOUGH_FOR_T
    return ScoreExplanation(
        formula=definition.formula,
        version=definition.version,
        denominator=definition.denominator,
        worked=message.worked or None,
        counts=[_bucket(bucket) for bucket in message.distribution],
        interval_method=method,
        interval_note=IntervalNote.T_BELOW_30 if is_few else None,
    )


def _bucket(message: pb.Bucket) -> DistributionBucket:
    return DistributionBucket(
        value=optional(message, "value"), label=message.label, count=message.count
    )


def _group(origin: ScoreOrigin, number: int, message: pb.Group) -> ScoreGroup:
    score = score_of(origin, message.score, group=message.key or number)
    places = optional(message, "places")
    return ScoreGroup(key=message.key or None, label=message.label, score=score, places=places)


async def _definition(info: Info, message: pb.Score) -> definitions_pb2.Definition:
    found = loaders.definition_of(info.context, message.metric, message.version)
    return found if isinstance(found, definitions_pb2.Definition) else await found
