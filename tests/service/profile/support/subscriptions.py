"""Subscriptions of a replica of profile, told and read over gRPC."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import subscriptions_pb2 as pb
from services.kit.clock import day_number
from services.kit.db.database import Database
from services.kit.rpc.servicing import Metadata
from tests.conftest import Identities
from tests.service.support.import_call import Outcome, load

if TYPE_CHECKING:
    from cxm.profile.v1.subscriptions_pb2_grpc import SubscriptionServiceAsyncStub


def subscribed(
    id_: str,
    who: str,
    started_on: str,
    ended_on: str = "",
    *,
    department: str = "riga",
    plan: str = "Fibre",
    cents: int = 2990,
    reason: str = "",
) -> pb.SubscriptionItem:
    """A span of a subscription of somebody, written `KIND:value`."""
    kind, _, value = who.partition(":")
    return pb.SubscriptionItem(
        id=id_,
        source="crm",
        customer=customers_pb2.Identifier(kind=kind, value=value) if who else None,
        plan=plan,
        monthly_cents=cents,
        department=department,
        started_day=day_number(date.fromisoformat(started_on)),
        ended_day=day_number(date.fromisoformat(ended_on)) if ended_on else None,
        reason=reason,
    )


@dataclass
class Subscriptions:
    """Told as an integration, read as an admin."""

    stub: "SubscriptionServiceAsyncStub"
    database: Database
    identities: Identities

    def bearer(self, role: str = "admin") -> Metadata:
        return self.identities.bearer("profile", role)

    async def upsert(self, *items: pb.SubscriptionItem) -> pb.UpsertSubscriptionsResponse:
        request = pb.UpsertSubscriptionsRequest(items=items)
        return await self.stub.UpsertSubscriptions(request, metadata=self.bearer("integration"))

    async def of(self, number: int) -> list[pb.StoredSubscription]:
        request = pb.ListSubscriptionsRequest(number=number)
        reply = await self.stub.ListSubscriptions(request, metadata=self.bearer())
        return list(reply.subscriptions)

    async def load(self, content: str, mapping: str, *, dry_run: bool = False) -> Outcome:
        method, request = self.stub.ImportSubscriptions, pb.ImportSubscriptionsRequest
        bearer = self.bearer("integration")
        return await load(method, request, bearer, mapping, content, dry_run=dry_run)
