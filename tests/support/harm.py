"""What happens to the processes: killed, stopped for a while, and facts delivered again long after."""

import asyncio
import json
import os
import random
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import nats
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from infra.local.nats import SUPERVISOR
from services.kit.events.streams import RESPONSES_RECORDED
from tests.support.platform import Running, eventually

VICTIMS = (
    "services.survey.main",
    "services.metrics.main",
    "services.profile.main",
    "gateway.main",
    "nats-server",
    "bin/postgres",
)
BACK_SECONDS = 60.0
IN_A_ROW = 3  # kills before all must be well again: the supervisor gives up what never lives
LONGEST_PAUSE_SECONDS = 1.5
LONGEST_STOP_SECONDS = 1.0
REPEATED_SHARE = 0.1
ESTABLISHED = "01"  # in /proc/net/tcp


def process_of(platform: Running, name: str) -> int | None:
    """The process id of one part of a platform, by its command."""
    for pid in platform.pids():
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if name in command:
            return pid
    return None


def is_connected(pid: int, port: int) -> bool:
    """Whether a process has a TCP connection to a port of this machine: the command gives up one it never reached."""
    opened = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            opened.add(str(descriptor.readlink()))
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(
        remote.endswith(f":{port:04X}") and state == ESTABLISHED and f"socket:[{inode}]" in opened
        for _, _, remote, state, _, _, _, _, _, inode, *_ in sockets
    )


def kill(platform: Running, name: str) -> None:
    """SIGKILL one part, and wait until another process has taken its place."""
    victim = _successor(platform, name, None)
    with suppress(ProcessLookupError):  # it has crashed by itself: what it needs was killed before
        os.kill(victim, signal.SIGKILL)
    _successor(platform, name, victim)


def _successor(platform: Running, name: str, victim: int | None) -> int:
    """The process of a part once it is another than the victim; it may crash again at any moment."""
    successors: list[int] = []

    def is_back() -> bool:
        assert platform.process.poll() is None, platform.output.read_text()
        pid = process_of(platform, name)
        if pid is not None and pid != victim:
            successors.append(pid)
        return bool(successors)

    eventually(is_back, seconds=BACK_SECONDS)
    return successors[0]


def freeze(platform: Running, name: str, seconds: float) -> None:
    """Stop one part for a while, as a machine does that has no time for it."""
    victim = process_of(platform, name)
    if victim is None:
        return
    try:
        os.kill(victim, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(victim, signal.SIGCONT)
    except ProcessLookupError:
        return  # it has crashed by itself: what it needs was killed before


def harm(platform: Running, kills: int, seed: int) -> None:
    """Kill so many random parts at random moments, and freeze others between; then wait until all is well."""
    dice = random.Random(seed)
    for number in range(kills):
        if number % IN_A_ROW == 0:
            eventually(platform.is_ready, seconds=BACK_SECONDS)
        time.sleep(dice.uniform(0, LONGEST_PAUSE_SECONDS))
        kill(platform, dice.choice(VICTIMS))
        if dice.random() < 0.5:
            freeze(platform, dice.choice(VICTIMS), dice.uniform(0, LONGEST_STOP_SECONDS))
    eventually(platform.is_ready, seconds=BACK_SECONDS)


class Echo:
    """Publishes some envelopes a second time without their id, as happens when the broker's memory is over."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.stopping = threading.Event()
        self.repeated = 0
        self.thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self.thread.start()

    def stop(self) -> int:
        """How many envelopes came twice."""
        self.stopping.set()
        self.thread.join()
        return self.repeated

    async def _run(self) -> None:
        password = json.loads((self.data_dir / "secrets" / "nats.json").read_text())[SUPERVISOR]
        port = (self.data_dir / "nats" / "port").read_text()
        dice = random.Random(1)
        client = await nats.connect(
            f"nats://{SUPERVISOR}:{password}@127.0.0.1:{port}",
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.2,
            error_cb=_ignore,
        )
        stream = client.jetstream()

        async def repeat(message: Msg) -> None:
            original = "Nats-Msg-Id" in (message.headers or {})
            # The first one always: a short run has few.
            if not original or (self.repeated and dice.random() > REPEATED_SHARE):
                return
            try:
                await stream.publish(message.subject, message.data, timeout=1)
            except (NatsError, OSError):
                return  # the broker is away; others will be repeated
            self.repeated += 1

        await client.subscribe(RESPONSES_RECORDED, cb=repeat)
        await asyncio.to_thread(self.stopping.wait)
        await client.close()


async def _ignore(_error: Exception) -> None:
    """The broker is killed on purpose."""
