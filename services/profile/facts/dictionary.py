"""Small numbers for what facts name again and again; a number never changes, so it is kept in memory."""

from collections.abc import Collection
from typing import Final

from services.kit.db.database import Pool
from services.kit.errors import Conflict
from services.profile.facts import storage
from services.profile.facts.domain import Dimensions

MOST_CHANNELS: Final = 1_000
"""Different ones; each stays for ever."""


class FactDictionary:
    """Shared by all nouns of facts of a process; other replicas may give numbers meanwhile."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.departments: dict[str, int] = {}
        self.dimensions: dict[Dimensions, int] = {}

    async def know(self, departments: Collection[str], dimensions: Collection[Dimensions]) -> None:
        """Have numbers for these; Conflict (TOO_MANY_CHANNELS) where there would be too many channels."""
        if new := set(departments) - self.departments.keys():
            await storage.add_departments(self.pool, new)
            self.departments = await storage.find_departments(self.pool)
        if unknown := set(dimensions) - self.dimensions.keys():
            self.dimensions = await storage.find_dimensions(self.pool)
            self._check_channels(unknown)
            await storage.add_dimensions(self.pool, unknown)
            self.dimensions = await storage.find_dimensions(self.pool)

    def _check_channels(self, new: Collection[Dimensions]) -> None:
        known = {each.channel for each in self.dimensions}
        if len(known | {each.channel for each in new}) > max(MOST_CHANNELS + 1, len(known)):
            message = f"there are {MOST_CHANNELS} channels already, and there can be no more"
            raise Conflict(message, reason="TOO_MANY_CHANNELS", field=["channel"])
