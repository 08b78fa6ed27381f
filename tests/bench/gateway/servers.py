"""The two servers that are compared, before the same services: our gateway, and mercurius on Node.js."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from infra.local import keys
from infra.local.children import Program
from infra.local.supervising.supervisor import Part
from tests.bench.gateway.client import Client
from tests.bench.support.cpu import process_seconds
from tests.bench.support.stack import Stack
from tests.support.fleet import FleetDeployment, running
from tests.support.platform import free_port

ROOT = Path(__file__).parents[3]
NODE_SOURCES = Path(__file__).parent / "node"
OURS, THEIRS = "gateway", "mercurius"
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
    """Both, and the services behind them."""

    stack: Stack
    ours: Server
    theirs: Server


def install(folder: Path) -> None:
    """The Node server with its packages, as the lock names them."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in NODE_SOURCES.iterdir():
        shutil.copy(source, folder / source.name)
    command = ["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, check=True)


@asynccontextmanager
async def both(data_dir: Path, node_dir: Path) -> AsyncIterator[Servers]:
    """Started, with an empty organisation; ended on leaving."""
    # All requests are of one subject: how much it may ask for is not what is measured.
    for bound in ("BURST", "RATE"):
        os.environ.setdefault(f"CXM_GATEWAY_SUBJECT_VALUES_{bound}", UNLIMITED)
    port = free_port()
    async with running(data_dir, 1, [port]) as (deployment, supervisor):
        node = _node_part(deployment, node_dir, node_port := free_port())
        await supervisor.start(node)
        token = keys.mint(deployment.data_dir, "analyst")

        def server(name: str, at: int) -> Server:
            return Server(name, supervisor.pid(name), Client(at, token))

        stack = Stack(deployment, supervisor)
        yield Servers(stack, server(OURS, port), server(THEIRS, node_port))


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
    node = shutil.which("node")
    assert node is not None
    log = deployment.data_dir / "logs" / f"{THEIRS}.log"
    program = Program(THEIRS, (node, "server.js"), log, environment, directory=folder)

    async def is_ready(_pid: int) -> bool:
        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            try:
                reply = await client.get(f"http://127.0.0.1:{port}/healthz")
            except httpx.TransportError:
                return False
        return reply.status_code == httpx.codes.OK

    return Part(program, is_ready)
