"""Customers behind the gateway: every RPC of profile, and files of customers; all of them, or nothing."""

from typing import Any

import grpc

from cxm.profile.v1 import customers_pb2 as pb
from cxm.profile.v1.customers_pb2_grpc import CustomerServiceStub
from tests.security.support.doors.inside import STATUS
from tests.security.support.doors.reading import Door, Look
from tests.security.support.model import ABSENT, FORBIDDEN, SEEN

NOBODY = 2_000_000_000
"""A number that no alias has."""
NO_ID = "00000000-0000-0000-0000-000000000000"
REASON = "to see who may"
FILES = {
    "customers": ('[columns]\nid = "nr"\n', "nr\nC-1\n"),
    "identities": (
        '[defaults]\nkind = "CARD"\nkind2 = "CUSTOMER"\n[columns]\nvalue = "card"\nvalue2 = "nr"\n',
        "card,nr\n4711,C-1\n",
    ),
}
Calls = dict[str, tuple[str, Any, Any, str]]


def _calls(stub: Any) -> Calls:
    """By name: the right, the RPC, a request that changes nothing, and what is answered to who may."""
    identifier = pb.Identifier(kind="EMAIL", value="stranger@example.com")
    settled = pb.SettleConflictRequest(id=NO_ID, settlement=pb.SETTLEMENT_DISMISS, reason=REASON)
    link = pb.LinkCustomersRequest(a=NOBODY, b=NOBODY + 1, reason=REASON)
    unlink = pb.UnlinkCustomersRequest(a=NOBODY, b=NOBODY + 1, reason=REASON)
    wrong = pb.CustomerItem()
    return {
        "upsert": (
            "customers+",
            stub.UpsertCustomers,
            pb.UpsertCustomersRequest(items=[wrong]),
            SEEN,
        ),
        "get": ("customers", stub.GetCustomer, pb.GetCustomerRequest(number=NOBODY), ABSENT),
        "find": (
            "customers?",
            stub.GetCustomer,
            pb.GetCustomerRequest(identifier=identifier),
            ABSENT,
        ),
        "link": ("link", stub.LinkCustomers, link, ABSENT),
        "unlink": ("unlink", stub.UnlinkCustomers, unlink, ABSENT),
        "conflicts": ("link", stub.ListConflicts, pb.ListConflictsRequest(first=1), SEEN),
        "settle": ("link", stub.SettleConflict, settled, ABSENT),
        "reveal": (
            "reveal",
            stub.RevealCustomer,
            pb.RevealCustomerRequest(number=NOBODY, reason=REASON),
            ABSENT,
        ),
        "history": (
            "customers",
            stub.ListCustomerHistory,
            pb.ListCustomerHistoryRequest(number=NOBODY, first=1),
            ABSENT,
        ),
        "reason": ("audit", stub.GetReason, pb.GetReasonRequest(entry=NO_ID), ABSENT),
        "kinds": (
            "link",
            stub.UpsertIdentifierKinds,
            pb.UpsertIdentifierKindsRequest(kinds=[pb.IdentifierKind(key="wrong")]),
            SEEN,
        ),
    }


async def customers(look: Look) -> None:
    """Past the gateway: who has no right on all customers sees none of them, and hears nothing of any."""
    stub = CustomerServiceStub(look.asking.channel("profile"))
    token = look.asking.internal(look.model.viewer, "profile")
    for name, (right, method, request, answer) in _calls(stub).items():
        try:
            await method(request, metadata=(("authorization", f"Bearer {token}"),), timeout=20)
            observed = SEEN
        except grpc.aio.AioRpcError as error:
            observed = STATUS.get(error.code(), str(error.code()))
        expected = answer if look.model.whole(right) == SEEN else FORBIDDEN
        look.check("grpc", f"customers: {name}", expected, observed)


async def files(look: Look) -> None:
    """A dry run of each kind of file."""
    for kind, (mapping, file) in FILES.items():
        parts = {
            "mapping": (None, mapping.encode()),
            "file": ("rows.csv", file.encode(), "text/csv"),
        }
        path = f"/imports/{kind}?name=rows.csv&dryRun=true"
        answer = await look.asking.send("POST", path, look.token, files=parts)
        expected = 200 if look.model.whole("customers+") == SEEN else 403
        look.check("import", kind, expected, answer.status)


DOORS: tuple[Door, ...] = (customers, files)
