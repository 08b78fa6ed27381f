"""Tests write into memory where there is room: most copy a database, which a disk makes ten times as slow.

Nothing here weakens what is claimed of disks: power cuts and full disks have images of their own, on a disk.
"""

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")  # tmpfs; 64 MB in most containers
NEEDED_BYTES = 3 * 1024**3  # what a whole run held at most was 1 GB


@contextmanager
def folder_in_memory(
    memory: Path = MEMORY, needed_bytes: int = NEEDED_BYTES
) -> Iterator[Path | None]:
    """A folder that is not there yet, removed on leaving; None where the system has no room in memory.

    What a run that was killed left is removed by the next one: the lock of a run ends with its process.
    """
    prefix = f"cxm-{os.getuid()}-"
    if sys.platform != "linux" or not memory.is_dir():
        yield None
        return
    for left in memory.glob(f"{prefix}*"):
        _remove_unless_held(left)
    if shutil.disk_usage(memory).free < needed_bytes:
        yield None
        return
    draft = Path(tempfile.mkdtemp(prefix=f"new-{prefix}", dir=memory))
    with (draft / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mine = draft.rename(memory / draft.name.removeprefix("new-"))  # locked before it is seen
        try:
            yield mine / "t"  # short, for the paths of sockets
        finally:
            shutil.rmtree(mine, ignore_errors=True)


def _remove_unless_held(folder: Path) -> None:
    try:
        with (folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return  # a run that is under way
