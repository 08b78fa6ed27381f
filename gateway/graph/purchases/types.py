"""What customers bought, as it is read."""

import strawberry
from google.protobuf.json_format import MessageToJson, Parse

from cxm.profile.v1 import purchases_pb2 as pb
from gateway.graph.base.identifiers import instant_of
from gateway.graph.base.loaders import Ref
from gateway.graph.base.node import as_graphql
from gateway.graph.base.paging import PageInfo, page_info_of, page_request
from gateway.graph.base.scalars import Cents, DateTime
from gateway.graph.directory import loaders
from gateway.graph.directory.types import Department, Touchpoint
from gateway.request.context import Info
from gateway.request.prices import SHARED_CALL
from services.kit.errors import NotFound

LISTING = "Purchase"
PurchaseRoot = strawberry.Parent[pb.StoredPurchase]


@strawberry.type(description="A line of a receipt.")
class PurchaseLine:
    item: str = strawberry.field(description="Code or name of what it was.")
    quantity: float = strawberry.field(
        description="In the unit of the item, as pieces or kilogrammes; 0 or more; of a return too."
    )
    amount: Cents = strawberry.field(description="Of the whole line, after its discount.")
    discount: Cents = strawberry.field(description="What was taken off; 0 for nothing.")


@strawberry.type(description="What a customer bought, or brought back.")
class Purchase:
    @strawberry.field(description="When.")
    @staticmethod
    def at(root: PurchaseRoot) -> DateTime:
        return instant_of(root.place.occurred_at)

    @strawberry.field(description="What was paid; of a return what was paid back. Never below 0.")
    @staticmethod
    def amount(root: PurchaseRoot) -> Cents:
        return Cents(root.cents)

    @strawberry.field(description="It was brought back.")
    @staticmethod
    def is_return(root: PurchaseRoot) -> bool:
        return root.is_return

    @strawberry.field(
        description="The department that it counts for, as it was when it happened. Null for who may not see it.",
        graphql_type=Department | None,
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def department(root: PurchaseRoot, info: Info) -> object:
        return await loaders.departments(info.context).load(Ref(id=root.department_id))

    @strawberry.field(
        description="Where; null: no touchpoint was said, or it is not yours to see.",
        graphql_type=Touchpoint | None,
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def touchpoint(root: PurchaseRoot, info: Info) -> object:
        if not root.touchpoint_id:
            return None
        return await loaders.touchpoints(info.context).load(Ref(id=root.touchpoint_id))

    @strawberry.field(description="E.g. SHOP or WEB; null: not known.")
    @staticmethod
    def channel(root: PurchaseRoot) -> str | None:
        return root.channel or None

    @strawberry.field(description="How it was paid, e.g. CARD; null: not said.")
    @staticmethod
    def payment(root: PurchaseRoot) -> str | None:
        return root.payment or None

    @strawberry.field(description="E.g. till 4; null: not said.")
    @staticmethod
    def place(root: PurchaseRoot) -> str | None:
        return root.till or None

    @strawberry.field(description="Whether a loyalty card was shown; null: not known.")
    @staticmethod
    def card_used(root: PurchaseRoot) -> bool | None:
        return root.card_used if root.HasField("card_used") else None

    @strawberry.field(description="What is printed on the receipt; null: not said.")
    @staticmethod
    def receipt(root: PurchaseRoot) -> str | None:
        return root.receipt or None

    @strawberry.field(
        description="Lines of the receipt, at most 200, in their order; none where none were sent."
    )
    @staticmethod
    def lines(root: PurchaseRoot) -> list[PurchaseLine]:
        return [
            PurchaseLine(
                item=line.item,
                quantity=line.quantity,
                amount=Cents(line.cents),
                discount=Cents(line.discount_cents),
            )
            for line in root.lines
        ]


@strawberry.type(
    description="A page of what a customer bought and brought back, the newest first, and sums over all of it."
)
class CustomerPurchases:
    items: list[Purchase] = strawberry.field(description="Purchases and returns.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    orders: int = strawberry.field(
        description="How many purchases, on all pages; returns are not among them."
    )
    bought: Cents = strawberry.field(description="What was paid for them.")
    returns: int = strawberry.field(description="How many returns.")
    brought_back: Cents = strawberry.field(description="What was paid back.")
    spent: Cents = strawberry.field(description="`bought` without `broughtBack`; may be below 0.")
    first_at: DateTime | None = strawberry.field(
        description="The first purchase; null: there is none."
    )
    last_at: DateTime | None = strawberry.field(
        description="The last purchase; null: there is none."
    )
    currency: str = strawberry.field(description="Of all amounts, ISO 4217.")


async def list_purchases(
    info: Info, number: int, first: int | None, after: str | None
) -> CustomerPurchases | None:
    """Of the person of an alias; null where it is gone."""
    page = page_request(info, LISTING, first, after)
    place = Parse(page.after, pb.PurchasePlace()) if page.after else None
    request = pb.ListPurchasesRequest(number=number, first=page.first, after=place)
    try:
        reply = await info.context.call(
            "profile", info.context.clients.purchases.ListPurchases, request
        )
    except NotFound:
        return None
    sums = reply.sums
    return CustomerPurchases(
        items=as_graphql(list(reply.purchases)),
        page_info=page_info_of(
            reply.purchases,
            lambda purchase: info.context.cursor(
                LISTING, MessageToJson(purchase.place, indent=None)
            ),
            more=reply.more,
            is_later=bool(page.after),
        ),
        orders=sums.purchases,
        bought=Cents(sums.cents),
        returns=sums.returns,
        brought_back=Cents(sums.returned_cents),
        spent=Cents(sums.cents - sums.returned_cents),
        first_at=instant_of(sums.first_at) if sums.HasField("first_at") else None,
        last_at=instant_of(sums.last_at) if sums.HasField("last_at") else None,
        currency=reply.currency,
    )
