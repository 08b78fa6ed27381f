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
from tests.bench.gateway.servers import CACHED, OURS, THEIRS, Server, Servers, all_servers, install
from tests.bench.gateway.submitting import CALLERS, PARTS, submitting
from tests.bench.gateway.turns import Measured, measure, ratio

BUILD = Path("build")
CONNECTIONS = (4, 32)
RESPONSES = 20_000
RESPONSES_A_SECOND = 1_000
"""Submitted for each second that a document is asked for."""
WARM_UP_TURNS = 10  # V8 compiles a function after some thousand calls
SERVERS = {OURS: "ratio", CACHED: "cached_ratio", THEIRS: ""}
RATIOS = ("ratio", "cached_ratio")
BARS = {  # must, goal
    "small.ratio": (2.0, 1.5),
    "list.ratio": (1.5, 1.0),
    "small.cached_ratio": (1.0, 0.7),
    "scorecard.cached_ratio": (0.5, 0.3),
    "submit.at_8.cpu_us": (1_200, 800),
    "submit.at_32.cpu_us": (550, 400),
}

console = Console(width=120, highlight=False)
Figures = dict[str, Any]


async def compare(servers: Servers, document: Document) -> None:
    """Assert that all answer every request alike, with data, and a cache the second time too."""
    bodies = document.bodies()
    theirs = await servers.theirs.client.answers(bodies)
    ours = [servers.ours] if servers.cached is None else [servers.ours, *2 * [servers.cached]]
    for server in ours:
        answers = await server.client.answers(bodies)
        for body, one, other in zip(bodies, answers, theirs, strict=True):
            data, expected = orjson.loads(one)["data"], orjson.loads(other)["data"]
            assert data == expected, f"{body.decode()}\n{server.name}: {data}\nnot: {expected}"
            assert None not in data.values(), f"nothing was answered to {body.decode()}"


async def measured(servers: Servers, document: Document, turns: int, seconds: float) -> Figures:
    """What one document costs, by connections; the ratios are the worst of them."""
    bodies = document.bodies()
    asked = [servers.theirs, servers.ours]
    if servers.cached is not None:
        asked.append(servers.cached)
    for server in asked:
        await server.client.load(bodies, max(CONNECTIONS), WARM_UP_TURNS * seconds)
    figures: Figures = {}
    for connections in CONNECTIONS:
        theirs, *ours = found = await measure(asked, bodies, connections, turns, seconds)
        ratios = {key: ratio(one, theirs) for key, one in zip(RATIOS, ours, strict=False)}
        figures[f"at_{connections}"] = {**ratios, **_by_server(asked, found)}
    at = list(figures.values())
    return figures | {key: max(each[key] for each in at) for key in RATIOS if key in at[0]}


def _by_server(servers: list[Server], found: list[Measured]) -> Figures:
    return {server.name: each.figures() for server, each in zip(servers, found, strict=True)}


def report(figures: Figures, submits: Figures) -> None:
    """The tables, and the file."""
    title = f"one process each, {os.cpu_count()} cores, {platform.machine()}"
    table = Table("document", "connections", "server", "CPU us", title=title)
    for name in ("p50 ms", "p99 ms", "per s", "ratio"):
        table.add_column(name, justify="right")
    for name, document in figures.items():
        for connections in CONNECTIONS:
            at = document[f"at_{connections}"]
            for server in SERVERS:
                if server in at:
                    row = at[server]
                    cells = [f"{row[key]:g}" for key in ("cpu_us", "p50_ms", "p99_ms", "per_s")]
                    told = f"{at[SERVERS[server]]:g}" if SERVERS[server] else ""
                    table.add_row(name, str(connections), server, *cells, told)
    console.print(table)
    console.print(_submits(submits))
    console.print(_bars(figures | {"submit": submits}))
    file = Path(os.environ.get("BENCH_FILE", BUILD / "bench-gateway.json"))
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(figures | {"submit": submits}, indent=1) + "\n")


def _submits(submits: Figures) -> Table:
    names = ("cpu_us", *PARTS, "p50_ms", "p99_ms", "per_s")
    table = Table("callers", *names, title="submitResponse of two answers, CPU us by process")
    for callers in CALLERS:
        at = submits[f"at_{callers}"]
        table.add_row(str(callers), *(f"{at[name]:g}" for name in names))
    return table


def _bars(figures: Figures) -> Table:
    bars = Table(
        "what", "measured", "must", "goal", "", title="CPU over that of mercurius, and in us"
    )
    for name, (must, goal) in BARS.items():
        document, *path, key = name.split(".")
        at = figures[document]
        for step in path:
            at = at[step]
        found = at.get(key)
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
    async with all_servers(data_dir, node_dir) as servers:
        await organisation.fill(servers.stack, RESPONSES)
        for document in documents():
            began = time.monotonic()
            await compare(servers, document)
            figures[document.name] = await measured(servers, document, turns, seconds)
            console.print(f"{document.name}: {time.monotonic() - began:.1f} s")
        responses = round(turns * seconds * RESPONSES_A_SECOND)
        submits = await submitting(servers.stack, servers.ours, responses)
    report(figures, submits)
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
