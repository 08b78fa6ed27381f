"""Rows of an export, kept in a file without a name and rewritten by a process of its own.

Parquet and workbooks end with what stands where, so nothing can be sent before all is read. The libraries that write
them are large or slow: each works in a process of its own, whose memory is given back.
"""

import json
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import BinaryIO, Final

import structlog

from services.kit.child_process import ChildDied, run_module
from services.kit.errors import FULL_REASON, Broken, Invalid, Unavailable, is_full, is_store_full
from services.kit.exports.csv import Batches, ExportColumns, Value

PIECE_BYTES: Final = 256 * 1024
NO_SPACE: Final = "there is no space to make this file now: ask for CSV"
STORE_FULL: Final = "the disk of this platform is full: tell whoever runs it, then ask again"
LARGEST_ROWS: Final = 4 * 1024**3  # bytes, as they are kept

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rewriter:
    """A module that writes files of one kind: what is kept on its stdin, the file on its stdout.

    What is kept: a line of JSON with the names and types of the columns, then rows as `encode` writes them.
    """

    kind: str
    module: str
    encode: Callable[[Iterable[Sequence[Value]]], str]
    most_rows: int | None = None
    most_columns: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


async def rewritten(
    rewriter: Rewriter, columns: ExportColumns, batches: Batches
) -> AsyncIterator[bytes]:
    """The file in pieces, once it is whole."""
    with advising(), TemporaryFile() as rows, TemporaryFile() as file:
        await _keep(rewriter, columns, batches, rows)
        await rewrite(rewriter, rows, file)
        file.seek(0)
        while piece := file.read(PIECE_BYTES):
            yield piece


@contextmanager
def advising() -> Iterator[None]:
    """Unavailable where a disk is full: with what needs none, if it is that of these files."""
    try:
        yield
    except (OSError, Unavailable) as error:
        if not is_full(error):
            raise
        log.error("no space to make a file of an export", error=type(error).__name__)
        message = STORE_FULL if is_store_full(error) else NO_SPACE
        raise Unavailable(message, reason=FULL_REASON) from error


async def _keep(
    rewriter: Rewriter, columns: ExportColumns, batches: Batches, file: BinaryIO
) -> None:
    if rewriter.most_columns is not None and len(columns) > rewriter.most_columns:
        raise _too_much(rewriter, f"{len(columns):,} columns")
    file.write(json.dumps([(name, kind.__name__) for name, kind in columns.items()]).encode())
    file.write(b"\n")
    count = 0
    async for batch in batches:
        rows = list(batch)
        count += len(rows)
        if rewriter.most_rows is not None and count > rewriter.most_rows:
            raise _too_much(rewriter, f"more than {rewriter.most_rows:,} rows")
        file.write(rewriter.encode(rows).encode())
        file.flush()
        if file.tell() > LARGEST_ROWS:
            raise _too_much(rewriter, "so many rows")


def _too_much(rewriter: Rewriter, what: str) -> Invalid:
    return Invalid(
        f"{what} do not become {rewriter.kind}: ask for a shorter period, or for CSV",
        reason="FILE_TOO_LARGE",
        field=["format"],
    )


async def rewrite(rewriter: Rewriter, rows: BinaryIO, file: BinaryIO) -> None:
    rows.flush()
    os.lseek(rows.fileno(), 0, os.SEEK_SET)  # the place the other process begins at
    try:
        ended = await run_module(
            rewriter.module,
            [],
            what=f"writes {rewriter.kind}",
            stdin=rows,
            stdout=file,
            environment=rewriter.environment,
        )
    except ChildDied as death:
        log.error("the writer of a file died", signal=death.signal.name)
        raise
    if ended.status != 0:
        log.error(f"no {rewriter.kind} was made", status=ended.status, error=_name(ended.told))
        raise Broken(f"no {rewriter.kind} was made")


def _name(told: str) -> str:
    """The kind of error that the writer named on its last line; anything else it wrote may quote what people wrote."""
    *_, last = told.split() or [""]
    return last if last.isidentifier() else "not named"
