"""Interactions of customers as profile would answer for them."""

from typing import Any

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_REFUSED, ITEM_STATUS_STORED, ItemResult, Refusal
from cxm.profile.v1 import interactions_pb2 as pb
from cxm.profile.v1 import interactions_pb2_grpc
from services.kit.errors import NotFound
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices


class Interactions(interactions_pb2_grpc.InteractionServiceServicer):
    """Whatever has the id "bad" is refused; timelines are those that a test put in, newest first, by number."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def RecordInteractions(self, request: Any, context: Context) -> Any:
        self.services.note("RecordInteractions", request, context)
        results = map(_result, request.items)
        return pb.RecordInteractionsResponse(results=results)

    async def WithdrawInteractions(self, request: Any, context: Context) -> Any:
        self.services.note("WithdrawInteractions", request, context)
        results = map(_result, request.interactions)
        return pb.WithdrawInteractionsResponse(results=results)

    async def ListTimeline(self, request: Any, context: Context) -> Any:
        self.services.note("ListTimeline", request, context)
        known = self.services.timelines.get(request.number)
        if known is None:
            raise NotFound("no such customer")
        after = [each for each in known if _is_after(each.place, request)]
        return pb.ListTimelineResponse(
            number=request.number,
            interactions=after[: request.first],
            more=len(after) > request.first,
            customer_refs=[b"ref"],
        )

    async def GetWhereabouts(self, request: Any, context: Context) -> Any:
        self.services.note("GetWhereabouts", request, context)
        if request.number not in self.services.whereabouts:
            raise NotFound("no such customer")
        return self.services.whereabouts[request.number]

    async def ListInteractionKinds(self, request: Any, context: Context) -> Any:
        self.services.note("ListInteractionKinds", request, context)
        return pb.ListInteractionKindsResponse(kinds=self.services.interaction_kinds)

    async def UpsertInteractionKinds(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertInteractionKinds", request, context)
        results = [ItemResult(id=kind.key, status=ITEM_STATUS_STORED) for kind in request.kinds]
        return pb.UpsertInteractionKindsResponse(results=results)

    def ImportInteractions(self, request: Any, context: Context) -> Any:
        reply = pb.ImportInteractionsResponse
        return self.services.take("ImportInteractions", request, reply, context)


def _result(item: Any) -> ItemResult:
    if item.id == "bad":
        refusal = Refusal(reason="ERASED", message="was erased", field=["customer"])
        return ItemResult(status=ITEM_STATUS_REFUSED, refusals=[refusal])
    return ItemResult(id="1", status=ITEM_STATUS_STORED)


def _is_after(place: pb.TimelinePlace, request: Any) -> bool:
    if not request.HasField("after"):
        return True
    after = request.after
    if after.behind_instant:
        return bool(place.at_us < after.at_us)
    mine, last = (place.at_us, place.mark, place.alias), (after.at_us, after.mark, after.alias)
    return mine < last
