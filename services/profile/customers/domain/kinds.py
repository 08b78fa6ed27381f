"""Kinds of identifiers: what is built in, and what an organisation adds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.kit.errors import Conflict, Failure, Invalid
from services.kit.items import Upserted, conclude, distinct

MOST_KINDS: Final = 30
FIRST_OWN: Final = 101
"""Numbers below are for kinds that are built in."""
LONGEST_NAME: Final = 100
KEY: Final = re.compile(r"[A-Z0-9_]{1,30}")


@dataclass(frozen=True, slots=True)
class IdentifierKind:
    """A kind; `number` is what is stored of it. Unique: a person has at most one identifier of it."""

    number: int
    key: str
    is_unique: bool
    name: str = ""

    def __hash__(self) -> int:
        return self.number

    @property
    def is_built_in(self) -> bool:
        return self.number < FIRST_OWN


CUSTOMER: Final = IdentifierKind(1, "CUSTOMER", is_unique=True)
EMAIL: Final = IdentifierKind(2, "EMAIL", is_unique=False)
PHONE: Final = IdentifierKind(3, "PHONE", is_unique=False)
CARD: Final = IdentifierKind(4, "CARD", is_unique=False)
ACCOUNT: Final = IdentifierKind(5, "ACCOUNT", is_unique=True)
DEVICE: Final = IdentifierKind(6, "DEVICE", is_unique=False)
BUILT_IN: Final = (CUSTOMER, EMAIL, PHONE, CARD, ACCOUNT, DEVICE)


class Kinds:
    """The kinds there are, by number and by key."""

    def __init__(self, own: Iterable[IdentifierKind] = ()) -> None:
        self.own = tuple(own)
        self._by_key = {kind.key: kind for kind in self}
        self._by_number = {kind.number: kind for kind in self}
        self.unique = frozenset(kind.number for kind in self if kind.is_unique)

    def __iter__(self) -> Iterator[IdentifierKind]:
        """Those that are built in, then own ones in the order in which they were made."""
        return iter((*BUILT_IN, *self.own))

    def find(self, key: str) -> IdentifierKind | None:
        return self._by_key.get(key)

    def key_of(self, number: int) -> str:
        """The key of a kind that is stored."""
        return self._by_number[number].key


@dataclass(frozen=True, slots=True)
class KindItem:
    """A kind as somebody wants it."""

    key: str
    name: str
    is_unique: bool


def upsert_kinds(known: Kinds, items: Sequence[KindItem]) -> Upserted[IdentifierKind]:
    """What becomes of each item, and the kinds that are new or have another name."""
    by_key, malformed = distinct(items, lambda item: item.key, _check, _REPEATED)
    own: Mapping[str, IdentifierKind] = {kind.key: kind for kind in known.own}
    refused: dict[str, Failure] = {}
    changed: dict[str, IdentifierKind] = {}
    number = max((kind.number for kind in known.own), default=FIRST_OWN - 1)
    for key, item in by_key.items():
        before = own.get(key)
        if before is None and len(own) + sum(new not in own for new in changed) >= MOST_KINDS:
            refused[key] = _TOO_MANY
        elif before is None:
            number += 1
            changed[key] = IdentifierKind(number, key, item.is_unique, item.name)
        elif before.is_unique != item.is_unique:
            refused[key] = _FIXED
        elif before.name != item.name:
            changed[key] = replace(before, name=item.name)
    keys = [item.key for item in items]
    ids = {key: key for key in by_key}
    return Upserted(conclude(keys, malformed, refused, ids, changed), tuple(changed.values()))


def _check(item: KindItem) -> None:
    if not KEY.fullmatch(item.key):
        message = "the key of a kind has 1 to 30 signs of A-Z 0-9 _, like LOYALTY_APP"
        raise Invalid(message, reason="INVALID_KEY", field=["key"])
    if any(item.key == kind.key for kind in BUILT_IN):
        message = f"{item.key} is built in: choose another key"
        raise Invalid(message, reason="BUILT_IN", field=["key"])
    name = item.name
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or name != name.strip():
        message = f"a name has 1 to {LONGEST_NAME} printable characters"
        raise Invalid(message, reason="INVALID_NAME", field=["name"])


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
    "whether a kind is unique never changes, for persons were joined by it: make another kind",
    reason="UNIQUE_FIXED",
    field=["unique"],
)
