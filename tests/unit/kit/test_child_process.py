"""Processes of one task: no copy of a process with gRPC is made, and a death is named."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile

import grpc
import pytest
import uvloop

from services.kit.child_process import ChildDied, Ended, run_module
from services.kit.errors import Unavailable
from services.kit.exports.csv import Value
from services.kit.exports.parquet import parquet_pieces
from services.kit.imports import sheets
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.format.remarks import Remarks
from tests.support.workbook import workbook

WAITING = "base64"  # reads stdin to its end, which does not come
DYING = "tests.unit.kit.support.dying"
WORKBOOKS, TABLES = 12, 3
copies: list[None] = []
# Called in this process each time it is about to be copied: gRPC's handlers run where this one runs.
_on_copy = ctypes.CFUNCTYPE(None)(lambda: copies.append(None))


@pytest.fixture(scope="module", autouse=True)
def counting() -> None:
    register = getattr(ctypes.CDLL(None), "__register_atfork", None)
    if register is None:
        pytest.skip("copies are counted with glibc only")
    register(_on_copy, None, None, None)


async def dying(*arguments: str) -> Ended:
    with TemporaryFile() as stdin, TemporaryFile() as stdout:
        return await run_module(DYING, arguments, what="dies", stdin=stdin, stdout=stdout)


async def read_workbook() -> bytes:
    with TemporaryFile() as file, TemporaryFile() as text:
        file.write(workbook([("a", "b"), (1, 2)]))
        file.flush()
        await sheets.write_as_text(file, "a.xlsx", text, sheets.Wanted(), Remarks())
        text.seek(0)
        return text.read()


async def write_table() -> bytes:
    async def rows() -> AsyncIterator[list[Sequence[Value]]]:
        yield [("x", 1)]

    return b"".join([piece async for piece in parquet_pieces({"a": str, "b": int}, rows())])


def test_files_are_read_and_written_without_a_copy_of_a_process_that_has_grpc(
    tmp_path: Path,
) -> None:
    """`make bench-children` does it two thousand times, with every process up."""

    async def work() -> tuple[list[bytes], list[bytes]]:
        server = grpc.aio.server()
        address = f"unix:{tmp_path}/grpc.sock"
        server.add_insecure_port(address)
        await server.start()
        async with grpc.aio.insecure_channel(address) as channel:
            await channel.channel_ready()
            read = [await read_workbook() for _ in range(WORKBOOKS)]
            written = [await write_table() for _ in range(TABLES)]
        await server.stop(0)
        return read, written

    copies.clear()
    read, written = uvloop.run(work())

    assert read == [b"a,b\r\n1,2\r\n"] * WORKBOOKS
    assert all(table.startswith(b"PAR1") for table in written)
    assert not copies


def test_the_loops_own_way_to_start_a_process_copies_this_one() -> None:
    """The control: what the test above counts is there to be counted."""

    async def start() -> None:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
        await process.wait()

    copies.clear()
    uvloop.run(start())

    assert copies


async def test_what_a_process_tells_is_heard() -> None:
    assert await dying() == Ended(3, "so\n")


@pytest.mark.parametrize(
    ("number", "limit"),
    [
        (signal.SIGSEGV, ""),
        (signal.SIGXCPU, "its time ran out"),
        (signal.SIGKILL, "the memory ran out"),
    ],
)
async def test_a_death_by_a_signal_names_it_and_says_what_to_do(
    number: signal.Signals, limit: str
) -> None:
    with pytest.raises(ChildDied, match=f"that dies was ended by {number.name}: try again") as died:
        await dying(str(number.value))

    assert (died.value.reason, died.value.limit) == ("CHILD_DIED", limit)


@pytest.mark.parametrize(
    ("number", "failure", "words"),
    [
        (signal.SIGSEGV, ChildDied, "reads workbooks and tables was ended by SIGSEGV"),
        (signal.SIGXCPU, FileUnreadable, r"save it as CSV \(its time ran out, SIGXCPU\)"),
    ],
)
async def test_a_reader_that_dies_blames_the_file_only_for_what_it_takes(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals, failure: type[Exception], words: str
) -> None:
    monkeypatch.setattr(sheets, "READER", DYING)
    wanted = sheets.Wanted(str(number.value))
    with TemporaryFile() as file, TemporaryFile() as text, pytest.raises(failure, match=words):
        await sheets.write_as_text(file, "a.xlsx", text, wanted, Remarks())


def children() -> set[str]:
    """Ids of the processes that this one has started."""
    lists = Path("/proc/self/task").glob("*/children")
    return {pid for listed in lists for pid in listed.read_text().split()}


async def test_a_task_that_is_given_up_ends_its_process() -> None:
    reading, writing = os.pipe()
    before = children()
    with os.fdopen(reading, "rb") as stdin, TemporaryFile() as stdout:
        running = asyncio.create_task(
            run_module(WAITING, (), what="waits", stdin=stdin, stdout=stdout)
        )
        await asyncio.sleep(0)
        started = children() - before
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    os.close(writing)

    assert len(started) == 1
    assert not started & children()


async def test_where_no_process_can_be_started_nobody_says_the_store_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(Unavailable, match="no process that dies can be started now") as failure:
        await dying()

    assert failure.value.reason == "NO_PROCESS"
