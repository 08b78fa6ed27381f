"""A full disk is told as what it is, and logs that cannot be written end nothing."""

import errno
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from services.kit.db.database import reaching
from services.kit.errors import Unavailable, is_full

WRITES_LOGS = """
import os, sys, structlog
from services.kit import telemetry
telemetry.configure_logs("test")
log = structlog.get_logger()
log.info("first")
log.error("second", exc_info=ValueError())
os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT), 2)
log.info("third")
log.info("fourth")
print("done")
"""


def test_a_full_disk_is_known_by_whoever_met_it() -> None:
    assert is_full(OSError(errno.ENOSPC, "No space left on device"))
    assert is_full(OSError(errno.EDQUOT, "Disk quota exceeded"))
    assert is_full(asyncpg.DiskFullError("could not extend file"))
    wrapped = RuntimeError("a session wraps it")
    wrapped.__cause__ = asyncpg.DiskFullError("could not extend file")
    assert is_full(wrapped)

    assert not is_full(OSError(errno.ENOENT, "No such file"))
    assert not is_full(asyncpg.OutOfMemoryError("out of memory"))


def test_who_reaches_for_the_store_hears_that_its_disk_is_full() -> None:
    with pytest.raises(Unavailable, match="is full") as refused, reaching("responses"):
        raise asyncpg.DiskFullError("could not extend file")

    assert refused.value.reason == "DISK_FULL"


def test_a_log_that_cannot_be_written_ends_nothing_and_is_told_of_later(tmp_path: Path) -> None:
    log = tmp_path / "test.log"
    with Path("/dev/full").open("wb", buffering=0) as full:
        done = subprocess.run(
            [sys.executable, "-c", WRITES_LOGS, str(log)],
            stdout=subprocess.PIPE,
            stderr=full,
            check=True,
        )

    assert done.stdout == b"done\n"
    lost, third, fourth = log.read_text().split("\n")[1:4]
    assert "2 lines of this log could not be written" in lost
    assert "third" in third
    assert "fourth" in fourth
