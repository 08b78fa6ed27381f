"""Recording points of customers."""

from datetime import date

import strawberry

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import points_pb2 as pb
from gateway.graph.base.batch import UpsertPayload, check_items, upsert_results
from gateway.graph.base.identifiers import IdentifierInput, timestamp_of
from gateway.graph.base.mutations import Input, mutate
from gateway.graph.base.scalars import DateTime
from gateway.graph.customers.points import PointKind
from gateway.request.context import Context, Info
from services.kit.clock import day_number

NAMES = {"items": "entries"}


@strawberry.input(description="Points that a customer earned or spent.")
class PointInput:
    identifier: IdentifierInput = strawberry.field(
        description="Whose they are; one that is not known becomes a customer."
    )
    id: str = strawberry.field(
        description="Of the entry in its source, 1 to 200 characters: with customer and time it names the entry."
    )
    at: DateTime = strawberry.field(description="When; at most a day ahead.")
    points: int = strawberry.field(
        description="Not 0, at most 1,000,000,000; below 0 where they are spent or corrected down."
    )
    kind: PointKind = strawberry.field(description="What it is.")
    expires_on: date | None = strawberry.field(
        default=None,
        description="The last day on which they can be spent, only where points is above 0; absent: they never end.",
    )
    source: str | None = strawberry.field(
        default=None, description="Who says so, e.g. till; at most 100 characters."
    )


@strawberry.input(description="1 to 1,000 entries, in any order.")
class RecordPointsInput:
    entries: list[PointInput] = strawberry.field(description="What was earned and spent.")


@strawberry.type(
    description="What became of each entry; the key of a result is the id that was sent. POINTS: nobody spends more "
    "than there is. A bad one harms no neighbour; an instant that is none refuses the call."
)
class RecordPointsPayload(UpsertPayload):
    pass


@strawberry.type
class PointMutation:
    @strawberry.field(
        description="Record points that customers earned and spent. Entries are only added; points that end first are "
        "spent first. Repeatable. Admins, analysts and integrations of the whole organisation."
    )
    async def record_points(
        self, info: Info, given: Input[RecordPointsInput]
    ) -> RecordPointsPayload:
        return await mutate(RecordPointsPayload, _record(info.context, given), NAMES)


async def _record(context: Context, given: RecordPointsInput) -> RecordPointsPayload:
    check_items(given.entries, "entries")
    items = [_item(each, ["entries", str(n)]) for n, each in enumerate(given.entries)]
    request = pb.RecordPointsRequest(items=items)
    reply = await context.call("profile", context.clients.points.RecordPoints, request)
    ids = [each.id for each in given.entries]
    return RecordPointsPayload(results=upsert_results(reply.results, ids, NAMES))


def _item(given: PointInput, where: list[str]) -> pb.PointItem:
    named = customers_pb2.Identifier(kind=given.identifier.kind, value=given.identifier.value)
    return pb.PointItem(
        identifier=named,
        id=given.id,
        at=timestamp_of(given.at, *where, "at"),
        points=given.points,
        kind=pb.PointKind.Value(f"POINT_KIND_{given.kind.name}"),
        expires_on=None if given.expires_on is None else day_number(given.expires_on),
        source=given.source or "",
    )
