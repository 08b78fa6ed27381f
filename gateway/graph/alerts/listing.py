"""Alerts of a department and all under it."""

from typing import Annotated

import strawberry

from cxm.metrics.v1 import alerts_pb2 as pb
from cxm.profile.v1 import profile_pb2
from gateway.graph.alerts.types import LISTING, AlertConnection, AlertPage, connection_of
from gateway.graph.base.paging import After, First, page_request
from gateway.request.context import Context, Info

Open = Annotated[
    bool | None,
    strawberry.argument(description="Only open ones, or only those that are over; null: both."),
]


async def alerts_of(
    root: strawberry.Parent[profile_pb2.Department],
    info: Info,
    first: First = None,
    after: After = None,
    open: Open = None,  # noqa: A002 - its name in the schema
) -> AlertConnection:
    """One page, the newest first."""
    asked = page_request(info, LISTING, first, after)
    page = await list_alerts(info.context, root.id, asked.first, asked.after, is_open=open)
    return connection_of(info, page)


async def list_alerts(
    context: Context, department_id: str, first: int, after: str = "", *, is_open: bool | None
) -> AlertPage:
    """A page as metrics answers it."""
    request = pb.ListAlertsRequest(
        department_id=department_id, open=is_open, first=first, after=after
    )
    reply = await context.call("metrics", context.clients.alerts.ListAlerts, request)
    return AlertPage(reply.alerts, reply.more, bool(after))
