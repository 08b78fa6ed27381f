"""A full disk is told as what it is, and logs that cannot be written end nothing."""

import errno
import io
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NoReturn

import asyncpg
import polars as pl
import pytest
from structlog.testing import capture_logs

from cxm.batch.v1.batch_pb2 import ImportHeader, ImportPart
from services.kit.db.database import reaching
from services.kit.errors import Broken, Unavailable, is_full
from services.kit.exports.kept_rows import Rewriter, advising, rewrite
from services.kit.exports.parquet import PARQUET
from services.kit.exports.workbook import WORKBOOK
from services.kit.imports import import_job
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.sheets import Wanted, write_as_text
from tests.support.workbook import workbook

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


ANY = ImportKind("things", ("key", "name"), (), (), check=lambda _: None)


def parquet(rows: Sequence[Sequence[object]]) -> bytes:
    title, *others = rows
    file = io.BytesIO()
    pl.DataFrame(
        [list(row) for row in others], schema=list(map(str, title)), orient="row"
    ).write_parquet(file)
    return file.getvalue()


def filled() -> BinaryIO:
    """A file of a disk that takes nothing."""
    return Path("/dev/full").open("wb")


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


@pytest.mark.parametrize("rewriter", [PARQUET, WORKBOOK])
async def test_a_process_that_writes_a_file_says_that_the_disk_is_full(rewriter: Rewriter) -> None:
    with TemporaryFile() as rows, filled() as full:
        rows.write(b'[["a", "str"]]\n')
        rows.write(rewriter.encode([("text",)] * 10).encode())

        with pytest.raises(Unavailable, match="ask for CSV") as refused, advising():
            await rewrite(rewriter, rows, full)

    assert refused.value.reason == "DISK_FULL"


@pytest.mark.parametrize("write", [workbook, parquet])
async def test_a_process_that_reads_a_file_says_that_the_disk_is_full(
    write: Callable[[Sequence[Sequence[object]]], bytes],
) -> None:
    with TemporaryFile() as file, filled() as full:
        file.write(write([("a", "b"), ("1", "2")]))
        file.flush()

        with pytest.raises(Unavailable) as refused:
            await write_as_text(file, "a.xlsx", full, Wanted(), Remarks())

    assert refused.value.reason == "DISK_FULL"


async def test_an_upload_that_meets_a_full_disk_is_heard_to_its_end_and_told_so() -> None:
    """Who still writes when a call ends hears of a broken call only."""
    heard = 0

    async def parts() -> AsyncIterator[ImportPart]:
        nonlocal heard
        yield ImportPart(header=ImportHeader(mapping='[columns]\nkey = "a"\nname = "a"\n'))
        while heard < 10:
            heard += 1
            yield ImportPart(data=b"x" * 100_000)

    async def prepare(_: Job) -> NoReturn:
        raise AssertionError("a file that is not whole was read")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_job, "TemporaryFile", filled)
        carried = import_job.Imports().run(ANY, parts(), prepare, "ann")
        with pytest.raises(OSError, match="No space left") as refused:
            _ = [progress async for progress in carried]

    assert is_full(refused.value)
    assert heard == 10


async def test_a_writer_that_fails_is_named_by_its_error_and_not_quoted() -> None:
    with capture_logs() as logged, TemporaryFile() as rows, TemporaryFile() as file:
        rows.write(b'[["what a person wrote", "int"]]\n"what a person wrote"\n')
        with pytest.raises(Broken):
            await rewrite(PARQUET, rows, file)

    assert logged[-1]["error"] == "ComputeError"
    assert "person" not in str(logged)


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


def test_an_export_of_a_store_that_is_full_is_not_told_to_be_csv() -> None:
    """No format needs less of the disk of PostgreSQL."""
    with pytest.raises(Unavailable, match="tell whoever runs it") as refused, advising():  # noqa: SIM117
        with reaching("responses"):
            raise asyncpg.DiskFullError("could not extend file")

    assert refused.value.reason == "DISK_FULL"
    assert "CSV" not in str(refused.value)
