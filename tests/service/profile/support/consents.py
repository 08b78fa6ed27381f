"""Consents of a replica of profile, recorded and read over gRPC."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import consents_pb2 as pb
from cxm.profile.v1 import customers_pb2
from tests.conftest import Identities

if TYPE_CHECKING:
    from cxm.profile.v1.consents_pb2_grpc import ConsentServiceAsyncStub

WORDING = "I want news of the shop by e-mail."
GIVEN, REFUSED, WITHDRAWN = 1, 2, 3


def stamp(day: str) -> Timestamp:
    """Noon UTC of a day like 2026-03-01, or an instant."""
    at = datetime.fromisoformat(day if "T" in day else f"{day}T12:00:00")
    message = Timestamp()
    message.FromDatetime(at if at.tzinfo else at.replace(tzinfo=UTC))
    return message


def said(customer: str | int, status: int, day: str, **more: Any) -> pb.ConsentItem:
    """Of MARKETING unless another purpose is named; `customer` is written `KIND:value`, or a number."""
    until = more.pop("until", "")
    more = {"purpose": "MARKETING", "wording": WORDING if status == GIVEN else "", **more}
    item = pb.ConsentItem(status=pb.ConsentStatus.ValueType(status), at=stamp(day), **more)
    if until:
        item.until.CopyFrom(stamp(until))
    if isinstance(customer, int):
        item.number = customer
    else:
        kind, _, value = customer.partition(":")
        item.identifier.CopyFrom(customers_pb2.Identifier(kind=kind, value=value))
    return item


@dataclass
class Consents:
    """Asked as an admin unless the test says otherwise."""

    stub: "ConsentServiceAsyncStub"
    identities: Identities

    async def record(
        self, *items: pb.ConsentItem, role: str = "admin"
    ) -> pb.RecordConsentsResponse:
        request = pb.RecordConsentsRequest(items=items)
        bearer = self.identities.bearer("profile", role)
        return await self.stub.RecordConsents(request, metadata=bearer)

    async def read(
        self, number: int, first: int = 100, after: str = "", role: str = "admin"
    ) -> pb.ListConsentsResponse:
        request = pb.ListConsentsRequest(number=number, first=first, after=after)
        bearer = self.identities.bearer("profile", role)
        return await self.stub.ListConsents(request, metadata=bearer)

    async def allowed(self, number: int) -> dict[str, bool]:
        """What holds, by purpose."""
        return {v.purpose: v.allowed for v in (await self.read(number)).verdicts}
