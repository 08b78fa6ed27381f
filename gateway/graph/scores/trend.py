"""Trends: a score by calendar interval, or by wave."""

from datetime import date

import strawberry

from cxm.metrics.v1 import scores_pb2 as pb
from gateway.calls.days import date_of
from gateway.graph.base.node import as_graphql
from gateway.graph.scores.loaders import Scope
from gateway.graph.scores.values import CalendarInterval, Interval, ScoreStatus
from services.kit.errors import Invalid
from services.kit.rpc.fields import optional

MOST_POINTS = 1_500
"""Of one trend; metrics holds to the same."""


@strawberry.type(description="One calendar interval of a trend.")
class ScorePoint:
    from_: date = strawberry.field(
        name="from", description="First day, included; cut to the period."
    )
    to: date = strawberry.field(description="Last day, excluded; cut to the period.")
    value: float | None = strawberry.field(
        description="In the metric's unit; null unless status is OK or LOW_BASE."
    )
    base: int | None = strawberry.field(
        description="As `Score.base`; null when NOT_APPLICABLE or WITHHELD."
    )
    interval: Interval | None = strawberry.field(description="95 %; null where value is.")
    status: ScoreStatus = strawberry.field(description="Whether there is a value.")
    counted_in: str | None = strawberry.field(description="As `Score.countedIn`, null as it.")
    wave: str | None = strawberry.field(description="As `Score.wave`, null as it.")


def status_number(message: pb.Score) -> ScoreStatus:
    """The status as it is shown; gateways of the last version read NO_DATA for those they do not know."""
    if message.is_withheld:
        return as_graphql(pb.SCORE_STATUS_WITHHELD)  # type: ignore[no-any-return]
    return as_graphql(pb.SCORE_STATUS_COUNTING if message.is_counting else message.status)  # type: ignore[no-any-return]


def point_of(message: pb.TrendPoint) -> ScorePoint:
    """One point as it is shown."""
    return ScorePoint(
        from_=date_of(message.from_day),
        to=date_of(message.to_day),
        value=optional(message.score, "value"),
        base=optional(message.score, "base"),
        interval=optional(message.score, "interval"),
        status=status_number(message.score),
        counted_in=message.score.counted_in or None,
        wave=message.score.wave or None,
    )


def count_periods(scope: Scope, interval: CalendarInterval) -> int:
    """Calendar intervals that a period touches."""
    if interval is CalendarInterval.DAY:
        return scope.to_day - scope.from_day
    if interval is CalendarInterval.WEEK:  # days are counted from a Thursday
        return (scope.to_day - 1 + 3) // 7 - (scope.from_day + 3) // 7 + 1
    first, last = date_of(scope.from_day), date_of(scope.to_day - 1)
    months = 3 if interval is CalendarInterval.QUARTER else 1
    return (
        (last.year * 12 + last.month - 1) // months
        - (first.year * 12 + first.month - 1) // months
        + 1
    )


def check_points(points: int) -> None:
    """Invalid for a trend nobody could read."""
    if points > MOST_POINTS:
        raise Invalid(
            f"this trend would have {points:,} points: ask for at most {MOST_POINTS:,}, by a longer "
            "interval or over a shorter period",
            reason="TOO_MANY_POINTS",
            field=["interval"],
        )
