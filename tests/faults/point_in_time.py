"""`make point-in-time`: a platform taken back to a moment by a base backup and the log of PostgreSQL, and counted.

The settings are those of docs/backup.md. Ends with one line, and status 1 if a response that was acknowledged before
the moment is not there, one that was sent after it is, a score is not that of the restored responses, or PostgreSQL
starts without a part of the log that it needs.
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from infra.client.api import Api
from infra.local import children, postgres
from infra.local.children import ChildFailed
from tests.faults.support.clients import Clients, Ledger, set_up
from tests.faults.support.restored import count_after_a_loss, count_restored
from tests.faults.support.result import FaultResult, stored_ids
from tests.support.database import fetch
from tests.support.fleet import fleet, with_settings
from tests.support.platform import START_SECONDS, Running, eventually

DOCUMENT = Path(__file__).parents[2] / "docs" / "backup.md"
SIZES = (1, 50)  # responses per call, of each client
ARCHIVE_SECONDS = 60.0
NOW = "SELECT clock_timestamp()::text"
SWITCH = "SELECT pg_walfile_name(pg_switch_wal())"
ARCHIVED = "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver"
SEGMENT = "[0-9A-F]{24}"


@dataclass(frozen=True)
class Moments:
    """What was acknowledged before the moment to go back to, what was sent later, and the moment itself."""

    before: Ledger
    later: Ledger
    sent: Ledger
    moment: str


def documented(heading: str, archive: Path) -> list[str]:
    """The settings that docs/backup.md names, `name=value`, in the block that begins with one of them."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", DOCUMENT.read_text(), re.DOTALL | re.MULTILINE)
    (block,) = (block for block in blocks if block.startswith(heading))
    lines = block.replace("/archive/", f"{archive}/").strip().splitlines()
    return [
        f"{name.strip()}={value.strip().strip(chr(39))}"
        for name, value in (line.split("=", 1) for line in lines)
    ]


def write(platform: Running, to: Path, seconds: float) -> Moments:
    """A base backup under load, then the moment, and load after it; all of the log is in the archive in the end."""
    with Api(platform.url, platform.token("admin")) as api:
        set_up(api)
    clients = _clients(platform)
    _base_backup(platform, to)
    time.sleep(seconds)
    before = Ledger(dict(clients.ledger.acked))
    (moment,) = fetch(platform.data_dir, "postgres", NOW)
    sent = clients.stop()
    more = _clients(platform)  # whatever it sends comes after the moment
    time.sleep(seconds)
    later = more.stop()
    sent.acked |= later.acked
    (last,) = fetch(platform.data_dir, "postgres", SWITCH)
    eventually(
        lambda: fetch(platform.data_dir, "postgres", ARCHIVED)[0] >= last, seconds=ARCHIVE_SECONDS
    )
    assert before.acked
    assert later.acked
    return Moments(before, later, sent, moment)


def put_back(old: Path, base_backup: Path, new: Path) -> None:
    """A data dir with the base backup in the place of the data, the same keys and passwords, and no streams."""
    (new / "postgres").mkdir(mode=0o700, parents=True)
    shutil.copytree(base_backup, new / "postgres" / "data")
    shutil.copytree(old / "secrets", new / "secrets", ignore=shutil.ignore_patterns("waves"))
    (new / "secrets" / "waves").mkdir(mode=0o700)
    (new / "secrets" / "waves" / "wave-keys").touch()
    (new / "postgres" / "data" / "recovery.signal").touch()


def recovery(archive: Path, moment: str) -> list[str]:
    """The settings of a recovery to this moment."""
    found = documented("restore_command", archive)
    return [
        re.sub("^recovery_target_time=.*", f"recovery_target_time={moment}", each) for each in found
    ]


async def starts(data_dir: Path, settings: list[str]) -> bool:
    """Whether PostgreSQL comes up on a data dir with these settings; it is ended."""
    server = with_settings(await postgres.prepare(data_dir), settings)
    child = children.start(server.program)
    try:
        async with asyncio.timeout(START_SECONDS):
            while not await postgres.is_ready(server):
                if child.process.poll() is not None:
                    raise children.failure_of(child)
                await asyncio.sleep(children.POLL_SECONDS)
    except ChildFailed:
        return False
    finally:
        await children.stop(child, grace_seconds=postgres.STOP_SECONDS)
    return True


def gaps_noticed(base: Path, archiving: list[str], moment: str) -> bool:
    """Whether PostgreSQL refuses to come up when the archive lacks a part that leads to the moment."""
    archive = base / "gap"
    shutil.copytree(base / "archive", archive)
    segments = sorted(path for path in archive.iterdir() if re.fullmatch(SEGMENT, path.name))
    for segment in segments[1:]:
        segment.unlink()
    put_back(base / "old", base / "base", base / "never")
    return not asyncio.run(starts(base / "never", [*archiving, *recovery(archive, moment)]))


def _clients(platform: Running) -> Clients:
    return Clients(platform.url, platform.token("admin"), SIZES)


def _base_backup(platform: Running, to: Path) -> None:
    server = postgres.running(platform.data_dir)
    tool = str(postgres.BINARIES / "pg_basebackup")
    command = (tool, "-d", server.url(), "-D", str(to), "-X", "none", "-c", "fast")
    asyncio.run(
        children.run_to_end(children.Program("pg_basebackup", command, to.with_suffix(".log")))
    )


def run(base: Path, seconds: float) -> tuple[FaultResult, int, int, bool]:
    """What was lost and counted twice, how many are there from after the moment, what the control found, and whether a
    gap in the log is noticed."""
    archive = base / "archive"
    archive.mkdir()
    archiving = [*documented("wal_level", archive), "max_wal_senders=4"]
    output = base / "output"
    started = fleet(base / "old", output, replicas=1, postgres_settings=archiving)
    with started as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        moments = write(platform, base / "base", seconds)
    noticed = gaps_noticed(base, archiving, moments.moment)
    put_back(base / "old", base / "base", base / "new")
    settings = [*archiving, *recovery(archive, moments.moment)]
    started = fleet(base / "new", output, replicas=1, postgres_settings=settings)
    with started as restored:
        eventually(restored.is_ready, seconds=START_SECONDS)
        result = count_restored(restored, moments.before, moments.sent, "moments")
        beyond = len(stored_ids(restored.data_dir) & moments.later.acked.keys())
        caught = count_after_a_loss(restored, moments.before, moments.sent, "moments")
    return result, beyond, caught, noticed


def main() -> int:
    os.environ.setdefault("CXM_GATEWAY_SUBJECT_VALUES_RATE", "1000000")  # the clients share a token
    seconds = float(os.environ.get("SECONDS", "10"))
    with tempfile.TemporaryDirectory() as directory:
        result, beyond, caught, noticed = run(Path(directory), seconds)
    sys.stdout.write(f"one response removed on purpose: lost={caught}\n")
    sys.stdout.write(f"{result} beyond={beyond} gap_noticed={int(noticed)}\n")
    return 0 if (result.lost, result.twice, beyond) == (0, 0, 0) and caught and noticed else 1


if __name__ == "__main__":
    sys.exit(main())
