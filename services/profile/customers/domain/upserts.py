"""What becomes of items that are said of customers, in memory: which aliases are new, what is joined, what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.profile.customers.domain.items import (
    MOST_ATTRIBUTES,
    CheckedItem,
    too_many_attributes,
)
from services.profile.customers.domain.merging import LinkFate, Merging
from services.profile.customers.domain.persons import pair_of

AttributeName = tuple[int, str]
"""An alias by its number, and a key."""


@dataclass(slots=True)
class Upserts:
    """Items of one transaction, in the order in which they come.

    `unstored`: numbers of new aliases of which no item has spoken yet. `seen`: when each alias was seen first.
    `known`: what attributes each alias has that may get some, "" for what was taken away; where one may be taken away,
    those of all aliases of its person.
    """

    merging: Merging
    unstored: set[int]
    seen: dict[int, datetime]
    known: Mapping[int, dict[str, str]]
    earlier: dict[int, datetime] = field(default_factory=dict)
    """Stored aliases that were seen before what is stored."""
    said: dict[AttributeName, tuple[str, str]] = field(default_factory=dict)
    """Attributes that are new or have another value: that, and the source."""

    def take(self, item: CheckedItem, numbers: list[int]) -> bool:
        """Whether the item says anything new; its identifiers are aliases of these numbers.

        Invalid (TOO_MANY_ATTRIBUTES), and then nothing of the item is taken, where its alias would have too many.
        """
        first = numbers[0]
        attributes = self._attributes(item, first)
        is_new = not self.unstored.isdisjoint(numbers)
        self.unstored.difference_update(numbers)
        for number in numbers:
            is_new |= self._see(number, item.first_seen)
        for other in numbers[1:]:
            fate = self.merging.link(pair_of(first, other), item.reason, item.source)
            is_new |= fate in (LinkFate.MADE, LinkFate.REFUSED)
        for key, value in attributes.items():
            self.said[first, key] = (value, item.source)
        self.known.get(first, {}).update(attributes)
        return is_new or bool(attributes)

    def _attributes(self, item: CheckedItem, alias: int) -> dict[str, str]:
        """Those whose values the alias does not have yet."""
        if not item.attributes:
            return {}
        known = self.known[alias]
        changed = {
            key: value
            for key, value in item.attributes
            if (known[key] != value if key in known else value or self._is_known(alias, key))
        }
        if sum(map(bool, {**known, **changed}.values())) > MOST_ATTRIBUTES:
            raise too_many_attributes()
        return changed

    def _is_known(self, alias: int, key: str) -> bool:
        """Whether an alias of the same person has the attribute, so that it can be taken away."""
        person = self.merging.persons.person_of[alias]
        members = self.merging.persons.members[person]
        return any(self.known[member].get(key) for member in members if member in self.known)

    def _see(self, number: int, at: datetime | None) -> bool:
        """Whether an alias was seen before what is known."""
        if at is None or at >= self.seen[number]:
            return False
        self.seen[number] = self.earlier[number] = at
        return True
