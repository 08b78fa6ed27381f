"""The subscription alertRaised."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import strawberry

from cxm.metrics.v1 import alerts_pb2, scores_pb2
from gateway.graph.alerts.listing import list_alerts
from gateway.graph.alerts.types import Alert, alert_of
from gateway.live.listeners import AlertListener
from gateway.live.rights import check_readable
from gateway.request.budget import LARGEST_PAGE
from gateway.request.context import Context, Info
from services.kit.errors import Unavailable

READ_SECONDS = 5.0
AGAIN_SECONDS = 1.0


@strawberry.type
class AlertSubscription:
    @strawberry.subscription(
        description="Alerts of a department and all under it, as they are raised: once each, a second or two after the "
        "answer that made one. Begins with the next alert; what was raised while news may have been "
        "lost is told then. That an alert was acknowledged or is over is told by `scoreChanged`. Ends as that does."
    )
    async def alert_raised(
        self,
        info: Info,
        department: Annotated[str, strawberry.argument(description="Its key.")],
    ) -> AsyncIterator[Alert]:
        context = info.context
        request = scores_pb2.FindReadableRequest(keys=[department])
        reply = await context.call("metrics", context.clients.scores.FindReadable, request)
        department_id = check_readable(department, reply)
        listener = AlertListener(context.viewer, department, department_id)
        await context.listeners.listen(listener)
        context.on_close(lambda: context.listeners.leave(listener))
        return _raised(context, listener, await _newest(context, department_id))


async def _newest(context: Context, department_id: str) -> list[alerts_pb2.Alert]:
    page = await list_alerts(context, department_id, LARGEST_PAGE, is_open=None)
    return list(page.alerts)[::-1]


async def _raised(
    context: Context, listener: AlertListener, known: list[alerts_pb2.Alert]
) -> AsyncIterator[Alert]:
    """Those that were not there before; read with the viewer's rights each time, and again once metrics is back."""
    told = {alert.id for alert in known}
    async for _ in listener.raised():
        context.deadline = asyncio.get_running_loop().time() + READ_SECONDS
        try:
            found = await _newest(context, listener.department_id)
        except Unavailable:
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, listener.wake)
            continue
        for alert in found:
            if alert.id not in told:
                yield alert_of(alert)
        told = {alert.id for alert in found}
