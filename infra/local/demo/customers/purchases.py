"""What customers bought in two years: top-ups, accessories and phones, in shops and online; some of it came back."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from infra.local.demo.customers.identities import COUNT
from services.kit.clock import instant_text

BATCH: Final = 500
"""Purchases of a call: its body must not be larger than 256 KiB."""
DAYS: Final = 730
SHAPE: Final = 0.6
ORDERS: Final = 1.5
"""Orders of a customer in two years are Poisson, with a mean that is gamma of this shape and mean."""
NOBODY: Final = 0.04
"""Share of purchases at which nobody said who it was."""
BROUGHT_BACK: Final = 0.05
TOUCHPOINTS: Final = (
    "visit-north",
    "visit-south",
    "visit-east",
    "visit-central",
    "checkout",
    "checkout",
)
GOODS: Final = (
    ("top-up", (500, 1000, 1000, 2000, 3000)),
    ("case", (990, 1490, 1990, 2490)),
    ("charger", (1490, 2490, 3990)),
    ("router", (5990, 8990)),
    ("phone", (12990, 24900, 39900, 69900)),
)
OFTEN: Final = (50, 20, 15, 5, 10)
PAYMENTS: Final = ("CARD", "CARD", "CARD", "CASH", "TRANSFER")


def purchases(seed: int, until: datetime) -> Iterator[dict[str, Any]]:
    """The inputs of recordPurchases in the DAYS before an instant; a return comes after what it is of."""
    source = random.Random(f"{seed}/purchases")
    number = 0
    for customer in range(COUNT):
        mean = source.gammavariate(SHAPE, ORDERS / SHAPE)
        elapsed = source.expovariate(mean / DAYS)
        while elapsed < DAYS - 1:
            bought = until - timedelta(days=DAYS - elapsed)
            number += 1
            yield from _bought(source, number, customer, bought, until)
            elapsed += source.expovariate(mean / DAYS)


def _bought(
    source: random.Random, number: int, customer: int, at: datetime, until: datetime
) -> Iterator[dict[str, Any]]:
    item, prices = source.choices(GOODS, OFTEN)[0]
    amount = source.choice(prices)
    purchase = {
        "id": f"R{number:06}",
        "source": "till",
        "occurredAt": instant_text(at),
        "amount": amount,
        "touchpoint": source.choice(TOUCHPOINTS),
        "payment": source.choice(PAYMENTS),
        "lines": [{"item": item, "amount": amount}],
    }
    if source.random() >= NOBODY:
        purchase["customer"] = {"kind": "CUSTOMER", "value": f"C{customer:05}"}
    yield purchase
    back = at + timedelta(days=source.uniform(1, 14))
    if item != "top-up" and source.random() < BROUGHT_BACK and back < until:
        of = {"isReturn": True, "returnOf": purchase["id"], "occurredAt": instant_text(back)}
        yield {**purchase, **of, "id": f"B{number:06}"}
