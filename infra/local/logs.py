"""The log files of the processes: kept small, and shown on screen when asked for."""

import asyncio
from pathlib import Path
from typing import TextIO

FOLLOW_SECONDS = 0.2
LARGEST_BYTES = 50 * 1024 * 1024


def rotate(directory: Path) -> None:
    """Keep at most two files of a process, the older one under the name with .1 added.

    The content is moved, not the file: processes that are writing go on at its start.
    """
    for log in _logs(directory):
        if log.stat().st_size > LARGEST_BYTES:
            log.with_suffix(".log.1").write_bytes(log.read_bytes())
            with log.open("r+b") as file:
                file.truncate(0)


async def follow(directory: Path, screen: TextIO) -> None:
    """Copy what is added to any log to the screen, each line with the name of its process."""
    places = {log: log.stat().st_size for log in _logs(directory)}
    while True:
        for log in _logs(directory):
            places[log] = _show(log, places.get(log, 0), screen)
        await asyncio.sleep(FOLLOW_SECONDS)


def _logs(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.log"))


def _show(log: Path, place: int, screen: TextIO) -> int:
    """Print the complete lines after a place; returns the new place."""
    if log.stat().st_size < place:
        place = 0  # it was emptied
    with log.open("rb") as file:
        file.seek(place)
        added = file.read()
    complete = added[: added.rfind(b"\n") + 1]
    for line in complete.decode(errors="replace").splitlines():
        print(f"{log.stem:>13} | {line}", file=screen)
    return place + len(complete)
