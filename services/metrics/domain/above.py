"""Which departments hold what another one counts, at any time."""

from services.kit.rights.tree import Tree


def ever_above(tree: Tree, department_id: str) -> frozenset[str]:
    """The department and all that were, are or will be above it; scores are read by the tree of any day."""
    found: set[str] = set()
    open_ids = [department_id]
    while open_ids:
        current = open_ids.pop()
        if current in found:
            continue
        found.add(current)
        department = tree.departments.get(current)
        places = department.placements.ranges if department else ()
        open_ids += [place.parent_id for place in places if place.parent_id is not None]
    return frozenset(found)
