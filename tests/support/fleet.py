"""The platform with replicas of every role on one PostgreSQL: `python -m tests.support.fleet`, as a program.

What `cxm up` runs once runs several times here, over TCP, with the same environment and probes. What is killed is
started again. The broker is one node, or a cluster that somebody else runs.
"""

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from infra.local import children, credentials, datadir, keys, nats, parts, postgres, sockets
from infra.local.nats import PORTS, Nats
from infra.local.parts import HOST, Deployment
from infra.local.postgres import Postgres
from infra.local.supervising.supervisor import Part, Supervisor
from infra.roles import SERVICES
from tests.support.nats_cluster import STREAM_BYTES
from tests.support.platform import STOP_SECONDS, Running, free_port


@dataclass(frozen=True)
class ClusterNats(Nats):
    """A cluster that runs elsewhere on this machine."""

    ports: tuple[int, ...] = ()

    def url_of(self, user: str) -> str:
        """URLs of a process at all nodes."""
        one = super().url_of(user)
        return ",".join(one.replace(f":{self.port}", f":{port}") for port in self.ports)


@dataclass(frozen=True)
class FleetDeployment(Deployment):
    """A deployment whose services have several addresses each."""

    service_ports: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def address(self, service: str) -> str:
        """Of all replicas: they take turns."""
        return "ipv4:" + ",".join(f"{HOST}:{port}" for port in self.service_ports[service])


@contextmanager
def fleet(
    data_dir: Path,
    output: Path,
    *,
    replicas: int = 2,
    gateways: Sequence[int] = (),
    cluster_ports: Sequence[int] = (),
    postgres_settings: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """A starting fleet; the first gateway is that of `Running`. Ended as with Ctrl-C."""
    ports = list(gateways) or [free_port() for _ in range(replicas)]
    command = [sys.executable, "-m", "tests.support.fleet", "--data-dir", str(data_dir)]
    command += ["--replicas", str(replicas), "--ports", *map(str, ports)]
    command += ["--cluster", *map(str, cluster_ports), "--postgres", *postgres_settings]
    with output.open("wb") as file:
        process = subprocess.Popen(
            command,
            stdout=file,
            stderr=file,
            start_new_session=True,
            env={**os.environ, **(environment or {})},
        )
    try:
        yield Running(data_dir, ports[0], process, output)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS + 5)


def worked(platform: Running, replicas: int, service: str, number: str, of: str) -> list[float]:
    """What each replica of a service shows of a number, summed over the series whose labels name something."""
    return [
        sum(
            sample.value
            for sample in _scrape(platform, service, replica)
            if sample.name == number and any(of in value for value in sample.labels.values())
        )
        for replica in range(replicas)
    ]


def _scrape(platform: Running, service: str, replica: int) -> Iterator[Sample]:
    name = f"{service}-health{replica or ''}.sock"
    path = str(sockets.socket_dir(platform.data_dir) / name)
    with httpx.Client(transport=httpx.HTTPTransport(uds=path, verify=False)) as client:
        text = client.get("http://process/metrics").raise_for_status().text
    for family in text_string_to_metric_families(text):
        yield from family.samples


async def run(
    data_dir: Path,
    replicas: int,
    ports: list[int],
    cluster: list[int],
    postgres_settings: list[str],
) -> None:
    """Start everything, and keep it running until a signal comes."""
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    started = running(data_dir, replicas, ports, cluster, postgres_settings)
    async with started as (_, supervisor):
        tasks: list[Coroutine[Any, Any, object]] = [stopping.wait(), supervisor.watch()]
        waiting = [asyncio.create_task(task) for task in tasks]
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for ended in done:
            ended.result()


@asynccontextmanager
async def running(
    data_dir: Path,
    replicas: int,
    ports: Sequence[int],
    cluster: Sequence[int] = (),
    postgres_settings: Sequence[str] = (),
) -> AsyncIterator[tuple[FleetDeployment, Supervisor]]:
    """A fleet of this process, with a gateway at each port; ended on leaving."""
    data_dir = datadir.make(data_dir)
    supervisor = Supervisor(_notify, data_dir / "processes.json")
    try:
        deployment = await _start_stores(data_dir, supervisor, replicas, cluster, postgres_settings)
        await children.run_to_end(parts.migration(deployment))
        for services in (("profile",), ("survey", "metrics", "employee_exp")):
            await supervisor.start(*_replicas(deployment, services))
        await supervisor.start(*_gateways(deployment, ports))
        yield deployment, supervisor
    finally:
        await supervisor.stop()


async def _start_stores(
    data_dir: Path,
    supervisor: Supervisor,
    replicas: int,
    cluster: Sequence[int],
    postgres_settings: Sequence[str],
) -> FleetDeployment:
    database = with_settings(await postgres.prepare(data_dir), postgres_settings)
    if cluster:
        passwords = credentials.passwords(data_dir / "secrets" / "nats.json", nats.USERS)
        home = data_dir / "nats"
        program = children.Program("nats", (), home / "nats.log")
        broker: Nats = ClusterNats(
            cluster[0], passwords, home, program, STREAM_BYTES, tuple(cluster)
        )
    else:
        broker = nats.prepare(data_dir)
        await supervisor.start(parts.nats_part(broker))
    await supervisor.start(parts.postgres_part(database))
    for service in SERVICES:
        await postgres.create_service(database, service)
    made, free = keys.prepare(data_dir), _free_ports(replicas * len(SERVICES))
    found = {name: tuple(next(free) for _ in range(replicas)) for name in SERVICES}
    return FleetDeployment(data_dir, 0, "UTC", None, database, broker, made, service_ports=found)


def with_settings(server: Postgres, settings: Sequence[str]) -> Postgres:
    """A server with these settings too, `name=value`."""
    flags = [part for setting in settings for part in ("-c", setting)]
    program = server.program
    return replace(server, program=replace(program, command=(*program.command, *flags)))


def _replicas(deployment: FleetDeployment, services: Sequence[str]) -> Iterator[Part]:
    for service in services:
        whole = parts.service_part(deployment, service)
        for number, port in enumerate(deployment.service_ports[service]):
            address = f"{HOST}:{port}"
            own = {"LISTEN": address, "HEALTH_ADDRESS": _socket(deployment, service, number)}
            part = _with(whole, number, f"CXM_{service.upper()}_", own)
            yield replace(part, is_ready=parts.serves(f"ipv4:{address}"))


def _gateways(deployment: FleetDeployment, ports: Sequence[int]) -> Iterator[Part]:
    whole = parts.gateway_part(deployment)
    for number, port in enumerate(ports):
        own = {"PORT": str(port), "HEALTH_ADDRESS": _socket(deployment, "gateway", number)}
        yield _with(whole, number, "CXM_GATEWAY_", own)


def _socket(deployment: Deployment, process: str, number: int) -> str:
    whole = deployment.health_socket(process)
    return f"unix:{whole.with_stem(f'{whole.stem}{number}') if number else whole}"


def _with(part: Part, number: int, prefix: str, own: Mapping[str, str]) -> Part:
    """One replica: its own addresses, name and log."""
    name = f"{part.name}{number or ''}"
    environment = {
        **(part.program.environment or {}),
        **{prefix + setting: value for setting, value in own.items()},
    }
    log = part.program.log.with_stem(name)
    return replace(part, program=replace(part.program, name=name, log=log, environment=environment))


def _free_ports(count: int) -> Iterator[int]:
    """Below the range of outgoing connections, so that they are still free after a kill."""
    free = [port for port in random.sample(PORTS, 4 * count) if sockets.is_free(port)]
    yield from free[:count]


def _notify(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--data-dir", type=Path, required=True)
    reader.add_argument("--replicas", type=int, required=True)
    reader.add_argument("--ports", type=int, nargs="+", required=True)
    reader.add_argument("--cluster", type=int, nargs="*", default=[])
    reader.add_argument("--postgres", nargs="*", default=[])
    asked = reader.parse_args()
    asyncio.run(run(asked.data_dir, asked.replicas, asked.ports, asked.cluster, asked.postgres))


if __name__ == "__main__":
    main()
