"""Pruning: the inbox forgets envelopes that everybody is done with.

What came up to a number N was counted if survey's outbox holds nothing up to N, the broker therefore has all of it, and
the durable has acknowledged the broker's stream up to there. From then on `counted_through` says so: an envelope
numbered at most N can only be one that comes again, however late and from wherever, and APPLY counts nothing of it. So
its row in the inbox is not needed, and goes.

N is what was known a whole look before, longer ago than the broker knows doubles by itself and than replicas of survey
are replaced in. A dead letter was acknowledged and not counted: N stays below the lowest there is, so that it counts
when it is applied again, and counts once when that is interrupted.
"""

import asyncio

import structlog

from services.kit.db.database import TROUBLE, Pool
from services.kit.db.vacuum import reclaim
from services.kit.errors import Unavailable
from services.kit.events.streams import DUPLICATE_WINDOW_SECONDS
from services.metrics.answer_log.log import SOURCE_SURVEY
from services.metrics.answer_log.watermark import Watermark, Watermarks

LOOK_SECONDS = 1.5 * DUPLICATE_WINDOW_SECONDS
TROUBLE_OR_UNAVAILABLE: tuple[type[Exception], ...] = (*TROUBLE, Unavailable)

log = structlog.get_logger()


class Pruner:
    """Prunes the inbox; replicas may do so at the same time."""

    def __init__(self, pool: Pool, watermarks: Watermarks) -> None:
        self.pool = pool
        self.watermarks = watermarks
        self.seen: Watermark | None = None

    async def run(self) -> None:
        """Look at once, and then every quarter of an hour, until cancelled."""
        while True:
            try:
                await self.look()
            except TROUBLE_OR_UNAVAILABLE as error:
                log.warning("inbox not pruned", error=str(error) or type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Forget what the last look saw, if all of it is counted, and see what there is."""
        seen, self.seen = self.seen, None
        watermark = await self.watermarks.read()
        if seen is not None and await self.watermarks.is_past(seen):
            # Less than was seen: survey's database was set back, and gives the numbers between to other envelopes.
            await self._forget(min(seen.through, watermark.through))
        self.seen = watermark

    async def _forget(self, through: int) -> None:
        # After the stream was acknowledged: a dead letter is kept before it is.
        _, lowest = await self.watermarks.count_given_up(through)
        if lowest is not None:
            through = lowest - 1
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL lock_timeout = '2s'")
            await connection.execute("LOCK TABLE metrics_inbox IN SHARE ROW EXCLUSIVE MODE")
            await connection.execute(
                "UPDATE metrics_source SET counted_through = $2"
                " WHERE source = $1 AND counted_through < $2",
                SOURCE_SURVEY,
                through,
            )
        await self._delete()
        await reclaim(self.pool, "metrics_inbox")

    async def _delete(self) -> None:
        """A department at a time: each statement is short, and finds its rows by the key."""
        departments = await self.pool.fetch("SELECT DISTINCT department_id FROM metrics_standing")
        for (department,) in departments:
            await self.pool.execute(
                "DELETE FROM metrics_inbox USING metrics_source AS s WHERE department_id = $1"
                " AND metrics_inbox.source = s.source AND envelope <= counted_through",
                department,
            )
