"""How much of their daily quotas surveys have used, as far as this process knows."""

import time
from collections.abc import Iterable, Sequence

from services.kit.db.database import Connection
from services.survey.responses import storage
from services.survey.responses.domain.quota import Quota, QuotaKey

KNOWN_SECONDS = 5.0  # then others may have used so much that it is looked up again
MOST_KNOWN = 10_000


class DailyQuotas:
    """What is used: told by each commit that uses some, and looked up where the last word is some seconds old.

    Other replicas use some meanwhile, so one may let a group too much through, and no more: its own commit says so.
    """

    def __init__(self) -> None:
        self.used: dict[QuotaKey, tuple[int, float]] = {}

    async def beyond(
        self, connection: Connection, quotas: Sequence[tuple[str, Quota]]
    ) -> frozenset[str]:
        """The responses of these, by id, that their quotas have no room for; the later ones."""
        if len(self.used) > MOST_KNOWN:
            self.used.clear()
        now = time.monotonic()
        old = {
            quota.key
            for _, quota in quotas
            if now - self.used.get(quota.key, (0, -KNOWN_SECONDS))[1] >= KNOWN_SECONDS
        }
        if old:
            self.learn(await storage.used_quotas(connection, sorted(old)))
        used = {quota.key: self.used[quota.key][0] for _, quota in quotas}
        beyond = []
        for response_id, quota in quotas:
            if used[quota.key] >= quota.limit:
                beyond.append(response_id)
            used[quota.key] += 1
        return frozenset(beyond)

    def learn(self, used: Iterable[tuple[QuotaKey, int]]) -> None:
        """Remember how much is used now."""
        now = time.monotonic()
        for key, count in used:
            self.used[key] = (count, now)
