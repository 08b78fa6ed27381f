"""Whom facts count for, in the directory as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.errors import Conflict, Denied, Failure, Invalid
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.dictionary import MOST_CHANNELS, FactDictionary
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
    ) -> list[Attribution | Failure]:
        """For each what it counts for, or why it is refused; the sender needs RECORD_FACTS in the department.

        Conflict (TOO_MANY_CHANNELS) for a new channel where there are MOST_CHANNELS. Nothing is stored.
        """
        tree = await self.directory.read_tree()
        scope, now = record_scope(who, tree), self.directory.now()
        found: list[Attribution | Failure] = []
        for place in places:
            try:
                check_at(place.at, now)
                found.append(attribute(place, scope))
            except (Invalid, Denied) as failure:
                found.append(failure)
        good = [each.dimensions for each in found if isinstance(each, Attribution)]
        crowded = await self.dictionary.crowded(good)
        return [
            _too_many_channels()
            if isinstance(each, Attribution) and each.dimensions.channel in crowded
            else each
            for each in found
        ]

    async def number(
        self, found: Sequence[Attribution], *, dry_run: bool = False
    ) -> list[FactPlace]:
        """With the numbers under which they are stored: only for facts that will be; those of a dry run are made up."""
        departments = await self.dictionary.number_departments(
            {each.department_id for each in found}, dry_run=dry_run
        )
        dimensions = await self.dictionary.number_dimensions(
            {each.dimensions for each in found}, dry_run=dry_run
        )
        return [
            FactPlace(departments[each.department_id], dimensions[each.dimensions], each)
            for each in found
        ]


def _too_many_channels() -> Conflict:
    message = (
        f"there are {MOST_CHANNELS:,} channels already, and there can be no more: use one of these"
    )
    return Conflict(message, reason="TOO_MANY_CHANNELS", field=["channel"])


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
