"""Rows as an XLSX workbook of one sheet, written by `python -m services.kit.exports.workbook`."""

import json
import re
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, BinaryIO, Final

from services.kit.child_process import end_if_full
from services.kit.exports.csv import Batches, ExportColumns, Value
from services.kit.exports.kept_rows import Rewriter, rewritten
from services.kit.exports.parquet import plain

MOST_ROWS: Final = 1_048_575  # of a sheet, without the header
MOST_COLUMNS: Final = 16_384
UNIX_EPOCH: Final = 25_569  # 1970-01-01 as spreadsheets count days
DAY: Final = 86_400_000_000  # microseconds
MILLISECOND: Final = 1_000
FORMATS: Final = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm:ss",
    "LocalTime": "yyyy-mm-dd hh:mm:ss",
}
WIDTHS: Final = {"date": 11, "datetime": 20, "LocalTime": 20}
WIDTH: Final = 14  # in characters
BREAKS: Final = re.compile("\r\n?")
CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
)  # XML has no way to hold them


def workbook_pieces(columns: ExportColumns, batches: Batches) -> AsyncIterator[bytes]:
    """The file: the header frozen, dates and numbers as such, texts as texts, which no spreadsheet runs."""
    return rewritten(WORKBOOK, columns, batches)


def _encode(rows: Iterable[Sequence[Value]]) -> str:
    """A line of JSON for each row: whole numbers in a column of texts stay numbers."""
    lines = (json.dumps([plain(value) for value in row], ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines)


WORKBOOK: Final = Rewriter(
    "XLSX",
    "services.kit.exports.workbook",
    _encode,
    most_rows=MOST_ROWS,
    most_columns=MOST_COLUMNS,
)


def main() -> None:
    """What is kept on stdin, as a workbook on stdout."""
    try:
        _write(sys.stdin.buffer)
    except BaseException as error:  # noqa: BLE001 - a message would quote what people wrote
        end_if_full(error)
        sys.exit(type(error).__name__)


def _write(kept: BinaryIO) -> None:
    import xlsxwriter

    columns: list[tuple[str, str]] = json.loads(kept.readline())
    with open(1, "wb", closefd=False) as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        book.use_zip64()
        sheet = book.add_worksheet("Export", worksheet_class=_sheet_class())
        bold = book.add_format({"bold": True})
        formats = [
            book.add_format({"num_format": FORMATS[kind]}) if kind in FORMATS else None
            for _, kind in columns
        ]
        for place, (name, kind) in enumerate(columns):
            sheet.set_column(place, place, WIDTHS.get(kind, WIDTH))
            sheet.write_string(0, place, _text(name), bold)
        sheet.freeze_panes(1, 0)
        number = 0
        for number, line in enumerate(kept, 1):
            _write_row(sheet, number, json.loads(line), columns, formats)
        sheet.autofilter(0, 0, number, max(len(columns) - 1, 0))
        book.close()


def _sheet_class() -> type[Any]:
    """A sheet that takes no text for a rich one: XlsxWriter writes what stands between <r> and </r> as XML."""
    from xlsxwriter.worksheet import Worksheet

    class TextSheet(Worksheet):  # type: ignore[misc]  # the library has no types
        def _xml_rich_inline_string(self, string: str, attributes: Any) -> None:
            self._xml_inline_string(string, True, attributes)

    return TextSheet


def _write_row(
    sheet: Any,
    number: int,
    values: Sequence[str | int | float | None],
    columns: Sequence[tuple[str, str]],
    formats: Sequence[object],
) -> None:
    for place, value in enumerate(values):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            sheet.write_string(number, place, _text(value))
        else:
            sheet.write_number(number, place, _number(value, columns[place][1]), formats[place])


def _number(value: int | float, kind: str) -> int | float:
    """Days and instants as spreadsheets count them; others as they are."""
    match kind:
        case "date":
            return value + UNIX_EPOCH
        case "datetime" | "LocalTime":
            # No more than spreadsheets hold: they would round the last instants of a day into the next one.
            return value // MILLISECOND * MILLISECOND / DAY + UNIX_EPOCH
    return value


def _text(text: str) -> str:
    """What a cell can hold: line breaks as spreadsheets have them, and no characters that XML has not."""
    if text.isprintable():
        return text
    return CONTROLS.sub("", BREAKS.sub("\n", text))


if __name__ == "__main__":
    main()
