"""Links as they come: made, there already, or refused as conflicts that wait for a person."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, auto

from services.profile.customers.domain.persons import (
    ConflictReason,
    LinkReason,
    Pair,
    Persons,
    Refusal,
)


class Settlement(IntEnum):
    """What becomes of a conflict; the numbers are those of the contract, and stored."""

    JOIN = 1
    APART = 2
    DISMISS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is stored. `source`: as who sent it says; `made_by`: a subject."""

    pair: Pair
    reason: LinkReason
    source: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """A link that was refused; `id` is a UUIDv7, `kind` as in `Refusal`."""

    id: str
    pair: Pair
    reason: ConflictReason
    at: datetime
    source: str
    kind: int = 0
    settled: Settlement | None = None


class LinkFate(IntEnum):
    """What became of a link."""

    MADE = auto()
    KNOWN = auto()  # it was there, or it was refused before and waits
    REFUSED = auto()  # for the first time
    SETTLED = auto()  # it was refused, and somebody said for good that they are two


@dataclass(slots=True)
class Merging:
    """Some links of one transaction, in the order in which they come."""

    persons: Persons
    live: Collection[Pair]
    conflicts: Mapping[Pair, Conflict]
    """Those of the pairs that may be linked that are open, or were settled as apart."""
    subject: str
    at: datetime
    new_id: Callable[[], str]
    made: dict[Pair, Link] = field(default_factory=dict)
    refused: dict[Pair, Conflict] = field(default_factory=dict)
    shared: dict[tuple[int, int], Conflict] = field(default_factory=dict)
    """Of aliases that are shared, by alias and kind, also those settled as apart: they are said once of each."""
    waiting: set[str] = field(default_factory=set)
    """Ids of conflicts that links of this transaction have met or made."""

    def link(
        self, pair: Pair, reason: LinkReason, source: str, *, insists: bool = False
    ) -> LinkFate:
        """Join two aliases, or keep why they are not joined.

        Who insists gets a conflict that waits also where the same was settled for good as apart.
        """
        if pair in self.made or pair in self.live:
            return LinkFate.KNOWN
        refusal = self.persons.refusal(pair)
        if refusal is None:
            self._make(pair, reason, source)
            return LinkFate.MADE
        known = self.find_conflict(pair, refusal)
        if known is None or (insists and known.settled is not None):
            known = self._refuse(pair, refusal, source)
            self.waiting.add(known.id)
            return LinkFate.REFUSED
        if known.settled is not None:
            return LinkFate.SETTLED
        self.waiting.add(known.id)
        return LinkFate.KNOWN

    def force(self, pair: Pair, source: str) -> None:
        """Join two aliases, whatever speaks against it."""
        if pair not in self.live:
            self._make(pair, LinkReason.FORCED, source)

    def find_conflict(self, pair: Pair, refusal: Refusal) -> Conflict | None:
        """What says already that this link is refused."""
        known = self.refused.get(pair) or self.conflicts.get(pair)
        is_for_good = known is not None and known.settled is not None
        if is_for_good and refusal.reason is not ConflictReason.APART:
            known = None
        if known is None and refusal.reason is ConflictReason.SHARED:
            aliases = self.persons.shared(pair, refusal.kind)
            names = ((alias, refusal.kind) for alias in aliases)
            return next((self.shared[name] for name in names if name in self.shared), None)
        return known

    def _make(self, pair: Pair, reason: LinkReason, source: str) -> None:
        self.persons.join(pair)
        self.made[pair] = Link(pair, reason, source, self.subject, self.at)

    def _refuse(self, pair: Pair, refusal: Refusal, source: str) -> Conflict:
        conflict = Conflict(self.new_id(), pair, refusal.reason, self.at, source, refusal.kind)
        self.refused[pair] = conflict
        if refusal.kind:
            self.persons.claim(pair, refusal.kind)
        if refusal.reason is ConflictReason.SHARED:
            for alias in self.persons.shared(pair, refusal.kind):
                self.shared.setdefault((alias, refusal.kind), conflict)
        return conflict


def shared_of(
    conflicts: Iterable[Conflict], kinds: Mapping[int, int]
) -> dict[tuple[int, int], Conflict]:
    """Conflicts of aliases that are shared, by alias and kind; `kinds`: of aliases, where they are known."""
    return {
        (alias, conflict.kind): conflict
        for conflict in conflicts
        if conflict.reason is ConflictReason.SHARED
        for alias in conflict.pair
        if kinds.get(alias) not in (None, conflict.kind)
    }
