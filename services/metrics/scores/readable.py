"""Of which departments a viewer may read scores."""

from collections.abc import Sequence

from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree

MOST_DEPARTMENTS = 1000


def readable(
    asking: Viewer, department_ids: Sequence[str], tree: Tree
) -> tuple[list[str], list[str]]:
    """The departments whose scores the viewer may read, and those it may see without their scores."""
    wanted = dict.fromkeys(department_ids)
    seen = [i for i in wanted if may(asking, Action.READ_DIRECTORY, i, tree)]
    found = [i for i in seen if may(asking, Action.READ_SCORES, i, tree)]
    return found, [i for i in seen if i not in set(found)]
