"""Targets: what a department is to reach in a metric, and how far it is."""

from collections import defaultdict
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import strawberry

from cxm.metrics.v1 import definitions_pb2, scores_pb2
from cxm.metrics.v1 import targets_pb2 as pb
from gateway.calls.days import date_of
from gateway.graph.base.loaders import Loader, load_apart, request_loader
from gateway.graph.base.scalars import DateTime
from gateway.graph.scores import loaders
from gateway.graph.scores.values import Interval, MetricDefinition
from gateway.request.context import Context, Info
from gateway.request.prices import SHARED_CALL
from services.kit.errors import Denied, Failure
from services.kit.rpc.fields import optional


@strawberry.enum(description="Whose aim a target is.")
class TargetSide(Enum):
    CUSTOMER = strawberry.enum_value(1, description="What customers are to experience.")
    COMPANY = strawberry.enum_value(2, description="What the company wants for itself.")


@strawberry.enum(
    description="How a score stands to a target. Past it: at it or above; at it or below where lower is better."
)
class TargetStatus(Enum):
    REACHED = strawberry.enum_value(1, description="The whole interval is past it.")
    ABOVE_NOT_SURE = strawberry.enum_value(
        2, description="The value is past it, but its interval still holds it."
    )
    NOT_YET = strawberry.enum_value(3, description="The value is not past it.")
    MISSED = strawberry.enum_value(4, description="The due day is gone, and it is not REACHED.")
    NO_VALUE = strawberry.enum_value(
        5, description="No score, or one of a base below 30, of which nothing is said."
    )


@strawberry.type(description="How far a department is, by its score over some days.")
class TargetProgress:
    status: TargetStatus = strawberry.field(description="How that score stands to the target.")
    from_: date = strawberry.field(name="from", description="First day of that score, included.")
    to: date = strawberry.field(description="Last day of it, excluded.")
    value: float | None = strawberry.field(
        description="That score, in `metric.unit`; null as `Score.value`."
    )
    base: int | None = strawberry.field(
        description="Responses or people behind it, 0 and up; null as `Score.base`."
    )
    interval: Interval | None = strawberry.field(
        description="95 %, in `metric.unit`; null as `Score.interval`."
    )
    chance: float | None = strawberry.field(
        description="How likely it is, 0 to 1, that the value of a month at the due day is past the target, if the "
        "last 12 months go on: a projection of a straight line, which knows no season and no plan. Null where fewer "
        "than 4 months (of employee surveys: months in which a wave closed) have a value or all answers are the same, "
        "where status is NO_VALUE, and once the due day is gone."
    )


@strawberry.type(
    description="What a department, with all under it, is to reach in a metric: one for each metric."
)
class Target:
    message: strawberry.Private[pb.Target]

    value: float = strawberry.field(description="To be reached, in `metric.unit`.")
    side: TargetSide = strawberry.field(description="Whose aim it is.")
    due: date = strawberry.field(description="The last day on which it may be reached.")
    owner: str | None = strawberry.field(
        description="Subject of who sees to it, as in grants; null for nobody."
    )
    set_by: str = strawberry.field(description="Subject of who set it.")
    set_at: DateTime = strawberry.field(description="When.")
    progress: TargetProgress | None = strawberry.field(
        description="How far the department is; null in the payload of `setTarget`."
    )

    @strawberry.field(
        description="What is measured, in its newest version.",
        graphql_type=MetricDefinition,
        metadata=SHARED_CALL,
    )
    def metric(
        self, info: Info
    ) -> definitions_pb2.Definition | Awaitable[definitions_pb2.Definition]:
        return loaders.definition_of(info.context, self.message.metric, self.message.version)


@dataclass(frozen=True, slots=True)
class TargetsRef:
    """A department's targets, judged over days [from, to); `days` None: the latest."""

    department_id: str
    days: tuple[int, int] | None = None
    tree: scores_pb2.TreeReading.ValueType = scores_pb2.TREE_READING_TODAY


Judged = tuple[tuple[int, int] | None, scores_pb2.TreeReading.ValueType]
"""Days [from, to), and the reading of the tree."""


def targets(context: Context) -> Loader[TargetsRef, list[pb.Target]]:
    """One call for all departments that are asked for the same days and reading; by metric."""

    async def load_group(
        group: Judged, refs: list[TargetsRef]
    ) -> dict[TargetsRef, list[pb.Target] | Failure]:
        days, tree = group
        request = pb.ListTargetsRequest(
            department_ids=[ref.department_id for ref in refs],
            days=None if days is None else scores_pb2.Days(from_day=days[0], to_day=days[1]),
            tree=tree,
        )
        reply = await context.call("metrics", context.clients.targets.ListTargets, request)
        denied = Denied("your role does not allow this (read scores)")
        found: dict[str, list[pb.Target]] = defaultdict(list)
        for target in reply.targets:
            found[target.department_id].append(target)
        return {
            ref: denied if ref.department_id in reply.denied_ids else found[ref.department_id]
            for ref in refs
        }

    async def load(refs: list[TargetsRef]) -> Sequence[list[pb.Target] | Failure]:
        groups: dict[Judged, list[TargetsRef]] = defaultdict(list)
        for ref in refs:
            groups[ref.days, ref.tree].append(ref)
        loaded = await load_apart(groups, load_group)
        return [loaded[ref] for ref in refs]

    return request_loader(context, "targets", load)


def target_of(message: pb.Target) -> Target:
    """A target as it is shown."""
    return Target(
        message=message,
        value=message.value,
        side=TargetSide(message.side),
        due=date_of(message.due_day),
        owner=message.owner or None,
        set_by=message.set_by,
        set_at=DateTime(message.set_at),
        progress=_progress(message.progress) if message.HasField("progress") else None,
    )


def _progress(message: pb.TargetProgress) -> TargetProgress:
    return TargetProgress(
        status=TargetStatus(message.status),
        from_=date_of(message.from_day),
        to=date_of(message.to_day),
        value=optional(message, "value"),
        base=optional(message, "base"),
        interval=optional(message, "interval"),
        chance=optional(message, "chance"),
    )
