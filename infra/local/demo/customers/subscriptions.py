"""What some of the customers pay for by the month; a quarter of them left."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

COUNT: Final = 2_000
"""The first customers."""
BATCH: Final = 500
DAYS: Final = 1_400
PLANS: Final = (("Solo", 1490), ("Family", 2990), ("Fibre", 3490), ("Business", 6990))
DEPARTMENTS: Final = ("shop-north", "shop-south", "online-shop", "telesales", "small-business")
REASONS: Final = ("price", "moved", "coverage", "another provider")
LEFT: Final = 0.25


def subscriptions(seed: int, today: date) -> Iterator[dict[str, Any]]:
    """The inputs of upsertSubscriptions, by customer numbers, begun in the DAYS before a day."""
    source = random.Random(f"{seed}/subscriptions")
    for number in range(COUNT):
        began = today - timedelta(days=source.randrange(30, DAYS))
        plan, monthly = source.choice(PLANS)
        told = {
            "id": f"S{number:05}",
            "source": "crm",
            "customer": {"kind": "CUSTOMER", "value": f"C{number:05}"},
            "plan": plan,
            "monthly": monthly,
            "department": source.choice(DEPARTMENTS),
            "startedOn": began.isoformat(),
        }
        if source.random() < LEFT:
            ended = began + timedelta(days=source.randrange(1, (today - began).days))
            told |= {"endedOn": ended.isoformat(), "reason": source.choice(REASONS)}
        elif source.random() < 0.5:
            bound = today + timedelta(days=source.randrange(1, 700))
            told["contractEndsOn"] = bound.isoformat()
        yield told
