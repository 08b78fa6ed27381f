"""Points of some of the customers: earned in two years, and some of it spent."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from services.kit.clock import instant_text

COUNT: Final = 1_500
"""Customers who collect points."""
BATCH: Final = 500
"""Entries of a call: its body must not be larger than 256 KiB."""
DAYS: Final = 700


def points(seed: int, until: datetime) -> Iterator[dict[str, Any]]:
    """The inputs of recordPoints, each customer's in the order of time."""
    source = random.Random(f"{seed}/points")
    for number in range(COUNT):
        yield from _ledger(source, number, until)


def _ledger(source: random.Random, number: int, until: datetime) -> Iterator[dict[str, Any]]:
    before = sorted(source.randrange(1, DAYS * 24) for _ in range(source.randrange(1, 5)))
    total = 0
    for place, hours in enumerate(reversed(before)):
        at = until - timedelta(hours=hours)
        ends = (at + timedelta(days=900)).date()
        earned = source.randrange(2, 40) * 5
        total += earned
        entry = {
            "identifier": {"kind": "CUSTOMER", "value": f"C{number:05}"},
            "id": f"{number}-{place}",
            "at": instant_text(at),
            "source": "till",
        }
        yield {**entry, "points": earned, "kind": "EARNED", "expiresOn": ends.isoformat()}
        if source.random() < 0.3:
            spent = source.randrange(1, total + 1)
            total -= spent
            later = instant_text(at + timedelta(minutes=30))
            yield {
                **entry,
                "id": f"{entry['id']}-s",
                "at": later,
                "points": -spent,
                "kind": "SPENT",
            }
