"""Where Unix sockets live: their whole path must fit into 107 bytes."""

import hashlib
import os
import socket
import stat
import tempfile
from pathlib import Path

from infra.client.problem import Problem

LONGEST_PATH = 107
LONGEST_NAME = len("/employee_exp-health.sock")


class SocketDirRefused(Problem):
    """Nowhere to put sockets safely."""


def socket_dir(data_dir: Path) -> Path:
    """A private directory for sockets, in the data dir.

    Where that path is too long: one in the system's temporary directory, named after it.
    """
    inside = data_dir.resolve() / "run"
    if _fits(inside):
        inside.mkdir(mode=0o700, parents=True, exist_ok=True)
        return inside
    name = f"cxm-{os.getuid()}-{hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]}"
    for parent in (Path(tempfile.gettempdir()), Path("/tmp")):
        if _fits(parent / name):
            return _private(parent / name)
    raise SocketDirRefused(f"{tempfile.gettempdir()} is too long for sockets; set TMPDIR to /tmp")


def _fits(directory: Path) -> bool:
    return len(os.fsencode(directory)) + LONGEST_NAME <= LONGEST_PATH


def _private(directory: Path) -> Path:
    """Make the directory, or accept an existing one only if no other user could have made it."""
    directory.mkdir(mode=0o700, exist_ok=True)
    status = directory.lstat()
    foreign = os.getuid() != 0 and status.st_uid != os.getuid()
    if not stat.S_ISDIR(status.st_mode) or foreign or stat.S_IMODE(status.st_mode) != 0o700:
        raise SocketDirRefused(
            f"{directory} belongs to somebody else or is open to others; remove it"
        )
    return directory


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a TCP port can be bound now."""
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((host, port))
        except OSError:
            return False
    return True
