"""Alerts as they are read."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import strawberry

from cxm.metrics.v1 import alerts_pb2 as pb
from cxm.metrics.v1 import definitions_pb2
from gateway.calls.days import date_of
from gateway.graph.base.paging import PageInfo, page_info_of
from gateway.graph.base.scalars import DateTime
from gateway.graph.responses.given import KeyAndName
from gateway.graph.scores import loaders
from gateway.graph.scores.values import Interval, MetricDefinition
from gateway.request.context import Info
from gateway.request.prices import SHARED_CALL
from services.kit.rpc.fields import optional

LISTING = "Alert"


@strawberry.enum(description="By what an alert is raised.")
class AlertRule(Enum):
    EWMA = strawberry.enum_value(
        1,
        description="The weighted average of the latest five weeks lies below the level of the twelve weeks before "
        "them, as unlikely as 2.5 standard deviations of a normal distribution: weeks of 30 answers or more, the "
        "running one from a quarter of a usual week on.",
    )


@strawberry.enum(description="What somebody who saw an alert does about it.")
class AlertAction(Enum):
    ACTING = strawberry.enum_value(1, description="Somebody sees to it.")
    NO_ACTION = strawberry.enum_value(2, description="It was seen, and nothing is done.")


@strawberry.enum(description="Why an alert is over.")
class AlertEnd(Enum):
    BACK = strawberry.enum_value(1, description="The score is back at its usual level.")
    NEW_LEVEL = strawberry.enum_value(
        2, description="It lasted for 16 weeks: this is the usual level now."
    )
    NOT_JUDGED = strawberry.enum_value(
        3, description="Too few answers came, or the metric is counted in another way."
    )


@strawberry.type(description="What somebody does about an alert.")
class AlertAcknowledgement:
    action: AlertAction = strawberry.field(description="What is done.")
    by: str = strawberry.field(description="Subject of who said so.")
    at: DateTime = strawberry.field(description="When.")


@strawberry.type(
    description="A score of customers fell below the usual level of a department, with all under it. What is said of "
    "the fall is as it was when the alert was raised. Of a department and a metric one at most is open."
)
class Alert:
    message: strawberry.Private[pb.Alert]

    id: strawberry.ID = strawberry.field(description="For `acknowledgeAlert`.")
    department: KeyAndName = strawberry.field(description="Whose score it is.")
    rule: AlertRule = strawberry.field(description="By what it was raised.")
    raised_at: DateTime = strawberry.field(description="When it was noticed.")
    since: date = strawberry.field(
        description="Monday of the week in which the fall began, about: the week from which on the score lies farthest "
        "below its usual level. Of small falls it is the very week in half of the cases."
    )
    value: float = strawberry.field(
        description="The score from `since` to when the alert was raised, in `metric.unit`. An alert is raised when "
        "the score looks worst, so a small fall looks larger in it than it is."
    )
    value_interval: Interval | None = strawberry.field(
        description="Of `value`, 95 % as of answers that were not chosen for being low: of falls that are just seen it "
        "holds the true score in nearly 9 of 10. Null of an alert that was raised "
        "before intervals were kept."
    )
    base: int = strawberry.field(description="Answers behind `value`, 30 and up.")
    usual: float = strawberry.field(description="The usual level, in `metric.unit`.")
    usual_interval: Interval | None = strawberry.field(
        description="Of `usual`; null where `valueInterval` is."
    )
    usual_base: int = strawberry.field(description="Answers behind `usual`, 240 and up.")
    deviation: float = strawberry.field(
        description="How unlikely the fall is by chance: as so many standard deviations of a normal distribution, 2.5 "
        "and up."
    )
    touchpoint: KeyAndName | None = strawberry.field(
        description="Where the fall sits: the touchpoint that fell clearly more than all others together. Null where "
        "it is not of one alone, or of one that is not the viewer's to see."
    )
    segment: str | None = strawberry.field(
        description="Key of the segment where it sits; null where it is not in one alone."
    )
    acknowledgement: AlertAcknowledgement | None = strawberry.field(
        description="What is done about it; null until somebody says so."
    )
    ended_at: DateTime | None = strawberry.field(description="Since when it is over; null: open.")
    end: AlertEnd | None = strawberry.field(description="Why it is over; null: it is open.")

    @strawberry.field(
        description="The metric, in the version of then.",
        graphql_type=MetricDefinition,
        metadata=SHARED_CALL,
    )
    def metric(
        self, info: Info
    ) -> definitions_pb2.Definition | Awaitable[definitions_pb2.Definition]:
        return loaders.definition_of(info.context, self.message.metric, self.message.version)


def alert_of(message: pb.Alert) -> Alert:
    """An alert as it is shown."""
    is_named = message.HasField("touchpoint")
    return Alert(
        message=message,
        id=strawberry.ID(message.id),
        department=KeyAndName(key=message.department_key, name=message.department_name),
        rule=AlertRule(message.rule),
        raised_at=DateTime(message.raised_at),
        since=date_of(message.since_day),
        value=message.value,
        value_interval=optional(message, "value_interval"),
        usual_interval=optional(message, "usual_interval"),
        base=message.base,
        usual=message.usual,
        usual_base=message.usual_base,
        deviation=abs(message.deviation),
        touchpoint=KeyAndName(key=message.touchpoint.key, name=message.touchpoint.name)
        if is_named
        else None,
        segment=message.segment or None,
        acknowledgement=_acknowledgement(message),
        ended_at=DateTime(message.ended_at) if message.ended_at else None,
        end=AlertEnd(message.end) if message.end else None,
    )


def _acknowledgement(message: pb.Alert) -> AlertAcknowledgement | None:
    if not message.action:
        return None
    return AlertAcknowledgement(
        action=AlertAction(message.action),
        by=message.acknowledged_by,
        at=DateTime(message.acknowledged_at),
    )


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One page, as the service answered."""

    alerts: Sequence[pb.Alert]
    more: bool
    is_later: bool


@strawberry.type(description="One alert of a page.")
class AlertEdge:
    node: Alert = strawberry.field(description="The alert.")
    cursor: str = strawberry.field(
        description="Opaque place of the item; useless to another viewer."
    )


@strawberry.type(description="Alerts, the newest first.")
class AlertConnection:
    edges: list[AlertEdge] = strawberry.field(description="The alerts.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


def connection_of(info: Info, page: AlertPage) -> AlertConnection:
    """A page as it is shown."""
    edges = [
        AlertEdge(node=alert_of(each), cursor=info.context.cursor(LISTING, each.id))
        for each in page.alerts
    ]
    place = page_info_of(edges, lambda edge: edge.cursor, more=page.more, is_later=page.is_later)
    return AlertConnection(edges=edges, page_info=place)
