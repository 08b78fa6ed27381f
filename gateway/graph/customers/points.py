"""Points of customers: what there is, and the ledger."""

from datetime import date
from enum import Enum

import strawberry

from cxm.profile.v1 import points_pb2 as pb
from gateway.graph.base.identifiers import instant_of
from gateway.graph.base.paging import PageInfo, page_info_of, page_request
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Info
from services.kit.clock import day_date

ENTRIES = "PointEntry"


@strawberry.enum(description="What an entry of points is.")
class PointKind(Enum):
    EARNED = strawberry.enum_value(pb.POINT_KIND_EARNED, description="Got, for whatever.")
    SPENT = strawberry.enum_value(pb.POINT_KIND_SPENT, description="Used.")
    CORRECTED = strawberry.enum_value(
        pb.POINT_KIND_CORRECTED, description="Put right by hand, up or down."
    )


@strawberry.type(description="Points that a customer earned or spent.")
class PointEntry:
    alias: str = strawberry.field(description="Number of the alias it came with.")
    at: DateTime = strawberry.field(description="When.")
    points: int = strawberry.field(description="Below 0: spent, or corrected down.")
    kind: PointKind = strawberry.field(description="What it is.")
    expires_on: date | None = strawberry.field(
        description="The last day on which they can be spent; null: they never end."
    )
    source: str | None = strawberry.field(
        description="Who says so, as it was sent; null: nothing was."
    )
    recorded_by: str = strawberry.field(description="Subject of who recorded it.")


@strawberry.type(
    description="What a person has in points, and a page of its ledger, the newest first."
)
class CustomerPoints:
    balance: float = strawberry.field(
        description="What can be spent today; unit: whole points, 0 or more."
    )
    next_to_expire: float = strawberry.field(
        description="What of the balance ends first; unit: whole points; 0: none ends."
    )
    expires_on: date | None = strawberry.field(
        description="The last day on which these can be spent; null: none of the balance ends."
    )
    entries: list[PointEntry] = strawberry.field(description="Entries of all its aliases.")
    page_info: PageInfo = strawberry.field(description="Where this page of entries stands.")


async def read_points(
    info: Info, number: int, first: int | None, after: str | None
) -> CustomerPoints:
    """Of the person of an alias."""
    page = page_request(info, ENTRIES, first, after)
    request = pb.ListPointsRequest(number=number, first=page.first, after=page.after)
    reply = await info.context.call("profile", info.context.clients.points.ListPoints, request)
    return CustomerPoints(
        balance=reply.balance,
        next_to_expire=reply.next_to_expire,
        expires_on=day_date(reply.expires_on) if reply.HasField("expires_on") else None,
        entries=[_entry(entry) for entry in reply.entries],
        page_info=page_info_of(
            reply.cursors,
            lambda cursor: info.context.cursor(ENTRIES, cursor),
            more=reply.more,
            is_later=bool(page.after),
        ),
    )


def _entry(entry: pb.StoredPoints) -> PointEntry:
    return PointEntry(
        alias=str(entry.alias),
        at=instant_of(entry.at),
        points=entry.points,
        kind=PointKind(entry.kind),
        expires_on=day_date(entry.expires_on) if entry.HasField("expires_on") else None,
        source=entry.source or None,
        recorded_by=entry.recorded_by,
    )
