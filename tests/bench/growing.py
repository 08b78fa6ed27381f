"""`make bench-growth ROWS=20000`: what a response and a read cost each role, with one and with two replicas of all.

Processor time of an operation, less what the role takes when nothing is asked of it, and not how many go through in a
second: the replicas share the cores of one machine. As a table and in build/growth.json.
"""

import asyncio
import json
import os
import shutil
import sys
import time
from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, cycle
from pathlib import Path

import asyncpg
import httpx
from rich.console import Console
from rich.table import Table

from infra.local import keys
from services.kit.rpc.servicing import open_channel
from tests.bench.support import workload
from tests.bench.support.cpu import resident_mb, tree_seconds
from tests.bench.support.ingest import Ingest
from tests.bench.support.stack import Stack
from tests.bench.support.workload import DEPARTMENTS, PLAIN, Respondents, department_key
from tests.support.fleet import running
from tests.support.platform import free_port

FILE = Path("build") / "growth.json"
MOST_REPLICAS = 2
ROLES = ("gateway", "profile", "survey", "metrics", "employee_exp", "postgres", "nats")
WARM_UP = 2_000
READERS = 16
IDLE_SECONDS = 5.0
FIRST_DAY = date(2010, 1, 1)
SCORECARD = """query ($key: String!, $from: Date!) { department(key: $key) {
  scorecard(period: {from: $from, to: "2100-01-01"}) { nps { base value } csat { base value } } } }"""
SUBMIT = """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { userErrors { code } } }"""
Variables = Iterator[dict[str, object]]


@dataclass(frozen=True)
class FleetStack(Stack):
    """A running fleet, whose parts of one role are counted together."""

    def cpu_seconds(self) -> dict[str, float]:
        """CPU used so far by each role."""
        return {role: sum(map(tree_seconds, self.pids(role))) for role in ROLES}

    def pids(self, role: str) -> list[int]:
        """Of the replicas of a role."""
        return [
            child.pid
            for name, child in self.supervisor.running.items()
            if name.rstrip("0123456789") == role
        ]


@dataclass(frozen=True)
class Operation:
    """What one operation took: microseconds of each role, and how many went through in a second."""

    by_role: Mapping[str, float]
    per_s: float

    def row(self, name: str) -> list[str]:
        return [name, *(f"{self.by_role[role]:.0f}" for role in ROLES), f"{self.per_s:.0f}"]


class Growth:
    """One fleet of so many replicas, measured."""

    def __init__(self, stack: FleetStack, urls: list[str], rows: int) -> None:
        self.stack = stack
        self.urls = urls
        self.rows = rows
        self.idle = dict.fromkeys(ROLES, 0.0)  # of the processor, in a second
        self.respondents = Respondents(1)

    async def run(self) -> dict[str, Operation]:
        """Nothing; responses in bulk, one by one and by the gateway; scorecards of a department."""
        deployment = self.stack.deployment
        metrics = await asyncpg.connect(deployment.postgres.url(database="cxm_metrics"))
        await workload.prepare(self.stack)
        async with open_channel(deployment.address("survey")) as survey:
            ingest = Ingest(self.stack, survey, metrics)
            calls = self.respondents.calls(PLAIN, WARM_UP, per_call=1, past=False)
            await self._send(ingest, list(calls), 64)
            quiet = await self._cost(asyncio.sleep(IDLE_SECONDS), round(IDLE_SECONDS))
            self.idle = {role: us / 1e6 for role, us in quiet.by_role.items()}
            found = {"nothing, for a second": quiet}
            found |= await self._ingest(ingest)
            found |= await self._gateways(ingest)
        await metrics.close()
        return found

    async def _ingest(self, ingest: Ingest) -> dict[str, Operation]:
        make = self.respondents.calls
        found = {}
        for size, in_flight in ((100, 16), (1, 64)):
            calls = list(make(PLAIN, self.rows, per_call=size, past=False))
            work = self._send(ingest, calls, in_flight)
            found[f"response, {size} a call"] = await self._cost(work, self.rows)
        return found

    async def _send(self, ingest: Ingest, calls: list[bytes], in_flight: int) -> None:
        counted = await ingest.counted()
        await ingest.until_counted(counted + await ingest.send(calls, in_flight=in_flight))

    async def _gateways(self, ingest: Ingest) -> dict[str, Operation]:
        times, counted = self.rows // 4, await ingest.counted()
        by_gateway = self._submit(ingest, times, counted)
        return {
            "response by the gateway": await self._cost(by_gateway, times),
            "scorecard": await self._cost(self._ask(SCORECARD, _scorecards(), times), times),
        }

    async def _submit(self, ingest: Ingest, times: int, counted: int) -> None:
        await self._ask(SUBMIT, _responses(), times)
        await ingest.until_counted(counted + times)

    async def _ask(self, query: str, variables: Variables, times: int) -> None:
        """Ask the gateways in turn, some at a time."""
        token = keys.mint(self.stack.deployment.data_dir, "admin")
        turns, left = cycle(self.urls), iter(range(times))

        async def ask_on(client: httpx.AsyncClient) -> None:
            for _ in left:
                body = {"query": query, "variables": next(variables)}
                reply = (await client.post(f"{next(turns)}/graphql", json=body)).json()
                assert "errors" not in reply, reply

        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(
            headers=headers, trust_env=False, timeout=60, verify=False
        ) as client:
            await asyncio.gather(*(ask_on(client) for _ in range(READERS)))

    async def _cost(self, work: Awaitable[object], operations: int) -> Operation:
        before, began = self.stack.cpu_seconds(), time.monotonic()
        await work
        seconds, after = time.monotonic() - began, self.stack.cpu_seconds()
        used = {role: after[role] - before[role] - self.idle[role] * seconds for role in ROLES}
        by_role = {role: max(0.0, used[role]) * 1e6 / operations for role in ROLES}
        return Operation(by_role, operations / seconds)

    def memory(self) -> dict[str, float]:
        """Resident memory of a replica, in MB; of PostgreSQL the server process alone."""
        return {role: max(map(resident_mb, self.stack.pids(role))) for role in ROLES}


def _responses() -> Variables:
    for number in count():
        yield {
            "input": {
                "survey": PLAIN,
                "department": department_key(number % DEPARTMENTS),
                "answers": [{"question": "nps", "score": number % 11}],
            }
        }


def _scorecards() -> Variables:
    """Of each department in turn, for periods of which none is asked for twice."""
    for number in count():
        start = FIRST_DAY + timedelta(number // DEPARTMENTS)
        yield {"key": department_key(number % DEPARTMENTS), "from": str(start)}


def report(results: Mapping[int, tuple[dict[str, Operation], dict[str, float]]]) -> None:
    """The table, and the file."""
    console = Console(width=140, highlight=False)
    for replicas, (operations, memory) in results.items():
        title = f"{replicas} of each role, {os.cpu_count()} cores: us of the processor an operation"
        table = Table("operation", *ROLES, "per s", title=title)
        for name, operation in operations.items():
            table.add_row(*operation.row(name))
        table.add_row("MB of memory, one replica", *(f"{memory[role]:.0f}" for role in ROLES), "")
        console.print(table)
    FILE.parent.mkdir(exist_ok=True)
    kept = {
        str(replicas): {
            "memory_mb": memory,
            **{name: {**one.by_role, "per_s": one.per_s} for name, one in operations.items()},
        }
        for replicas, (operations, memory) in results.items()
    }
    FILE.write_text(json.dumps(kept, indent=1) + "\n")


async def main(rows: int) -> None:
    os.environ.setdefault("CXM_GATEWAY_SUBJECT_VALUES_RATE", "1000000")  # the clients share a token
    results = {}
    for replicas in range(1, MOST_REPLICAS + 1):
        data_dir = Path("build") / "growth"
        shutil.rmtree(data_dir, ignore_errors=True)
        ports = [free_port() for _ in range(replicas)]
        async with running(data_dir, replicas, ports) as (deployment, supervisor):
            urls = [f"http://127.0.0.1:{port}" for port in ports]
            growth = Growth(FleetStack(deployment, supervisor), urls, rows)
            results[replicas] = (await growth.run(), growth.memory())
        shutil.rmtree(data_dir)
    report(results)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
