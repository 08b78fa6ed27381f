"""`make nats-cluster KILLS=6`: a broker of three nodes with three copies of each stream, and nodes killed under load.

First the broker alone: what it acknowledges without most of its nodes, and what is gone with the store of one; a
stream with one copy beside is the control. Then the platform: nodes are killed one after another, those that lead the
stream of responses among them, some with their store, and started again. Ends with one line, and status 1 if anything
that was acknowledged is lost or counted twice, a stream had to be announced anew, or the control shows no difference.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from infra.client.api import Api
from services.kit.events.backlog import current_copies
from services.kit.events.streams import DEPARTMENT_CHANGED, RESPONSES_RECORDED, declare
from tests.faults.support.clients import Clients, set_up
from tests.faults.support.result import FaultResult, wait_for_result
from tests.faults.support.run import SIZES
from tests.support.fleet import fleet
from tests.support.harm import Echo
from tests.support.nats_cluster import STREAM_BYTES, NatsCluster, Node, nats_cluster, until
from tests.support.platform import START_SECONDS, Running, eventually

STREAM, OF_ONE = "SURVEY", "PROFILE"
SUBJECTS = {STREAM: RESPONSES_RECORDED, OF_ONE: DEPARTMENT_CHANGED}
COPIES = {STREAM: 3, OF_ONE: 1}
MESSAGES = 200
BYTES = 1_000
ANSWER_SECONDS = 2.0
LOAD_SECONDS = (0.2, 1.5)  # before a node is killed
AWAY_SECONDS = (0.2, 3.0)  # for a new leader to be chosen, or not yet
REPLICAS_SETTINGS = {
    f"CXM_{service}_STREAM_REPLICAS": "3" for service in ("PROFILE", "SURVEY", "EMPLOYEE_EXP")
}
LOST = "stream lost"  # what a service logs that announces all anew


@dataclass(frozen=True)
class BrokerResult:
    """Of a stream: acknowledged without most nodes, and lost with the store of one, of all that was acknowledged."""

    copies: int
    acked: int
    alone: int
    lost: int

    def __str__(self) -> str:
        return f"copies={self.copies} acked={self.acked} without_quorum={self.alone} lost_with_a_store={self.lost}"


async def broker_alone(cluster: NatsCluster) -> dict[str, BrokerResult]:
    """Publish into two streams, one of a single copy, while nodes are taken away."""
    client = await cluster.connect()
    stream = client.jetstream(timeout=ANSWER_SECONDS)
    for copies in ({STREAM: 1, OF_ONE: 1}, COPIES):  # the one takes over more copies
        for name in COPIES:
            await until(partial(_is_declared, client, name, copies[name]))
    for name in [*COPIES] * MESSAGES:
        await until(partial(_is_taken, stream, name))
    holder = await cluster.leader_of(OF_ONE)
    others = [node for node in cluster.nodes if node is not holder]
    for node in others:
        node.kill()
    await until(partial(_is_taken, stream, OF_ONE))  # the connection stands again
    await until(partial(_is_refused, stream, STREAM))  # and it was noticed that most are away
    alone = {name: int(await _is_taken(stream, name)) for name in COPIES}
    for node in others:
        node.start()
    await cluster.until_healthy()
    holder.kill(with_its_store=True)
    holder.start()
    await cluster.until_healthy()
    acked = {STREAM: MESSAGES + alone[STREAM], OF_ONE: MESSAGES + 1 + alone[OF_ONE]}
    kept = {name: await _kept(stream, name) for name in COPIES}
    await client.close()
    return {
        name: BrokerResult(COPIES[name], acked[name], alone[name], max(0, acked[name] - kept[name]))
        for name in COPIES
    }


async def _is_declared(client: Client, name: str, copies: int) -> bool:
    """Declare a stream as a service does at its start; whether it has so many copies by now."""
    stream = client.jetstream(timeout=ANSWER_SECONDS)
    try:
        await declare(stream, replicas=copies, max_bytes=STREAM_BYTES, names=[name])
        return await current_copies(client, name) == copies
    except (NatsError, OSError):
        return False


async def _is_taken(stream: JetStreamContext, name: str) -> bool:
    """Whether the broker acknowledges a message."""
    try:
        await stream.publish(SUBJECTS[name], bytes(BYTES), timeout=ANSWER_SECONDS)
    except (NatsError, OSError):
        return False
    return True


async def _is_refused(stream: JetStreamContext, name: str) -> bool:
    return not await _is_taken(stream, name)


async def _kept(stream: JetStreamContext, name: str) -> int:
    """Messages in a stream, once somebody answers for it."""
    found: list[int] = []

    async def is_known() -> bool:
        try:
            found.append((await stream.stream_info(name)).state.messages)
        except (NatsError, OSError):
            return False
        return True

    await until(is_known)
    return found[0]


async def kill_nodes(cluster: NatsCluster, kills: int, seed: int) -> int:
    """Kill so many nodes under load, each after all are well again; every second leads the stream of responses, and
    every third loses its store. Returns how many led."""
    dice, led = random.Random(seed), 0
    for number in range(kills):
        await asyncio.sleep(dice.uniform(*LOAD_SECONDS))
        leader = await cluster.leader_of(STREAM)
        victim = leader if number % 2 == 0 else _another(cluster, leader, dice)
        led += victim is leader
        victim.kill(with_its_store=number % 3 == 1)
        await asyncio.sleep(dice.uniform(*AWAY_SECONDS))
        victim.start()
        await cluster.until_healthy()
    return led


def _another(cluster: NatsCluster, leader: Node, dice: random.Random) -> Node:
    return dice.choice([node for node in cluster.nodes if node is not leader])


async def platform_run(base: Path, kills: int, seed: int) -> tuple[FaultResult, int, int]:
    """The platform while nodes are killed: what became of the acknowledged, kills of leaders, streams lost."""
    data_dir = base / "data"
    async with nats_cluster(data_dir) as cluster:
        ports = [node.port for node in cluster.nodes]
        started = fleet(
            data_dir,
            base / "output",
            replicas=1,
            cluster_ports=ports,
            environment=REPLICAS_SETTINGS,
        )
        with started as platform:
            await asyncio.to_thread(eventually, platform.is_ready, seconds=START_SECONDS)
            clients, echo = await asyncio.to_thread(_load, platform)
            led = await kill_nodes(cluster, kills, seed)
            ledger = await asyncio.to_thread(clients.stop)
            assert echo.stop(), "no envelope came twice: the run proves too little"
            result = await asyncio.to_thread(wait_for_result, platform, ledger, "kills", kills)
    lost_streams = sum(log.read_text().count(LOST) for log in (data_dir / "logs").glob("*.log"))
    return result, led, lost_streams


def _load(platform: Running) -> tuple[Clients, Echo]:
    token = platform.token("admin")
    with Api(platform.url, token) as api:
        set_up(api)
    return Clients(platform.url, token, SIZES), Echo(platform.data_dir)


async def run(base: Path, kills: int, seed: int) -> bool:
    """Whether all holds; says what was found on the way."""
    async with nats_cluster(base / "broker") as cluster:
        streams = await broker_alone(cluster)
    for each in streams.values():
        sys.stdout.write(f"{each}\n")
    found, control = streams[STREAM], streams[OF_ONE]
    result, led, lost_streams = await platform_run(base, kills, seed)
    sys.stdout.write(f"{result} leaders={led} streams_lost={lost_streams}\n")
    holds = (found.alone, found.lost, result.lost, result.twice, lost_streams) == (0,) * 5
    return bool(holds and led and control.alone and control.lost == control.acked)


def main() -> int:
    os.environ.setdefault("CXM_GATEWAY_SUBJECT_VALUES_RATE", "1000000")  # the clients share a token
    kills, seed = int(os.environ.get("KILLS", "6")), int(os.environ.get("SEED", time.time()))
    sys.stdout.write(f"seed {seed}: SEED={seed} repeats the choice of victims\n")
    with tempfile.TemporaryDirectory() as directory:
        return 0 if asyncio.run(run(Path(directory), kills, seed)) else 1


if __name__ == "__main__":
    sys.exit(main())
