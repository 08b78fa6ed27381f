"""What changes would make of the directory, with nothing stored: for dry runs of imports."""

from collections.abc import Sequence

from services.kit.clock import new_id
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.kit.rights.tree import Tree
from services.profile.directory.domain.charts import upsert_chart, with_changes
from services.profile.directory.domain.departments import DepartmentItem
from services.profile.directory.domain.touchpoints import TouchpointItem, upsert_touchpoints


class Rehearsal:
    """A copy of the directory that takes changes as the directory does; each sees those before it.

    Keys out of the viewer's sight are taken for new: a dry run leaves no trace, so it must not tell which are there.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    async def upsert_departments(
        self, who: Viewer, items: Sequence[DepartmentItem]
    ) -> Sequence[ItemOutcome]:
        change = upsert_chart(self.tree, items, who, new_id, is_rehearsal=True)
        self.tree = with_changes(self.tree, change.departments, change.touchpoints)
        return change.outcomes

    async def upsert_touchpoints(
        self, who: Viewer, items: Sequence[TouchpointItem]
    ) -> Sequence[ItemOutcome]:
        upserted = upsert_touchpoints(self.tree, items, who, new_id, is_rehearsal=True)
        self.tree = with_changes(self.tree, touchpoints=upserted.changed)
        return upserted.outcomes
