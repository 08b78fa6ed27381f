"""What some of the customers consented to: news of the shop, calls, and a few who took it back."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from services.kit.clock import instant_text

COUNT: Final = 4_000
"""Customers who were asked."""
BATCH: Final = 500
"""Statements of a call: its body must not be larger than 256 KiB."""
DAYS: Final = 700
WORDING: Final = {
    "MARKETING": "Yes, send me news and offers by e-mail. I can unsubscribe at any time.",
    "PHONE_CALLS": "You may call me about my contract and about better plans.",
}
GIVEN_FOR: Final = (None, None, "100 points", "10 % off the next order")
PROOFS: Final = {"WEB": "DOUBLE_OPT_IN", "BRANCH": "FORM", "PHONE": "CALL"}


def consents(seed: int, until: datetime) -> Iterator[dict[str, Any]]:
    """The inputs of recordConsent, by customer numbers, in the DAYS before an instant."""
    source = random.Random(f"{seed}/consents")
    for number in range(COUNT):
        customer = {"kind": "CUSTOMER", "value": f"C{number:05}"}
        for purpose in WORDING if source.random() < 0.3 else ("MARKETING",):
            yield from _said(source, customer, purpose, until)


def _said(
    source: random.Random, customer: dict[str, str], purpose: str, until: datetime
) -> Iterator[dict[str, Any]]:
    at = until - timedelta(minutes=source.randrange(60 * 24, DAYS * 60 * 24))
    channel = source.choice(tuple(PROOFS))
    statement = {"identifier": customer, "purpose": purpose, "channel": channel, "source": "crm"}
    if source.random() < 0.25:
        yield {**statement, "status": "REFUSED", "at": instant_text(at)}
        return
    given = {"wording": WORDING[purpose], "proof": PROOFS[channel]}
    if reward := source.choice(GIVEN_FOR):
        given["givenFor"] = reward
    yield {**statement, **given, "status": "GIVEN", "at": instant_text(at)}
    if source.random() < 0.1:
        later = at + (until - at) * source.random()
        yield {**statement, "status": "WITHDRAWN", "at": instant_text(later)}
