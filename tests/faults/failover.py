"""`make failover SECONDS=5`: PostgreSQL and its disk are lost under load, and a server that stood by takes its place.

It has each commit before it is acknowledged, as `cloudNativePG.synchronous: 1` has it. The control is one that may be
behind, and is: it must be seen to lose. Ends with one line, and status 1 if anything that was acknowledged is lost or
counted twice, or the control lost nothing.
"""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.client.api import Api
from infra.local import children, postgres
from infra.local.children import Child, Program
from infra.local.postgres import Postgres
from tests.faults.support.clients import Clients, set_up
from tests.faults.support.result import SETTLE_SECONDS, FaultResult, wait_for_result
from tests.support.database import execute, fetch
from tests.support.fleet import fleet, with_settings
from tests.support.harm import BACK_SECONDS, process_of
from tests.support.platform import START_SECONDS, Running, eventually

SIZES = (1, 5, 50)  # responses per call, of each client
SETTINGS = ["wal_level=replica", "max_wal_senders=4", "max_replication_slots=4"]
NAME = "standby"
CONFIRM = (
    f"ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 ({NAME})'",
    "SELECT pg_reload_conf()",
)
CONFIRMS = f"SELECT sync_state FROM pg_stat_replication WHERE application_name = '{NAME}'"
UNFOLLOW = ("ALTER SYSTEM SET primary_conninfo = ''", "SELECT pg_reload_conf()")
PROMOTE = "SELECT pg_promote()::text"
BEHIND_SECONDS = 2.0
CONTROL_SETTLE_SECONDS = 5.0


@contextmanager
def standing_by(platform: Running, home: Path) -> Iterator[Child]:
    """A server that follows that of a platform, in a data dir of its own."""
    shutil.copytree(platform.data_dir / "secrets", home / "secrets")
    data = home / "postgres" / "data"
    data.parent.mkdir(mode=0o700)
    url = f"{postgres.running(platform.data_dir).url()}&application_name={NAME}"
    tool = str(postgres.BINARIES / "pg_basebackup")
    copying = (tool, "-d", url, "-D", str(data), "-X", "stream", "-R", "-c", "fast")
    asyncio.run(children.run_to_end(Program("pg_basebackup", copying, home / "copying.log")))
    server = with_settings(asyncio.run(postgres.prepare(home)), SETTINGS)
    child = children.start(server.program)
    try:
        eventually(lambda: _answers(server), seconds=START_SECONDS)
        eventually(lambda: bool(fetch(platform.data_dir, "postgres", CONFIRMS)), seconds=30)
        yield child
    finally:
        children.kill(child)


def _answers(server: Postgres) -> bool:
    return asyncio.run(postgres.is_ready(server))


def fail_over(platform: Running, home: Path, child: Child) -> None:
    """Lose the server and its disk; the other one takes its place under the same address."""
    victim = process_of(platform, "bin/postgres")
    assert victim is not None
    os.kill(victim, signal.SIGKILL)
    place = platform.data_dir / "postgres" / "data"
    place.rename(place.with_name("lost"))
    eventually(lambda: fetch(home, "postgres", PROMOTE) == ["true"], seconds=BACK_SECONDS)
    asyncio.run(children.stop(child, grace_seconds=postgres.STOP_SECONDS))
    (home / "postgres" / "data").rename(place)
    eventually(platform.is_ready, seconds=BACK_SECONDS)


def run(base: Path, seconds: float, *, confirmed: bool) -> FaultResult:
    """What became of the acknowledged; where no other server confirms, the one that stands by falls behind."""
    home = base / NAME
    started = fleet(base / "data", base / "output", replicas=1, postgres_settings=SETTINGS)
    with started as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        with Api(platform.url, platform.token("admin")) as api:
            set_up(api)
        with standing_by(platform, home) as child:
            for statement in CONFIRM if confirmed else ():
                execute(platform.data_dir, "postgres", statement)
            if confirmed:
                is_so = ["quorum"]
                eventually(
                    lambda: fetch(platform.data_dir, "postgres", CONFIRMS) == is_so, seconds=30
                )
            clients = Clients(platform.url, platform.token("admin"), SIZES)
            time.sleep(seconds)
            if not confirmed:
                for statement in UNFOLLOW:
                    execute(home, "postgres", statement)
                time.sleep(BEHIND_SECONDS)
            fail_over(platform, home, child)
        time.sleep(seconds)
        ledger = clients.stop()
        settle = SETTLE_SECONDS if confirmed else CONTROL_SETTLE_SECONDS
        return wait_for_result(platform, ledger, "failovers", 1, seconds=settle)


def main() -> int:
    os.environ.setdefault("CXM_GATEWAY_SUBJECT_VALUES_RATE", "1000000")  # the clients share a token
    seconds = float(os.environ.get("SECONDS", "5"))
    results = []
    for confirmed in (False, True):
        with tempfile.TemporaryDirectory() as directory:
            results.append(run(Path(directory), seconds, confirmed=confirmed))
    control, result = results
    sys.stdout.write(f"nobody confirms, must lose: {control}\n{result}\n")
    return 0 if (result.lost, result.twice) == (0, 0) and control.lost else 1


if __name__ == "__main__":
    sys.exit(main())
