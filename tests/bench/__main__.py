"""`make bench`: what ingest and reads cost, as a table and in build/bench.json (or the file BENCH_FILE names)."""

import asyncio
import json
import os
import platform
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from rich.console import Console
from rich.table import Table

from services.kit.rpc.servicing import open_channel
from tests.bench.support import reads, workload
from tests.bench.support.baselines import baselines
from tests.bench.support.cpu import resident_mb
from tests.bench.support.ingest import Cost, Ingest, percentile
from tests.bench.support.reads import p99
from tests.bench.support.stack import STARTED, Stack, running
from tests.bench.support.storage import restart_seconds, settled_bytes
from tests.bench.support.workload import LONG, MOST_CSAT, PLAIN, THREE, Respondents

BUILD = Path("build")
# What the file holds, under these names for ever; the table shows more.
KEYS = (
    "rows",
    "ingest.bulk.cpu_us",
    "ingest.unary.cpu_us",
    "ingest.question.cpu_us",
    "ingest.bulk.per_s",
    "ingest.ack_p99_ms",
    "ingest.visible_p99_ms",
    "baseline.insert.cpu_us",
    "baseline.unnest.cpu_us",
    "read.current_p99_ms",
    "read.weeks_p99_ms",
    "read.scorecard_p99_ms",
    "read.two_filters_p99_ms",
    "storage.bytes_per_response",
    "metrics.rss_mb",
    "metrics.start_s",
    "restart_s",
    "recount_s",
)
WARM_UP = 5_000
LATENCY_SECONDS = 10
MOST_RATE = 1_000.0

console = Console(width=120, highlight=False)


class Bench:
    """One run: what was measured so far, flat."""

    def __init__(self, stack: Stack, rows: int) -> None:
        self.stack = stack
        self.rows = rows
        self.sample = max(rows // 10, 10_000)  # of each measured phase
        self.measured: dict[str, float] = {"rows": rows}
        self.respondents = Respondents(1)

    async def run(self) -> None:
        """Everything, in order: what comes later needs the data of what came before."""
        deployment = self.stack.deployment
        metrics = await asyncpg.connect(deployment.postgres.url(database="cxm_metrics"))
        async with open_channel(deployment.address("survey")) as survey:
            await workload.prepare(self.stack)
            ingest = Ingest(self.stack, survey, metrics)
            await self._fill(ingest)
            await self._ingest(ingest)
            await self._latency(ingest)
        await metrics.close()
        await self._baselines()
        await self._restarts()
        await self._reads()

    async def _fill(self, ingest: Ingest) -> None:
        """The rows that are read later: three scores each, over three years."""
        with phase("fill"):
            calls = self.respondents.calls(THREE, self.rows, per_call=1_000, past=True)
            sent = await ingest.send(calls, in_flight=4)
            await ingest.until_counted(sent)
        with phase("storage"):
            sizes = await settled_bytes(self.stack)
        for table, size in sizes.items():
            console.print(f"  {table:14} {size / self.rows:8.2f} bytes per response")
        self.measured["storage.bytes_per_response"] = sum(sizes.values()) / self.rows

    async def _ingest(self, ingest: Ingest) -> None:
        make = self.respondents.calls
        await ingest.cost(list(make(PLAIN, WARM_UP, per_call=1, past=False)), in_flight=64)
        with phase("ingest, 100 per call"):
            calls = list(make(PLAIN, 2 * self.sample, per_call=100, past=False))
            bulk = show(await ingest.cost(calls, in_flight=16))
        with phase(f"ingest, 100 per call, {MOST_CSAT} more scored questions"):
            calls = list(make(LONG, self.sample, per_call=100, past=False))
            long = show(await ingest.cost(calls, in_flight=16))
        with phase("ingest, 1 per call"):
            calls = list(make(PLAIN, self.sample // 2, per_call=1, past=False))
            unary = show(await ingest.cost(calls, in_flight=64))
        empty = await ingest.empty_call_us(self.sample // 5, in_flight=64)
        self.measured["baseline.call.cpu_us"] = empty
        self.measured["ingest.bulk.cpu_us"] = bulk.cpu_us
        self.measured["ingest.unary.cpu_us"] = unary.cpu_us
        self.measured["ingest.question.cpu_us"] = (long.cpu_us - bulk.cpu_us) / MOST_CSAT
        self.measured["ingest.bulk.per_s"] = bulk.per_s
        self.measured["ingest.unary.per_s"] = unary.per_s

    async def _latency(self, ingest: Ingest) -> None:
        rate = min(self.measured["ingest.unary.per_s"] / 2, MOST_RATE)
        with phase(f"latency at half load, {rate:.0f} per second"):
            count = int(rate * LATENCY_SECONDS)
            calls = list(self.respondents.calls(PLAIN, count, per_call=1, past=False))
            latency = await ingest.latency(calls, rate=rate)
        for name, values in (("ack", latency.ack), ("visible", latency.visible)):
            for share in (50, 99):
                self.measured[f"ingest.{name}_p{share}_ms"] = percentile(values, share / 100)

    async def _baselines(self) -> None:
        with phase("baselines"):
            pid = self.stack.supervisor.pid("postgres")
            single, bulk = await baselines(self.stack.deployment.postgres, pid, self.sample)
        self.measured["baseline.insert.cpu_us"] = single
        self.measured["baseline.unnest.cpu_us"] = bulk

    async def _restarts(self) -> None:
        with phase("restarts"):
            start = await restart_seconds(self.stack, ["metrics"], signal.SIGTERM)
            self.measured["metrics.start_s"] = start
            self.measured["metrics.rss_mb"] = resident_mb(self.stack.supervisor.pid("metrics"))
            self.measured["restart_s"] = await restart_seconds(self.stack, STARTED, signal.SIGKILL)

    async def _reads(self) -> None:
        deployment = self.stack.deployment
        async with reads.reader(self.stack) as reader:
            with phase("reads"):
                await self._inside(reader)
            async with open_channel(deployment.address("metrics")) as channel:
                scorecards = reads.scorecards(reader, channel, self.stack)
                self.measured["read.scorecard_p99_ms"] = await p99(scorecards, 200)
            with phase("recount"):
                self.measured["recount_s"] = await reads.recount_seconds(reader)

    async def _inside(self, reader: reads.Reader) -> None:
        self.measured["read.current_p99_ms"] = await p99(reads.one_department_now(reader))
        self.measured["read.weeks_p99_ms"] = await p99(reads.weeks(reader, "channel"))
        two = reads.weeks(reader, "touchpoint", "segment")
        self.measured["read.two_filters_p99_ms"] = await p99(two)


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Says on the way what is done and how long it took."""
    began = time.monotonic()
    yield
    console.print(f"{name}: {time.monotonic() - began:.1f} s")


def show(cost: Cost) -> Cost:
    """The cost by part, on the way."""
    parts = ", ".join(f"{name} {us:.0f}" for name, us in cost.by_part.items())
    console.print(f"  {cost.cpu_us:.0f} us per response ({parts}); {cost.per_s:.0f} per second")
    return cost


def report(measured: dict[str, float]) -> None:
    """The table, and the file."""
    table = Table("what", "measured", title=f"{os.cpu_count()} cores, {platform.machine()}")
    rounded = {name: float(f"{value:.4g}") for name, value in measured.items()} | {
        "rows": measured["rows"]
    }
    for name, value in rounded.items():
        table.add_row(name, f"{value:g}")
    console.print(table)
    kept = {name: rounded[name] for name in KEYS}
    file = Path(os.environ.get("BENCH_FILE", BUILD / "bench.json"))
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(kept, indent=1) + "\n")


async def main() -> None:
    data_dir = BUILD / "bench"
    shutil.rmtree(data_dir, ignore_errors=True)
    rows = int(os.environ.get("ROWS", "1000000"))
    async with running(data_dir) as stack:
        bench = Bench(stack, rows)
        await bench.run()
    report(bench.measured)
    shutil.rmtree(data_dir)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
