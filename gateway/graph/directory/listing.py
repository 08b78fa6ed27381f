"""Departments a page at a time: all that the viewer may see, or those under a parent."""

from typing import Annotated

import strawberry

from cxm.profile.v1 import profile_pb2 as pb
from gateway.graph.base.paging import Page, page_request
from gateway.graph.base.selection import selects
from gateway.graph.directory.placements import keep_parents
from gateway.request.context import Info
from services.kit.rpc.fields import optional

Closed = Annotated[
    bool | None,
    strawberry.argument(
        description="Only those that are closed today (true), only the others (false); default: all."
    ),
]


def if_said(closed: bool | None) -> bool | None:
    """An argument, None where it was left out."""
    return closed if isinstance(closed, bool) else None


async def list_departments(
    info: Info,
    first: int | None,
    after: str | None,
    search: str,
    parent_id: str | None = None,
    closed: bool | None = None,
) -> Page:
    """The departments the viewer may see, or only those under a parent."""
    page = page_request(info, "Department", first, after)
    request = pb.ListDepartmentsRequest(
        first=page.first,
        after=page.after,
        search=search,
        parent_id=parent_id,
        count=page.count,
        closed=closed,
        with_parents=selects(info._raw_info, "edges", "node", "parent"),
    )
    reply = await info.context.call(
        "profile", info.context.clients.directory.ListDepartments, request
    )
    keep_parents(info.context, reply)
    total = optional(reply, "total")
    return Page("Department", reply.departments, reply.more, total, bool(page.after))
