"""What rules about customers may speak of."""

from collections.abc import Iterable, Mapping
from typing import Final

from services.kit.logic.vocabulary import (
    BOOL,
    DATE,
    NUMBER,
    WHOLE,
    AnyText,
    FactFunction,
    OneOf,
    Type,
    Whole,
    option,
    options,
)
from services.profile.customers.domain.items import is_attribute_key
from services.profile.customers.domain.kinds import Kinds

ATTRIBUTE: Final = "attribute."
SEGMENT: Final = "segment"
WINDOW: Final = Whole(1, 3_660)
"""Local days that end today."""
ATTRIBUTE_TYPE: Final = option()
"""Attributes are kept as keyed hashes here, so they are equal or not, and nothing else."""


class CustomerNames:
    """Names and functions of rules, where there are these kinds of identifiers and these segments."""

    def __init__(self, kinds: Kinds, segments: Iterable[str]) -> None:
        self.types: Mapping[str, Type] = {
            "first_day": DATE,
            "country": ATTRIBUTE_TYPE,
            "language": ATTRIBUTE_TYPE,
            "identifiers": options(*(kind.key for kind in kinds)),
        }
        self.functions: Mapping[str, FactFunction] = {
            SEGMENT: FactFunction((OneOf(frozenset(segments)),), BOOL),
            "orders": FactFunction((WINDOW,), WHOLE),
            "spent": FactFunction((WINDOW,), NUMBER),
            "bought": FactFunction((AnyText(), WINDOW), BOOL),
        }

    def type_of(self, name: str) -> Type | None:
        """Of an attribute too that nobody has yet; None for what is no name."""
        key = name.removeprefix(ATTRIBUTE)
        if key != name:
            return ATTRIBUTE_TYPE if is_attribute_key(key) else None
        return self.types.get(name)

    def names(self) -> tuple[str, ...]:
        return tuple(self.types)
