"""`make rollout`: every process replaced under load behind a proxy, as Kubernetes does by the chart.

Ends with one line, and status 1 if a request failed, a response is lost or counted twice, a page does not show the
last number, or a pod did not end with 0. Then a gateway is killed while it is sent to, and that must be seen.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.client.api import Api
from infra.local import children, keys, nats, parts, postgres
from infra.roles import BY_SERVICE, GATEWAY, SERVICES
from tests.faults.support.clients import DEPARTMENTS, set_up
from tests.faults.support.pods import names, proxy
from tests.faults.support.pods.deployed import RUNNING, InPods, Pods, deployed
from tests.faults.support.pods.traffic import READERS, SIZES, Traffic
from tests.faults.support.pods.watching import Page
from tests.faults.support.result import FaultResult, wait_for_result
from tests.support.platform import Asked, free_port

LOGS = Path(__file__).parents[2] / "build" / "rollout-logs"
LAST_READ_SECONDS = 15.0
HEARD_SECONDS = 30.0
KILLED = (BY_SERVICE["survey"], GATEWAY)


@dataclass(frozen=True)
class Outcome:
    """What became of all that was asked while pods were replaced."""

    counted: FaultResult
    requests: int
    failed: int
    moved: int
    missed: int
    deaf_missed: int
    unclean: int
    slowest_request: float
    slowest_end: float

    def __str__(self) -> str:
        return (
            f"{self.counted} requests={self.requests} failed={self.failed} moved={self.moved} "
            f"missed={self.missed} deaf_missed={self.deaf_missed} unclean={self.unclean} "
            f"slowest_request={self.slowest_request:.2f} s slowest_end={self.slowest_end:.2f} s"
        )

    @property
    def is_good(self) -> bool:
        counted = self.counted
        bad = counted.lost + counted.twice + self.failed + self.missed + self.unclean
        return bad == 0 and self.moved > 0 and self.deaf_missed > 0


def main() -> int:
    rollouts, pods = int(os.environ.get("ROLLOUTS", "2")), int(os.environ.get("PODS", "2"))
    with tempfile.TemporaryDirectory() as directory:
        outcome, seen = asyncio.run(_run(Path(directory), rollouts, pods))
        if not outcome.is_good:
            shutil.copytree(Path(directory) / "data" / "logs", LOGS, dirs_exist_ok=True)
            sys.stdout.write(f"what processes logged is in {LOGS}\n")
    control = " ".join(f"{name}: failed={failed}" for name, failed in seen.items())
    sys.stdout.write(f"{outcome}\nkilled instead of drained: {control}\n")
    return 0 if outcome.is_good and seen[GATEWAY.name] else 1


async def _run(base: Path, rollouts: int, each: int) -> tuple[Outcome, dict[str, int]]:
    """What became of requests while pods were replaced; how many failed when pods were killed."""
    async with _platform(base) as pods:
        asked = Asked(pods.deployment.data_dir, pods.proxy.port)
        token = asked.token("admin")
        with Api(asked.url, token) as api:
            await asyncio.to_thread(set_up, api)
        outcome = await _replace(pods, asked, rollouts, each)
        return outcome, await _kill(pods, asked)


async def _replace(pods: Pods, asked: Asked, rollouts: int, each: int) -> Outcome:
    """Replace so many pods of each role so many times: role after role, and the second time all at once."""
    traffic = Traffic(asked.url, asked.token("admin"))
    async with _under(traffic) as pages:
        for number in range(rollouts):
            if number % 2 == 0:
                for role in RUNNING:
                    await pods.roll(role, each)
            else:
                await asyncio.gather(*(pods.roll(role, each) for role in RUNNING))
            await pods.settle()
        traffic.stopping.set()
        replaced = len(pods.ended)
        counted = await asyncio.to_thread(
            wait_for_result, asked, traffic.ledger, "replaced", replaced
        )
        missed = await _missed(pages, traffic)
    for failure in traffic.failures[:20]:
        sys.stdout.write(f"{failure}\n")
    return Outcome(
        counted,
        traffic.requests,
        len(traffic.failures),
        sum(page.moved for page in pages),
        sum(not page.is_deaf for page in missed),
        sum(page.is_deaf for page in missed),
        sum(ended.status != 0 for ended in pods.ended),
        traffic.slowest,
        max(ended.seconds for ended in pods.ended),
    )


async def _kill(pods: Pods, asked: Asked) -> dict[str, int]:
    """How many requests fail when a pod of these roles is killed while it is sent to, and another started then."""
    traffic = Traffic(asked.url, asked.token("admin"))
    failed: dict[str, int] = {}
    async with _under(traffic):
        for role in KILLED:
            await pods.kill(pods.running[role.name][0])
            await pods.start(role)
            failed[role.name] = len(traffic.failures) - sum(failed.values())
    return failed


async def _missed(pages: list[Page], traffic: Traffic) -> list[Page]:
    """Pages that do not show all that was acknowledged, a while after the last of it."""
    given = traffic.ledger.scores()
    last = {
        department: sum(count for (key, _), count in given.items() if key == department)
        for department in DEPARTMENTS
    }
    deadline = time.monotonic() + LAST_READ_SECONDS
    while missed := [page for page in pages if page.shown != last[page.department]]:
        if all(page.is_deaf for page in missed) or time.monotonic() > deadline:
            break
        await asyncio.sleep(0.1)
    for page in missed:
        if page.is_deaf:
            continue
        shown = f"{page.department} shows {page.shown} of {last[page.department]}"
        sys.stdout.write(f"{shown}, heard {page.heard}, moved {page.moved}\n")
    return missed


@asynccontextmanager
async def _under(traffic: Traffic) -> AsyncIterator[list[Page]]:
    """Requests of every kind meanwhile, and live pages, one of them deaf; each has heard of a change before."""
    pages = [Page(traffic, department) for department in DEPARTMENTS]
    pages.append(Page(traffic, DEPARTMENTS[0], is_deaf=True))
    watching = [asyncio.create_task(page.live()) for page in pages]
    asking = [
        *(asyncio.create_task(traffic.submit(size, seed)) for seed, size in enumerate(SIZES)),
        *(asyncio.create_task(traffic.read(seed)) for seed in range(READERS)),
    ]
    try:
        async with asyncio.timeout(HEARD_SECONDS):
            await asyncio.gather(*(page.heard_first.wait() for page in pages))
        yield pages
    finally:
        traffic.stopping.set()
        await asyncio.gather(*asking)
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)


@asynccontextmanager
async def _platform(base: Path) -> AsyncIterator[Pods]:
    """Stores, names, a proxy, and two pods of every role."""
    data_dir, port = base / "data", free_port()
    async with (
        nats.nats(data_dir) as broker,
        postgres.postgres(data_dir) as database,
        names.answering() as known,
        proxy.proxying(base / "proxy", port) as entrance,
    ):
        for service in SERVICES:
            await postgres.create_service(database, service)
        made = keys.prepare(data_dir)
        deployment = InPods(
            data_dir, port, "UTC", None, database, broker, made, name_server=known.port
        )
        await children.run_to_end(parts.migration(deployment))
        replicas = int(os.environ.get("REPLICAS", "2"))
        async with deployed(deployment, known, entrance, replicas) as pods:
            yield pods


if __name__ == "__main__":
    sys.exit(main())
