"""Workbooks: what is written is read again by programs that others wrote, types and all."""

import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime

import openpyxl
import pandas as pd
import pytest

from services.kit.errors import Invalid
from services.kit.exports import workbook
from services.kit.exports.csv import ExportColumns, LocalTime, Value
from services.kit.exports.kept_rows import Rewriter
from services.kit.exports.workbook import workbook_pieces

COLUMNS: ExportColumns = {
    "text": str, "count": int, "share": float, "day": date, "at": datetime, "here": LocalTime,
}  # fmt: skip
AT = datetime(2026, 3, 1, 22, 30, 15, 250_000, tzinfo=UTC)
HERE = LocalTime(datetime(2026, 3, 2, 0, 30, 15))
ROWS: list[Sequence[Value]] = [
    ("=1+1", 3, 0.25, date(2026, 3, 2), AT, HERE),
    (None, None, None, None, None, None),
    ("ā 漢字 😀 & <b>", -4, -0.5, date(1970, 1, 1), AT, HERE),
    (7, 0, 1e-9, None, None, None),
    ("007", 0, 0.0, None, None, None),
]


async def in_batches(rows: Sequence[Sequence[Value]]) -> AsyncIterator[list[Sequence[Value]]]:
    for start in range(0, len(rows), 2):
        yield list(rows[start : start + 2])


async def written(columns: ExportColumns, rows: Sequence[Sequence[Value]]) -> io.BytesIO:
    pieces = [piece async for piece in workbook_pieces(columns, in_batches(rows))]
    return io.BytesIO(b"".join(pieces))


def naive(value: Value) -> object:
    """A value as a spreadsheet holds it: days and times without a zone."""
    match value:
        case LocalTime(at):
            return at
        case datetime():
            return value.replace(tzinfo=None)
        case date():
            return datetime(value.year, value.month, value.day)
    return value


async def test_openpyxl_reads_every_cell_with_its_type() -> None:
    sheet = openpyxl.load_workbook(await written(COLUMNS, ROWS))["Export"]

    header, *rows = sheet.iter_rows()
    assert [cell.value for cell in header] == list(COLUMNS)
    assert [[cell.value for cell in row] for row in rows] == [
        [naive(value) for value in row] for row in ROWS
    ]
    assert [cell.data_type for cell in rows[0]] == ["s", "n", "n", "d", "d", "d"]
    assert sheet.freeze_panes == "A2"


async def test_pandas_reads_every_column_with_its_type() -> None:
    table = pd.read_excel(await written(COLUMNS, ROWS[:3]), engine="openpyxl")

    assert list(table) == list(COLUMNS)
    assert [kind.kind for kind in table.dtypes[1:]] == ["f", "f", "M", "M", "M"]
    assert table["text"].tolist()[0::2] == ["=1+1", "ā 漢字 😀 & <b>"]
    assert table["at"][0] == pd.Timestamp(AT.replace(tzinfo=None))
    assert table["day"].dt.date.tolist()[0::2] == [date(2026, 3, 2), date(1970, 1, 1)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<r><t>bold</t></r>", "<r><t>bold</t></r>"),  # XlsxWriter takes it for XML
        ("<r>&</r>", "<r>&</r>"),
        ("https://example.org", "https://example.org"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("a\x01\x0b\x1fb\uffff", "ab"),
        ("  blanks  ", "  blanks  "),
        ("x" * 10_000, "x" * 10_000),
    ],
)
async def test_any_text_is_a_text(text: str, read: str) -> None:
    sheet = openpyxl.load_workbook(await written({"words": str}, [(text,), ("last",)])).active

    assert sheet is not None
    assert [cell.value for (cell,) in sheet.iter_rows()] == ["words", read, "last"]
    assert sheet["A2"].hyperlink is None


async def test_a_file_without_rows_has_its_columns() -> None:
    sheet = openpyxl.load_workbook(await written(COLUMNS, [])).active

    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [list(COLUMNS)]


@pytest.mark.parametrize(("rows", "columns", "what"), [(2, 10, "2 rows"), (10, 1, "2 columns")])
async def test_more_than_a_sheet_holds_is_refused(
    monkeypatch: pytest.MonkeyPatch, rows: int, columns: int, what: str
) -> None:
    module, encode = workbook.WORKBOOK.module, workbook.WORKBOOK.encode
    small = Rewriter("XLSX", module, encode, most_rows=rows, most_columns=columns)
    monkeypatch.setattr(workbook, "WORKBOOK", small)

    with pytest.raises(Invalid, match=what) as refused:
        await written({"a": str, "b": str}, [("x", "y")] * 3)

    assert refused.value.reason == "FILE_TOO_LARGE"
