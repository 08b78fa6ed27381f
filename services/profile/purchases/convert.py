"""Between the contract's messages and purchases."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import purchases_pb2 as pb
from services.kit.errors import Invalid
from services.profile.customers.convert import identifier
from services.profile.purchases.domain import PurchaseItem, PurchaseKey, PurchaseLine
from services.profile.purchases.reading import PurchasePage
from services.profile.purchases.recording import PurchaseName
from services.profile.purchases.storage import ListedPurchase, PurchaseSums


def purchase_item(message: pb.PurchaseItem) -> PurchaseItem:
    """An item as it was sent; Invalid for a time that no calendar has."""
    return PurchaseItem(
        message.id.strip(),
        _instant(message.occurred_at, "occurred_at"),
        message.cents,
        message.source.strip(),
        identifier(message.customer) if message.HasField("customer") else None,
        message.is_return,
        message.return_of.strip(),
        message.touchpoint,
        message.department or None,
        message.channel.strip(),
        message.payment.strip(),
        message.place.strip(),
        message.card_used if message.HasField("card_used") else None,
        message.receipt.strip(),
        tuple(map(_line, message.lines)),
    )


def _line(message: pb.PurchaseLine) -> PurchaseLine:
    item = message.item.strip()
    return PurchaseLine(item, message.quantity, message.cents, message.discount_cents)


def purchase_name(message: pb.PurchaseName) -> PurchaseName:
    return PurchaseName(message.source, message.id)


def purchase_key(place: pb.PurchasePlace) -> PurchaseKey:
    """Where a page goes on; Invalid for a time that no calendar has."""
    at = _instant(place.occurred_at, "after")
    if not 0 <= place.alias < 2**31:
        raise Invalid("take the place from a purchase", field=["after"])
    return PurchaseKey(place.alias, at, place.mark)


def page_message(page: PurchasePage, currency: str) -> pb.ListPurchasesResponse:
    """A page with the sums, and in what all amounts are."""
    return pb.ListPurchasesResponse(
        purchases=map(_purchase, page.purchases),
        more=page.more,
        sums=_sums(page.sums),
        currency=currency,
    )


def _purchase(purchase: ListedPurchase) -> pb.StoredPurchase:
    alias, at, mark = purchase.key
    lines = (
        pb.PurchaseLine(
            item=line.item,
            quantity=line.quantity,
            cents=line.cents,
            discount_cents=line.discount,
        )
        for line in purchase.lines
    )
    return pb.StoredPurchase(
        place=pb.PurchasePlace(occurred_at=_timestamp(at), mark=mark, alias=alias),
        department_id=purchase.department_id,
        touchpoint_id=purchase.touchpoint_id or "",
        channel=purchase.channel or "",
        cents=purchase.cents,
        is_return=purchase.is_return,
        payment=purchase.payment,
        till=purchase.place,
        card_used=purchase.card_used,
        receipt=purchase.receipt,
        lines=lines,
    )


def _sums(sums: PurchaseSums) -> pb.PurchaseSums:
    return pb.PurchaseSums(
        purchases=sums.purchases,
        cents=sums.cents,
        returns=sums.returns,
        returned_cents=sums.returned_cents,
        first_at=_timestamp(sums.first_at) if sums.first_at else None,
        last_at=_timestamp(sums.last_at) if sums.last_at else None,
    )


def _instant(sent: Timestamp, field: str) -> datetime:
    try:
        return sent.ToDatetime(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid("no calendar has this time", reason="DAYS", field=[field]) from error


def _timestamp(at: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(at)
    return message
