"""What the customers did in the last two years: paths through the stages, most of them short."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from infra.local.demo.customers.identities import COUNT
from infra.local.demo.organisation import TOUCHPOINTS
from services.kit.clock import instant_text

BATCH: Final = 1_000
"""Interactions of a call: its body must not be larger than 256 KiB."""
DAYS: Final = 700
STEPS: Final = (
    ("awareness", ("VISITED", "CLICKED")),
    ("consideration", ("VIEWED", "ASKED")),
    ("purchase", ("ORDERED", "CAME")),
    ("post-purchase", ("DELIVERED", "CALLED", "SERVICED", "COMPLAINED")),
    ("loyalty", ("USED", "RECOMMENDED")),
)
TOPICS: Final = ("invoice", "contract", "fault", "delivery")
OF: Final = {
    stage: tuple(each for each in TOUCHPOINTS if each.stage == stage) for stage, _ in STEPS
}


def interactions(seed: int, until: datetime) -> Iterator[dict[str, Any]]:
    """The inputs of recordInteractions, by customer numbers; one in three did nothing that was recorded."""
    source = random.Random(f"{seed}/interactions")
    for number in range(COUNT):
        if source.random() < 0.33:
            continue
        at = until - timedelta(minutes=source.randrange(60, DAYS * 24 * 60))
        for position in range(source.choice((1, 2, 2, 3, 3, 5))):
            yield _interaction(source, number, position, at)
            at += timedelta(minutes=source.randrange(60, 40 * 24 * 60))
            if at >= until:
                break


def _interaction(source: random.Random, number: int, position: int, at: datetime) -> dict[str, Any]:
    stage, kinds = STEPS[min(position + source.choice((0, 0, 0, 2)), len(STEPS) - 1)]
    kind = source.choice(kinds)
    given: dict[str, Any] = {
        "customer": {"kind": "CUSTOMER", "value": f"C{number:05}"},
        "kind": kind,
        "at": instant_text(at),
        "id": f"{number}-{position}",
        "source": "crm",
        "touchpoint": source.choice(OF[stage]).key,
    }
    if kind in ("ASKED", "CALLED", "COMPLAINED"):
        given["details"] = [{"name": "topic", "value": source.choice(TOPICS)}]
    return given
