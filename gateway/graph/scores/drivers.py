"""Analyses of drivers: what goes together with a score."""

from collections.abc import Sequence
from datetime import date
from enum import Enum

import strawberry

from cxm.metrics.v1 import drivers_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from gateway.calls.days import date_of
from gateway.graph.base.scalars import DateTime
from gateway.graph.scores.values import FILTERS, Interval, Period, TreeReading
from gateway.request.context import Context
from services.kit.rpc.fields import optional

_NOT_DONE = "null until it is done"


@strawberry.enum(description="How what is explained is divided among drivers.")
class DriverMethod(Enum):
    SHAPLEY = strawberry.enum_value(
        pb.DRIVER_METHOD_SHAPLEY,
        description="What a driver adds, averaged over all orders; exact, at most 12 drivers.",
    )
    JOHNSON = strawberry.enum_value(
        pb.DRIVER_METHOD_JOHNSON, description="Johnson's relative weights."
    )


@strawberry.enum(description="How far an analysis of drivers is.")
class DriverAnalysisState(Enum):
    WAITING = strawberry.enum_value(
        pb.ANALYSIS_STATE_WAITING, description="Others are worked on first: ask again."
    )
    RUNNING = strawberry.enum_value(
        pb.ANALYSIS_STATE_RUNNING, description="It is worked on: ask again."
    )
    DONE = strawberry.enum_value(pb.ANALYSIS_STATE_DONE, description="It has come to its end.")
    FAILED = strawberry.enum_value(
        pb.ANALYSIS_STATE_FAILED, description="It came to no end; `failure` says why."
    )
    CANCELLED = strawberry.enum_value(
        pb.ANALYSIS_STATE_CANCELLED, description="Somebody cancelled it."
    )


@strawberry.enum(description="Whether drivers have weights, and if not, why.")
class DriverWeightStatus(Enum):
    OK = strawberry.enum_value(pb.WEIGHT_STATUS_OK, description="There are weights.")
    INSUFFICIENT_BASE = strawberry.enum_value(
        pb.WEIGHT_STATUS_INSUFFICIENT_BASE,
        description="Fewer than 100 responses, or fewer than 10 for each driver, answered everything.",
    )
    OUTCOME_CONSTANT = strawberry.enum_value(
        pb.WEIGHT_STATUS_OUTCOME_CONSTANT, description="All answers to the outcome are the same."
    )
    DRIVERS_CONSTANT = strawberry.enum_value(
        pb.WEIGHT_STATUS_DRIVERS_CONSTANT,
        description="Fewer than two drivers have different answers.",
    )
    NOTHING_EXPLAINED = strawberry.enum_value(
        pb.WEIGHT_STATUS_NOTHING_EXPLAINED,
        description="Drivers without any link to the outcome would explain as much (F test, 0.05).",
    )


@strawberry.enum(
    description="Whether better answers to a driver go with better answers to the outcome; of CES1 a low one is better."
)
class DriverDirection(Enum):
    SAME = strawberry.enum_value(
        pb.DIRECTION_SAME, description="With better ones: the interval of `correlation` is above 0."
    )
    OPPOSITE = strawberry.enum_value(
        pb.DIRECTION_OPPOSITE,
        description="With worse ones: the interval is below 0. So it is where a high answer says something bad.",
    )
    UNCLEAR = strawberry.enum_value(
        pb.DIRECTION_UNCLEAR, description="The interval holds 0: it may be either."
    )


@strawberry.enum(
    description="Where a driver stands. Weighty: at least an equal share of `rSquared`. Strong: at least the mean "
    "share of satisfied of those that do not go the other way. Nothing of it says what causes what."
)
class DriverQuadrant(Enum):
    FIX_FIRST = strawberry.enum_value(pb.QUADRANT_FIX_FIRST, description="Weighty, and not strong.")
    KEEP_UP = strawberry.enum_value(pb.QUADRANT_KEEP_UP, description="Weighty and strong.")
    WATCH = strawberry.enum_value(pb.QUADRANT_WATCH, description="Neither.")
    LEAVE = strawberry.enum_value(pb.QUADRANT_LEAVE, description="Strong, and not weighty.")


@strawberry.type(description="A question whose answers may go together with the outcome.")
class Driver:
    question: str | None = strawberry.field(
        description="Key of the question; null when the survey asks it no more."
    )
    satisfied: float | None = strawberry.field(
        description="Share, 0 to 1, of the base with one of the two best answers (CES: 5 to 7; a scale of two or three "
        "answers: the best); null until it is done, and for a base below 10."
    )
    satisfied_interval: Interval | None = strawberry.field(
        description="95 %, 0 to 1; null as `satisfied`."
    )
    weight: float | None = strawberry.field(
        description="Part of `rSquared`, 0 to 1, never negative: `direction` says which way it goes. Null without "
        "weights, and where all its answers are the same."
    )
    weight_interval: Interval | None = strawberry.field(
        description="95 %, 0 to 1; null as `weight`."
    )
    share: float | None = strawberry.field(
        description="`weight` over `rSquared`, 0 to 1; null as `weight`."
    )
    share_interval: Interval | None = strawberry.field(
        description="95 %, 0 to 1; null as `weight`."
    )
    quadrant: DriverQuadrant | None = strawberry.field(
        description="Where it stands; null as `weight`, where its direction is OPPOSITE, and where it is weighty and "
        "its direction UNCLEAR."
    )
    correlation: float | None = strawberry.field(
        description="Of better answers with better answers to the outcome, -1 to 1, without regard to other drivers; "
        "null as `weight`."
    )
    correlation_interval: Interval | None = strawberry.field(
        description="95 %, -1 to 1; null as `weight`."
    )
    direction: DriverDirection | None = strawberry.field(
        description="Which way it goes; null as `weight`."
    )


@strawberry.type(
    description="What goes together with an outcome, found from answers of one response side by side. It is worked on "
    "after it is asked for, and kept as it was found: later answers do not change it."
)
class DriverAnalysis:
    id: strawberry.ID = strawberry.field(description="UUID, of this analysis alone.")
    state: DriverAnalysisState = strawberry.field(description="How far it is.")
    progress: float = strawberry.field(description="0 to 1.")
    failure: str | None = strawberry.field(
        description="Why it came to no end, for people; null unless state is FAILED."
    )
    survey: str = strawberry.field(description="Key of the survey that asks outcome and drivers.")
    metric: str | None = strawberry.field(
        description="Key of the metric that named the outcome; null when a question was named."
    )
    outcome: str | None = strawberry.field(
        description="Key of the question that is the outcome; null when the survey asks it no more."
    )
    method: DriverMethod = strawberry.field(description="How what is explained is divided.")
    period: Period = strawberry.field(description="Days of the answers.")
    include_subtree: bool = strawberry.field(
        description="With all under the department, or what is directly there."
    )
    tree: TreeReading = strawberry.field(description="How the subtree was read.")
    filter: list["AppliedFilter"] = strawberry.field(
        description="Which answers counted, at most 5 of these; empty for all."
    )
    asked_by: str = strawberry.field(description="Subject of who asked for it.")
    asked_at: DateTime = strawberry.field(description="When.")
    ended_at: DateTime | None = strawberry.field(description="When it ended; null until then.")
    status: DriverWeightStatus | None = strawberry.field(
        description=f"Whether there are weights; {_NOT_DONE}."
    )
    answered: int | None = strawberry.field(
        description=f"Responses that answered the outcome, 0 and up; {_NOT_DONE}."
    )
    base: int | None = strawberry.field(
        description=f"Of them those that answered every driver too, don't know left out, 0 and up; {_NOT_DONE}."
    )
    explained: float | None = strawberry.field(
        description="Share of the differences in the outcome that goes together with the drivers among all who could "
        "have answered (adjusted R squared), 0 to 1; null where status is neither OK nor NOTHING_EXPLAINED."
    )
    explained_interval: Interval | None = strawberry.field(
        description="95 %, 0 to 1, exact where answers are normal; null as `explained`."
    )
    r_squared: float | None = strawberry.field(
        description="R squared of the answers there are, 0 to 1, to which all weights sum. It lies above `explained`: "
        "drivers explain something of any answers by chance. Null as `explained`."
    )
    p_value: float | None = strawberry.field(
        description="Of the F test that nothing is explained, 0 to 1; null as `explained`."
    )
    drivers: list[Driver] = strawberry.field(description="As they were named.")


@strawberry.type(description="A dimension and the value that answers have in it.")
class AppliedFilter:
    dimension: str = strawberry.field(
        description="A field of `ScoreFilter`: touchpoint, stage, channel, segment or language."
    )
    value: str = strawberry.field(description="As it was sent.")


def analysis_of(message: pb.DriverAnalysis) -> DriverAnalysis:
    """An analysis as it is shown."""
    scope = message.scope
    return DriverAnalysis(
        id=strawberry.ID(message.id),
        state=DriverAnalysisState(message.state),
        progress=message.progress,
        failure=message.failure or None,
        survey=message.survey,
        metric=message.metric or None,
        outcome=message.outcome or None,
        method=DriverMethod(message.method),
        period=_period(scope.from_day, scope.to_day),
        include_subtree=scope.include_subtree,
        tree=TreeReading(scope.tree),
        filter=_filter(scope.filter),
        asked_by=message.asked_by,
        asked_at=DateTime(message.asked_at),
        ended_at=DateTime(message.ended_at) if message.ended_at else None,
        status=DriverWeightStatus(message.status) if message.status else None,
        answered=optional(message, "answered"),
        base=optional(message, "base"),
        explained=optional(message, "explained"),
        explained_interval=optional(message, "explained_interval"),
        r_squared=optional(message, "r_squared"),
        p_value=optional(message, "p_value"),
        drivers=[_driver(driver) for driver in message.drivers],
    )


async def newest_analyses(
    context: Context,
    department_id: str,
    count: int,
    *,
    survey: str | None = None,
    metric: str | None = None,
    only_done: bool = False,
) -> Sequence[pb.DriverAnalysis]:
    """The newest analyses of a department, of a survey and a metric (keys) where these are named."""
    request = pb.ListDriverAnalysesRequest(
        department_id=department_id,
        survey=survey,
        metric=metric,
        only_done=only_done,
        limit=count,
    )
    reply = await context.call("metrics", context.clients.drivers.ListDriverAnalyses, request)
    return reply.analyses


def _driver(message: pb.Driver) -> Driver:
    return Driver(
        question=message.question or None,
        satisfied=optional(message, "satisfied"),
        satisfied_interval=optional(message, "satisfied_interval"),
        weight=optional(message, "weight"),
        weight_interval=optional(message, "weight_interval"),
        share=optional(message, "share"),
        share_interval=optional(message, "share_interval"),
        quadrant=DriverQuadrant(message.quadrant) if message.quadrant else None,
        correlation=optional(message, "correlation"),
        correlation_interval=optional(message, "correlation_interval"),
        direction=DriverDirection(message.direction) if message.direction else None,
    )


def _period(from_day: int, to_day: int) -> Period:
    first: date = date_of(from_day)
    return Period(from_=first, to=date_of(to_day))


def _filter(message: scores_pb2.Filter) -> list[AppliedFilter]:
    return [
        AppliedFilter(dimension=name, value=value)
        for name in FILTERS
        if (value := optional(message, name)) is not None
    ]
