"""Answers that could be exchanged without changing any published sum, and whom that protects.

Two people of one group differ in some categories. Pairs of other people, of any group, who differ in the same way bring
back what these two change: add something to one person's answer, take it from the other's, and back along the pairs,
and every cell has the sum it had. That is a swap, of four people or more. What can be worked out about people contains
nobody of a swap or at least two of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.int64]
Difference = tuple[tuple[int, int], ...]
Pair = tuple[int, int]
Swap = Mapping[int, int]
PRIME = 2**31 - 1

MOST_PARTNERS = 64
"""Of one kind in its group: fewer swaps protect fewer people, and never too many."""

MOST_LOOKED_AT = 256
"""Swaps of an exposed kind, likewise."""


@dataclass(frozen=True, slots=True)
class Swaps:
    """The swaps of kinds of people; people of one kind are in the same cells."""

    people: tuple[int, ...]
    """How many of each kind."""

    pairs: Mapping[Difference, list[Pair]]
    """Pairs of one group by how the second differs from the first; each stands both ways round."""

    partners: Mapping[int, list[tuple[int, Difference]]]

    def find_unprotected(self, least: int) -> Iterator[frozenset[int]]:
        """Kinds with fewer than `least` people together about whom the swaps leave nothing open: one set for each kind.

        Every sum of fewer people that can be worked out is one of those, with any factors: also what is left of a sum
        for somebody who knows one of its answers. Nothing is found exactly where there is none.
        """
        exposed = frozenset(k for k in range(len(self.people)) if not self._is_protected(k, least))
        near = {kind: self._near(kind, exposed) for kind in sorted(exposed)}
        for kind in near:
            found = self._grow((kind,), near, least)
            if found is not None:
                yield frozenset(found)

    def _is_protected(self, kind: int, least: int) -> bool:
        """Whether `least` - 1 swaps share one person of this kind and nobody else: a sum has one more of each."""
        missing = least - self.people[kind]  # each other one of the kind is a swap of two
        used = {kind: self.people[kind]}
        for swap in self._swaps_with(kind):
            if missing <= 0:
                return True
            others = {other: abs(factor) for other, factor in swap.items() if other != kind}
            taken = {other: used.get(other, 0) + count for other, count in others.items()}
            if all(count <= self.people[other] for other, count in taken.items()):
                used.update(taken)
                missing -= 1
        return missing <= 0

    def _near(self, kind: int, exposed: frozenset[int]) -> list[Swap]:
        """Some swaps with this kind, those with the fewest exposed others first."""
        return sorted(
            islice(self._swaps_with(kind), MOST_LOOKED_AT),
            key=lambda swap: len(exposed.intersection(swap)),
        )

    def _grow(
        self, chosen: tuple[int, ...], near: Mapping[int, list[Swap]], least: int
    ) -> tuple[int, ...] | None:
        """An unprotected set with these kinds in it, or None.

        As many swaps as chosen kinds, independent on them, leave only sums that contain somebody else of those swaps.
        """
        if sum(self.people[kind] for kind in chosen) >= least:
            return None
        swaps = _independent(chosen, [swap for kind in chosen for swap in near[kind]])
        if len(swaps) < len(chosen):
            return chosen
        others = {kind for swap in swaps for kind in swap if kind in near}.difference(chosen)
        grown = (self._grow((*chosen, other), near, least) for other in sorted(others))
        return next((found for found in grown if found is not None), None)

    def _swaps_with(self, kind: int) -> Iterator[Swap]:
        """Those of four people first."""
        later: list[tuple[int, Difference]] = []
        for partner, difference in self.partners.get(kind, ()):
            yield from self._compose(kind, partner, (difference,))
            later.append((partner, difference))
        for partner, difference in later:
            for parts in _splits(difference):
                yield from self._compose(kind, partner, parts)

    def _compose(self, kind: int, partner: int, parts: Sequence[Difference]) -> Iterator[Swap]:
        """One pair that changes back each part of the difference, beside this kind and its partner."""
        for pairs in zip(*(self.pairs.get(part, ()) for part in parts), strict=False):
            swap = {
                kind: 1,
                partner: -1,
            }  # a Counter takes twice as long, and this is most of the audit
            for first, second in pairs:
                swap[first] = swap.get(first, 0) - 1
                swap[second] = swap.get(second, 0) + 1
            if swap[kind] == 1:
                yield {other: factor for other, factor in swap.items() if factor}


def _splits(difference: Difference) -> Iterator[tuple[Difference, ...]]:
    """A difference in several dimensions as differences in fewer: one against the others, and each alone."""
    if len(difference) > 2:
        for place, step in enumerate(difference):
            yield (step,), difference[:place] + difference[place + 1 :]
    if len(difference) > 1:
        yield tuple((step,) for step in difference)


def _independent(chosen: tuple[int, ...], swaps: Iterable[Swap]) -> list[Swap]:
    """At most as many of the swaps as there are chosen kinds: what they change of these is independent."""
    basis: dict[int, list[int]] = {}
    taken: list[Swap] = []
    for swap in swaps:
        if _extends(basis, [swap.get(kind, 0) for kind in chosen]):
            taken.append(swap)
            if len(taken) == len(chosen):
                break
    return taken


def _extends(basis: dict[int, list[int]], vector: list[int]) -> bool:
    """Whether a vector is not in the space of the basis, which then gets it; by its leading place, modulo a prime."""
    while (lead := next((place for place, value in enumerate(vector) if value), None)) is not None:
        if lead not in basis:
            inverse = pow(vector[lead], -1, PRIME)
            basis[lead] = [value * inverse % PRIME for value in vector]
            return True
        pairs = zip(vector, basis[lead], strict=True)
        vector = [(value - vector[lead] * other) % PRIME for value, other in pairs]
    return False


def find_swaps(cells: Cells, people: NDArray[np.int64]) -> Swaps:
    """The swaps of kinds: the cells of each, a group's first, then a category's in each dimension, and how many."""
    pairs: defaultdict[Difference, list[Pair]] = defaultdict(list)
    partners: defaultdict[int, list[tuple[int, Difference]]] = defaultdict(list)
    groups: defaultdict[int, list[tuple[int, list[int]]]] = defaultdict(list)
    for kind, (group, *categories) in enumerate(cells.tolist()):
        groups[group].append((kind, categories))
    for group in groups.values():
        for place, (kind, own) in enumerate(group):
            for partner, other in (group[place + 1 :] + group[:place])[:MOST_PARTNERS]:
                pair = zip(own, other, strict=True)
                difference = tuple(both for both in pair if both[0] != both[1])
                pairs[difference].append((kind, partner))
                partners[kind].append((partner, difference))
    return Swaps(tuple(people.tolist()), pairs, partners)
