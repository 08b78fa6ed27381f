"""Compaction: journal rows older than a minute move into packed month blocks.

Rows that name their envelope wait for the rebuild that wants them by envelope (rebuild/runner.py).
"""

import asyncio
from collections import Counter

import numpy as np
import structlog

from services.kit.clock import day_date
from services.kit.db.database import TROUBLE, Connection, Pool
from services.kit.db.vacuum import reclaim
from services.metrics.answer_log.packing import (
    Tuples,
    join,
    read_block,
    read_journal_rows,
    to_block,
    to_journal_row,
)

SWEEP_SECONDS = 60.0

UP_TO = "department_id = $1 AND survey_id = $2 AND revision <= $3 AND envelope IS NULL"
READ_ROWS = f"SELECT revision, answers FROM metrics_journal WHERE {UP_TO} FOR UPDATE"
DELETE_ROWS = f"DELETE FROM metrics_journal WHERE {UP_TO}"
KEEP_EARLY = """
INSERT INTO metrics_journal (department_id, survey_id, revision, answers) VALUES ($1, $2, 0, $3)"""
READ_BLOCK = """
SELECT answers FROM metrics_block WHERE department_id = $1 AND survey_id = $2 AND month = $3 FOR UPDATE"""
WRITE_BLOCK = """
INSERT INTO metrics_block (department_id, survey_id, month, responses, answers) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (department_id, survey_id, month)
    DO UPDATE SET responses = excluded.responses, answers = excluded.answers"""
DELETE_BLOCK = (
    "DELETE FROM metrics_block WHERE department_id = $1 AND survey_id = $2 AND month = $3"
)

log = structlog.get_logger()


class Compactor:
    """Sweeps the journal; replicas may sweep at the same time."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.seen: dict[tuple[int, int], int] = {}

    async def run(self) -> None:
        """Sweep every minute until cancelled."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.sweep()
            except TROUBLE as error:
                log.warning("journal not compacted", error=type(error).__name__)

    async def sweep(self) -> None:
        """Compact what the last sweep saw, and so is older than the time between two."""
        for (department, survey), revision in self.seen.items():
            async with self.pool.acquire() as connection, connection.transaction():
                await compact(connection, department, survey, revision)
        rows = await self.pool.fetch(
            "SELECT department_id, survey_id, max(revision) FROM metrics_journal"
            " WHERE revision > 0 AND envelope IS NULL GROUP BY 1, 2"
        )
        self.seen = {(department, survey): revision for department, survey, revision in rows}
        await reclaim(self.pool, "metrics_journal")


async def compact(connection: Connection, department: int, survey: int, revision: int) -> None:
    """Move journal rows up to a revision into blocks.

    What was taken back leaves its block; what was taken back before it came stays, as revision 0.
    """
    # A rebuild that replaces all blocks is over or not begun when the journal is read.
    await connection.execute("LOCK TABLE metrics_block IN ROW EXCLUSIVE MODE")
    rows = await connection.fetch(READ_ROWS, department, survey, revision)
    if not any(row["revision"] for row in rows):
        return
    news = read_journal_rows([row["answers"] for row in rows])
    months = months_of(news)
    early: list[Tuples] = []
    for month in np.unique(months).tolist():
        early.append(
            await _compact_month(
                connection, (department, survey, month), news.take(months == month)
            )
        )
    await connection.execute(DELETE_ROWS, department, survey, revision)
    left = join(early)
    if len(left):
        await connection.execute(KEEP_EARLY, department, survey, to_journal_row(left))


async def _compact_month(connection: Connection, key: tuple[int, int, int], news: Tuples) -> Tuples:
    """Rewrite one block; returns what was taken back and is not there."""
    block = await connection.fetchval(READ_BLOCK, *key)
    stored, early = net_out(join([read_block(block), news]) if block else news)
    if len(stored):
        await connection.execute(WRITE_BLOCK, *key, len(stored), to_block(stored))
    else:
        await connection.execute(DELETE_BLOCK, *key)
    return early


def net_out(tuples: Tuples) -> tuple[Tuples, Tuples]:
    """Let each minus take out one equal plus; returns the pluses and the minuses that are left."""
    taken_back = tuples.sign < 0
    if not taken_back.any():
        return tuples, tuples.take(taken_back)
    identities = [
        (day, dimension_set, codes.tobytes())
        for day, dimension_set, codes in zip(
            tuples.day.tolist(), tuples.dimension_set.tolist(), tuples.codes.T, strict=True
        )
    ]
    open_minuses = Counter(i for i, minus in zip(identities, taken_back, strict=True) if minus)
    kept = np.zeros(len(tuples), bool)
    for row in np.flatnonzero(~taken_back).tolist():
        if open_minuses[identities[row]] > 0:
            open_minuses[identities[row]] -= 1
        else:
            kept[row] = True
    early = np.zeros(len(tuples), bool)
    for row in np.flatnonzero(taken_back).tolist():
        if open_minuses[identities[row]] > 0:
            open_minuses[identities[row]] -= 1
            early[row] = True
    return tuples.take(kept), tuples.take(early)


def months_of(tuples: Tuples) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Months since year 0 of each response."""
    days, rows = np.unique(tuples.day, return_inverse=True)
    dates = [day_date(day) for day in days.tolist()]
    return np.array([date.year * 12 + date.month - 1 for date in dates], np.int64)[rows]
