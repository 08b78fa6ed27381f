"""Touchpoint cells: by key, by the key made of the cell, or by name."""

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from services.kit.imports.identity import key_of
from services.kit.letters import composed, is_key
from services.kit.rights.access import Action, Viewer, visible_departments
from services.kit.rights.tree import Touchpoint, Tree


def touchpoint_finder(viewer: Viewer, tree: Tree) -> Callable[[str], str]:
    """The key a cell means. What is not found is a key as it stands or is made one: it is judged where it is stored."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    seen = visible_departments(viewer, Action.READ_DIRECTORY, tree)
    today = tree.today_number

    def is_seen(touchpoint: Touchpoint | None) -> bool:
        return touchpoint is not None and touchpoint.terms.on(today).department_id in seen

    for touchpoint in filter(is_seen, tree.touchpoints.values()):
        names[composed(touchpoint.name)].append(touchpoint.key)

    @lru_cache(maxsize=4096)
    def find(cell: str) -> str:
        made, keys = key_of(cell), names.get(composed(cell), ())
        if is_seen(tree.touchpoint(cell)):
            return cell
        if is_seen(tree.touchpoint(made)) or not (is_key(cell) or keys):
            return made or cell
        return keys[0] if len(keys) == 1 else cell

    return find
