"""Which departments of a wave are released: as many as can be, and nobody can subtract fewer than `least` people."""

from collections.abc import Iterable
from functools import reduce

from services.employee_exp.releases.domain.tree import NONE, Counts, Tree

Choice = tuple[int, int, int, int]
"""How many released ones come first, how many there are, the sum of their depths, and which: department d is bit
n - 1 - d, so that lower ids win a tie."""
NOTHING: Choice = (0, 0, 0, 0)
Choices = dict[int, Choice]
"""The best choice below a department, by how many people below it are in no released department, counted up to the
smallest allowed residual."""


def plan_all(tree: Tree, populations: Iterable[Counts], *, least: int) -> frozenset[int]:
    """The departments that may be released for every population; each has the respondents of every department itself.

    A population is the people who answered one question. A set that may be released stays so when departments are
    taken from it, for a residual then grows by another one; so each population only has to choose among what the
    earlier ones left.
    """
    everywhere = frozenset(range(len(tree)))
    return reduce(
        lambda among, direct: plan(tree, direct, least=least, among=among, top_first=True),
        populations,
        everywhere,
    )


def plan(
    tree: Tree,
    direct: Counts,
    *,
    least: int,
    residual: int | None = None,
    among: frozenset[int] | None = None,
    top_first: bool = False,
) -> frozenset[int]:
    """The most departments of `among` (default: all) that may be released together.

    One may be where it has at least `least` respondents, and those outside its released departments below are none or
    at least `residual` (default: `least`). Of sets of the same size the deeper one is taken, then lower ids. With
    `top_first` the top is withheld only where no set has it: everybody asks for the organisation as a whole.
    Dynamic programming from the bottom up: time grows with departments x residual^2.
    """
    spare = least if residual is None else residual
    whole = tree.sum_up(direct)
    below: list[Choices] = [{min(int(count), spare): NOTHING} for count in direct]
    top: Choices = {0: NOTHING}
    for department in tree.bottom_up:
        choices = below[department]
        below[department] = {}
        if whole[department] >= least and (among is None or department in among):
            worth = int(top_first and tree.depths[department] == 0)
            _release(choices, tree, department, spare, worth)
        above = tree.parents[department]
        if above == NONE:
            top = {0: _add(top[0], max(choices.values()))}
        else:
            below[above] = _join(below[above], choices, spare)
    return _members(top[0], len(tree))


def _release(choices: Choices, tree: Tree, department: int, spare: int, worth: int) -> None:
    """Add to the choices those with this department, where its residual allows it; nobody is left then. `worth`: 1 for
    what comes before all numbers."""
    allowed = [choices[left] for left in (0, spare) if left in choices]
    if allowed:
        depth = int(tree.depths[department])
        itself = (worth, 1, depth, 1 << (len(tree) - 1 - department))
        released = _add(max(allowed), itself)
        choices[0] = max(released, choices.get(0, released))


def _join(one: Choices, other: Choices, spare: int) -> Choices:
    """What two parts of a department allow together."""
    joint: Choices = {}
    for left, choice in one.items():
        for more, another in other.items():
            both = min(left + more, spare)
            joint[both] = max(_add(choice, another), joint.get(both, NOTHING))
    return joint


def _add(one: Choice, other: Choice) -> Choice:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] | other[3]


def _members(choice: Choice, size: int) -> frozenset[int]:
    return frozenset(d for d, bit in enumerate(f"{choice[3]:0{size}b}") if bit == "1")
