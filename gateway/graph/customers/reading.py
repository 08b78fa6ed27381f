"""Finding a customer, links that wait to be settled, and kinds of identifiers."""

from typing import Annotated

import strawberry

from cxm.profile.v1 import customers_pb2 as pb
from gateway.graph.base.identifiers import IdentifierInput
from gateway.graph.base.paging import After, First, PageInfo, page_info_of, page_request
from gateway.graph.customers.finding import find_customer
from gateway.graph.customers.numbers import number_of
from gateway.graph.customers.types import (
    Customer,
    CustomerConflict,
    IdentifierKind,
    conflict_of,
)
from gateway.request.context import Info
from services.kit.errors import Invalid, NotFound

LISTING = "CustomerConflict"


@strawberry.type(description="A page of links that wait to be settled, the oldest first.")
class CustomerConflictList:
    conflicts: list[CustomerConflict] = strawberry.field(description="The links.")
    total_count: int = strawberry.field(description="How many wait, on all pages.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.type
class CustomerQuery:
    @strawberry.field(
        description="One customer: by `number`, by `externalId` (the customer of its responses), or by another "
        "identifier; by one of the three, as a whole. Null for one that is not there or not yours to see; a "
        "privacy officer finds by identifiers only, a head of a department by numbers only."
    )
    async def customer(
        self,
        info: Info,
        external_id: Annotated[
            str | None, strawberry.argument(description="As responses name the customer.")
        ] = None,
        number: Annotated[
            str | None, strawberry.argument(description="Of any of its aliases.")
        ] = None,
        identifier: Annotated[
            IdentifierInput | None, strawberry.argument(description="Any other.")
        ] = None,
    ) -> Customer | None:
        return await find_customer(info.context, _request(external_id, number, identifier))

    @strawberry.field(
        description="Links between customers that were refused and wait to be settled. For admins and analysts of the "
        "whole organisation, null for others."
    )
    async def customer_conflicts(
        self, info: Info, first: First = None, after: After = None
    ) -> CustomerConflictList | None:
        page = page_request(info, LISTING, first, after)
        context = info.context
        request = pb.ListConflictsRequest(first=page.first, after=page.after, count=True)
        reply = await context.call("profile", context.clients.customers.ListConflicts, request)
        return CustomerConflictList(
            conflicts=[conflict_of(conflict) for conflict in reply.conflicts],
            total_count=reply.total,
            page_info=page_info_of(
                reply.conflicts,
                lambda conflict: context.cursor(LISTING, conflict.id),
                more=reply.more,
                is_later=bool(page.after),
            ),
        )

    @strawberry.field(
        description="Why somebody joined or parted customers, settled a link or saw a customer in plain text: the "
        "reason behind an entry of the audit log. For who reads that. Null where there is none, and for others."
    )
    async def customer_reason(
        self,
        info: Info,
        entry: Annotated[strawberry.ID, strawberry.argument(description="`AuditEntry.id`.")],
    ) -> str | None:
        method = info.context.clients.customers.GetReason
        try:
            reply = await info.context.call("profile", method, pb.GetReasonRequest(entry=entry))
        except NotFound:
            return None
        return str(reply.reason)

    @strawberry.field(
        description="By what customers may be known: built-in kinds first, then own ones. Null when profile is "
        "away.",
        graphql_type=list[IdentifierKind] | None,
    )
    async def identifier_kinds(self, info: Info) -> list[IdentifierKind] | None:
        method = info.context.clients.customers.ListIdentifierKinds
        reply = await info.context.call("profile", method, pb.ListIdentifierKindsRequest())
        return [
            IdentifierKind(
                key=kind.key, name=kind.name or None, unique=kind.unique, built_in=kind.built_in
            )
            for kind in reply.kinds
        ]


def _request(
    external_id: str | None, number: str | None, identifier: IdentifierInput | None
) -> pb.GetCustomerRequest:
    """Whom to find; Invalid unless exactly one of the three is given."""
    if sum(given is not None for given in (external_id, number, identifier)) != 1:
        raise Invalid("name one of externalId, number and identifier", reason="NAME_ONE")
    if number is not None:
        return pb.GetCustomerRequest(number=number_of(number, "number"))
    if external_id is not None:
        return pb.GetCustomerRequest(identifier=pb.Identifier(kind="CUSTOMER", value=external_id))
    assert identifier is not None
    return pb.GetCustomerRequest(
        identifier=pb.Identifier(kind=identifier.kind, value=identifier.value)
    )
