"""Processes of a data dir: which run and are ready, which keys and settings they started with, and the disk."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx

from infra.cli.doctor.findings import Finding
from infra.local import children, parts
from infra.local.keys import FILES
from infra.local.sockets import socket_dir
from infra.roles import SERVICES
from services.kit.config import IGNORED

LOW_BYTES: Final = 1024**3
"""With less free, survey refuses responses without a token unless its settings say otherwise."""
SECONDS: Final = 3.0
STARTED: Final = re.compile(r'"event": "(ready|starting)"')


async def check(data_dir: Path) -> list[Finding]:
    """Whether each process answers and is ready."""
    found = []
    for service in SERVICES:
        is_ready = parts.serves(f"unix:{socket_dir(data_dir)}/{service}.sock")
        if await is_ready(0):
            continue
        why = await parts.ask_why(socket_dir(data_dir) / f"{service}-health.sock")
        wrong = f"it is not ready: {why}" if why else "it does not answer that it is ready"
        found.append(_not_ready(data_dir, service, wrong))
    transport = httpx.AsyncHTTPTransport(
        uds=str(socket_dir(data_dir) / "gateway.sock"), verify=False
    )
    async with httpx.AsyncClient(transport=transport, timeout=SECONDS) as client:
        try:
            await client.get("http://gateway/healthz")
        except httpx.HTTPError:
            found.append(_not_ready(data_dir, "gateway", "it does not answer"))
    return found


def check_disk(data_dir: Path, low_bytes: int = LOW_BYTES) -> list[Finding]:
    """Whether there is room to go on writing."""
    free = children.free_bytes(data_dir)
    if free >= low_bytes:
        return []
    wrong = f"{free:,} bytes are free on its disk, fewer than {low_bytes:,}"
    return [Finding(str(data_dir), wrong, "make room: responses are refused, then all that writes")]


def check_settings(data_dir: Path) -> Iterator[Finding]:
    """Variables that a process said, at its last start, nobody reads."""
    for log in sorted((data_dir / "logs").glob("*.log")):
        for line in ignored(log):
            remedy = "take it away, or write it as config.py of the process has it"
            yield Finding(log.stem, f"a setting that nobody reads: {line}", remedy)


def ignored(log: Path) -> list[str]:
    """What a process ignored at its last start, from its log; said before the line that it starts."""
    said: list[str] = []
    last: list[str] = []
    with log.open(errors="replace") as lines:
        for line in lines:
            if line.startswith(IGNORED):
                said.append(line.removeprefix(IGNORED).strip())
            elif STARTED.search(line):
                last, said = said, []
    return said or last


def check_ages(data_dir: Path) -> Iterator[Finding]:
    """Keys that were changed after a process had read them at its start."""
    records = data_dir / "processes.json"
    for pid, *_ in json.loads(records.read_text()) if records.exists() else ():
        try:
            began = Path(f"/proc/{pid}").stat().st_mtime
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue  # gone, or not Linux
        for name, holders in FILES.items():
            path = data_dir / "secrets" / name
            process = next((h for h in holders if f"{h}.main" in command), None)
            if process and path.is_file() and path.stat().st_mtime > began:
                yield Finding(process, f"{path} was changed after it started", "start it again")


def _not_ready(data_dir: Path, process: str, wrong: str) -> Finding:
    return Finding(process, wrong, f"see {data_dir}/logs/{process}.log")
