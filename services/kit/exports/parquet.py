"""Rows as Parquet, kept in a file without a name and rewritten by `python -m services.kit.exports.parquet`.

Parquet ends with what stands where, so nothing can be sent before all is read. The library that writes it is large: it
works in a process of its own, whose memory is given back.
"""

import csv
import io
import json
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from tempfile import TemporaryFile
from typing import BinaryIO, Final

import structlog

from services.kit.child_process import ChildDied, run_module
from services.kit.errors import Broken, Invalid, Unavailable
from services.kit.exports.csv import Batches, ExportColumns, Value

PIECE_BYTES: Final = 256 * 1024
LARGEST_ROWS: Final = 4 * 1024**3  # bytes, as they are kept
ROWS_OF_A_GROUP: Final = 20_000  # held at a time, and a row may be long
THREADS: Final = "1"  # each more would hold a part of the rows, and the work is short
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

log = structlog.get_logger()


async def parquet_pieces(columns: ExportColumns, batches: Batches) -> AsyncIterator[bytes]:
    """The file; texts as they were written, for nothing in Parquet is run. An empty text is nothing, as in CSV."""
    with TemporaryFile() as rows, TemporaryFile() as file:
        await _keep(columns, batches, rows)
        await _rewrite(rows, file)
        file.seek(0)
        while piece := file.read(PIECE_BYTES):
            yield piece


async def _keep(columns: ExportColumns, batches: Batches, file: BinaryIO) -> None:
    """A line with names and types, then rows as CSV without marks against formulas."""
    file.write(json.dumps([(name, kind.__name__) for name, kind in columns.items()]).encode())
    file.write(b"\n")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    async for batch in batches:
        writer.writerows(map(_plain, row) for row in batch)
        try:
            file.write(text.getvalue().encode())
            file.flush()
        except OSError as error:
            log.error("no space to keep the rows of an export", reason=error.strerror)
            raise Unavailable("there is no space to make this file now: ask for CSV") from error
        if file.tell() > LARGEST_ROWS:
            raise Invalid(
                "so many rows do not become Parquet: ask for a shorter period, or for CSV",
                reason="FILE_TOO_LARGE",
                field=["format"],
            )
        text.seek(0)
        text.truncate()


def _plain(value: Value) -> str | int | float | None:
    """Days and microseconds since 1970 for dates and instants."""
    if isinstance(value, datetime):
        return (value - EPOCH) // MICROSECOND
    if isinstance(value, date):
        return (value - EPOCH.date()).days
    return value


async def _rewrite(rows: BinaryIO, file: BinaryIO) -> None:
    rows.flush()
    os.lseek(rows.fileno(), 0, os.SEEK_SET)  # the place the other process begins at
    try:
        ended = await run_module(
            "services.kit.exports.parquet",
            [],
            what="writes Parquet",
            stdin=rows,
            stdout=file,
            environment={"POLARS_MAX_THREADS": THREADS},
        )
    except ChildDied as death:
        log.error("the writer of a file died", signal=death.signal.name)
        raise
    if ended.status != 0:
        log.error("no Parquet was made", status=ended.status, why=ended.told[-200:])
        raise Broken("no Parquet was made")


def main() -> None:
    """What is kept on stdin, as Parquet on stdout."""
    import polars as pl

    stored = {"int": pl.Int64, "float": pl.Float64, "date": pl.Int32, "datetime": pl.Int64}
    meant = {"date": pl.Date(), "datetime": pl.Datetime("us", "UTC")}
    columns = json.loads(sys.stdin.buffer.readline())
    try:
        pl.scan_csv(
            "/dev/fd/0",
            schema={name: stored.get(kind, pl.String) for name, kind in columns},
            has_header=False,
            skip_lines=1,
            glob=False,
            raise_if_empty=False,
        ).with_columns(
            pl.col(name).cast(meant[kind]) for name, kind in columns if kind in meant
        ).sink_parquet(
            "/dev/fd/1", row_group_size=ROWS_OF_A_GROUP, maintain_order=True, engine="streaming"
        )
    except BaseException as error:  # noqa: BLE001 - a message would quote what people wrote
        sys.exit(type(error).__name__)


if __name__ == "__main__":
    main()
