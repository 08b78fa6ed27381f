"""Which departments count for a score, on which days, in which group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise

from services.kit.rights.tree import Stretch, Tree, subtree_as_it_was, subtree_today
from services.metrics.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Span:
    """A department on the days [from_day, to_day), counting for one group (an index)."""

    department_id: str
    from_day: int
    to_day: int
    group: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """The spans of a score and its groups, by department id; "" is the department's own, directly here.

    `wholes`: by group the department that it is with all under it; "" for a part of one. `over`: the same departments
    over another period.
    """

    spans: tuple[Span, ...]
    groups: tuple[str, ...] = ("",)
    wholes: tuple[str, ...] = ("",)
    over: Callable[[Period], "Scope"] | None = field(default=None, compare=False, repr=False)

    def spans_over(self, period: Period) -> tuple[Span, ...]:
        """The spans of these groups over another period; a group that was not there has none."""
        if self.over is None:
            return ()
        found = self.over(period)
        if found.groups == self.groups:
            return found.spans
        place = {group: number for number, group in enumerate(self.groups)}
        named = [(span, found.groups[span.group]) for span in found.spans]
        return tuple(replace(span, group=place[name]) for span, name in named if name in place)


@dataclass(frozen=True, slots=True)
class Cut:
    """Which answers count: those to a survey (key) and with these values of dimensions, all of them together."""

    survey: str | None = None
    dimensions: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return self.survey is None and not self.dimensions

    def by_id(self, tree: Tree) -> "Cut":
        """As answers are stored: the touchpoint, named by its key, by its id; "" for one that does not exist."""
        key = self.dimensions.get("touchpoint")
        if key is None:
            return self
        touchpoint = tree.touchpoint(key)
        named = {"touchpoint": touchpoint.id if touchpoint else ""}
        return Cut(self.survey, {**self.dimensions, **named})


WHOLE = Cut()


def whole(
    tree: Tree, department_id: str, period: Period, *, as_it_was: bool, subtree: bool
) -> Scope:
    """One group: the department, with all under it or alone."""
    over = partial(whole, tree, department_id, as_it_was=as_it_was, subtree=subtree)
    if not subtree:
        return Scope((Span(department_id, period.from_day, period.to_day),), over=over)
    stretches = _reading(as_it_was)(tree, department_id, *_days(period))
    return Scope(tuple(_spans(stretches, 0)), wholes=(department_id,), over=over)


def by_child(
    tree: Tree, department_id: str, period: Period, *, as_it_was: bool, subtree: bool
) -> Scope:
    """A group for each child with all under it, and one for what is directly here; they sum to the whole."""
    own = Span(department_id, period.from_day, period.to_day)
    over = partial(by_child, tree, department_id, as_it_was=as_it_was, subtree=subtree)
    if not subtree:
        return Scope((own,), over=over)
    groups: list[str] = [""]
    spans: list[Span] = [own]
    for part in _parts(tree, period) if as_it_was else [period]:
        day = part.from_day if as_it_was else None
        for child in tree.children(department_id, day):
            if child not in groups:
                groups.append(child)
            members = sorted(tree.subtree(child, day))
            stretches = [Stretch(member, *_days(part)) for member in members]
            spans.extend(_spans(stretches, groups.index(child)))
    return Scope(tuple(spans), tuple(groups), tuple(groups), over)


def moves_in_period(tree: Tree, department_id: str, period: Period) -> int:
    """How many departments under this one changed their parent, or came or went, within the period."""
    moved: set[str] = set()
    for day in tree.move_days(*_days(period)):
        scope = tree.subtree(department_id, day - 1) | tree.subtree(department_id, day)
        moved |= {
            member
            for member in scope - {department_id}
            if tree.parent_on(member, day - 1) != tree.parent_on(member, day)
        }
    return len(moved)


def _parts(tree: Tree, period: Period) -> list[Period]:
    edges = [period.from_day, *tree.move_days(*_days(period)), period.to_day]
    return [Period(start, end) for start, end in pairwise(edges)]


def _reading(as_it_was: bool) -> Callable[[Tree, str, int, int], list[Stretch]]:
    return subtree_as_it_was if as_it_was else subtree_today


def _spans(stretches: Sequence[Stretch], group: int) -> list[Span]:
    return [Span(s.department_id, s.from_day, s.to_day, group) for s in stretches]


def _days(period: Period) -> tuple[int, int]:
    return period.from_day, period.to_day
