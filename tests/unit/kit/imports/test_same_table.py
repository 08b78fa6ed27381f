"""The same table in every form that a program writes it in: equal rows."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import polars as pl
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from services.kit.exports.csv import LOCALES, Value, Writer, as_written, csv_pieces, unrunnable
from services.kit.exports.parquet import parquet_pieces
from services.kit.exports.workbook import workbook_pieces
from services.kit.imports.dates import Calendar
from services.kit.imports.files import TextFile
from services.kit.imports.format.date_forms import check_format
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.sheets import Wanted
from services.kit.letters import plain
from tests.unit.kit.imports.support.tables import read_file

TITLES: Final = ("id", "vieta", "diena", "laiks", "atzīme", "mēneši", "vārdi")
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "windows-1257")
DELIMITERS: Final = (",", ";", "\t")
LINE_ENDS: Final = ("\r", "\n", "\r\n")
RIGA: Final = ZoneInfo("Europe/Riga")
LETTERS: Final = st.text("abcĀāčņž 'č„“-;,\t", min_size=1, max_size=12).filter(
    # An apostrophe that somebody typed before what a spreadsheet would run is taken for the guard of our own CSV.
    lambda text: text == text.strip() and as_written(unrunnable(text)) == text
)


class Entry(NamedTuple):
    """One row by its values."""

    id: int
    place: str
    day: date
    at: datetime
    mark: int | None
    months: float
    words: str


DAYS: Final = st.dates(date(1990, 1, 1), date(2035, 12, 31))
TIMES: Final = st.datetimes(datetime(1990, 1, 1), datetime(2035, 12, 31)).map(
    lambda at: at.replace(fold=0, microsecond=0, second=at.second // 5 * 5)
)
ENTRIES: Final = st.lists(
    st.builds(
        Entry,
        st.integers(0, 99_999),
        LETTERS,
        DAYS,
        st.one_of(TIMES, DAYS.map(lambda day: datetime(day.year, day.month, day.day))),
        st.none() | st.integers(0, 10),
        st.integers(0, 4_000).map(lambda hundredths: hundredths / 100),
        LETTERS | st.just("two\nlines"),
    ),
    min_size=1,
    max_size=6,
)


def texts(entry: Entry, decimal: str) -> list[str]:
    """As a spreadsheet writes CSV; the id has leading zeros."""
    months = f"{entry.months:.2f}".replace(".", decimal)
    mark = "" if entry.mark is None else str(entry.mark)
    return [f"{entry.id:05}", entry.place, str(entry.day), str(entry.at), mark, months, entry.words]


def as_csv(entries: Sequence[Entry], delimiter: str, line_end: str, decimal: str) -> str:
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=delimiter,
        lineterminator=line_end,  # only what is in it is quoted, unless all is
        quoting=csv.QUOTE_ALL if line_end == "\r" else csv.QUOTE_MINIMAL,
    )
    writer.writerow(TITLES)
    writer.writerows(texts(entry, decimal) for entry in entries)
    return text.getvalue()


def as_xlsx(entries: Sequence[Entry], *, is_1904: bool) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "date_1904": is_1904})
    sheet = book.add_worksheet()
    padded, day, at = (
        book.add_format({"num_format": code})
        for code in ("00000", "dd.mm.yyyy", "yyyy-mm-dd hh:mm")
    )
    sheet.write_row(0, 0, TITLES)
    for number, entry in enumerate(entries, start=1):
        sheet.write_number(number, 0, entry.id, padded)
        sheet.write_string(number, 1, entry.place)
        sheet.write_datetime(number, 2, datetime.combine(entry.day, datetime.min.time()), day)
        sheet.write_datetime(number, 3, entry.at, at)
        if entry.mark is not None:
            sheet.write_number(number, 4, entry.mark)
        sheet.write_number(number, 5, entry.months)
        sheet.write_string(number, 6, entry.words)
    book.close()
    return file.getvalue()


def as_parquet(entries: Sequence[Entry]) -> bytes:
    columns = zip(*entries, strict=True)
    frame = pl.DataFrame(dict(zip(TITLES, columns, strict=True)), strict=False)
    frame = frame.with_columns(
        pl.col("id").cast(pl.String).str.zfill(5),
        pl.col("laiks").cast(pl.Datetime("ns")),
        pl.lit([1, 2]).alias("not mapped"),
        pl.lit(timedelta(hours=30)).alias("nor this"),
    )
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()


def as_export(entries: Sequence[Entry], write: Writer) -> bytes:
    """As the platform's own exports are written: instants in UTC, texts that no spreadsheet runs."""
    kinds = (str, str, date, datetime, int, float, str)

    async def batches() -> AsyncIterator[list[Sequence[Value]]]:
        rows = (
            entry._replace(at=entry.at.replace(tzinfo=RIGA).astimezone(UTC)) for entry in entries
        )
        yield [(f"{row.id:05}", *row[1:]) for row in rows]

    async def whole() -> bytes:
        return b"".join(
            [piece async for piece in write(dict(zip(TITLES, kinds, strict=True)), batches())]
        )

    return asyncio.run(whole())


def meant(file: TextFile, form: "Form") -> list[tuple[object, ...]]:
    """What the cells of each row mean to an import."""
    naive = ZoneInfo("UTC") if form.is_ours else RIGA
    calendar = Calendar([check_format("iso")], naive=naive, local=RIGA)
    numbers = Numbers(form.decimal, is_typed=file.is_typed)
    read: list[tuple[object, ...]] = []
    for row in file:
        cells = row.cells[: len(TITLES)]
        if form.is_ours and not file.is_typed:
            cells = list(map(as_written, cells))
        id_, place, day, at, mark, months, words = cells
        score = None if not mark else float(numbers.text(mark))
        number = float(numbers.text(months))
        instant = calendar.instant(at.strip())
        read.append((plain(id_), plain(place), calendar.day(day), instant, score, number, words))
    return read


def expected(entries: Sequence[Entry]) -> list[tuple[object, ...]]:
    calendar = Calendar([], naive=RIGA, local=RIGA)
    return [
        (f"{e.id:05}", plain(e.place), e.day, calendar.instant(e.at), e.mark, e.months, e.words)
        for e in entries
    ]


class Form(NamedTuple):
    """A file and how it is read; a decimal comma stands in CSV with semicolons, and in texts of other files."""

    name: str
    content: bytes
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = ","
    is_ours: bool = False

    def read(self, folder: Path) -> list[tuple[object, ...]]:
        wanted = Wanted(columns=TITLES)
        encoding, delimiter = self.encoding, self.delimiter
        file = read_file(
            folder, self.content, encoding=encoding, delimiter=delimiter, wanted=wanted
        )
        assert file.header[: len(TITLES)] == TITLES
        return meant(file, self)


def forms(entries: Sequence[Entry]) -> Iterator[Form]:
    for encoding, delimiter, line_end in product(ENCODINGS, DELIMITERS, LINE_ENDS):
        decimal = "," if delimiter == ";" else "."
        content = as_csv(entries, delimiter, line_end, decimal).encode(encoding)
        name = f"{encoding} {delimiter!r} {line_end!r}"
        yield Form(name, content, encoding, delimiter, decimal)
    yield Form("XLSX 1900", as_xlsx(entries, is_1904=False))
    yield Form("XLSX 1904", as_xlsx(entries, is_1904=True))
    yield Form("Parquet", as_parquet(entries))
    comma = partial(csv_pieces, style=LOCALES["lv"])
    for name, write, delimiter in (
        ("CSV", csv_pieces, ","),
        ("CSV lv", comma, ";"),
        ("XLSX", workbook_pieces, ","),
        ("Parquet", parquet_pieces, ","),
    ):
        decimal = "." if name == "CSV" else ","
        content = as_export(entries, write)
        yield Form(f"own {name}", content, "utf-8", delimiter, decimal, is_ours=True)


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(ENTRIES)
def test_the_same_table_gives_the_same_rows_in_every_form(entries: list[Entry]) -> None:
    with TemporaryDirectory() as folder:
        for form in forms(entries):
            assert form.read(Path(folder)) == expected(entries), form.name


def test_another_table_gives_other_rows(tmp_path: Path) -> None:
    entry = Entry(7, "a", date(2026, 3, 1), datetime(2026, 3, 1, 10), 9, 1.5, "b")
    other = [entry._replace(at=datetime(2026, 3, 1, 10, 0, 1))]

    assert [form.name for form in forms([entry]) if form.read(tmp_path) == expected(other)] == []
