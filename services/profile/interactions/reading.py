"""What a person did, and where it stands, for whoever may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from services.kit.clock import Clock
from services.kit.errors import Invalid
from services.kit.rights.access import Viewer
from services.kit.rights.tree import Tree
from services.profile.facts.finding import PersonFinder
from services.profile.interactions import storage
from services.profile.interactions.domain.kinds import InteractionKinds
from services.profile.interactions.known_kinds import KnownKinds
from services.profile.interactions.storage import InteractionKey, Standing, StoredInteraction

AHEAD: Final = timedelta(days=2)
"""Beyond this no fact lies."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of what a person did; `kinds`: those there are. `refs`: under which survey knows the person."""

    number: int
    refs: Sequence[bytes]
    interactions: Sequence[StoredInteraction]
    kinds: InteractionKinds


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a person stands; `silent_days`: whole local days since the last contact."""

    number: int
    standing: Standing
    silent_days: int | None


class InteractionReader:
    """Unavailable without PostgreSQL."""

    def __init__(self, persons: PersonFinder, kinds: KnownKinds, clock: Clock) -> None:
        self.persons = persons
        self.kinds = kinds
        self.clock = clock

    async def timeline(
        self,
        who: Viewer,
        tree: Tree,
        number: int,
        before: InteractionKey | None,
        kinds: Sequence[str],
        first: int,
    ) -> Timeline:
        """The newest before one, None: from the newest; of some kinds, or of all. NotFound as PersonFinder says."""
        scope = await self.persons.scope_of(who, tree)
        person = await self.persons.find(number, scope, self.clock())
        known = await self.kinds.read()
        wanted = [_number(known, kind) for kind in kinds] or None
        before = before or InteractionKey(0, self.clock() + AHEAD, 0)
        async with self.persons.reading(scope) as session:
            found = await storage.list_interactions(session, person.aliases, before, wanted, first)
        return Timeline(person.number, person.refs, found, known)

    async def whereabouts(self, who: Viewer, tree: Tree, number: int) -> Whereabouts:
        """Of what who asks may read. NotFound as PersonFinder says."""
        scope = await self.persons.scope_of(who, tree)
        now = self.clock()
        person = await self.persons.find(number, scope, now)
        known = await self.kinds.read()
        async with self.persons.reading(scope) as session:
            standing = await storage.find_standing(session, person.aliases, known, now)
        last = standing.last_contact
        silent = None if last is None else tree.today_number - tree.local_day(last)
        return Whereabouts(person.number, standing, silent)


def _number(kinds: InteractionKinds, key: str) -> int:
    kind = kinds.find(key)
    if kind is None:
        message = "there is no such kind of interactions: list those there are"
        raise Invalid(message, reason="UNKNOWN_KIND", field=["kinds"])
    return kind.number
