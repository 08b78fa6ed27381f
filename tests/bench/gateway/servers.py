"""The servers that are compared, before the same services: our gateway, also with its cache, and mercurius."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from gateway.config import Settings
from infra.local import keys, parts
from infra.local.children import Program
from infra.local.supervising.supervisor import Part
from tests.bench.gateway.client import Client
from tests.bench.support.cpu import process_seconds
from tests.bench.support.stack import Stack
from tests.support.fleet import FleetDeployment, running
from tests.support.platform import free_port

ROOT = Path(__file__).parents[3]
NODE_SOURCES = Path(__file__).parent / "node"
OURS, CACHED, THEIRS = "gateway", "cached", "mercurius"
CACHE_SETTING = "response_cache_seconds"
"""Of the gateway: 0 turns its cache of answers off. As long as there is none, nothing cached is measured."""
UNLIMITED = "1000000000"


@dataclass(frozen=True)
class Server:
    """One server that is measured."""

    name: str
    pid: int
    client: Client

    def cpu_seconds(self) -> float:
        """CPU used so far."""
        return process_seconds(self.pid)


@dataclass(frozen=True)
class Servers:
    """All, and the services behind them."""

    stack: Stack
    ours: Server
    theirs: Server
    cached: Server | None


def install(folder: Path) -> None:
    """The Node server with its packages, as the lock names them."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in NODE_SOURCES.iterdir():
        shutil.copy(source, folder / source.name)
    command = ["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, check=True)


@asynccontextmanager
async def all_servers(data_dir: Path, node_dir: Path) -> AsyncIterator[Servers]:
    """Started, with an empty organisation; ended on leaving."""
    # All requests are of one subject: how much it may ask for is not what is measured.
    for bound in ("BURST", "RATE"):
        os.environ.setdefault(f"CXM_GATEWAY_SUBJECT_VALUES_{bound}", UNLIMITED)
    has_cache = CACHE_SETTING in Settings.model_fields
    if has_cache:
        os.environ[f"CXM_GATEWAY_{CACHE_SETTING.upper()}"] = "0"
    ports = {name: free_port() for name in (OURS, THEIRS, CACHED)}
    async with running(data_dir, 1, [ports[OURS]]) as (deployment, supervisor):
        started = [_node_part(deployment, node_dir, ports[THEIRS])]
        if has_cache:
            started.append(_cached_part(deployment, ports[CACHED]))
        await supervisor.start(*started)
        token = keys.mint(deployment.data_dir, "analyst")

        def server(name: str) -> Server:
            return Server(name, supervisor.pid(name), Client(ports[name], token))

        yield Servers(
            Stack(deployment, supervisor),
            server(OURS),
            server(THEIRS),
            server(CACHED) if has_cache else None,
        )


def _cached_part(deployment: FleetDeployment, port: int) -> Part:
    whole = parts.gateway_part(replace(deployment, port=port))
    environment = dict(whole.program.environment or {})
    del environment[f"CXM_GATEWAY_{CACHE_SETTING.upper()}"]
    health = deployment.health_socket("gateway").with_stem(CACHED)
    environment["CXM_GATEWAY_HEALTH_ADDRESS"] = f"unix:{health}"
    log = whole.program.log.with_stem(CACHED)
    program = replace(whole.program, name=CACHED, log=log, environment=environment)
    return Part(program, _answers(port))


def _node_part(deployment: FleetDeployment, folder: Path, port: int) -> Part:
    environment = {
        **os.environ,
        "NODE_ENV": "production",
        "PORT": str(port),
        "PROTO": str(ROOT / "proto"),
        "SCHEMA": str(ROOT / "gateway" / "schema.graphql"),
        "KEY_FILE": str(deployment.keys.process("gateway").resolve()),
        "ISSUER_KEYS_FILE": str(deployment.keys.issuer_public.resolve()),
        "PROFILE_ADDRESS": deployment.address("profile"),
        "METRICS_ADDRESS": deployment.address("metrics"),
    }
    # Its own path: the wheel's command starts it as another process, whose CPU nobody would count.
    node = subprocess.check_output(["node", "-p", "process.execPath"], text=True).strip()
    log = deployment.data_dir / "logs" / f"{THEIRS}.log"
    program = Program(THEIRS, (node, "server.js"), log, environment, directory=folder)
    return Part(program, _answers(port))


def _answers(port: int) -> Callable[[int], Awaitable[bool]]:
    """Whether a server takes requests."""

    async def is_ready(_pid: int) -> bool:
        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            try:
                reply = await client.get(f"http://127.0.0.1:{port}/healthz")
            except httpx.TransportError:
                return False
        return reply.status_code == httpx.codes.OK

    return is_ready
