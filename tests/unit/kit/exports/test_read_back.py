"""What pandas and DuckDB read of our files: the values that were written."""

import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from services.kit.errors import Invalid
from services.kit.exports.csv import Batches, ExportColumns, LocalTime, Value, Writer
from services.kit.exports.formats import WRITERS, find_writer

COLUMNS: ExportColumns = {
    "words": str, "base": int, "share": float, "day": date, "at": datetime, "here": LocalTime,
}  # fmt: skip
AT = datetime(2026, 3, 1, 22, 30, 15, 250_000, tzinfo=UTC)
HERE = datetime(2026, 3, 2, 0, 30, 15)
WORDS = ['ātri; "ļoti", labi', "two\nlines", "Ž"]
ROWS: list[Sequence[Value]] = [
    (words, 10 + n, n / 8, date(2026, 3, 2), AT, LocalTime(HERE)) for n, words in enumerate(WORDS)
]
FORMATS = {name: number for number, name in enumerate(WRITERS)}


async def rows() -> AsyncIterator[list[Sequence[Value]]]:
    yield ROWS


async def written(write: Writer, batches: Batches | None = None) -> bytes:
    return b"".join([piece async for piece in write(COLUMNS, batches or rows())])


def csv(locale: str = "") -> Writer:
    return find_writer(FORMATS, FORMATS["FILE_FORMAT_CSV"], locale)


@pytest.mark.parametrize(
    ("locale", "separator", "decimal"), [("", ",", "."), ("lv", ";", ","), ("en", ",", ".")]
)
async def test_pandas_reads_csv_of_any_country(locale: str, separator: str, decimal: str) -> None:
    file = io.BytesIO(await written(csv(locale)))

    table = pd.read_csv(file, sep=separator, decimal=decimal, parse_dates=["day", "at", "here"])

    assert table["words"].tolist() == WORDS
    assert table["base"].tolist() == [10, 11, 12]
    assert table["share"].tolist() == [0.0, 0.125, 0.25]
    assert table["at"].tolist() == [pd.Timestamp(AT)] * 3
    assert table["here"].tolist() == [pd.Timestamp(HERE)] * 3


@pytest.mark.parametrize("locale", ["", "lv"])
async def test_duckdb_reads_csv_without_being_told_how_it_is_written(
    locale: str, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(await written(csv(locale)))

    table = duckdb.read_csv(str(tmp_path / "a.csv"), decimal="," if locale else ".")

    assert table.columns == list(COLUMNS)
    assert [(*row[:4], row[5]) for row in table.fetchall()] == [
        (words, base, share, day, HERE) for words, base, share, day, *_ in ROWS
    ]


async def test_duckdb_reads_parquet(tmp_path: Path) -> None:
    parquet = find_writer(FORMATS, FORMATS["FILE_FORMAT_PARQUET"])
    (tmp_path / "a.parquet").write_bytes(await written(parquet))

    table = duckdb.read_parquet(str(tmp_path / "a.parquet"))

    found = table.project('words, base, share, day, epoch_us("at"), here').fetchall()
    instant = int(AT.timestamp()) * 1_000_000 + AT.microsecond
    assert found == [(*row[:4], instant, HERE) for row in ROWS]


async def test_a_spreadsheet_of_latvia_sees_the_encoding_the_cells_and_the_numbers() -> None:
    head, first = (await written(csv("lv"))).decode().split("\r\n")[:2]

    assert head == "\ufeffwords;base;share;day;at;here"
    assert first.endswith(";10;0,0;2026-03-02;2026-03-01T22:30:15.250000Z;2026-03-02 00:30:15")


@pytest.mark.parametrize(
    ("kind", "locale", "reason"),
    [
        ("CSV", "xx", "UNKNOWN_LOCALE"),
        ("PARQUET", "lv", "LOCALE_NOT_TAKEN"),
        ("XLSX", "lv", "LOCALE_NOT_TAKEN"),
    ],
)
def test_a_locale_that_cannot_be_is_refused(kind: str, locale: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        find_writer(FORMATS, FORMATS[f"FILE_FORMAT_{kind}"], locale)

    assert refused.value.reason == reason
