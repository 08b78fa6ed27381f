"""`make power-cut CUTS=5`: the platform through power cuts, under load; what was acknowledged is counted at the end.

The positive control is the same with a broker that syncs when it likes: it must be caught.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from infra.client.api import Api
from tests.faults.support.clients import Clients, set_up
from tests.faults.support.disk import Disk, NoLoopMounts, disk, enter_own_namespace
from tests.faults.support.result import SETTLE_SECONDS, FaultResult, wait_for_result
from tests.faults.support.run import SIZES
from tests.support.harm import kill, process_of
from tests.support.platform import START_SECONDS, Running, eventually, free_port, up

LONGEST_RUN_SECONDS = 3.0
LONGEST_BACKLOG_SECONDS = 2.0
CONTROL_SETTLE_SECONDS = 10.0
ALWAYS, BY_DEFAULT = 'sync_interval: "always"', 'sync_interval: "2m"'


def run(
    base: Path,
    cuts: int,
    *,
    seed: int,
    settle_seconds: float = SETTLE_SECONDS,
    prepare: Callable[[Running], None] = lambda _: None,
) -> FaultResult:
    """Cut the power so often, each time going on from what the disk held; `prepare` is done to the first platform."""
    dice, port = random.Random(seed), free_port()
    clients: Clients | None = None
    with disk(base) as cuttable:
        for number in range(cuts + 1):
            data_dir, output = cuttable.path / "data", base / f"{number}.output"
            with up(data_dir, output, "--no-demo", port=port) as platform:
                eventually(platform.is_ready, seconds=START_SECONDS)
                if clients is None:
                    prepare(platform)
                    clients = _clients(platform)
                if number == cuts:
                    return wait_for_result(
                        platform, clients.stop(), "cuts", cuts, seconds=settle_seconds
                    )
                _cut(platform, cuttable, dice)
            cuttable.replace()
    raise AssertionError("unreachable: the last platform settles")


def _clients(platform: Running) -> Clients:
    token = platform.token("admin")
    with Api(platform.url, token) as api:
        set_up(api)
    return Clients(platform.url, token, SIZES)


def _cut(platform: Running, cuttable: Disk, dice: random.Random) -> None:
    """Cut at a random moment, with facts that only the broker has: metrics does not get to them before."""
    time.sleep(dice.uniform(0, LONGEST_RUN_SECONDS))
    _stop(platform, "services.metrics.main")
    time.sleep(dice.uniform(0, LONGEST_BACKLOG_SECONDS))
    pids = platform.pids()
    _stop(platform, "gateway.main")  # without power it would not answer that something is broken
    cuttable.cut()
    platform.process.kill()
    for pid in pids:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    platform.process.wait()


def _stop(platform: Running, name: str) -> None:
    pid = process_of(platform, name)
    assert pid is not None, f"{name} is not there"
    os.kill(pid, signal.SIGSTOP)


def sync_by_default(platform: Running) -> None:
    """Let the broker acknowledge what is not on disk yet: the supervisor starts it again as its file says."""
    configuration = platform.data_dir / "nats" / "nats.conf"
    text = configuration.read_text()
    assert ALWAYS in text
    configuration.write_text(text.replace(ALWAYS, BY_DEFAULT))
    kill(platform, "nats-server")
    eventually(platform.is_ready, seconds=START_SECONDS)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        enter_own_namespace()
    except NoLoopMounts as why:
        sys.stdout.write(f"skipped: no image can be mounted here ({why})\n")
        return 0
    cuts, seed = int(os.environ.get("CUTS", "5")), int(os.environ.get("SEED", time.time()))
    sys.stdout.write(f"seed {seed}: SEED={seed} repeats the moments\n")
    with tempfile.TemporaryDirectory() as directory:
        control = run(
            Path(directory),
            1,
            seed=seed,
            settle_seconds=CONTROL_SETTLE_SECONDS,
            prepare=sync_by_default,
        )
    sys.stdout.write(f"broker that syncs by default, must lose: {control}\n")
    with tempfile.TemporaryDirectory() as directory:
        result = run(Path(directory), cuts, seed=seed)
    sys.stdout.write(f"{result}\n")
    return 1 if result.lost or result.twice or not control.lost else 0


if __name__ == "__main__":
    sys.exit(main())
