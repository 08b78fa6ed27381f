"""Processes that outlived a killed supervisor: they must be gone before their data are opened again."""

import asyncio
import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.local import credentials
from infra.local.children import POLL_SECONDS, Child

PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Record:
    """A process as the kernel knows it: a pid alone may have been given to another process."""

    pid: int
    birth: str
    stop_signal: int


def remember(path: Path, running: list[Child]) -> None:
    """Write down who runs."""
    known = ((child, birth_of(child.pid)) for child in running)
    records = [[c.pid, birth, int(c.program.stop_signal)] for c, birth in known if birth]
    credentials.keep(path, json.dumps(records))


async def end(path: Path) -> None:
    """Wait for those an earlier supervisor left to end, and end them when they do not."""
    left = _read(path)
    for record in left:
        _send(record, record.stop_signal)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not any(_lives(record) for record in left):
            return
        await asyncio.sleep(POLL_SECONDS)
    for record in left:
        _send(record, signal.SIGKILL)


def _read(path: Path) -> list[Record]:
    if not path.exists():
        return []
    return [Record(*record) for record in json.loads(path.read_text())]


def birth_of(pid: int) -> str | None:
    """When a process began, in whatever unit the system has; None when it is gone."""
    if Path("/proc/self/stat").exists():
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return None
        fields = stat.rpartition(")")[2].split()
        return None if fields[0] == "Z" else fields[19]
    listed = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, check=False
    )
    return listed.stdout.decode().strip() or None


def _lives(record: Record) -> bool:
    return birth_of(record.pid) == record.birth


def _send(record: Record, number: int) -> None:
    if _lives(record):
        with suppress(ProcessLookupError):
            os.kill(record.pid, number)
