"""Recording what customers bought and brought back, and taking back what was recorded by mistake."""

import strawberry

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import purchases_pb2 as pb
from gateway.graph.base.batch import UpsertPayload, check_items, upsert_results
from gateway.graph.base.identifiers import IdentifierInput, timestamp_of
from gateway.graph.base.mutations import Input, mutate
from gateway.graph.base.scalars import Cents, DateTime
from gateway.request.context import Context, Info

NAMES = {"items": "purchases", "cents": "amount", "discount_cents": "discount"}


@strawberry.input(description="A line of a receipt.")
class PurchaseLineInput:
    item: str = strawberry.field(description="Code or name, 1 to 200 characters.")
    quantity: float = strawberry.field(
        default=1.0, description="In the unit of the item, as pieces or kilogrammes; 0 or more."
    )
    amount: Cents = strawberry.field(description="Of the whole line, after its discount.")
    discount: Cents | None = strawberry.field(default=None, description="What was taken off.")


@strawberry.input(
    description="A receipt. It is known by `id`, `source`, customer and time: sent again it is stored once."
)
class PurchaseInput:
    id: str = strawberry.field(
        description="That the source gave it, e.g. the number of the receipt; 1 to 100 characters."
    )
    source: str | None = strawberry.field(
        default=None,
        description="Which system says so, e.g. till; ids are its own; at most 100 characters.",
    )
    customer: IdentifierInput | None = strawberry.field(
        default=None,
        description="Who bought it; one that is not known becomes known. Absent: nobody that is known; it counts in "
        "sales.",
    )
    occurred_at: DateTime = strawberry.field(description="When; not after tomorrow.")
    amount: Cents = strawberry.field(
        description="What was paid, 0 or more; of a return what was paid back."
    )
    is_return: bool = strawberry.field(default=False, description="It was brought back.")
    return_of: str | None = strawberry.field(
        default=None,
        description="`id` of the purchase it was, of the same source; recorded before, or in this call.",
    )
    touchpoint: str | None = strawberry.field(default=None, description="Its key.")
    department: str | None = strawberry.field(
        default=None, description="Its key; absent: the owner of the touchpoint on that day."
    )
    channel: str | None = strawberry.field(
        default=None, description="E.g. WEB; absent: that of the touchpoint."
    )
    payment: str | None = strawberry.field(
        default=None, description="How it was paid, e.g. CARD; at most 50 characters."
    )
    place: str | None = strawberry.field(
        default=None, description="E.g. till 4; at most 100 characters."
    )
    card_used: bool | None = strawberry.field(
        default=None, description="Whether a loyalty card was shown."
    )
    receipt: str | None = strawberry.field(
        default=None, description="What is printed on it; at most 100 characters."
    )
    lines: list[PurchaseLineInput] | None = strawberry.field(
        default=None, description="At most 200; they need not add up to `amount`."
    )


@strawberry.input(description="1 to 1,000 purchases, in any order.")
class RecordPurchasesInput:
    purchases: list[PurchaseInput] = strawberry.field(
        description="What was bought or brought back."
    )


@strawberry.type(
    description="What became of each purchase; the key of a result is its `id`. A bad one harms no neighbour; an "
    "instant that is none refuses the call."
)
class RecordPurchasesPayload(UpsertPayload):
    pass


@strawberry.input(description="A purchase by the id that its source gave it.")
class PurchaseNameInput:
    id: str = strawberry.field(description="As it was recorded.")
    source: str | None = strawberry.field(default=None, description="As it was recorded.")


@strawberry.input(description="1 to 1,000 purchases.")
class WithdrawPurchasesInput:
    purchases: list[PurchaseNameInput] = strawberry.field(description="Which ones.")


@strawberry.type(
    description="What became of each; ALREADY_STORED: there is no such purchase any more. One of which something came "
    "back is REFUSED unless the returns are withdrawn with it."
)
class WithdrawPurchasesPayload(UpsertPayload):
    pass


@strawberry.type
class PurchaseMutation:
    @strawberry.field(
        description="Record what customers bought and brought back. Repeatable. Admins, analysts and integrations, for "
        "departments of theirs."
    )
    async def record_purchases(
        self, info: Info, given: Input[RecordPurchasesInput]
    ) -> RecordPurchasesPayload:
        return await mutate(RecordPurchasesPayload, _record(info.context, given), NAMES)

    @strawberry.field(
        description="Take back purchases that should not have been recorded; nothing of them stays. Repeatable. Admins "
        "and analysts of the whole organisation."
    )
    async def withdraw_purchases(
        self, info: Info, given: Input[WithdrawPurchasesInput]
    ) -> WithdrawPurchasesPayload:
        return await mutate(WithdrawPurchasesPayload, _withdraw(info.context, given), NAMES)


async def _record(context: Context, given: RecordPurchasesInput) -> RecordPurchasesPayload:
    check_items(given.purchases, "purchases")
    items = [_item(str(index), each) for index, each in enumerate(given.purchases)]
    request = pb.RecordPurchasesRequest(items=items)
    reply = await context.call("profile", context.clients.purchases.RecordPurchases, request)
    ids = [each.id for each in given.purchases]
    return RecordPurchasesPayload(results=upsert_results(reply.results, ids, NAMES))


async def _withdraw(context: Context, given: WithdrawPurchasesInput) -> WithdrawPurchasesPayload:
    check_items(given.purchases, "purchases")
    names = [pb.PurchaseName(source=each.source or "", id=each.id) for each in given.purchases]
    request = pb.WithdrawPurchasesRequest(purchases=names)
    reply = await context.call("profile", context.clients.purchases.WithdrawPurchases, request)
    ids = [each.id for each in given.purchases]
    return WithdrawPurchasesPayload(results=upsert_results(reply.results, ids, NAMES))


def _identifier(given: IdentifierInput | None) -> customers_pb2.Identifier | None:
    if given is None:
        return None
    return customers_pb2.Identifier(kind=given.kind, value=given.value)


def _item(index: str, given: PurchaseInput) -> pb.PurchaseItem:
    lines = (
        pb.PurchaseLine(
            item=line.item,
            quantity=line.quantity,
            cents=line.amount,
            discount_cents=line.discount or 0,
        )
        for line in given.lines or ()
    )
    return pb.PurchaseItem(
        id=given.id,
        source=given.source or "",
        customer=_identifier(given.customer),
        occurred_at=timestamp_of(given.occurred_at, "purchases", index, "occurred_at"),
        cents=given.amount,
        is_return=given.is_return,
        return_of=given.return_of or "",
        touchpoint=given.touchpoint or "",
        department=given.department or "",
        channel=given.channel or "",
        payment=given.payment or "",
        place=given.place or "",
        card_used=given.card_used,
        receipt=given.receipt or "",
        lines=lines,
    )
