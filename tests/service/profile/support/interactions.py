"""Interactions of customers of a replica of profile, told and asked over gRPC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import interactions_pb2 as pb
from cxm.profile.v1.customers_pb2 import Identifier
from services.kit.rpc.servicing import Metadata
from tests.conftest import Identities
from tests.support.database import WholeDatabase

if TYPE_CHECKING:
    from cxm.profile.v1.interactions_pb2_grpc import InteractionServiceAsyncStub

NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)


def stamp(at: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(at)
    return message


def identifier(text: str) -> Identifier | None:
    """Written `KIND:value`; "": nobody."""
    kind, _, value = text.partition(":")
    return Identifier(kind=kind, value=value) if kind else None


def happened(
    id_: str,
    customer: str = "CUSTOMER:ilze",
    *,
    hours: float = 0,
    kind: str = "CALLED",
    **more: Any,
) -> pb.InteractionItem:
    """So many hours after noon of 1 May, in the department riga unless it is said otherwise."""
    place = {"department": "riga"} if "touchpoint" not in more else {}
    at = stamp(NOON + timedelta(hours=hours))
    sent: dict[str, Any] = {"id": id_, "kind": kind, "at": at, "source": "crm", **place, **more}
    return pb.InteractionItem(customer=identifier(customer), **sent)


@dataclass
class Interactions:
    """Asked as an admin unless the test says otherwise."""

    stub: "InteractionServiceAsyncStub"
    database: WholeDatabase
    identities: Identities

    def bearer(self, role: str = "admin", department: str | None = None) -> Metadata:
        return self.identities.bearer("profile", role, department)

    async def record(
        self, *items: pb.InteractionItem, role: str = "integration", department: str | None = None
    ) -> pb.RecordInteractionsResponse:
        request = pb.RecordInteractionsRequest(items=items)
        bearer = self.bearer(role, department)
        return await self.stub.RecordInteractions(request, metadata=bearer)

    async def withdraw(
        self, *items: pb.InteractionItem, role: str = "admin"
    ) -> pb.WithdrawInteractionsResponse:
        """As they were recorded."""
        names = (
            pb.InteractionName(
                customer=each.customer if each.HasField("customer") else None,
                at=each.at,
                source=each.source,
                id=each.id,
            )
            for each in items
        )
        request = pb.WithdrawInteractionsRequest(interactions=names)
        return await self.stub.WithdrawInteractions(request, metadata=self.bearer(role))

    async def page(
        self,
        number: int,
        after: pb.TimelinePlace | None = None,
        *,
        first: int = 100,
        kinds: Sequence[str] = (),
        role: str = "admin",
        department: str | None = None,
    ) -> pb.ListTimelineResponse:
        request = pb.ListTimelineRequest(number=number, first=first, after=after, kinds=kinds)
        return await self.stub.ListTimeline(request, metadata=self.bearer(role, department))

    async def pages(self, number: int, first: int, **more: Any) -> list[pb.TimelineInteraction]:
        """All pages of so many, one after the other."""
        found: list[pb.TimelineInteraction] = []
        after = None
        while True:
            page = await self.page(number, after, first=first, **more)
            found.extend(page.interactions)
            if not page.more:
                return found
            after = found[-1].place

    async def whereabouts(
        self, number: int, role: str = "admin", department: str | None = None
    ) -> pb.GetWhereaboutsResponse:
        request = pb.GetWhereaboutsRequest(number=number)
        return await self.stub.GetWhereabouts(request, metadata=self.bearer(role, department))

    async def upsert_kinds(
        self, *kinds: pb.InteractionKind, role: str = "admin"
    ) -> pb.UpsertInteractionKindsResponse:
        request = pb.UpsertInteractionKindsRequest(kinds=kinds)
        return await self.stub.UpsertInteractionKinds(request, metadata=self.bearer(role))

    async def stored(self) -> int:
        return int(await self.database.fetchval("SELECT count(*) FROM profile_interaction"))
