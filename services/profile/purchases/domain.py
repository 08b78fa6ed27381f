"""What was bought or brought back, as it is sent, and which of it can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Final, NamedTuple

from services.kit.errors import Invalid
from services.profile.customers.domain.identifiers import Identifier

MOST_ITEMS: Final = 1_000
MOST_LINES: Final = 200
MOST_CENTS: Final = 10**13
MOST_QUANTITY: Final = 10.0**9
LONGEST: Final = {
    "id": 100,
    "source": 100,
    "return_of": 100,
    "payment": 50,
    "place": 100,
    "receipt": 100,
}
"""Characters of each text of a purchase."""
LONGEST_ITEM: Final = 200


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """A line of a receipt; cents are of the whole line, after its discount."""

    item: str
    quantity: float
    cents: int
    discount: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class PurchaseItem:
    """One receipt. Of a return, cents are what was paid back. `return_of`: an id of the same source. Personal data."""

    id: str
    at: datetime
    cents: int
    source: str = ""
    customer: Identifier | None = None
    is_return: bool = False
    return_of: str = ""
    touchpoint: str = ""
    department: str | None = None
    channel: str = ""
    payment: str = ""
    place: str = ""
    card_used: bool | None = None
    receipt: str = ""
    lines: tuple[PurchaseLine, ...] = ()


class PurchaseKey(NamedTuple):
    """By what a purchase is known where it is stored."""

    alias: int
    at: datetime
    mark: int


@dataclass(frozen=True, slots=True)
class StoredPurchase:
    """A purchase as it is to be stored, or is; numbers of department and dimensions as all facts have them."""

    key: PurchaseKey
    department: int
    dimensions: int
    local_day: int
    cents: int
    is_return: bool
    return_of: int | None
    payment: str
    place: str
    card_used: bool | None
    receipt: str
    lines: tuple[PurchaseLine, ...]


@dataclass(slots=True)
class Sold:
    """What can be brought back of a purchase: since when, cents of it, and what came back already."""

    at: datetime
    cents: int
    returned: int = 0


def check_purchase(item: PurchaseItem) -> None:
    """Invalid, with the field, for what no receipt says; the time is judged with the department."""
    if not item.id:
        raise Invalid(
            "a purchase is known by an id of its source", reason="INVALID_ID", field=["id"]
        )
    for name, longest in LONGEST.items():
        _check_text(getattr(item, name), longest, name)
    if not 0 <= item.cents <= MOST_CENTS:
        raise Invalid(
            f"an amount has 0 to {MOST_CENTS:,} cents; what is brought back is a return",
            reason="AMOUNT",
            field=["cents"],
        )
    if item.return_of and not item.is_return:
        message = "only a return names the purchase that it was"
        raise Invalid(message, reason="RETURN", field=["return_of"])
    if len(item.lines) > MOST_LINES:
        message = f"a purchase has at most {MOST_LINES} lines"
        raise Invalid(message, reason="TOO_MANY_LINES", field=["lines"])
    for number, line in enumerate(item.lines):
        _check_line(line, "lines", str(number))


def _check_line(line: PurchaseLine, *path: str) -> None:
    _check_text(line.item, LONGEST_ITEM, *path, "item")
    if not line.item:
        raise Invalid("say what was bought", reason="INVALID_TEXT", field=[*path, "item"])
    if not (isfinite(line.quantity) and 0 <= line.quantity <= MOST_QUANTITY):
        raise Invalid("a quantity is 0 or more", reason="QUANTITY", field=[*path, "quantity"])
    if not 0 <= line.discount <= MOST_CENTS:
        raise Invalid("a discount is 0 or more", reason="AMOUNT", field=[*path, "discount_cents"])
    if abs(line.cents) > MOST_CENTS:
        message = f"a line has at most {MOST_CENTS:,} cents"
        raise Invalid(message, reason="AMOUNT", field=[*path, "cents"])


def _check_text(text: str, longest: int, *path: str) -> None:
    if len(text) > longest or not text.isprintable():
        message = f"{path[-1]} is one line of at most {longest} characters"
        raise Invalid(message, reason="INVALID_TEXT", field=path)


def take_return(back: StoredPurchase, sold: Mapping[int, Sold]) -> None:
    """Count a return against the purchase that it names; Invalid (RETURN) before that, above it, or of none."""
    assert back.return_of is not None
    found = sold.get(back.return_of)
    if found is None:
        message = "no purchase of this source has this id: record it before what came back of it"
        raise Invalid(message, reason="RETURN", field=["return_of"])
    if back.key.at < found.at:
        message = "what is brought back was bought before: the return has an earlier time"
        raise Invalid(message, reason="RETURN", field=["occurred_at"])
    if found.returned + back.cents > found.cents:
        message = "more would be paid back than was paid"
        raise Invalid(message, reason="RETURN", field=["cents"])
    found.returned += back.cents
