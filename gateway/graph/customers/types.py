"""Customers as they are read: what they are known by, and what joins it."""

from enum import Enum
from typing import Any

import strawberry

from cxm.profile.v1 import customers_pb2 as pb
from gateway.graph.base.identifiers import KIND, instant_of
from gateway.graph.base.ids import global_id
from gateway.graph.base.loaders import Ref
from gateway.graph.base.node import Node
from gateway.graph.base.paging import After, First, PageInfo, page_info_of, page_request
from gateway.graph.base.scalars import DateTime
from gateway.graph.customers.consents import CustomerConsents, read_consents
from gateway.graph.customers.points import CustomerPoints, read_points
from gateway.graph.customers.timeline import (
    Kinds,
    Timeline,
    Whereabouts,
    read_timeline,
    read_whereabouts,
)
from gateway.graph.purchases.subscriptions import CustomerSubscription, list_subscriptions
from gateway.graph.purchases.types import CustomerPurchases, list_purchases
from gateway.graph.segments.types import Segment, segments_of_customers
from gateway.request.context import Info
from gateway.request.prices import OWN_CALL, SHARED_CALL

CHANGES = "CustomerChange"


@strawberry.enum(description="Why two aliases are of one person.")
class CustomerLinkReason(Enum):
    TOGETHER = strawberry.enum_value(
        pb.LINK_REASON_TOGETHER, description="They came as identifiers of one customer."
    )
    IMPORTED = strawberry.enum_value(
        pb.LINK_REASON_IMPORTED, description="A file of identities says so."
    )
    SAID = strawberry.enum_value(pb.LINK_REASON_SAID, description="Somebody said so by a call.")
    FORCED = strawberry.enum_value(
        pb.LINK_REASON_FORCED, description="It was refused first, and somebody settled it so."
    )


@strawberry.enum(description="Why a link was refused.")
class CustomerConflictReason(Enum):
    UNIQUE = strawberry.enum_value(
        pb.CONFLICT_REASON_UNIQUE,
        description="Two values of a kind of which a person has one, as two customer numbers.",
    )
    TOO_MANY_ALIASES = strawberry.enum_value(
        pb.CONFLICT_REASON_TOO_MANY_ALIASES,
        description="The person would be known by more than 50 aliases.",
    )
    APART = strawberry.enum_value(
        pb.CONFLICT_REASON_APART, description="Somebody said before that they are two."
    )
    SHARED = strawberry.enum_value(
        pb.CONFLICT_REASON_SHARED,
        description="One alias would join more than 5 persons with a number of their own, as the e-mail address of a "
        "family or the card of a till.",
    )


@strawberry.enum(description="Why an alias came to another person.")
class CustomerChangeCause(Enum):
    NEW = strawberry.enum_value(pb.PERSON_CHANGE_CAUSE_NEW, description="It was not known before.")
    LINKED = strawberry.enum_value(
        pb.PERSON_CHANGE_CAUSE_LINKED, description="A link joined two persons."
    )
    UNLINKED = strawberry.enum_value(
        pb.PERSON_CHANGE_CAUSE_UNLINKED, description="A link ended, and nothing else joined them."
    )


@strawberry.type(description="By what a customer is known; its value is sealed.")
class CustomerAlias:
    number: str = strawberry.field(description="Its own; finds the person, whoever it belongs to.")
    kind: str = strawberry.field(description=f"{KIND}.")
    since: DateTime = strawberry.field(description="When it was first seen.")


@strawberry.type(description="What joins two aliases of a person.")
class CustomerLink:
    a: str = strawberry.field(description="Number of an alias.")
    b: str = strawberry.field(description="Number of the other one, the greater.")
    reason: CustomerLinkReason = strawberry.field(description="Why they are of one person.")
    source: str | None = strawberry.field(
        description="Who says so, as it was sent; null: nothing was."
    )
    by: str = strawberry.field(description="Subject of who made it.")
    at: DateTime = strawberry.field(description="When it was made.")


@strawberry.type(description="An alias that came to another person.")
class CustomerChange:
    at: DateTime = strawberry.field(description="When.")
    alias: str = strawberry.field(description="Number of the alias.")
    was: str | None = strawberry.field(
        description="Number of the person it belonged to; null: it was new."
    )
    is_now: str = strawberry.field(description="Number of the person it belonged to from then on.")
    cause: CustomerChangeCause = strawberry.field(description="Why.")
    link: list[str] | None = strawberry.field(
        description="Numbers of the two aliases whose link was made or ended; null for none."
    )


@strawberry.type(description="A page of the history of a person, the newest first.")
class CustomerHistory:
    changes: list[CustomerChange] = strawberry.field(
        description="Aliases that came to it or left it."
    )
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.type(description="A link that was refused and waits to be settled.")
class CustomerConflict:
    id: strawberry.ID = strawberry.field(description="For `settleConflict`.")
    a: str = strawberry.field(description="Number of an alias.")
    b: str = strawberry.field(description="Number of the other one.")
    reason: CustomerConflictReason = strawberry.field(description="Why it was refused.")
    kind: str | None = strawberry.field(
        description="Of UNIQUE and SHARED: the kind of identifier of which there would be too many; null for others."
    )
    source: str | None = strawberry.field(
        description="Who says that they are one, as it was sent; null: nothing was."
    )
    at: DateTime = strawberry.field(description="When it was refused first.")


@strawberry.type(description="A kind of identifier by which customers are known.")
class IdentifierKind:
    key: str = strawberry.field(description="A-Z, 0-9 and _, at most 30 characters.")
    name: str | None = strawberry.field(
        description="For people; null for one that is built in, which has the same name for all."
    )
    unique: bool = strawberry.field(
        description="A person has at most one, as one customer number; it never changes."
    )
    built_in: bool = strawberry.field(description="It is there in every organisation.")


def _id(root: strawberry.Parent[Any]) -> strawberry.ID:
    return strawberry.ID(global_id("Customer", str(root.message.number)))


@strawberry.type(
    description="One person: all aliases that links join. Who it is stands in no field: `revealCustomer` tells "
    "it, with a reason."
)
class Customer(Node):
    message: strawberry.Private[pb.StoredCustomer]

    id: strawberry.ID = strawberry.field(resolver=_id, description="Opaque global id.")
    number: str = strawberry.field(
        description="The least number of its aliases. When persons are joined or parted, a number goes on to find the "
        "person that has this alias then."
    )
    since: DateTime | None = strawberry.field(
        description="When its first alias was first seen; null for heads of departments."
    )
    aliases: list[CustomerAlias] = strawberry.field(
        description="What it is known by, 1 to 50, by number; without values. None for heads of departments."
    )
    links: list[CustomerLink] = strawberry.field(description="What joins them, now.")
    attributes: list[str] = strawberry.field(
        description="Keys of what is known of it beside, e.g. name or country, in order; values only by "
        "`revealCustomer`."
    )

    @strawberry.field(
        description="What it consented to, and what was said. Null for who may not read consents, and when profile is "
        "away.",
        metadata=OWN_CALL,
    )
    async def consents(
        self, info: Info, first: First = None, after: After = None
    ) -> CustomerConsents | None:
        return await read_consents(info, self.message.number, first, after)

    @strawberry.field(
        description="What it has in points, and what was earned and spent. Null for who may find it by an identifier "
        "alone, and when profile is away.",
        metadata=OWN_CALL,
    )
    async def points(
        self, info: Info, first: First = None, after: After = None
    ) -> CustomerPoints | None:
        return await read_points(info, self.message.number, first, after)

    @strawberry.field(
        description="What it did and said, of departments of yours. Heads find who had to do with a department of "
        "their own in 24 months. Null for who may not read it, and when profile is away; what survey knows "
        "may be missing.",
        metadata=OWN_CALL,
    )
    async def timeline(
        self, info: Info, first: First = None, after: After = None, kinds: Kinds = None
    ) -> Timeline | None:
        return await read_timeline(info, self.message.number, first, after, kinds)

    @strawberry.field(
        description="Where it stands now. Null for who may not read its timeline, and when profile is away.",
        metadata=OWN_CALL,
    )
    async def whereabouts(self, info: Info) -> Whereabouts | None:
        return await read_whereabouts(info, self.message.number)

    @strawberry.field(
        description="The first of the segments with a place whose rule holds of it, now. Null where none does, for who "
        "may find it by an identifier alone, and when profile is away.",
        metadata=SHARED_CALL,
    )
    async def segment(self, info: Info) -> Segment | None:
        return await segments_of_customers(info.context).load(Ref(id=self.number))

    @strawberry.field(
        description="How it came to be what it is. Null for who may find it by an identifier alone, and when "
        "profile is away.",
        metadata=OWN_CALL,
    )
    async def history(
        self, info: Info, first: First = None, after: After = None
    ) -> CustomerHistory | None:
        page = page_request(info, CHANGES, first, after)
        request = pb.ListCustomerHistoryRequest(
            number=self.message.number, first=page.first, before=int(page.after or 0)
        )
        clients = info.context.clients
        reply = await info.context.call("profile", clients.customers.ListCustomerHistory, request)
        return CustomerHistory(
            changes=[change_of(change) for change in reply.changes],
            page_info=page_info_of(
                reply.changes,
                lambda change: info.context.cursor(CHANGES, str(change.sequence)),
                more=reply.more,
                is_later=bool(page.after),
            ),
        )

    @strawberry.field(
        description="What it bought and brought back, the newest first, and sums over all of it. Null for who may find "
        "it by an identifier alone, and when profile is away.",
        metadata=OWN_CALL,
    )
    async def purchases(
        self, info: Info, first: First = None, after: After = None
    ) -> CustomerPurchases | None:
        return await list_purchases(info, self.message.number, first, after)

    @strawberry.field(
        description="What it pays for by the month, 100 at most, those that were told last first. Null for who may "
        "find it by an identifier alone, and when profile is away.",
        metadata=OWN_CALL,
    )
    async def subscriptions(self, info: Info) -> list[CustomerSubscription] | None:
        return await list_subscriptions(info, self.message.number)


def customer_of(message: pb.StoredCustomer) -> Customer:
    """A person as it is shown."""
    return Customer(
        message=message,
        number=str(message.number),
        since=instant_of(message.first_seen) if message.HasField("first_seen") else None,
        aliases=[
            CustomerAlias(
                number=str(alias.number), kind=alias.kind, since=instant_of(alias.first_seen)
            )
            for alias in message.aliases
        ],
        links=[
            CustomerLink(
                a=str(link.a),
                b=str(link.b),
                reason=CustomerLinkReason(link.reason),
                source=link.source or None,
                by=link.made_by,
                at=instant_of(link.made_at),
            )
            for link in message.links
        ],
        attributes=list(message.attributes),
    )


def conflict_of(message: pb.Conflict) -> CustomerConflict:
    """A refused link as it is shown."""
    return CustomerConflict(
        id=strawberry.ID(message.id),
        a=str(message.a),
        b=str(message.b),
        reason=CustomerConflictReason(message.reason),
        kind=message.kind or None,
        source=message.source or None,
        at=instant_of(message.at),
    )


def change_of(message: pb.PersonChange) -> CustomerChange:
    """A move of an alias as it is shown."""
    return CustomerChange(
        at=instant_of(message.at),
        alias=str(message.alias),
        was=str(message.was) if message.was else None,
        is_now=str(message.is_now),
        cause=CustomerChangeCause(message.cause),
        link=[str(message.link_a), str(message.link_b)] if message.link_a else None,
    )
