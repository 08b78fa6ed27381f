"""Three nodes of nats-server that keep streams together, each with a store of its own, on this machine."""

import asyncio
import json
import random
import shutil
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

from infra.local import children, credentials, sockets
from infra.local.children import Child, Program
from infra.local.nats import BINARY, MONITOR, PORTS, SUPERVISOR, USERS, Nats, all_users, user
from services.kit.events.nats import servers

NODES = 3
STREAM_BYTES = 256 * 1024**2
STORE_BYTES = 4 * STREAM_BYTES
START_SECONDS = 60.0  # a busy machine; a quiet one needs 3
ASK_SECONDS = 2.0
CONFIGURATION = """\
server_name: "{name}"
listen: "127.0.0.1:{port}"
http: "127.0.0.1:{monitoring}"
jetstream {{
  store_dir: "{store}"
  sync_interval: "{sync}"
  max_file_store: {reserve}
}}
cluster {{ name: "cxm", listen: "127.0.0.1:{route}", routes: [ {routes} ] }}
accounts {{ SYS {{ users: [ {monitor} ] }} }}
system_account: SYS
authorization {{
  users: [
    {users}
  ]
}}
"""


@dataclass
class Node:
    """One server; `child` while it runs."""

    name: str
    home: Path
    port: int
    monitoring_port: int
    route_port: int
    child: Child | None = None

    @property
    def monitoring_url(self) -> str:
        return f"http://127.0.0.1:{self.monitoring_port}"

    @property
    def program(self) -> Program:
        command = (str(BINARY), "--config", str(self.home / "nats.conf"))
        return Program(self.name, command, self.home / "nats.log", directory=self.home)

    def start(self) -> None:
        """Start it; it may be ready only when another one is."""
        self.child = children.start(self.program)

    def kill(self, *, with_its_store: bool = False) -> None:
        """End it at once, and its disk with it if so wanted."""
        assert self.child is not None, f"{self.name} does not run"
        children.kill(self.child)
        self.child = None
        if with_its_store:
            shutil.rmtree(self.home / "store")

    async def is_healthy(self) -> bool:
        """Whether it serves, and has caught up in all that it keeps."""
        try:
            answer = await asyncio.to_thread(_ask, f"{self.monitoring_url}/healthz")
        except (OSError, ValueError):
            return False
        return answer.get("status") == "ok"


@dataclass
class NatsCluster:
    """The nodes, and the passwords of their users."""

    nodes: Sequence[Node]
    server: Nats = field(repr=False)

    def url_of(self, name: str, nodes: Sequence[Node] | None = None) -> str:
        """URLs of a user at some nodes, or at all, separated by commas as processes read them."""
        urls = (replace(self.server, port=node.port) for node in nodes or self.nodes)
        return ",".join(server.url_of(name) for server in urls)

    async def connect(self) -> Client:
        """A connection to any node, as who may everything."""
        return await nats.connect(
            **servers(self.url_of(SUPERVISOR)),
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.1,
            error_cb=_ignore,
        )

    async def until_healthy(self) -> None:
        """Wait until every node that runs has caught up."""
        for node in self.nodes:
            if node.child is not None:
                await until(node.is_healthy)

    def stop(self) -> None:
        """End every node."""
        for node in self.nodes:
            if node.child is not None:
                node.kill()

    async def leader_of(self, stream: str) -> Node:
        """The node that decides what is in a stream, once there is one."""
        found: list[Node] = []

        async def is_known() -> bool:
            name = await self._leader_name(stream)
            found.extend(node for node in self.nodes if node.name == name)
            return bool(found)

        await until(is_known)
        return found[0]

    async def _leader_name(self, stream: str) -> str | None:
        client = await self.connect()
        try:
            info = await client.jetstream(timeout=ASK_SECONDS).stream_info(stream)
        except (NatsError, OSError):
            return None
        finally:
            await client.close()
        return info.cluster.leader if info.cluster else None


async def until(claim: Callable[[], Awaitable[bool]], seconds: float = START_SECONDS) -> None:
    """Wait until something outside this process is so."""
    async with asyncio.timeout(seconds):
        while not await claim():  # noqa: ASYNC110 - of another process
            await asyncio.sleep(children.POLL_SECONDS)


def prepare(data_dir: Path, *, durable: bool = True) -> NatsCluster:
    """Write the configuration of every node; none is started. Its users are those of `cxm up`."""
    passwords = credentials.passwords(data_dir / "secrets" / "nats.json", USERS)
    ports = _free_ports(3 * NODES)
    nodes = []
    for number in range(NODES):
        home = data_dir / "nats" / f"node{number}"
        home.mkdir(mode=0o700, parents=True)
        nodes.append(Node(f"node{number}", home, ports.pop(), ports.pop(), ports.pop()))
    for node in nodes:
        configuration = CONFIGURATION.format(
            name=node.name,
            port=node.port,
            monitoring=node.monitoring_port,
            store=node.home / "store",
            sync="always" if durable else "2m",
            reserve=STORE_BYTES,
            route=node.route_port,
            routes=", ".join(f'"nats://127.0.0.1:{other.route_port}"' for other in nodes),
            monitor=user(MONITOR, passwords[MONITOR]),
            users=all_users(passwords),
        )
        credentials.keep(node.home / "nats.conf", configuration)
    home = data_dir / "nats"
    credentials.keep(home / "port", str(nodes[0].port))  # where helpers of tests ask
    server = Nats(nodes[0].port, passwords, home, nodes[0].program, STREAM_BYTES)
    return NatsCluster(nodes, server)


@asynccontextmanager
async def nats_cluster(data_dir: Path, *, durable: bool = True) -> AsyncIterator[NatsCluster]:
    """Three running nodes; ended on leaving."""
    cluster = prepare(data_dir, durable=durable)
    try:
        for node in cluster.nodes:
            node.start()
        await cluster.until_healthy()
        yield cluster
    finally:
        cluster.stop()


def _free_ports(count: int) -> list[int]:
    """Below the range of outgoing connections, so that they are still free after a kill."""
    found: set[int] = set()
    while len(found) < count:
        port = random.choice(PORTS)
        if sockets.is_free(port):
            found.add(port)
    return list(found)


def _ask(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=ASK_SECONDS) as reply:
        found: dict[str, Any] = json.loads(reply.read())
    return found


async def _ignore(_error: Exception) -> None:
    """Nodes are away for a while: that is what is tested."""
