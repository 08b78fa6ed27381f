"""Whom a sender may submit for."""

from collections.abc import Callable
from functools import cache

from services.kit.rights.access import ANONYMOUS, Action, Viewer, visible_roots
from services.kit.rights.tree import Tree
from services.survey.attribution.domain import SubmitScope

MOST_KNOWN = 1_000


def submit_scope(viewer: Viewer, tree: Tree) -> SubmitScope:
    """Without a token: whatever is offered, and public surveys only. With one: what its grants cover today."""
    if viewer is ANONYMOUS:
        return SubmitScope(
            tree, tree.today_number, False, False, _everywhere, _everywhere, stranger=True
        )
    return SubmitScope(
        tree,
        tree.today_number,
        may_read_surveys(viewer, tree),
        history=True,
        sees=_under(visible_roots(viewer, Action.READ_DIRECTORY, tree), tree),
        submits=_under(visible_roots(viewer, Action.SUBMIT, tree), tree),
    )


class SubmitScopes:
    """Scopes as of a tree and a day: worked out once for the many calls of a sender."""

    def __init__(self) -> None:
        self.of: tuple[Tree | None, int] = (None, 0)
        self.known: dict[Viewer, SubmitScope] = {}

    def find(self, viewer: Viewer, tree: Tree) -> SubmitScope:
        """As `submit_scope`."""
        today = tree.today_number
        if self.of[0] is not tree or self.of[1] != today or len(self.known) >= MOST_KNOWN:
            self.of, self.known = (tree, today), {}
        if viewer not in self.known:
            self.known[viewer] = submit_scope(viewer, tree)
        return self.known[viewer]


def may_read_surveys(viewer: Viewer, tree: Tree) -> bool:
    """Surveys belong to the organisation: a grant anywhere in it lets them be read."""
    return bool(visible_roots(viewer, Action.READ_SURVEYS, tree))


def _under(roots: frozenset[str], tree: Tree) -> Callable[[str], bool]:
    if tree.root_id in roots:
        return _everywhere

    @cache
    def covers(department_id: str) -> bool:
        return not roots.isdisjoint(tree.line(department_id))

    return covers


def _everywhere(department_id: str) -> bool:
    return True
