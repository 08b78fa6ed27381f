"""Whom a sender may submit for."""

from collections.abc import Callable
from functools import cache

from services.kit.access import ANONYMOUS, Action, Viewer, visible_roots
from services.kit.tree import Tree
from services.survey.domain.attribution import Reach


def reach_of(viewer: Viewer, tree: Tree) -> Reach:
    """Without a token: every department, and public surveys only. With one: what its grants cover today."""
    if viewer is ANONYMOUS:
        return Reach(tree, tree.today_number, False, False, _everywhere, _everywhere)
    return Reach(
        tree,
        tree.today_number,
        may_read_surveys(viewer, tree),
        history=True,
        sees=_under(visible_roots(viewer, Action.READ_DIRECTORY, tree), tree),
        submits=_under(visible_roots(viewer, Action.SUBMIT, tree), tree),
    )


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
