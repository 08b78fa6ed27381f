"""Parquet: what is written is read again, types and all; what is too large is refused."""

import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime

import polars as pl
import pytest

from services.kit.errors import Broken, Invalid
from services.kit.exports import kept_rows
from services.kit.exports.csv import ExportColumns, LocalTime, Value
from services.kit.exports.parquet import parquet_pieces

COLUMNS: ExportColumns = {"text": str, 'a "b", c': int, "share": float, "day": date, "at": datetime}
ROWS: list[Sequence[Value]] = [
    ("=1+1", 3, 0.1 + 0.2, date(2026, 11, 22), datetime(2026, 11, 22, 9, 0, 0, 1, tzinfo=UTC)),
    (None, None, None, None, None),
    ('\r\n "quoted", \n\ttext\r ', -4, 1e-300, date(1969, 12, 31), datetime(1, 1, 1, tzinfo=UTC)),
    ("007", 2**62, -5e22, date(1970, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
    ("ā 漢字 😀", 0, -0.0, None, None),
]


async def in_batches(
    rows: Sequence[Sequence[Value]], size: int
) -> AsyncIterator[list[Sequence[Value]]]:
    for start in range(0, len(rows), size):
        yield list(rows[start : start + size])


async def written(columns: ExportColumns, rows: Sequence[Sequence[Value]], size: int = 2) -> bytes:
    return b"".join([piece async for piece in parquet_pieces(columns, in_batches(rows, size))])


async def test_what_is_written_is_read_again() -> None:
    table = pl.read_parquet(io.BytesIO(await written(COLUMNS, ROWS)))

    assert table.columns == list(COLUMNS)
    assert table.dtypes == [pl.String, pl.Int64, pl.Float64, pl.Date, pl.Datetime("us", "UTC")]
    assert table.rows() == [tuple(row) for row in ROWS]


async def test_an_empty_text_is_nothing_as_in_csv() -> None:
    table = pl.read_parquet(io.BytesIO(await written({"a": str, "b": str}, [("", "x")])))

    assert table.rows() == [(None, "x")]


async def test_a_file_without_rows_has_its_columns() -> None:
    table = pl.read_parquet(io.BytesIO(await written(COLUMNS, [])))

    assert (table.height, table.columns) == (0, list(COLUMNS))


async def test_local_times_have_no_zone() -> None:
    at = datetime(2026, 3, 29, 3, 30, 0, 7)

    table = pl.read_parquet(io.BytesIO(await written({"at": LocalTime}, [(LocalTime(at),)])))

    assert (table.dtypes, table.rows()) == ([pl.Datetime("us")], [(at,)])


async def test_a_long_file_comes_in_groups_and_pieces_in_its_order() -> None:
    rows = [(str(n), n) for n in range(250_000)]

    pieces = [piece async for piece in parquet_pieces({"a": str, "b": int}, in_batches(rows, 500))]

    table = pl.read_parquet(io.BytesIO(b"".join(pieces)))
    assert table.rows() == rows
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= kept_rows.PIECE_BYTES


async def test_more_than_is_kept_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_rows, "LARGEST_ROWS", 100)

    with pytest.raises(Invalid, match="shorter period") as refused:
        await written({"a": str}, [("x" * 60,)] * 4)

    assert refused.value.reason == "FILE_TOO_LARGE"


async def test_what_does_not_fit_its_column_is_no_file() -> None:
    with pytest.raises(Broken):
        await written({"a": int, "b": str}, [("words", "secret")])
