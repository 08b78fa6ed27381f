"""Small numbers for what facts name again and again; a number never changes, so it is kept in memory."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeVar

from services.kit.db.database import Pool
from services.profile.facts import storage
from services.profile.facts.domain import Dimensions

Key = TypeVar("Key")
MOST_CHANNELS: Final = 1_000
"""Different ones; each stays for ever."""


class FactDictionary:
    """Shared by all nouns of facts of a process; other replicas may give numbers meanwhile."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.departments: dict[str, int] = {}
        self.dimensions: dict[Dimensions, int] = {}

    async def crowded(self, dimensions: Sequence[Dimensions]) -> set[str]:
        """Channels of these for which there is no room: of new ones the first are let in."""
        if set(dimensions) - self.dimensions.keys():
            self.dimensions.update(await storage.find_dimensions(self.pool))
        known = {each.channel for each in self.dimensions} - {None}
        crowded: set[str] = set()
        for channel in (each.channel for each in dimensions):
            if channel is None or channel in known:
                continue
            if len(known) < MOST_CHANNELS:
                known.add(channel)
            else:
                crowded.add(channel)
        return crowded

    async def number_departments(self, ids: Collection[str], *, dry_run: bool) -> Mapping[str, int]:
        """Have numbers for these; a dry run gives none, and makes some up below 0."""
        if new := set(ids) - self.departments.keys():
            if not dry_run:
                await storage.add_departments(self.pool, new)
            self.departments.update(await storage.find_departments(self.pool))
        return _made_up(ids, self.departments)

    async def number_dimensions(
        self, sets: Collection[Dimensions], *, dry_run: bool
    ) -> Mapping[Dimensions, int]:
        """As with departments."""
        if new := set(sets) - self.dimensions.keys():
            if not dry_run:
                await storage.add_dimensions(self.pool, new)
            self.dimensions.update(await storage.find_dimensions(self.pool))
        return _made_up(sets, self.dimensions)


def _made_up(wanted: Collection[Key], known: Mapping[Key, int]) -> dict[Key, int]:
    return {key: known.get(key, -number) for number, key in enumerate(wanted, start=1)}
