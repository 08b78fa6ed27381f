"""CPU and memory of processes, as the kernel counts them."""

import os
import time
from pathlib import Path

_SCHEDULER = 2  # of clock ids made of a process's number, as clock_getcpuclockid(3) makes them
TICKS = os.sysconf("SC_CLK_TCK")
# Fields of /proc/<pid>/stat after the command: the parent, and user and system time of itself and of its dead children.
PARENT, TIMES = 1, slice(11, 15)


def _stat(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None  # it has just ended; its parent counts it


def tree_seconds(pid: int) -> float:
    """CPU seconds of a process and all under it, the dead ones too; 10 ms a tick."""
    stats = {int(p.name): _stat(int(p.name)) for p in Path("/proc").iterdir() if p.name.isdigit()}
    below: dict[int, list[int]] = {}
    for child, stat in stats.items():
        if stat:
            below.setdefault(int(stat[PARENT]), []).append(child)
    waiting, ticks = [pid], 0
    while waiting:
        current = waiting.pop()
        waiting += below.get(current, [])
        ticks += sum(map(int, (stats.get(current) or [])[TIMES]))
    return ticks / TICKS


def resident_mb(pid: int) -> float:
    """Memory of a process in RAM, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def process_seconds(pid: int) -> float:
    """CPU seconds of one process with all its threads, the ended ones too; to the nanosecond, of Linux."""
    return time.clock_gettime(~pid << 3 | _SCHEDULER)
