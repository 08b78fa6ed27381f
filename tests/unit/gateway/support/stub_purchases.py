"""Purchases as profile would answer for them."""

from typing import Any

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_STORED, ItemResult
from cxm.profile.v1 import purchases_pb2 as pb
from cxm.profile.v1 import purchases_pb2_grpc
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices


class Purchases(purchases_pb2_grpc.PurchaseServiceServicer):
    """Every customer has those that a test put in."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def RecordPurchases(self, request: Any, context: Context) -> Any:
        self.services.note("RecordPurchases", request, context)
        results = [ItemResult(id="1", status=ITEM_STATUS_STORED) for _ in request.items]
        return pb.RecordPurchasesResponse(results=results)

    async def WithdrawPurchases(self, request: Any, context: Context) -> Any:
        self.services.note("WithdrawPurchases", request, context)
        results = [ItemResult(id=each.id, status=ITEM_STATUS_STORED) for each in request.purchases]
        return pb.WithdrawPurchasesResponse(results=results)

    async def ListPurchases(self, request: Any, context: Context) -> Any:
        self.services.note("ListPurchases", request, context)
        known = [
            each
            for each in self.services.purchases
            if not request.HasField("after") or each.place.mark < request.after.mark
        ]
        sold = [each for each in self.services.purchases if not each.is_return]
        back = [each for each in self.services.purchases if each.is_return]
        sums = pb.PurchaseSums(
            purchases=len(sold),
            cents=sum(each.cents for each in sold),
            returns=len(back),
            returned_cents=sum(each.cents for each in back),
            first_at=sold[-1].place.occurred_at if sold else None,
            last_at=sold[0].place.occurred_at if sold else None,
        )
        more = len(known) > request.first
        return pb.ListPurchasesResponse(
            purchases=known[: request.first], more=more, sums=sums, currency="EUR"
        )

    def ImportPurchases(self, request: Any, context: Context) -> Any:
        reply = pb.ImportPurchasesResponse
        return self.services.take("ImportPurchases", request, reply, context)
