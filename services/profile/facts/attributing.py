"""Whom facts count for, in the directory as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.errors import Denied, Failure, Invalid
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.dictionary import FactDictionary
from services.profile.facts.domain import Attribution, Occurrence, RecordScope, attribute, check_at


@dataclass(frozen=True, slots=True)
class FactPlace:
    """A fact's frozen attribution as it is stored: numbers of its department and of its dimensions, its local day."""

    department: int
    dimensions: int
    attribution: Attribution


class FactAttributor:
    """Unavailable without PostgreSQL."""

    def __init__(self, directory: TreeCache, dictionary: FactDictionary) -> None:
        self.directory = directory
        self.dictionary = dictionary

    async def attribute(
        self, who: Viewer, places: Sequence[Occurrence]
    ) -> list[FactPlace | Failure]:
        """For each what it counts for, or why it is refused; the sender needs RECORD_FACTS in the department."""
        tree = await self.directory.read_tree()
        scope, now = record_scope(who, tree), self.directory.now()
        found: list[Attribution | Failure] = []
        for place in places:
            try:
                check_at(place.at, now)
                found.append(attribute(place, scope))
            except (Invalid, Denied) as failure:
                found.append(failure)
        return await self._numbered(found)

    async def _numbered(self, found: Sequence[Attribution | Failure]) -> list[FactPlace | Failure]:
        good = [each for each in found if isinstance(each, Attribution)]
        await self.dictionary.know(
            {each.department_id for each in good}, {each.dimensions for each in good}
        )
        departments, dimensions = self.dictionary.departments, self.dictionary.dimensions
        return [
            FactPlace(departments[each.department_id], dimensions[each.dimensions], each)
            if isinstance(each, Attribution)
            else each
            for each in found
        ]


def record_scope(who: Viewer, tree: Tree) -> RecordScope:
    """What somebody may see and record for; each department is judged once."""
    sees: dict[str, bool] = {}
    records: dict[str, bool] = {}

    def judge(known: dict[str, bool], action: Action, department_id: str) -> bool:
        if department_id not in known:
            known[department_id] = may(who, action, department_id, tree)
        return known[department_id]

    return RecordScope(
        tree,
        tree.today_number,
        lambda id_: judge(sees, Action.READ_DIRECTORY, id_),
        lambda id_: judge(records, Action.RECORD_FACTS, id_),
    )
