"""`make bench-gateway`: server CPU per request of the gateway against mercurius, fastify and graphql-jit on Node.js.

Both serve gateway/schema.graphql from the same services of one platform over gRPC, each in one process, and are asked
the same documents by the same client by turns. Their data are compared before anything is measured. Writes
build/bench-gateway.json, or the file BENCH_FILE names.
"""

import json
import os
import platform
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import uvloop
from rich.console import Console
from rich.table import Table

from tests.bench.gateway import organisation
from tests.bench.gateway.documents import Document, documents
from tests.bench.gateway.servers import Server, Servers, both, install
from tests.bench.gateway.turns import Measured, measure, ratio

BUILD = Path("build")
CONNECTIONS = (4, 32)
RESPONSES = 20_000
WARM_UP_TURNS = 10  # V8 compiles a function after some thousand calls
BARS = {  # must, goal
    "small.ratio": (2.0, 1.5),
    "list.ratio": (1.5, 1.0),
    "small.cached_ratio": (1.0, 0.7),
    "scorecard.cached_ratio": (0.5, 0.3),
}

console = Console(width=120, highlight=False)
Figures = dict[str, Any]


async def compare(servers: Servers, document: Document) -> None:
    """Assert that both answer every request alike, and with data."""
    bodies = document.bodies()
    ours = await servers.ours.client.answers(bodies)
    theirs = await servers.theirs.client.answers(bodies)
    for body, one, other in zip(bodies, ours, theirs, strict=True):
        data, expected = orjson.loads(one)["data"], orjson.loads(other)["data"]
        assert data == expected, f"{body.decode()}\nours:   {data}\ntheirs: {expected}"
        assert None not in data.values(), f"nothing was answered to {body.decode()}"


async def measured(servers: Servers, document: Document, turns: int, seconds: float) -> Figures:
    """What one document costs, by connections; the ratio is the worst of them."""
    bodies = document.bodies()
    asked = [servers.ours, servers.theirs]
    for server in asked:
        await server.client.load(bodies, max(CONNECTIONS), WARM_UP_TURNS * seconds)
    figures: Figures = {}
    for connections in CONNECTIONS:
        ours, theirs = await measure(asked, bodies, connections, turns, seconds)
        figures[f"at_{connections}"] = {
            "ratio": ratio(ours, theirs),
            **_by_server(asked, [ours, theirs]),
        }
    figures["ratio"] = max(each["ratio"] for each in figures.values())
    return figures


def _by_server(servers: list[Server], found: list[Measured]) -> Figures:
    return {server.name: each.figures() for server, each in zip(servers, found, strict=True)}


def report(figures: Figures) -> None:
    """The tables, and the file."""
    title = f"one process each, {os.cpu_count()} cores, {platform.machine()}"
    table = Table("document", "connections", "server", "CPU us", title=title)
    for name in ("p50 ms", "p99 ms", "per s", "ratio"):
        table.add_column(name, justify="right")
    for name, document in figures.items():
        for connections in CONNECTIONS:
            at = document[f"at_{connections}"]
            for server in ("gateway", "mercurius"):
                row = at[server]
                cells = [f"{row[key]:g}" for key in ("cpu_us", "p50_ms", "p99_ms", "per_s")]
                told = f"{at['ratio']:g}" if server == "gateway" else ""
                table.add_row(name, str(connections), server, *cells, told)
    console.print(table)
    console.print(_bars(figures))
    file = Path(os.environ.get("BENCH_FILE", BUILD / "bench-gateway.json"))
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(figures, indent=1) + "\n")


def _bars(figures: Figures) -> Table:
    bars = Table("what", "measured", "must", "goal", "", title="CPU of the gateway over mercurius")
    for name, (must, goal) in BARS.items():
        document, _, key = name.partition(".")
        found = figures[document].get(key)
        verdict = "not measured" if found is None else "missed" if found > must else "holds"
        told = "" if found is None else f"{found:g}"
        bars.add_row(name, told, f"<= {must:g}", f"{goal:g}", verdict)
    return bars


async def run(turns: int, seconds: float) -> None:
    """Start, fill, compare, measure."""
    data_dir, node_dir = BUILD / "bench-gateway", BUILD / "bench-gateway-node"
    shutil.rmtree(data_dir, ignore_errors=True)
    install(node_dir)
    figures: Figures = {}
    async with both(data_dir, node_dir) as servers:
        await organisation.fill(servers.stack, RESPONSES)
        for document in documents():
            began = time.monotonic()
            await compare(servers, document)
            figures[document.name] = await measured(servers, document, turns, seconds)
            console.print(f"{document.name}: {time.monotonic() - began:.1f} s")
    report(figures)
    shutil.rmtree(data_dir)


def main() -> int:
    """0 where both answered alike, whatever it took."""
    if not shutil.which("npm"):
        sys.stderr.write("npm is not here: install Node.js 20 or newer\n")
        return 1
    uvloop.run(run(int(os.environ.get("TURNS", "6")), float(os.environ.get("SECONDS", "0.8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
