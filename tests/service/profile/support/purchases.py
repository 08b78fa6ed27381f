"""Purchases of a replica of profile, recorded and read over gRPC."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import purchases_pb2 as pb
from services.kit.db.database import Database
from services.kit.rpc.servicing import Metadata
from tests.conftest import Identities
from tests.service.support.import_call import Outcome, load

if TYPE_CHECKING:
    from cxm.profile.v1.purchases_pb2_grpc import PurchaseServiceAsyncStub

AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


def instant(at: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(at)
    return message


def bought(id_: str, cents: int, who: str = "", at: datetime = AT, **more: Any) -> pb.PurchaseItem:
    """What somebody, written `KIND:value`, bought at the till."""
    kind, _, value = who.partition(":")
    customer = customers_pb2.Identifier(kind=kind, value=value) if who else None
    more = {"touchpoint": "" if "department" in more else "till", **more}
    return pb.PurchaseItem(
        id=id_, source="shop", cents=cents, customer=customer, occurred_at=instant(at), **more
    )


def brought_back(id_: str, cents: int, of: str, **more: Any) -> pb.PurchaseItem:
    return bought(id_, cents, is_return=True, return_of=of, **more)


@dataclass
class Purchases:
    """Recorded as an integration, read as an admin."""

    stub: "PurchaseServiceAsyncStub"
    database: Database
    identities: Identities

    def bearer(self, role: str = "admin", department: str | None = None) -> Metadata:
        return self.identities.bearer("profile", role, department)

    async def record(
        self, *items: pb.PurchaseItem, bearer: Metadata | None = None
    ) -> pb.RecordPurchasesResponse:
        request = pb.RecordPurchasesRequest(items=items)
        metadata = bearer or self.bearer("integration")
        return await self.stub.RecordPurchases(request, metadata=metadata)

    async def withdraw(self, *ids: str, role: str = "admin") -> pb.WithdrawPurchasesResponse:
        names = [pb.PurchaseName(source="shop", id=each) for each in ids]
        request = pb.WithdrawPurchasesRequest(purchases=names)
        return await self.stub.WithdrawPurchases(request, metadata=self.bearer(role))

    async def page(
        self, number: int, first: int = 100, after: pb.PurchasePlace | None = None
    ) -> pb.ListPurchasesResponse:
        request = pb.ListPurchasesRequest(number=number, first=first, after=after)
        return await self.stub.ListPurchases(request, metadata=self.bearer())

    async def load(
        self,
        content: str | bytes,
        mapping: str,
        *,
        dry_run: bool = False,
        role: str = "integration",
    ) -> Outcome:
        method, request = self.stub.ImportPurchases, pb.ImportPurchasesRequest
        return await load(method, request, self.bearer(role), mapping, content, dry_run=dry_run)

    async def stored(self, where: str = "true") -> tuple[int, int, int]:
        """Purchases, their cents, and cents brought back."""
        row = await self.database.pool.fetchrow(
            "SELECT count(*) FILTER (WHERE sign = 1), coalesce(sum(cents) FILTER (WHERE sign = 1), 0)::bigint,"
            f" coalesce(sum(cents) FILTER (WHERE sign = -1), 0)::bigint FROM profile_purchase WHERE {where}"
        )
        assert row is not None
        return row[0], row[1], row[2]
