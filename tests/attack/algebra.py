"""What somebody works out of published sums who knows where everybody counts: linear algebra over all cells at once.

Written apart from the release it attacks: it knows cells as sets of people and nothing of departments or cuts.
People who are in the same cells can only be known together: they are one atom. A set of atoms is given away when its
sum is 0 in every vector of the null space of cells by atoms; two random vectors modulo 2^31 - 1 stand for all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

PRIME = 2**31 - 1
Matrix = NDArray[np.int64]
Cell = frozenset[int]
VECTORS = 3
SEED = 1


@dataclass(frozen=True, slots=True)
class Atoms:
    """Sets of people nobody can tell apart, and the cells they are in."""

    members: tuple[tuple[int, ...], ...]
    inside: Matrix
    """Cells by atoms, 0 or 1."""

    @property
    def people(self) -> Matrix:
        return np.array([len(atom) for atom in self.members], dtype=np.int64)


def atoms_of(cells: Sequence[Cell]) -> Atoms:
    """Everybody who is in a cell."""
    membership: dict[int, list[int]] = {}
    for number, cell in enumerate(cells):
        for person in cell:
            membership.setdefault(person, []).append(number)
    atoms: dict[tuple[int, ...], list[int]] = {}
    for person, numbers in sorted(membership.items()):
        atoms.setdefault(tuple(numbers), []).append(person)
    inside = np.zeros((len(cells), len(atoms)), dtype=np.int64)
    for place, cells_of_atom in enumerate(atoms):
        inside[list(cells_of_atom), place] = 1
    return Atoms(tuple(tuple(atom) for atom in atoms.values()), inside)


def reduce(matrix: Matrix) -> tuple[Matrix, list[int]]:
    """Gauss and Jordan's elimination modulo the prime: the reduced rows and their pivots."""
    matrix = matrix % PRIME
    pivots: list[int] = []
    for column in range(matrix.shape[1]):
        rank = len(pivots)
        below = np.flatnonzero(matrix[rank:, column])
        if not len(below):
            continue
        matrix[[rank, rank + below[0]]] = matrix[[rank + below[0], rank]]
        matrix[rank] = matrix[rank] * pow(int(matrix[rank, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(matrix[:, column])
        others = others[others != rank]
        matrix[others] = (matrix[others] - matrix[others, column, None] * matrix[rank]) % PRIME
        pivots.append(column)
        if len(pivots) == len(matrix):
            break
    return matrix[: len(pivots)], pivots


def null_vectors(matrix: Matrix, dice: np.random.Generator, vectors: int = VECTORS) -> Matrix:
    """Random vectors that the matrix maps to 0, one a column."""
    reduced, pivots = reduce(matrix)
    solution = dice.integers(PRIME, size=(matrix.shape[1], vectors), dtype=np.int64)
    solution[pivots] = 0
    for vector in range(vectors):
        known = reduced * solution[:, vector] % PRIME
        solution[pivots, vector] = -known.sum(axis=1) % PRIME
    return solution


def zero_sums(values: Matrix, people: Matrix, most: int) -> Iterator[tuple[int, ...]]:
    """Minimal sets of up to four members, with at most `most` people together, whose values add up to 0 in two columns.

    Pairs are met with pairs. With `most` 4 or less that is all there are.
    """
    usable = np.flatnonzero((people <= most) & values.any(axis=1))
    yield from ((int(one),) for one in np.flatnonzero(~values.any(axis=1)) if people[one] <= most)
    first, second = np.triu_indices(len(usable), 1)
    pairs = np.column_stack((usable[first], usable[second]))
    pairs = pairs[people[pairs].sum(axis=1) <= most]
    single, double = values[usable], (values[pairs[:, 0]] + values[pairs[:, 1]]) % PRIME
    alone = ~double.any(axis=1)
    yield from (tuple(int(m) for m in pair) for pair in pairs[alone])
    pairs, double = pairs[~alone], double[~alone]
    sets = (
        [(usable[:, None], single)] if most == 3 else [(usable[:, None], single), (pairs, double)]
    )
    for members, sums in sets if most >= 3 else []:
        yield from _meet(pairs, double, members, sums, people, most)


def _meet(
    many: Matrix, many_sums: Matrix, few: Matrix, few_sums: Matrix, people: Matrix, most: int
) -> Iterator[tuple[int, ...]]:
    keys = few_sums[:, 0] << 31 | few_sums[:, 1]
    opposite = -many_sums % PRIME
    wanted = opposite[:, 0] << 31 | opposite[:, 1]
    order = np.argsort(keys)
    keys = keys[order]
    begins = np.searchsorted(keys, wanted) if len(keys) else np.zeros(0, dtype=np.int64)
    last = max(0, len(keys) - 1)
    for row in np.flatnonzero(keys[np.minimum(begins, last)] == wanted) if len(keys) else ():
        for match in order[begins[row] : np.searchsorted(keys, wanted[row], side="right")]:
            together = sorted({*many[row].tolist(), *few[match].tolist()})
            enough = len(together) == many.shape[1] + few.shape[1]
            if enough and people[together].sum() <= most:
                yield tuple(together)


def given_away(cells: Sequence[Cell], least: int, *, confirm: bool = True) -> set[frozenset[int]]:
    """Sets of fewer than `least` people whose sum the cells give away; by default each is confirmed with fractions."""
    atoms = atoms_of(cells)
    values = null_vectors(atoms.inside, np.random.default_rng(SEED))[:, :2]
    sets = set(zero_sums(values, atoms.people, least - 1))
    given = [found for found in sorted(sets) if not confirm or spans(atoms.inside, found)]
    return {frozenset(p for a in found for p in atoms.members[a]) for found in given}


def given_to_insiders(cells: Sequence[Cell], least: int) -> set[frozenset[int]]:
    """Sets of at most `least` - 2 others whose sum is given away to somebody who knows one person's answer."""
    atoms = atoms_of(cells)
    people = atoms.people
    values = null_vectors(atoms.inside, np.random.default_rng(SEED))
    found: set[frozenset[int]] = set()
    for person in np.flatnonzero((people == 1) & values.any(axis=1)):
        others = np.flatnonzero(np.arange(len(people)) != person)
        first, rest = values[others, :1], values[others, 1:]
        scaled = (rest * values[person, 0] - first * values[person, 1:]) % PRIME
        for small in zero_sums(scaled, people[others], least - 2):
            found.add(frozenset(p for a in others[list(small)] for p in atoms.members[a]))
    return found


def spans(inside: Matrix, chosen: Sequence[int]) -> bool:
    """Whether the sum of the chosen atoms is a combination of cells, exactly."""
    wanted = [Fraction(int(place in chosen)) for place in range(inside.shape[1])]
    rows = [[Fraction(int(value)) for value in row] for row in inside]
    for column in range(inside.shape[1]):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [_less(row, pivot, column) if row[column] else row for row in rows]
        wanted = _less(wanted, pivot, column)
    return not any(wanted)


def _less(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    factor = row[column] / pivot[column]
    return [one - factor * other for one, other in zip(row, pivot, strict=True)] if factor else row
