"""Compaction: journal rows older than a minute move into packed month blocks, where a minus takes out its plus."""

import asyncio

import numpy as np
import structlog

from services.kit import clock
from services.kit.db.database import TROUBLE, Connection, Pool
from services.kit.db.vacuum import reclaim
from services.metrics.customers import storage
from services.metrics.customers.packing import (
    Purchases,
    join,
    months_of,
    net_out,
    read_block,
    read_rows,
    to_block,
)

SWEEP_SECONDS = 60.0

log = structlog.get_logger()


class PurchaseCompactor:
    """Sweeps the journal; replicas may sweep at the same time."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.seen: dict[int, int] = {}

    async def run(self) -> None:
        """Sweep every minute until cancelled."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.sweep()
            except TROUBLE as error:
                log.warning("purchases not compacted", error=type(error).__name__)

    async def sweep(self) -> None:
        """Compact what the last sweep saw, and so is older than the time between two."""
        for department, revision in self.seen.items():
            async with self.pool.acquire() as connection, connection.transaction():
                await compact(connection, department, revision)
        self.seen = await storage.old_rows(self.pool)
        await storage.forget_envelopes(self.pool, clock.now())
        await reclaim(self.pool, "metrics_purchase_journal")


async def compact(connection: Connection, department: int, revision: int) -> None:
    """Move journal rows up to a revision into blocks; what was taken back before it came stays, as revision 0."""
    rows = await storage.take_rows(connection, department, revision)
    if not rows:
        return
    news = read_rows(rows)
    months = months_of(news)
    early = [
        await _compact_month(connection, department, month, news[months == month])
        for month in np.unique(months).tolist()
    ]
    left = join(early)
    if len(left):
        await storage.keep_early(connection, department, left.tobytes())


async def _compact_month(
    connection: Connection, department: int, month: int, news: Purchases
) -> Purchases:
    """Rewrite one block; returns what was taken back and is not there."""
    block = await storage.read_block(connection, department, month)
    netted = net_out(join([read_block(block), news]) if block else news)
    stored = netted[netted["sign"] > 0]
    await storage.write_block(connection, department, month, len(stored), to_block(stored))
    return netted[netted["sign"] < 0]
