"""One table in every kind of file, and what is read of each."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from services.kit.imports import sheets
from services.kit.imports.files import TextFile, open_text
from services.kit.imports.format.layout import Layout
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.sheets import Wanted
from tests.support.workbook import workbook

EVERY_COLUMN: Final = tuple(range(1, 100))

Table = Sequence[Sequence[str]]


def csv_of(table: Table) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def parquet_of(table: Table) -> bytes:
    header, *rows = table
    width = max(map(len, table))
    names = [*header, *(f"more {n}" for n in range(width - len(header)))]
    columns = {
        name: [row[at] if at < len(row) and row[at] else None for row in rows]
        for at, name in enumerate(names)
    }
    written = io.BytesIO()
    pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)).write_parquet(written)
    return written.getvalue()


KINDS: Final[dict[str, Callable[[Table], bytes]]] = {
    "csv": csv_of,
    "xlsx": workbook,
    "parquet": parquet_of,
}


def read_file(
    folder: Path,
    content: bytes,
    layout: Layout | None = None,
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    wanted: Wanted | None = None,
    fill_down: Sequence[str] = (),
) -> TextFile:
    """As an import reads it, but in this process; raises FileUnreadable."""
    layout = layout or Layout()
    path = folder / "file"
    path.write_bytes(content)
    file: BinaryIO = path.open("rb")
    is_typed = sheets.is_table(file)
    if is_typed:
        text = (folder / "text").open("w+b")
        try:
            sheets.convert(file, text, wanted or Wanted(None, layout.header, EVERY_COLUMN))
        except FileUnreadable as error:
            raise FileUnreadable(f"file {error}") from error
        file, encoding, delimiter = text, "utf-8", ","
    opened = open_text(
        file, "file", encoding=encoding, delimiter=delimiter, layout=layout, fill_down=fill_down
    )
    return replace(opened, is_typed=is_typed)


def rows(file: TextFile) -> list[tuple[int, list[str]]]:
    return [(row.number, row.cells) for row in file]
