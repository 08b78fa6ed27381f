"""Rows are read in slices: others are served between them, however long a row takes."""

import asyncio

from services.kit.imports.batches import BATCH_ROWS, SLICE_SECONDS, cut
from services.kit.imports.format.records import Row

ROWS = [Row(number, ["x"]) for number in range(BATCH_ROWS // 2)]


async def turns_of_others(seconds_of_a_row: float) -> int:
    """How often somebody else was served while rows were read."""
    now, turns = 0.0, 0

    def read(row: Row) -> int:
        nonlocal now
        now += seconds_of_a_row
        return row.number

    async def other() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    serving = asyncio.create_task(other())
    batches = [batch async for batch in cut(ROWS, read, clock=lambda: now)]
    serving.cancel()
    assert [len(batch) for batch in batches] == [len(ROWS)]
    return turns


async def test_a_slow_row_is_read_alone() -> None:
    assert await turns_of_others(SLICE_SECONDS) >= len(ROWS) - 1


async def test_quick_rows_are_read_together() -> None:
    assert await turns_of_others(SLICE_SECONDS / 1_000) <= 2
