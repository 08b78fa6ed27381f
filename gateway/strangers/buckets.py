"""Token buckets: how much somebody may take at once, and how fast it comes back."""

from collections.abc import Hashable

MOST_BUCKETS = 100_000


class Buckets:
    """A bucket for each key: `burst` may be taken at once, `rate` comes back each second.

    Of a bucket is kept when it will be full again. What was not used for as long as an empty bucket takes to fill is
    full, and so is forgotten: whenever that time has passed, those are dropped that were not used in it. Where there
    are too many, they are dropped sooner.
    """

    def __init__(self, burst: float, rate: float, most: int = MOST_BUCKETS) -> None:
        self.burst = burst
        self.rate = rate
        self.refill_seconds = burst / rate
        self.most = most
        self.young: dict[Hashable, float] = {}
        self.old: dict[Hashable, float] = {}
        self.young_since = 0.0

    def __len__(self) -> int:
        return len(self.young) + len(self.old)

    def seconds_until(self, key: Hashable, count: float, now: float) -> float:
        """How long until so many can be taken; 0: they can be now."""
        return max(0.0, self._full_at(key, now) + count / self.rate - now - self.refill_seconds)

    def take(self, key: Hashable, count: float, now: float) -> None:
        """Take so many, whether they are there or not."""
        full_at = self._full_at(key, now) + count / self.rate
        if (
            not 0 <= now - self.young_since < self.refill_seconds
            or len(self.young) >= self.most / 2
        ):
            self.old, self.young, self.young_since = self.young, {}, now
        self.young[key] = full_at

    def give_back(self, key: Hashable, count: float, now: float) -> None:
        """Undo a take; what has come back since is not counted twice."""
        if key in self.young or key in self.old:
            self.young[key] = max(now, self._full_at(key, now) - count / self.rate)

    def _full_at(self, key: Hashable, now: float) -> float:
        """A clock that was set back makes nobody wait longer than for an empty bucket."""
        full_at = self.young.get(key) or self.old.get(key, 0.0)
        return min(max(full_at, now), now + self.refill_seconds)
