"""Persons: sets of aliases that live links join, computed in memory from what a lock holds still."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final, NamedTuple

MOST_ALIASES: Final = 50
"""Of one person. Where others drop the oldest, the link is refused."""
MOST_SHARED: Final = 5
"""Persons with a value of a unique kind that one alias may be claimed for; of more it is a till card or a family's."""


class Pair(NamedTuple):
    """Two aliases by their numbers; a < b."""

    a: int
    b: int


def pair_of(one: int, other: int) -> Pair:
    """Two numbers that differ, the lesser first."""
    return Pair(min(one, other), max(one, other))


class LinkReason(IntEnum):
    """Why two aliases are of one person; the numbers are those of the contract, and stored."""

    TOGETHER = 1
    IMPORTED = 2
    SAID = 3
    FORCED = 4


class ConflictReason(IntEnum):
    """Why a link is refused; the numbers are those of the contract, and stored."""

    UNIQUE = 1
    TOO_MANY_ALIASES = 2
    APART = 3
    SHARED = 4


class Cause(IntEnum):
    """Why an alias is of another person than before; the numbers are those of the contract, and stored."""

    NEW = 1
    LINKED = 2
    UNLINKED = 3


@dataclass(frozen=True, slots=True)
class Alias:
    """An alias as it is stored; `person` is the least number of those it is joined with."""

    number: int
    kind: int
    person: int
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """An alias that is of another person now. `was` is 0 of a new one; `link`: what did it, where a link did."""

    alias: int
    was: int
    is_now: int
    cause: Cause
    link: Pair | None


class Refusal(NamedTuple):
    """Why two persons are not joined; `kind` is the unique one whose values would meet, else 0."""

    reason: ConflictReason
    kind: int = 0


class Persons:
    """Some persons, whole, while links are added.

    `unique`: kinds that a person has once. `apart`: pairs of which somebody said that they are two.
    """

    def __init__(
        self,
        aliases: Iterable[Alias],
        unique: Collection[int],
        apart: Iterable[Pair] = (),
    ) -> None:
        self.unique = unique
        self.person_of: dict[int, int] = {}
        self.members: dict[int, list[int]] = defaultdict(list)
        self.kinds: dict[int, int] = {}
        self._claims: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._before: dict[int, int] = {}
        self._moved_by: dict[int, Pair] = {}
        for alias in aliases:
            self.person_of[alias.number] = self._before[alias.number] = alias.person
            self.members[alias.person].append(alias.number)
            self.kinds[alias.number] = alias.kind
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def add(self, number: int, kind: int) -> None:
        """A new alias, a person of its own."""
        self.person_of[number] = number
        self.members[number] = [number]
        self.kinds[number] = kind

    def forget(self, number: int) -> None:
        """A new alias that nothing was said of after all."""
        del self.person_of[number], self.members[number], self.kinds[number]

    def claim(self, link: Pair, kind: int) -> None:
        """Two aliases were to be joined, and values of a unique kind would have met."""
        self._claims[link.a, kind].add(link.b)
        self._claims[link.b, kind].add(link.a)

    def refusal(self, link: Pair) -> Refusal | None:
        """Why the persons of two aliases must not be joined; None where they may be, or are one already."""
        one, other = self.person_of[link.a], self.person_of[link.b]
        if one == other:
            return None
        if self._said_apart(one, other):
            return Refusal(ConflictReason.APART)
        meeting = self._unique_kinds(one) & self._unique_kinds(other)
        if meeting:
            kind = min(meeting)
            is_shared = any(True for _ in self.shared(link, kind))
            return Refusal(ConflictReason.SHARED if is_shared else ConflictReason.UNIQUE, kind)
        if len(self.members[one]) + len(self.members[other]) > MOST_ALIASES:
            return Refusal(ConflictReason.TOO_MANY_ALIASES)
        return None

    def shared(self, link: Pair, kind: int) -> Iterator[int]:
        """Those of two aliases that would join more than five persons of a unique kind."""
        for alias, claimed in (link, (link.b, link.a)):
            own = sum(self.kinds[member] == kind for member in self.members[self.person_of[alias]])
            claims = self._claims.get((alias, kind), set()) | {claimed}
            if self.kinds[alias] != kind and own + len(claims) > MOST_SHARED:
                yield alias

    def join(self, link: Pair) -> None:
        """Join the persons of two aliases, whatever speaks against it."""
        one, other = sorted((self.person_of[link.a], self.person_of[link.b]))
        if one == other:
            return
        for alias in self.members[other]:
            self.person_of[alias] = one
            self._moved_by[alias] = link
        self.members[one] += self.members.pop(other)

    def moves(self) -> Iterator[Move]:
        """Aliases that are new, or of another person than at first."""
        for alias, person in self.person_of.items():
            was = self._before.get(alias, 0)
            if was != person:
                cause = Cause.LINKED if was else Cause.NEW
                yield Move(alias, was, person, cause, self._moved_by.get(alias))

    def are_one(self, link: Pair) -> bool:
        """Whether two aliases are of one person."""
        return self.person_of[link.a] == self.person_of[link.b]

    def part_no_more(self, link: Pair) -> set[Pair]:
        """Forget that the persons of two aliases are two; the pairs of which it was said."""
        one, other = self.person_of[link.a], self.person_of[link.b]
        found = set() if one == other else self._said_apart(one, other)
        for a, b in found:
            self._apart[a].discard(b)
            self._apart[b].discard(a)
        return found

    def _said_apart(self, one: int, other: int) -> set[Pair]:
        if not self._apart:
            return set()
        return {
            pair_of(member, stranger)
            for member in self.members[one]
            for stranger in self._apart.get(member, ())
            if self.person_of.get(stranger) == other
        }

    def _unique_kinds(self, person: int) -> set[int]:
        return {
            kind for member in self.members[person] if (kind := self.kinds[member]) in self.unique
        }


def parts(members: Iterable[int], links: Iterable[Pair]) -> dict[int, int]:
    """Of each alias the least number that links join it with: its person, recounted from the links alone."""
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in links:
        beside[a].append(b)
        beside[b].append(a)
    person_of: dict[int, int] = {}
    for least in sorted(members):  # so the first of a part that is met is the least of it
        waiting = [least]
        while waiting:
            alias = waiting.pop()
            if alias not in person_of:
                person_of[alias] = least
                waiting += beside[alias]
    return person_of
