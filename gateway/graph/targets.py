"""Setting and removing targets."""

from datetime import date

import strawberry

from cxm.metrics.v1 import targets_pb2 as pb
from gateway.calls.days import day_of
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.scores.targets import Target, TargetSide, target_of
from gateway.request.context import Context, Info

NAMES = {"due_day": "due"}


@strawberry.input(
    description="What a department, with all under it, is to reach in a metric. It replaces the target there is."
)
class SetTargetInput:
    department: str = strawberry.field(description="Key of the department.")
    metric: str = strawberry.field(description="Key of the metric, without a version.")
    value: float = strawberry.field(
        description="To be reached, in the metric's unit and within its range; at it or below where lower is better."
    )
    side: TargetSide = strawberry.field(description="Whose aim it is.")
    due: date = strawberry.field(
        description="The last day on which it may be reached: today to ten years from now."
    )
    owner: str | None = strawberry.field(
        default=None,
        description="Subject of who sees to it, as in grants, at most 255 characters; absent: nobody.",
    )


@strawberry.input(description="Whose target is removed.")
class RemoveTargetInput:
    department: str = strawberry.field(description="Key of the department.")
    metric: str = strawberry.field(description="Key of the metric, without a version.")


@strawberry.type(description="What became of a target.")
class SetTargetPayload:
    target: Target | None = strawberry.field(
        default=None,
        description="As it is now, without progress; the one before where nothing changed; null when it was refused.",
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused, e.g. VALUE_OUT_OF_RANGE, UNKNOWN_METRIC, DUE_DAY_OUT_OF_RANGE.",
    )


@strawberry.type(description="What was removed.")
class RemoveTargetPayload:
    removed: bool = strawberry.field(default=False, description="False: there was none.")
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why it was refused; empty if it was not."
    )


@strawberry.type
class TargetMutation:
    @strawberry.field(
        description="Set what a department is to reach in a metric; one target for each metric. Repeatable. Admins and "
        "analysts."
    )
    async def set_target(self, info: Info, given: Input[SetTargetInput]) -> SetTargetPayload:
        return await mutate(SetTargetPayload, _set(info.context, given), NAMES)

    @strawberry.field(
        description="Remove the target of a department in a metric. Repeatable. Admins and analysts."
    )
    async def remove_target(
        self, info: Info, given: Input[RemoveTargetInput]
    ) -> RemoveTargetPayload:
        return await mutate(RemoveTargetPayload, _remove(info.context, given))


async def _set(context: Context, given: SetTargetInput) -> SetTargetPayload:
    request = pb.SetTargetRequest(
        department=given.department,
        metric=given.metric,
        value=given.value,
        side=pb.TargetSide.Value(f"TARGET_SIDE_{given.side.name}"),
        due_day=day_of(given.due),
        owner=given.owner or "",
    )
    reply = await context.call("metrics", context.clients.targets.SetTarget, request)
    return SetTargetPayload(target=target_of(reply.target))


async def _remove(context: Context, given: RemoveTargetInput) -> RemoveTargetPayload:
    request = pb.RemoveTargetRequest(department=given.department, metric=given.metric)
    reply = await context.call("metrics", context.clients.targets.RemoveTarget, request)
    return RemoveTargetPayload(removed=reply.removed)
