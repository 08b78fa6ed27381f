"""`make bench-recount ROWS=10000000`: the answer log with many responses, and what a midnight costs.

The log is filled by metrics' own packing and not through survey: three scores each, over three years, 200 departments.
"""

import asyncio
import itertools
import shutil
import signal
import sys
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from services.kit.db.database import Pool
from services.metrics.answer_log.dictionary import DEPARTMENT, Dictionary
from services.metrics.answer_log.layout import Layout
from services.metrics.answer_log.packing import Tuples
from services.metrics.cube.cube import Cube
from services.metrics.rebuild.snapshot import blocks_of
from services.metrics.rebuild.swap import swap
from tests.bench.support import reads, workload
from tests.bench.support.cpu import resident_mb
from tests.bench.support.reads import Reader
from tests.bench.support.stack import Stack, running
from tests.bench.support.storage import bytes_taken, restart_seconds
from tests.bench.support.workload import (
    CHANNELS,
    DEPARTMENTS,
    LANGUAGES,
    SEGMENTS,
    STAGES,
    THREE,
    TOUCHPOINTS,
    YEARS_DAYS,
)

DIRECTORY = "SELECT id FROM directory_copy WHERE kind = $1 ORDER BY id"
KNOWN_SECONDS = 30
POLL_SECONDS = 0.1


class Clock:
    """What was measured so far, in seconds or whatever the name says."""

    def __init__(self) -> None:
        self.measured: dict[str, float] = {}
        self.began = time.perf_counter()

    def lap(self, name: str) -> None:
        """Seconds since the last lap."""
        self.measured[name] = time.perf_counter() - self.began
        self.began = time.perf_counter()


async def numbers(pool: Pool, dictionary: Dictionary) -> tuple[list[int], list[int]]:
    """Numbers of departments, and of all sets of dimensions."""
    departments = [row["id"] for row in await pool.fetch(DIRECTORY, DEPARTMENT)]
    await dictionary.intern(DEPARTMENT, departments)
    touchpoints = [row["id"] for row in await pool.fetch(DIRECTORY, "touchpoint")]
    staged = [(touchpoint, STAGES[n % len(STAGES)]) for n, touchpoint in enumerate(touchpoints)]
    await dictionary.intern_sets(
        (*place, *rest) for place, *rest in itertools.product(staged, CHANNELS, SEGMENTS, LANGUAGES)
    )
    by_id = dictionary.known(DEPARTMENT)
    return [by_id[department] for department in departments], list(dictionary.set_members)


def responses(layout: Layout, sets: list[int], rows: int, today: int) -> Tuples:
    """Answers made from a seed."""
    dice = np.random.default_rng(1)
    return Tuples(
        dice.integers(today - YEARS_DAYS, today + 1, rows, np.uint16),
        np.array(sets, np.uint32)[dice.integers(0, len(sets), rows)],
        np.ones(rows, np.int8),
        np.stack([dice.integers(0, min(width, 11), rows, np.uint8) for width in layout.widths]),
    )


async def known(reader: Reader) -> Layout:
    """Where the answers to the survey stand, once metrics has copied it and the organisation."""
    copied = "SELECT count(*) FROM directory_copy"
    async with asyncio.timeout(KNOWN_SECONDS):
        while True:
            await reader.surveys.refresh()
            layouts = {layout.key: layout for layout in reader.surveys.by_number.values()}
            many = await reader.database.pool.fetchval(copied)
            if THREE in layouts and many > DEPARTMENTS + TOUCHPOINTS:  # and the root
                return layouts[THREE]
            await asyncio.sleep(POLL_SECONDS)


async def fill(reader: Reader, rows: int, clock: Clock) -> None:
    """A log of so many responses, as a rebuild makes it."""
    layout = await known(reader)
    departments, sets = await numbers(reader.database.pool, reader.dictionary)
    of = np.array(departments, np.int32)[
        np.random.default_rng(2).integers(0, len(departments), rows)
    ]
    made = responses(layout, sets, rows, reader.today)
    clock.lap("made")
    blocks = list(blocks_of(layout.survey, [(of, made)]))
    clock.lap("packing them into blocks, s")
    async with reader.database.pool.acquire() as connection, connection.transaction():
        await swap(connection, 0, blocks)
    clock.lap("swapping all blocks, writers waiting, s")
    del clock.measured["made"]


async def measure(stack: Stack, rows: int) -> dict[str, float]:
    """Everything, by name."""
    clock = Clock()
    await workload.prepare(stack)
    async with reads.reader(stack) as reader:
        await fill(reader, rows, clock)
        sizes = await bytes_taken(reader.database.pool)
        clock.measured["stored bytes per response"] = sum(sizes.values()) / rows
        clock.measured["of them blocks"] = sizes["block"] / rows
        start = await restart_seconds(stack, ["metrics"], signal.SIGTERM)
        clock.measured["start of metrics until ready, s"] = start
        clock.measured["memory of metrics, MB"] = resident_mb(stack.supervisor.pid("metrics"))
        cube = Cube(reader.database.pool, reader.dictionary, reader.surveys)
        clock.began = time.perf_counter()
        await cube.load()
        clock.lap("of the start loading the cube, s")
        reader.cube.partitions = cube.partitions
        clock.measured["recount of all standing rows, s"] = await reads.recount_seconds(reader)
        clock.measured["standing rows"] = len(
            await reader.database.pool.fetch("TABLE metrics_standing")
        )
    return clock.measured


async def main(rows: int) -> None:
    data_dir = Path("build/bench-recount")
    shutil.rmtree(data_dir, ignore_errors=True)
    async with running(data_dir) as stack:
        measured = await measure(stack, rows)
    shutil.rmtree(data_dir)
    table = Table("what", "measured", title=f"{rows:,} responses")
    for name, value in measured.items():
        table.add_row(name, f"{value:.3g}" if value < 1000 else f"{value:.0f}")
    Console(width=100, highlight=False).print(table)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]))))
