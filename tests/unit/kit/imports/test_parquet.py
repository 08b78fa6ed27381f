"""Parquet tables: only columns that are used matter; values as a CSV of the same table has them."""

import io
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.sheets import Wanted
from tests.unit.kit.imports.support.tables import read_file, rows

AT = datetime(2026, 3, 1, 9, 30, 0, 125_000)
TABLE = pl.DataFrame(
    {
        "id": [1],
        "at": [AT],
        "zoned": [AT.replace(tzinfo=UTC)],
        "whole": [AT.replace(microsecond=0)],
        "took": [timedelta(hours=30, minutes=5, seconds=7)],
        "clock": [time(9, 30)],
        "gap": [float("nan")],
        "mark": [9.0],
        "list": [[1, 2]],
        "struct": [{"a": 1}],
        "bytes": [b"\xff"],
    }
)
USED = ("at", "zoned", "whole", "took", "clock", "gap", "mark")


def parquet(frame: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()


def test_values_are_as_a_csv_has_them_and_other_columns_do_not_matter(tmp_path: Path) -> None:
    file = read_file(tmp_path, parquet(TABLE), wanted=Wanted(columns=(1, *USED)))

    assert file.header == tuple(TABLE.columns)
    ((number, cells),) = rows(file)
    assert (number, dict(zip(TABLE.columns, cells, strict=True))) == (
        2,
        {
            "id": "1",
            "at": "2026-03-01T09:30:00.125",
            "zoned": "2026-03-01T09:30:00.125Z",
            "whole": "2026-03-01T09:30:00",
            "took": "30:05:07",
            "clock": "09:30:00",
            "gap": "",
            "mark": "9.0",
            "list": "",
            "struct": "",
            "bytes": "",
        },
    )


@pytest.mark.parametrize("column", ["list", "struct", "bytes"])
def test_a_column_that_is_used_holds_plain_values(tmp_path: Path, column: str) -> None:
    with pytest.raises(FileUnreadable, match=f'has a column "{column}" of type .*: map one with'):
        read_file(tmp_path, parquet(TABLE), wanted=Wanted(columns=("id", column)))


def test_columns_of_rarer_types_are_values_and_gaps(tmp_path: Path) -> None:
    """As data frames have them: categories, decimals, a column of nothing, flags with a gap."""
    table = pl.DataFrame(
        {
            "team": pl.Series(["Care", "Care"], dtype=pl.Categorical),
            "score": pl.Series([Decimal("9.00"), None]),
            "left": [True, None],
            "gone": [1.0, float("nan")],
            "nothing": [None, None],
        }
    )

    file = read_file(tmp_path, parquet(table), wanted=Wanted(columns=tuple(table.columns)))

    assert rows(file) == [
        (2, ["Care", "9.00", "true", "1.0", ""]),
        (3, ["Care", "", "", "", ""]),
    ]
