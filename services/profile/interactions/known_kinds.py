"""Kinds of interactions in memory: a kind is made now and then, and never goes."""

from collections.abc import Iterable

from services.kit.db.database import Pool
from services.profile.interactions import storage
from services.profile.interactions.domain.kinds import InteractionKinds


class KnownKinds:
    """Other replicas may make kinds, and add keys of details."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.kinds = InteractionKinds()

    async def read(self) -> InteractionKinds:
        """As they are stored now."""
        self.kinds = await storage.find_kinds(self.pool)
        return self.kinds

    async def having(self, named: Iterable[tuple[str, Iterable[str]]]) -> InteractionKinds:
        """With these, by key or Segment's name, and these keys of details, if there are such."""
        for name, details in named:
            kind = self.kinds.find(name)
            if kind is None or not set(details) <= set(kind.details):
                return await self.read()
        return self.kinds
