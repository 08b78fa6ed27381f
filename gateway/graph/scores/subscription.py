"""The subscription scoreChanged."""

from collections.abc import AsyncIterator
from typing import Annotated

import strawberry

from cxm.metrics.v1 import scores_pb2 as pb
from gateway.graph.base.scalars import DateTime
from gateway.graph.scores import loaders
from gateway.live.listeners import ChangedScores, Listener, Metrics
from gateway.live.rights import check_readable
from gateway.request.context import Info
from services.kit.clock import instant_text
from services.kit.errors import Invalid

MOST_METRICS = 100


@strawberry.type(
    description="Scores of a department may differ from before: read them again. What is read after it "
    "has every change that led to it."
)
class ScoreChange:
    department: str = strawberry.field(description="Key of the department.")
    metrics: list[str] | None = strawberry.field(
        description="Keys of the metrics concerned. Null: any of them, because departments moved, a day "
        "began, or news may have been lost."
    )
    at: DateTime = strawberry.field(
        description="When the last of the changes was counted or noticed."
    )


@strawberry.type
class ScoreSubscription:
    @strawberry.subscription(
        description="Tells whenever scores of a department may have changed: by answers or staff, its own or "
        "those of a department that is, was or will be under it; by a move of departments; by a survey or a "
        "metric that counts otherwise; by a new day. At most 4 events a second; what happens faster becomes "
        "one event, and the last is never left out. Begins with the next change. Ends with NOT_FOUND where "
        "the viewer sees no such department, with FORBIDDEN where its role reads no scores."
    )
    async def score_changed(
        self,
        info: Info,
        department: Annotated[str, strawberry.argument(description="Its key.")],
        metrics: Annotated[
            list[str] | None,
            strawberry.argument(
                description="Keys of the metrics of interest; null or absent: all."
            ),
        ] = None,
    ) -> AsyncIterator[ScoreChange]:
        context = info.context
        reply = await context.call(
            "metrics",
            context.clients.scores.FindReadable,
            pb.FindReadableRequest(keys=[department]),
        )
        department_id = check_readable(department, reply)
        wanted = await _known(info, metrics)
        listener = Listener(context.viewer, department, department_id, wanted)
        await context.listeners.listen(listener)
        context.on_close(lambda: context.listeners.leave(listener))
        return _events(listener)


async def _known(info: Info, keys: list[str] | None) -> Metrics:
    """The metrics of these keys; Invalid for one that this organisation does not keep."""
    if keys is None:
        return None
    if not 1 <= len(keys) <= MOST_METRICS:
        raise Invalid(f"name 1 to {MOST_METRICS} metrics, or none for all", field=["metrics"])
    known = {definition.key for definition in await loaders.list_definitions(info.context)}
    if unknown := set(keys) - known:
        raise Invalid(
            f"no such metric: {min(unknown)}; there are: {', '.join(sorted(known))}",
            reason="UNKNOWN_METRIC",
            field=["metrics"],
        )
    return frozenset(keys)


async def _events(listener: Listener) -> AsyncIterator[ScoreChange]:
    async for change in listener.changes():
        yield _event(listener.key, change)


def _event(key: str, change: ChangedScores) -> ScoreChange:
    at = instant_text(change.at, timespec="milliseconds")
    metrics = None if change.metrics is None else sorted(change.metrics)
    return ScoreChange(department=key, metrics=metrics, at=DateTime(at))
