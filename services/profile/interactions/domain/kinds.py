"""Kinds of interactions: what is built in, and what an organisation adds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from services.kit.errors import Conflict, Failure, Invalid
from services.kit.items import Upserted, conclude, distinct
from services.kit.letters import is_key
from services.profile.customers.domain.kinds import KEY

MOST_KINDS: Final = 200
FIRST_OWN: Final = 101
"""Numbers below are for kinds that are built in."""
LONGEST_NAME: Final = 100
MOST_KEYS: Final = 20
LONGEST_KEY: Final = 64


class Direction(IntEnum):
    """Who acts; the number is what is stored."""

    BY_CUSTOMER = 1
    BY_US = 2
    ABOUT = 3


@dataclass(frozen=True, slots=True)
class InteractionKind:
    """A kind; `number` is what is stored of it. A contact ends silence. `details`: keys that one of it may have."""

    number: int
    key: str
    direction: Direction
    is_contact: bool
    details: tuple[str, ...] = ()
    name: str = ""

    @property
    def is_built_in(self) -> bool:
        return self.number < FIRST_OWN


def _built_in() -> tuple[InteractionKind, ...]:
    by, us, about = Direction.BY_CUSTOMER, Direction.BY_US, Direction.ABOUT
    rows: Sequence[tuple[str, Direction, bool, str]] = (
        # In the order of a journey, from long before awareness to long after.
        ("NEED", about, False, "need"),
        ("EXPOSED", us, False, "campaign placement"),
        ("CLICKED", by, False, "campaign placement"),
        ("VISITED", by, False, "page place"),
        ("SEARCHED", by, False, "category"),
        ("VIEWED", by, False, "item category"),
        ("SIGNED_UP", by, True, "plan"),
        ("SIGNED_IN", by, False, "device"),
        ("ASKED", by, True, "topic"),
        ("ADDED_TO_CART", by, False, "item category"),
        ("CHECKOUT_STARTED", by, False, "order"),
        ("ORDERED", by, True, "order category"),
        ("CANCELLED", by, True, "order"),
        ("DELIVERED", us, False, "order carrier"),
        ("RETURNED", by, True, "order"),
        ("USED", by, False, "feature"),
        ("CALLED", by, True, "topic"),
        ("WROTE", by, True, "topic"),
        ("CAME", by, True, "place"),
        ("CONTACTED", us, False, "topic campaign"),
        ("SERVICED", us, True, "topic place"),
        ("RECOMMENDED", by, True, "item place"),
        ("WARRANTY", by, True, "item order"),
        ("COMPLAINED", by, True, "topic order"),
    )
    return tuple(
        InteractionKind(number, key, direction, is_contact, tuple(details.split()))
        for number, (key, direction, is_contact, details) in enumerate(rows, 1)
    )


BUILT_IN: Final = _built_in()
SEGMENT: Final = {
    "Product Viewed": "VIEWED",
    "Product List Viewed": "VIEWED",
    "Products Searched": "SEARCHED",
    "Product Clicked": "CLICKED",
    "Promotion Viewed": "EXPOSED",
    "Promotion Clicked": "CLICKED",
    "Product Added": "ADDED_TO_CART",
    "Checkout Started": "CHECKOUT_STARTED",
    "Order Completed": "ORDERED",
    "Order Cancelled": "CANCELLED",
    "Order Refunded": "RETURNED",
    "Product Shared": "RECOMMENDED",
    "Product Reviewed": "RECOMMENDED",
    "Signed Up": "SIGNED_UP",
    "Signed In": "SIGNED_IN",
    "Page Viewed": "VISITED",
}
"""Names of events as Segment's specification writes them, and the kinds that they mean."""
_SEGMENT: Final = {name.casefold(): key for name, key in SEGMENT.items()}


class InteractionKinds:
    """The kinds there are, by number and by key."""

    def __init__(self, own: Iterable[InteractionKind] = ()) -> None:
        self.own = tuple(own)
        self._by_key = {kind.key: kind for kind in self}
        self._by_number = {kind.number: kind for kind in self}
        self.by_customer = [kind.number for kind in self if kind.direction is Direction.BY_CUSTOMER]
        self.contacts = [kind.number for kind in self if kind.is_contact]

    def __iter__(self) -> Iterator[InteractionKind]:
        """Those that are built in, then own ones in the order in which they were made."""
        return iter((*BUILT_IN, *self.own))

    def find(self, name: str) -> InteractionKind | None:
        """By its key, or by the name that Segment has for it, in any case."""
        known = self._by_key.get(name)
        return known or self._by_key.get(_SEGMENT.get(name.casefold(), ""))

    def key_of(self, number: int) -> str:
        """The key of a kind that is stored."""
        return self._by_number[number].key


@dataclass(frozen=True, slots=True)
class InteractionKindItem:
    """A kind as somebody wants it; `direction` as a number of the contract."""

    key: str
    name: str
    direction: int
    is_contact: bool
    details: tuple[str, ...]


def upsert_kinds(
    known: InteractionKinds, items: Sequence[InteractionKindItem]
) -> Upserted[InteractionKind]:
    """What becomes of each item, and the kinds that are new, have another name or more keys of details."""
    by_key, malformed = distinct(items, lambda item: item.key, _check, _REPEATED)
    own: Mapping[str, InteractionKind] = {kind.key: kind for kind in known.own}
    refused: dict[str, Failure] = {}
    changed: dict[str, InteractionKind] = {}
    number = max((kind.number for kind in known.own), default=FIRST_OWN - 1)
    for key, item in by_key.items():
        before = own.get(key)
        direction = Direction(item.direction)
        if before is None and len(own) + sum(new not in own for new in changed) >= MOST_KINDS:
            refused[key] = _TOO_MANY
        elif before is None:
            number += 1
            changed[key] = InteractionKind(
                number, key, direction, item.is_contact, item.details, item.name
            )
        elif (before.direction, before.is_contact) != (direction, item.is_contact):
            refused[key] = _FIXED
        elif not set(before.details) <= set(item.details):
            refused[key] = _NO_LESS
        elif (before.name, before.details) != (item.name, item.details):
            changed[key] = replace(before, name=item.name, details=item.details)
    keys = [item.key for item in items]
    ids = {key: key for key in by_key}
    return Upserted(conclude(keys, malformed, refused, ids, changed), tuple(changed.values()))


def _check(item: InteractionKindItem) -> None:
    if not KEY.fullmatch(item.key):
        message = "the key of a kind has 1 to 30 signs of A-Z 0-9 _, like TEST_DRIVE"
        raise Invalid(message, reason="INVALID_KEY", field=["key"])
    if any(item.key == kind.key for kind in BUILT_IN):
        message = f"{item.key} is built in: choose another key"
        raise Invalid(message, reason="BUILT_IN", field=["key"])
    name = item.name
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or name != name.strip():
        message = f"a name has 1 to {LONGEST_NAME} printable characters"
        raise Invalid(message, reason="INVALID_NAME", field=["name"])
    if item.direction not in set(Direction):
        message = "say who acts: the customer, we, or neither"
        raise Invalid(message, reason="DIRECTION", field=["direction"])
    keys = item.details
    is_well = all(is_key(key) and len(key) <= LONGEST_KEY for key in keys)
    if len(keys) > MOST_KEYS or len(set(keys)) < len(keys) or not is_well:
        message = (
            f"details have at most {MOST_KEYS} different keys of at most {LONGEST_KEY} letters, digits, dots,"
            " hyphens and underscores"
        )
        raise Invalid(message, reason="DETAILS", field=["details"])


_REPEATED: Final = Invalid(
    "an item before this one has the same key and says something else: send each once",
    reason="REPEATED",
    field=["key"],
)
_TOO_MANY: Final = Conflict(
    f"there are {MOST_KINDS} own kinds already, and there can be no more",
    reason="TOO_MANY_KINDS",
    field=["key"],
)
_FIXED: Final = Conflict(
    "who acts, and whether it is a contact, never changes, for interactions were counted by it: make another kind",
    reason="KIND_FIXED",
    field=["direction"],
)
_NO_LESS: Final = Conflict(
    "keys of details are only added, for interactions have them: name those there are too",
    reason="DETAILS_FIXED",
    field=["details"],
)
