"""Customers of a replica of profile, told and asked over gRPC."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import grpc

from cxm.batch.v1 import batch_pb2 as batch
from cxm.profile.v1 import customers_pb2 as pb
from services.kit.db.database import Database
from services.kit.rpc.servicing import Metadata
from services.profile.customers.sealed_names import CustomerKeys
from tests.conftest import Identities

if TYPE_CHECKING:
    from cxm.profile.v1.customers_pb2_grpc import CustomerServiceAsyncStub

KEYS: Final = CustomerKeys(bytes(range(32)), bytes(range(32, 64)))
REASON: Final = "the counter said so"


def item(*identifiers: str, **more: Any) -> pb.CustomerItem:
    """Identifiers are written `KIND:value`."""
    sent = [
        pb.Identifier(kind=kind, value=value)
        for kind, _, value in (each.partition(":") for each in identifiers)
    ]
    return pb.CustomerItem(identifiers=sent, **more)


@dataclass
class Customers:
    """Asked as an admin unless the test says otherwise."""

    stub: "CustomerServiceAsyncStub"
    database: Database
    identities: Identities

    def bearer(self, role: str = "admin") -> Metadata:
        return self.identities.bearer("profile", role)

    async def upsert(
        self, *items: pb.CustomerItem, role: str = "admin"
    ) -> pb.UpsertCustomersResponse:
        request = pb.UpsertCustomersRequest(items=items)
        return await self.stub.UpsertCustomers(request, metadata=self.bearer(role))

    async def numbers(self, *identifiers: str) -> list[int]:
        """Aliases that are new, each a person of its own."""
        reply = await self.upsert(*(item(each) for each in identifiers))
        assert [result.status for result in reply.results] == [batch.ITEM_STATUS_STORED] * len(
            identifiers
        )
        return [int(result.id) for result in reply.results]

    async def get(self, number: int, role: str = "admin") -> pb.StoredCustomer:
        request = pb.GetCustomerRequest(number=number)
        return (await self.stub.GetCustomer(request, metadata=self.bearer(role))).customer

    async def find(self, identifier: str, role: str = "admin") -> pb.StoredCustomer:
        kind, _, value = identifier.partition(":")
        request = pb.GetCustomerRequest(identifier=pb.Identifier(kind=kind, value=value))
        return (await self.stub.GetCustomer(request, metadata=self.bearer(role))).customer

    async def members(self, number: int) -> list[int]:
        """Numbers of the aliases of a person; the least is the person's."""
        customer = await self.get(number)
        numbers = [alias.number for alias in customer.aliases]
        assert customer.number == min(numbers)
        return numbers

    async def link(
        self, a: int, b: int, reason: str = REASON, role: str = "admin"
    ) -> pb.LinkCustomersResponse:
        request = pb.LinkCustomersRequest(a=a, b=b, reason=reason)
        return await self.stub.LinkCustomers(request, metadata=self.bearer(role))

    async def unlink(
        self, a: int, b: int, reason: str = REASON, role: str = "admin"
    ) -> pb.UnlinkCustomersResponse:
        request = pb.UnlinkCustomersRequest(a=a, b=b, reason=reason)
        return await self.stub.UnlinkCustomers(request, metadata=self.bearer(role))

    async def conflicts(self, first: int = 100, after: str = "") -> list[pb.Conflict]:
        request = pb.ListConflictsRequest(first=first, after=after)
        reply = await self.stub.ListConflicts(request, metadata=self.bearer())
        return list(reply.conflicts)

    async def settle(
        self, conflict: str, settlement: Any, role: str = "admin"
    ) -> pb.SettleConflictResponse:
        request = pb.SettleConflictRequest(id=conflict, settlement=settlement, reason=REASON)
        return await self.stub.SettleConflict(request, metadata=self.bearer(role))

    async def reveal(self, number: int, role: str = "admin") -> pb.RevealCustomerResponse:
        request = pb.RevealCustomerRequest(number=number, reason="asked for what we know")
        return await self.stub.RevealCustomer(request, metadata=self.bearer(role))

    async def attributes(self, number: int) -> Mapping[str, str]:
        return dict((await self.reveal(number)).attributes)

    async def history(self, number: int, first: int = 100, before: int = 0) -> Any:
        request = pb.ListCustomerHistoryRequest(number=number, first=first, before=before)
        return await self.stub.ListCustomerHistory(request, metadata=self.bearer())

    async def deeds(self) -> list[tuple[str, list[str]]]:
        """What the audit log says of customers, in order, with keys."""
        rows = await self.database.pool.fetch(
            "SELECT deed, keys FROM audit_entry WHERE deed ~ 'customer|identifier' ORDER BY id"
        )
        return [(row["deed"], row["keys"]) for row in rows]


def statuses(reply: Any) -> list[str]:
    """STORED, ALREADY_STORED, or the reason of the refusal with its field."""
    return [
        f"{refused.reason} {'.'.join(refused.field)}"
        if (refused := next(iter(result.refusals), None))
        else batch.ItemStatus.Name(result.status).removeprefix("ITEM_STATUS_")
        for result in reply.results
    ]


async def code(call: Any) -> grpc.StatusCode:
    """With which a call fails."""
    try:
        await call
    except grpc.aio.AioRpcError as error:
        found: grpc.StatusCode = error.code()
        return found
    raise AssertionError("the call did not fail")
