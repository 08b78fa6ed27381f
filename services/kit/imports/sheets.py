"""Workbooks and Parquet as text: `python -m services.kit.imports.sheets WANTED < file > text`, a process of its own.

Readers of such files are large, and what they read comes from outside: what breaks or bloats them must not take the
service along. What is wrong with the file is one line on stderr, with status 1.
"""

import csv
import json
import os
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO, Final

import structlog

from services.kit.child_process import ChildDied, run_module
from services.kit.imports.files import MOST_COLUMNS
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.sections import list_names

READER: Final = "services.kit.imports.sheets"
MAGIC: Final = {b"PK\x03\x04": "an XLSX workbook", b"PAR1": "a Parquet table"}
LARGEST_UNPACKED: Final = 1024**3
HIGHEST_RATIO: Final = 200  # sheets shrink by 5 to 50
SMALL: Final = 16 * 1024**2  # below it no ratio matters
LARGEST_TEXT: Final = 4 * 1024**3
LARGEST_SPACE: Final = 2 * 1024**3  # of addresses
MOST_CELLS: Final = 500_000_000
CPU_SECONDS: Final = 300
MOST_NAMES: Final = 20
TOO_MUCH: Final = "needs more memory or time than an import may take: save it as CSV"
TIME: Final = "%Y-%m-%dT%H:%M:%S"

log = structlog.get_logger()


def is_table(file: BinaryIO) -> bool:
    """Whether a file is one of these, by its content."""
    file.seek(0)
    return file.read(4) in MAGIC


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read of a file.

    `sheet`: its name, None where a workbook has one only; `header`: its row, None: the first that is not blank.
    """

    sheet: str | None = None
    header: int | None = None


async def write_as_text(file: BinaryIO, name: str, text: BinaryIO, wanted: Wanted) -> None:
    """Write a sheet of a workbook, or a table, as CSV; FileUnreadable says what is wrong."""
    os.lseek(file.fileno(), 0, os.SEEK_SET)  # the place the other process begins at
    try:
        ended = await run_module(
            READER,
            [json.dumps(asdict(wanted))],
            what="reads workbooks and tables",
            stdin=file,
            stdout=text,
        )
    except ChildDied as death:
        log.error("the reader of a file died", signal=death.signal.name)
        if not death.limit:
            raise
        why = f"({death.limit}, {death.signal.name})"
        raise FileUnreadable(f"{name} {TOO_MUCH} {why}") from death
    if ended.status != 0:
        lines = ended.told.strip().splitlines()
        is_told = ended.status == 1 and lines
        raise FileUnreadable(f"{name} {lines[-1][:500] if is_told else TOO_MUCH}")


def main() -> None:
    """What is read from stdin, on stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_SPACE, LARGEST_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_TEXT, LARGEST_TEXT))
    source = sys.stdin.buffer
    kind = MAGIC[source.read(4)]
    source.seek(0)
    try:
        convert(source, sys.stdout.buffer, Wanted(**json.loads(sys.argv[1])))
    except FileUnreadable as error:
        sys.exit(str(error))
    except (MemoryError, OSError):
        sys.exit(TOO_MUCH)
    except BaseException as error:  # noqa: BLE001 - readers raise what they like, panics among it
        sys.exit(f"cannot be read as {kind} ({type(error).__name__}): is it whole? save it as CSV")


def convert(source: BinaryIO, text: BinaryIO, wanted: Wanted) -> None:
    """Write what is wanted of a workbook or a table as CSV in UTF-8; both are files."""
    source.seek(0)
    is_workbook = source.read(2) == b"PK"
    source.seek(0)
    if is_workbook:
        _write_workbook(source, text, wanted)
    else:
        _write_parquet(source, text)


def _write_workbook(source: BinaryIO, text: BinaryIO, wanted: Wanted) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    _check_archive(source)
    source.seek(0)
    workbook = CalamineWorkbook.from_filelike(source)
    read = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    shown = [s.name for s in workbook.sheets_metadata if (s.typ, s.visible) == read]
    sheet = workbook.get_sheet_by_name(_chosen(shown, wanted.sheet))
    if sheet.start is None:
        return
    above, left = sheet.start
    out = open(text.fileno(), "w", encoding="utf-8", newline="", closefd=False)  # noqa: SIM115
    writer = csv.writer(out)
    rows = (_cells(row, left) for row in sheet.iter_rows())
    width = 0  # of the header, once it was met
    for number, cells in enumerate(_chain(above, rows), start=1):
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if cells and number >= (wanted.header or 0):
            width = width or len(cells)
        writer.writerow(cells if any(cells) else [])
    out.flush()


def _chosen(shown: list[str], name: str | None) -> str:
    """The sheet to read, of the worksheets that are not hidden: the one named, else the only one."""
    if not shown:
        raise FileUnreadable("has no sheet")
    if name is None and len(shown) > 1:
        advice = f"say in the mapping which one is meant, [format] sheet = {_quoted(shown[0])}"
        raise FileUnreadable(f"has {len(shown)} sheets: {advice}; it has: {_names(shown)}")
    if name is not None and name not in shown:
        raise FileUnreadable(f"has no sheet {_quoted(name)}; it has: {_names(shown)}")
    return name or shown[0]


def _names(sheets: list[str]) -> str:
    more = f" and {len(sheets) - MOST_NAMES} more" if len(sheets) > MOST_NAMES else ""
    return list_names(map(_quoted, sheets[:MOST_NAMES])) + more


def _quoted(name: str) -> str:
    """As TOML writes it, on one line."""
    return json.dumps(name[:60], ensure_ascii=False)


def _chain(blank: int, rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Rows under as many blank ones as the sheet has above them, so that they keep their numbers."""
    for _ in range(blank):
        yield []
    yield from rows


def _cells(row: Iterable[Any], left: int) -> list[str]:
    return [""] * left + [_text(value) for value in row]


def _text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO dates, a time of midnight as the date alone."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime(TIME)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _check_archive(source: BinaryIO) -> None:
    """Refuse what unpacks to too much, by unpacking it: what an archive says of itself may be a lie."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            if not any(entry.filename == "xl/workbook.xml" for entry in entries):
                raise FileUnreadable("is a zip archive, but no XLSX workbook; save it as CSV")
            size = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
            if size > LARGEST_UNPACKED or (size > SMALL and size > HIGHEST_RATIO * packed):
                raise FileUnreadable(
                    f"unpacks from {packed:,} to {size:,} bytes, as no honest workbook does; save it as CSV"
                )
            broken = archive.testzip()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileUnreadable(
            "is no whole XLSX workbook: send it again, or save it as CSV"
        ) from error
    if broken is not None:
        raise FileUnreadable("is a damaged XLSX workbook: send it again, or save it as CSV")


def _write_parquet(source: BinaryIO, text: BinaryIO) -> None:
    import polars as pl

    table = pl.scan_parquet(f"/dev/fd/{source.fileno()}", glob=False)
    schema = table.collect_schema()
    if len(schema) > MOST_COLUMNS:
        raise FileUnreadable(f"has {len(schema):,} columns; at most {MOST_COLUMNS:,} are read")
    rows = table.select(pl.len()).collect().item()
    if rows * len(schema) > MOST_CELLS:
        raise FileUnreadable(f"has {rows:,} rows of {len(schema):,} columns: cut it")
    written = []
    for name, kind in schema.items():
        if kind.is_nested() or kind in (pl.Binary, pl.Object):
            raise FileUnreadable(f'has a column "{name}" of type {kind}: only flat tables are read')
        column = pl.col(name)
        if isinstance(kind, pl.Datetime):
            zoned = column.dt.convert_time_zone("UTC") if kind.time_zone else column
            column = zoned.dt.to_string(TIME + "Z" if kind.time_zone else TIME)
        written.append(column)
    table.select(written).sink_csv(f"/dev/fd/{text.fileno()}", engine="streaming")


if __name__ == "__main__":
    main()
