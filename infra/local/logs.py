"""The log files of the processes: kept small, and shown on screen when asked for."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

FOLLOW_SECONDS = 0.2
ROTATE_SECONDS = 5.0
LARGEST_BYTES = 20 * 1024 * 1024
"""Of a file, so each process has at most twice as much, and what it writes between two looks."""
PIECE_BYTES = 1024 * 1024


async def keep_small(directory: Path, notify: Callable[[str], None]) -> None:
    """Rotate while the processes run. Where it cannot be done it is said once, and tried again."""
    said = ""
    while True:
        try:
            await asyncio.to_thread(rotate, directory)
        except OSError as error:
            why = f"logs in {directory} cannot be rotated: {error.strerror}"
            if why != said:
                notify(why)
            said = why
        else:
            said = ""
        await asyncio.sleep(ROTATE_SECONDS)


def rotate(directory: Path) -> None:
    """Keep at most two files of a process, the older one under the name with .1 added.

    The last of the content is moved, not the file: processes that are writing go on at its start.
    """
    for log in _logs(directory):
        if log.stat().st_size > LARGEST_BYTES:
            _move(log, log.with_suffix(".log.1"))


def _move(log: Path, older: Path) -> None:
    with log.open("r+b") as file, older.open("wb") as kept:
        file.seek(max(0, log.stat().st_size - LARGEST_BYTES))
        left = LARGEST_BYTES
        try:
            while left > 0 and (piece := file.read(min(PIECE_BYTES, left))):
                kept.write(piece)
                left -= len(piece)
            kept.flush()
        finally:
            file.truncate(0)  # on a full disk too: its space is what is needed


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
