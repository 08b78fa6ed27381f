"""Rows as Parquet, written by `python -m services.kit.exports.parquet`."""

import csv
import io
import json
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from services.kit.child_process import end_if_full
from services.kit.exports.csv import Batches, ExportColumns, LocalTime, Value
from services.kit.exports.kept_rows import Rewriter, rewritten

ROWS_OF_A_GROUP: Final = 20_000  # held at a time, and a row may be long
THREADS: Final = "1"  # each more would hold a part of the rows, and the work is short
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LOCAL_EPOCH: Final = datetime(1970, 1, 1)
MICROSECOND: Final = timedelta(microseconds=1)


def parquet_pieces(columns: ExportColumns, batches: Batches) -> AsyncIterator[bytes]:
    """The file; texts as they were written, for nothing in Parquet is run. An empty text is nothing, as in CSV."""
    return rewritten(PARQUET, columns, batches)


def _encode(rows: Iterable[Sequence[Value]]) -> str:
    """CSV without marks against formulas; with these line ends a text that ends in one of them is quoted."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(map(plain, row) for row in rows)
    return text.getvalue()


PARQUET: Final = Rewriter(
    "Parquet",
    "services.kit.exports.parquet",
    _encode,
    environment={"POLARS_MAX_THREADS": THREADS},
)


def plain(value: Value) -> str | int | float | None:
    """Days and microseconds since 1970 for dates and instants, and for local times as if they were UTC."""
    if isinstance(value, LocalTime):
        return (value.at - LOCAL_EPOCH) // MICROSECOND
    if isinstance(value, datetime):
        return (value - EPOCH) // MICROSECOND
    if isinstance(value, date):
        return (value - EPOCH.date()).days
    return value


def main() -> None:
    """What is kept on stdin, as Parquet on stdout."""
    import polars as pl

    times = {"datetime": pl.Int64, "LocalTime": pl.Int64}
    stored = {"int": pl.Int64, "float": pl.Float64, "date": pl.Int32, **times}
    meant = {
        "date": pl.Date(),
        "datetime": pl.Datetime("us", "UTC"),
        "LocalTime": pl.Datetime("us"),
    }
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
        end_if_full(error)
        sys.exit(type(error).__name__)


if __name__ == "__main__":
    main()
