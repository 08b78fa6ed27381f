"""What a release would show if 75 % answered everywhere alike: by the rules of releases, before anybody is asked."""

import asyncio
from collections.abc import Sequence
from typing import Final

import numpy as np

from services.employee_exp.releases.domain.cuts import propose
from services.employee_exp.releases.domain.planning import plan_all
from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import Tree
from services.employee_exp.releases.rows import tree_of
from services.employee_exp.waves.domain.preview import Preview, PreviewedDimension
from services.employee_exp.waves.domain.snapshot import NOT_GIVEN, Opening
from services.employee_exp.waves.domain.wave import SMALLEST_K

OTHER_K: Final = (SMALLEST_K, 8, 10, 15, 20, 30)
SILENT_OF: Final = 4
"""One of so many does not answer."""


async def foresee_release(opening: Opening, k: int, dimensions: tuple[str, ...]) -> Preview:
    """A second or so for a large organisation, beside the event loop."""
    return await asyncio.to_thread(_foresee, opening, k, dimensions)


def _foresee(opening: Opening, k: int, dimensions: tuple[str, ...]) -> Preview:
    places = opening.snapshot.places
    tree = tree_of(places)
    respondents = _respondents(opening, len(dimensions))
    counts = respondents.count(tree)
    released = plan_all(tree, [counts], least=k)
    return Preview(
        people=len(opening.invitees),
        reachable=sum(bool(invitee.email) for invitee in opening.invitees),
        departments=len(places),
        shown=len(released),
        dimensions=tuple(
            _preview_dimension(
                tree,
                Respondents(respondents.departments, (respondents.categories[number],)),
                released,
                k,
                name,
                opening.snapshot.categories[name],
            )
            for number, name in enumerate(dimensions)
            # What categories a few people have is what one of them has.
            if len(opening.invitees) >= k
        ),
        others=tuple((n, len(plan_all(tree, [counts], least=n))) for n in OTHER_K if n != k),
    )


def _preview_dimension(
    tree: Tree,
    column: Respondents,
    released: frozenset[int],
    k: int,
    name: str,
    names: Sequence[str],
) -> PreviewedDimension:
    """`column`: respondents with this dimension alone, whose categories have these names."""
    cuts = _count_cuts(tree, column, released, k)
    is_unknown = all(each == NOT_GIVEN for each in names)
    if NOT_GIVEN not in names:
        return PreviewedDimension(name, len(names), cuts, cuts, is_unknown)
    given = column.only(column.categories[0] != names.index(NOT_GIVEN))
    return PreviewedDimension(
        name, len(names), cuts, max(cuts, _count_cuts(tree, given, released, k)), is_unknown
    )


def _count_cuts(tree: Tree, column: Respondents, released: frozenset[int], k: int) -> int:
    return len(propose(tree, [column], released, least=k)) if len(column) else 0


def _respondents(opening: Opening, dimensions: int) -> Respondents:
    """Three of four, evenly over departments and categories."""
    everybody = sorted((invitee.place, invitee.categories) for invitee in opening.invitees)
    answering = [who for n, who in enumerate(everybody) if n % SILENT_OF != SILENT_OF - 1]
    departments = np.array([place for place, _ in answering], dtype=np.int64)
    return Respondents(
        departments, tuple(_column(answering, number) for number in range(dimensions))
    )


def _column(answering: Sequence[tuple[int, tuple[int, ...]]], number: int) -> np.ndarray:
    return np.array([categories[number] for _, categories in answering], dtype=np.int64)
