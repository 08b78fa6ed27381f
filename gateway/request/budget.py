"""How much one request may read, and how long a page of a list may be."""

from collections.abc import Callable, Mapping
from typing import Any

from services.kit.errors import Invalid

LARGEST_COST = 10_000
"""Values of one request; a call to a service counts as CALL_COST values."""
CALL_COST = 40
"""One awaited call costs the gateway about as much as 40 plain values."""
LARGEST_PAGE = 100
DEFAULT_PAGE = 50


class Budget:
    """What is left for lists whose length only the answer tells."""

    __slots__ = ("left",)

    def __init__(self, left: int = LARGEST_COST) -> None:
        self.left = left

    def spend(self, values: int) -> None:
        """Take values from the budget; Invalid when it is used up."""
        self.left -= values
        if self.left < 0:
            raise too_costly()


class Charge:
    """Takes values from who asks, and knows how many it took."""

    __slots__ = ("take", "values")

    def __init__(self, take: Callable[[int], None]) -> None:
        self.take = take
        self.values = 0

    def __call__(self, values: int) -> None:
        self.take(values)
        self.values += values

    def told_in(self, body: Mapping[str, Any], largest: int) -> dict[str, Any]:
        """An answer with `extensions.cost`; `largest` is the cost of its document at the worst, in values."""
        cost = {"static": largest, "charged": self.values, "limit": LARGEST_COST}
        return {**body, "extensions": {**body.get("extensions", {}), "cost": cost}}


def too_costly() -> Invalid:
    return Invalid(
        f"this request would read more than {LARGEST_COST:,} values: ask for a smaller `first`, "
        "a shorter period or fewer nested lists",
        reason="TOO_COSTLY",
    )
