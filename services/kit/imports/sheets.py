"""Workbooks and Parquet as text: `python -m services.kit.imports.sheets WANTED < file > text`, a process of its own.

Readers of such files are large, and what they read comes from outside: what breaks or bloats them must not take the
service along. What is wrong with the file is one line on stderr, with status 1.
"""

import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

import structlog

from services.kit.child_process import ChildDied, end_if_full, run_module
from services.kit.imports.files import MOST_COLUMNS
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.sections import Column, list_names
from services.kit.imports.workbooks.archive import SheetPart, opened, read_book
from services.kit.imports.workbooks.rows import read_rows
from services.kit.imports.workbooks.table import FOUND, Table, find_columns, has_all
from services.kit.letters import plain

if TYPE_CHECKING:
    from polars import DataType, Expr

READER: Final = "services.kit.imports.sheets"
MAGIC: Final = {b"PK\x03\x04": "an XLSX workbook", b"PAR1": "a Parquet table"}
LARGEST_TEXT: Final = 4 * 1024**3
LARGEST_SPACE: Final = 2 * 1024**3  # of addresses
MOST_CELLS: Final = 500_000_000
CPU_SECONDS: Final = 300
MOST_NAMES: Final = 20
SEVERAL_SHEETS: Final = 3  # status of the reader
TOO_MUCH: Final = "needs more memory or time than an import may take: save it as CSV"
TIME: Final = "%Y-%m-%dT%H:%M:%S%.f"

log = structlog.get_logger()


def is_table(file: BinaryIO) -> bool:
    """Whether a file is one of these, by its content."""
    file.seek(0)
    return file.read(4) in MAGIC


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read of a file.

    `sheet`: its name, None where a workbook has one only; `header`: its row, None: the first that is not blank;
    `columns`: by header or number; `missing`: words that mean nothing; `rows`: how many that are not blank, the header
    among them; None: all.
    """

    sheet: str | None = None
    header: int | None = None
    columns: Sequence[Column] = ()
    missing: Sequence[str] = ()
    rows: int | None = None


class SheetNotNamed(FileUnreadable):
    """A workbook of several sheets, where the mapping names none; `first`: the name of the first."""

    def __init__(self, message: str, first: str) -> None:
        super().__init__(message)
        self.first = first


async def write_as_text(
    file: BinaryIO, name: str, text: BinaryIO, wanted: Wanted, remarks: Remarks
) -> None:
    """Write a sheet of a workbook, or a table, as CSV; FileUnreadable says what is wrong, SheetNotNamed among it."""
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
    finally:
        # Both processes share one place in the file, which the other one moved: what is buffered here lies elsewhere.
        file.seek(0, os.SEEK_END)
    lines = ended.told.strip().splitlines()
    if ended.status == SEVERAL_SHEETS:
        raise SheetNotNamed(f"{name} {lines[-1][:500]}", json.loads(lines[-2]))
    if ended.status != 0:
        is_told = ended.status == 1 and lines
        raise FileUnreadable(f"{name} {lines[-1][:500] if is_told else TOO_MUCH}")
    *_, found = ended.told.splitlines() or ["{}"]  # above it a library may have warned
    for reason, count in json.loads(found).items():
        remarks.add(reason, FOUND[reason], count)


def main() -> None:
    """What is read from stdin, on stdout; what was found, on stderr."""
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_SPACE, LARGEST_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_TEXT, LARGEST_TEXT))
    source = sys.stdin.buffer
    kind = MAGIC[source.read(4)]
    try:
        found = convert(source, sys.stdout.buffer, Wanted(**json.loads(sys.argv[1])))
        sys.stderr.write(json.dumps(found))
        sys.stderr.flush()  # a disk that is full now is told as such too
    except SheetNotNamed as error:
        sys.stderr.write(f"{json.dumps(error.first)}\n{error}\n")
        sys.exit(SEVERAL_SHEETS)
    except FileUnreadable as error:
        sys.exit(str(error))
    except (MemoryError, OSError) as error:
        end_if_full(error)
        sys.exit(TOO_MUCH)
    except BaseException as error:  # noqa: BLE001 - readers raise what they like, panics among it
        end_if_full(error)
        sys.exit(f"cannot be read as {kind} ({type(error).__name__}): is it whole? save it as CSV")


def convert(source: BinaryIO, text: BinaryIO, wanted: Wanted) -> dict[str, int]:
    """Write what is wanted of a workbook or a table as CSV in UTF-8, both are files; how often what was found."""
    source.seek(0)
    is_workbook = source.read(2) == b"PK"
    source.seek(0)
    write = _write_workbook if is_workbook else _write_parquet
    return write(source, text, wanted)


def _write_workbook(source: BinaryIO, text: BinaryIO, wanted: Wanted) -> dict[str, int]:
    """The cells as they show; how often something was found that refuses no row."""
    with opened(source) as archive:
        book = read_book(archive)
        sheet = _chosen(book.sheets, wanted.sheet)
        table = Table(wanted.header, wanted.columns, wanted.missing)
        with (
            archive.open(sheet.path) as part,
            open(text.fileno(), "w", encoding="utf-8", newline="", closefd=False) as out,
        ):
            table.write(read_rows(part, book), out, wanted.rows)
    return table.found


def _chosen(shown: Sequence[SheetPart], name: str | None) -> SheetPart:
    """The sheet to read, of the worksheets that are not hidden: the one named, else the only one."""
    if not shown:
        raise FileUnreadable("has no sheet")
    names = [sheet.name for sheet in shown]
    if name is None and len(shown) > 1:
        advice = f"say in the mapping which one is meant, [format] sheet = {_quoted(names[0])}"
        message = f"has {len(shown)} sheets: {advice}; it has: {_names(names)}"
        raise SheetNotNamed(message, names[0])
    if name is not None and name not in names:
        raise FileUnreadable(f"has no sheet {_quoted(name)}; it has: {_names(names)}")
    return shown[names.index(name) if name else 0]


def _names(sheets: list[str]) -> str:
    more = f" and {len(sheets) - MOST_NAMES} more" if len(sheets) > MOST_NAMES else ""
    return list_names(map(_quoted, sheets[:MOST_NAMES])) + more


def _quoted(name: str) -> str:
    """As TOML writes it, on one line."""
    return json.dumps(name[:60], ensure_ascii=False)


def _write_parquet(source: BinaryIO, text: BinaryIO, wanted: Wanted) -> dict[str, int]:
    """Columns that are not wanted are blank, whatever they hold: they may be nothing that text can say."""
    import polars as pl

    table = pl.scan_parquet(f"/dev/fd/{source.fileno()}", glob=False)
    schema = table.collect_schema()
    if len(schema) > MOST_COLUMNS:
        raise FileUnreadable(f"has {len(schema):,} columns; at most {MOST_COLUMNS:,} are read")
    rows = table.select(pl.len()).collect().item()
    if rows * len(schema) > MOST_CELLS:
        raise FileUnreadable(f"has {rows:,} rows of {len(schema):,} columns: cut it")
    titles = [plain(name) for name in schema]
    used = find_columns(titles, wanted.columns)
    is_elsewhere = wanted.header is not None or not has_all(titles, wanted.columns)
    written = []
    for at, (name, kind) in enumerate(schema.items()):
        is_text = not kind.is_nested() and kind not in (pl.Binary, pl.Object)
        if at in used and not is_text:
            raise FileUnreadable(f'has a column "{name}" of type {kind}: map one with plain values')
        is_read = is_text and (at in used or is_elsewhere)
        written.append(_as_text(pl.col(name), kind) if is_read else pl.lit("").alias(name))
    out = f"/dev/fd/{text.fileno()}"
    chosen = table.select(written)
    if wanted.rows is not None:
        chosen = chosen.head(wanted.rows - 1)  # under the titles
    chosen.sink_csv(out, engine="streaming", time_format="%H:%M:%S%.f")
    return {}


def _as_text(column: "Expr", kind: "DataType") -> "Expr":
    """Instants with what they have of a second; durations as a spreadsheet shows them; not-a-number as nothing."""
    import polars as pl

    if isinstance(kind, pl.Datetime):
        zoned = column.dt.convert_time_zone("UTC") if kind.time_zone else column
        return zoned.dt.to_string(TIME + "Z" if kind.time_zone else TIME)
    if isinstance(kind, pl.Duration):
        seconds = column.dt.total_seconds()
        parts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
        padded = [part.cast(pl.String).str.zfill(2) for part in parts]
        return pl.concat_str(padded, separator=":").alias(column.meta.output_name())
    return column.fill_nan(None) if kind.is_float() else column


if __name__ == "__main__":
    main()
