"""Subscriptions as profile would answer for them."""

from typing import Any

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_STORED, ItemResult
from cxm.profile.v1 import subscriptions_pb2 as pb
from cxm.profile.v1 import subscriptions_pb2_grpc
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices


class Subscriptions(subscriptions_pb2_grpc.SubscriptionServiceServicer):
    """Every customer has those that a test put in."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def UpsertSubscriptions(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertSubscriptions", request, context)
        results = [ItemResult(id="1", status=ITEM_STATUS_STORED) for _ in request.items]
        return pb.UpsertSubscriptionsResponse(results=results)

    async def ListSubscriptions(self, request: Any, context: Context) -> Any:
        self.services.note("ListSubscriptions", request, context)
        known = self.services.subscriptions
        return pb.ListSubscriptionsResponse(subscriptions=known, currency="EUR")

    def ImportSubscriptions(self, request: Any, context: Context) -> Any:
        reply = pb.ImportSubscriptionsResponse
        return self.services.take("ImportSubscriptions", request, reply, context)
