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
from gateway.graph.base.paging import After, First
from gateway.graph.responses.given_pages import GivenResponseConnection
from gateway.graph.responses.reading import kind_number, list_responses
from gateway.graph.scores import loaders
from gateway.graph.scores.loaders import Scope
from gateway.graph.scores.trend import (
    ScorePoint,
    check_points,
    count_periods,
    point_of,
    status_number,
)
from gateway.graph.scores.values import (
    CalendarInterval,
    Change,
    DistributionBucket,
    Interval,
    MetricDefinition,
    ScoreDimension,
    ScoreStatus,
)
from gateway.request.context import Info
from gateway.request.prices import GROWING_CALL, OWN_CALL, SHARED_CALL
from services.kit.errors import NotFound
from services.kit.rpc.fields import optional

ROW_COST = 6
"""Values of one point of a trend, or of one group of a breakdown."""


@strawberry.type(
    description="One group of a breakdown. The groups sum to the whole, but for employee surveys."
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


@dataclass(frozen=True, slots=True)
class ScoreOrigin:
    """Where a score was taken: what a trend or a breakdown of it is asked for."""

    department_id: str
    scope: Scope


Message = strawberry.Private[pb.Score]


@strawberry.type(
    description="One metric of one department over one period, never without its base."
)
class Score:
    message: Message
    origin: strawberry.Private[ScoreOrigin]
    group: strawberry.Private[str | None]  # key of the group it is the score of; None: no group

    status: ScoreStatus = strawberry.field(description="Whether there is a value, and if not, why.")
    value: float | None = strawberry.field(
        description="In `metric.unit`; null unless status is OK or LOW_BASE."
    )
    base: int | None = strawberry.field(
        description="Responses behind it (turnoverRate: persons employed in the period; enps, engagement, burnout: "
        "employees who answered; participationRate: employees invited), 0 and up; null when NOT_APPLICABLE or "
        "WITHHELD, and for a participationRate that would tell more with it."
    )
    interval: Interval | None = strawberry.field(
        description="95 %, in `metric.unit`; null where value is, and for a participationRate without a base."
    )
    counted_in: str | None = strawberry.field(
        description="Where WITHHELD: the name of the nearest department above in whose score these answers are "
        "counted. Null where there is none, and where nothing is withheld."
    )
    wave: str | None = strawberry.field(
        description="Of enps, engagement, participationRate and burnout: key of the wave they are of, the latest that "
        "closed in the period and asked for it; never several at once. Null where none did, and for other metrics."
    )
    secondary: float | None = strawberry.field(
        description="What `metric.secondary` says, e.g. of ces the share of answers 5 to 7; null where "
        "value is, and for metrics without one."
    )
    secondary_interval: Interval | None = strawberry.field(
        description="95 %, of secondary; null where secondary is."
    )
    change: Change | None = strawberry.field(
        description="Against `compareTo`; null without it, unless both sides have a value, for older versions "
        "of a metric, and for those that are not tested (turnoverRateHeadcount). Null for "
        "the score of a group, too: a test of every group would find changes by chance alone."
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
        metadata=SHARED_CALL,
    )
    def metric(
        self, info: Info
    ) -> definitions_pb2.Definition | Awaitable[definitions_pb2.Definition]:
        key = (self.message.metric, self.message.version)
        known = info.context.cache.definitions.get(key)
        return known if known is not None else _definition(info, key)

    @strawberry.field(
        description="How many gave each answer, by answer, don't know too where it is not in the base; null where "
        "value is, for metrics that are not made of answers (turnoverRate), and of employee surveys, which have "
        "`WaveScore.bands`."
    )
    def distribution(self) -> list[DistributionBucket] | None:
        return [_bucket(bucket) for bucket in self.message.distribution] or None

    @strawberry.field(
        description="The score of every calendar interval of the period, empty ones with NO_DATA; the "
        "first and last are cut to the period; at most 1,500. Of employee surveys the latest wave that closed in each; "
        "with WAVE a point per wave. Null for the score of a group, which has no trend of "
        "its own, and when metrics is away.",
        metadata=GROWING_CALL,
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
        metadata=GROWING_CALL,
    )
    async def breakdown(
        self,
        info: Info,
        by: Annotated[ScoreDimension, strawberry.argument(description="What to group by.")],
    ) -> list[ScoreGroup] | None:
        if self.group is not None:
            return None
        request = pb.GetBreakdownRequest(
            department_id=self.origin.department_id,
            scope=self.origin.scope.message(),
            metric=name_of(self.message),
            dimension=pb.Dimension.Value(f"DIMENSION_{by.name}"),
        )
        reply = await info.context.call(
            "metrics", info.context.clients.scores.GetBreakdown, request
        )
        info.context.budget.spend(ROW_COST * len(reply.groups))
        return [_group(self.origin, group) for group in reply.groups]

    @strawberry.field(
        description="The responses that this number counts, the newest first; of other departments' days those that "
        "you may read. Null for who may not read responses, for the score of a group, for metrics that are not made "
        "of answers (turnoverRate), for employee surveys, and when survey is away.",
        graphql_type=GivenResponseConnection | None,
        metadata=OWN_CALL,
    )
    async def responses(
        self, info: Info, first: First = strawberry.UNSET, after: After = strawberry.UNSET
    ) -> Any:
        key = (self.message.metric, self.message.version)
        definition = info.context.cache.definitions.get(key) or await _definition(info, key)
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


def score_of(origin: ScoreOrigin, message: pb.Score, group: str | None = None) -> Score:
    """A score as it is shown; `group` is the group's key if it is one of a breakdown."""
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
        change=optional(message, "change"),
    )


def _bucket(message: pb.Bucket) -> DistributionBucket:
    return DistributionBucket(
        value=optional(message, "value"), label=message.label, count=message.count
    )


def _group(origin: ScoreOrigin, message: pb.Group) -> ScoreGroup:
    score = score_of(origin, message.score, group=message.key)
    return ScoreGroup(key=message.key or None, label=message.label, score=score)


async def _definition(info: Info, key: tuple[str, int]) -> definitions_pb2.Definition:
    definition = await loaders.definitions(info.context).load(key)
    if definition is None:
        raise NotFound(f"version {key[1]} of the metric {key[0]} is not known any more")
    return definition
