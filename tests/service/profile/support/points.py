"""Points of a replica of profile, recorded and read over gRPC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import points_pb2 as pb
from services.kit.clock import day_number
from tests.conftest import Identities

if TYPE_CHECKING:
    from cxm.profile.v1.points_pb2_grpc import PointServiceAsyncStub

EARNED, SPENT, CORRECTED = 1, 2, 3


def points(
    customer: str, number: int, day: str, id_: str = "", ends: str = "", kind: int = 0
) -> pb.PointItem:
    """At noon UTC of a day; earned above 0 and spent below unless a kind is named. `customer` is `KIND:value`."""
    at = Timestamp()
    at.FromDatetime(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC))
    named, _, value = customer.partition(":")
    item = pb.PointItem(
        identifier=customers_pb2.Identifier(kind=named, value=value),
        id=id_ or f"{day} {number}",
        at=at,
        points=number,
        kind=pb.PointKind.ValueType(kind or (EARNED if number > 0 else SPENT)),
        source="till",
    )
    if ends:
        item.expires_on = day_number(date.fromisoformat(ends))
    return item


@dataclass
class Points:
    """Asked as an admin unless the test says otherwise."""

    stub: "PointServiceAsyncStub"
    identities: Identities

    async def record(self, *items: pb.PointItem, role: str = "admin") -> pb.RecordPointsResponse:
        request = pb.RecordPointsRequest(items=items)
        bearer = self.identities.bearer("profile", role)
        return await self.stub.RecordPoints(request, metadata=bearer)

    async def read(
        self, number: int, first: int = 100, after: str = "", role: str = "admin"
    ) -> pb.ListPointsResponse:
        request = pb.ListPointsRequest(number=number, first=first, after=after)
        bearer = self.identities.bearer("profile", role)
        return await self.stub.ListPoints(request, metadata=bearer)

    async def balance(self, number: int) -> int:
        return (await self.read(number, first=1)).balance
