"""For a suggestion only the first rows of a workbook or table are turned into text."""

import io
from tempfile import TemporaryFile

import polars as pl
import pytest

from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.sheets import Wanted, write_as_text
from services.kit.imports.suggesting.head import LOOKED_AT, MOST_READ, read_head
from tests.unit.kit.imports.support.books import book, sheet

ROWS = 40_000


def row(number: int) -> str:
    """Whose text is the string of its own number."""
    return f'<row r="{number}"><c r="A{number}"><v>{number}</v></c><c r="B{number}" t="s"><v>{number}</v></c></row>'


def long_book(last: str) -> bytes:
    """Titles, many rows, blank ones among them, and a last row."""
    strings = "".join(f"<si><t>text {number}</t></si>" for number in range(ROWS + 1))
    titles = '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>why</v></c></row>'
    rows = "".join(map(row, range(2, ROWS, 2)))
    return book(sheet(titles + rows + last), strings)


async def text_of(content: bytes, wanted: Wanted) -> bytes:
    with TemporaryFile() as file, TemporaryFile() as text:
        file.write(content)
        file.flush()
        await write_as_text(file, "a", text, wanted, Remarks())
        text.seek(0)
        return text.read()


async def test_rows_far_down_are_not_read() -> None:
    """The control is the whole sheet, whose last row stands in the wrong place."""
    content = long_book(row(3))

    with pytest.raises(FileUnreadable, match="not in their order"):
        await text_of(content, Wanted())
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        head = await read_head(file, "a.xlsx")

    assert head.header.cells == ["id", "why"]
    assert len(head.rows) == LOOKED_AT
    assert (head.rows[-1].number, head.rows[-1].cells[1]) == (
        2 * LOOKED_AT,
        f"text {2 * LOOKED_AT}",
    )


async def test_strings_that_no_read_row_has_are_not_read() -> None:
    """The control is the whole sheet: the string of its last row is broken."""
    rows = "".join(map(row, (2, 4, 6))) + row(8).replace("<v>8</v>", f"<v>{ROWS}</v>")
    strings = "".join(f"<si><t>text {number}</t></si>" for number in range(ROWS))
    content = book(sheet(rows), strings + "<si><t>broken</si>")

    with pytest.raises(FileUnreadable, match="cannot be read"):
        await text_of(content, Wanted())

    assert await text_of(content, Wanted(rows=2)) == b"\r\n2,text 2\r\n\r\n4,text 4\r\n"


async def test_the_first_rows_of_a_parquet_table_are_enough() -> None:
    file = io.BytesIO()
    pl.DataFrame({"id": range(ROWS), "why": ["x"] * ROWS}).write_parquet(file)

    first = await text_of(file.getvalue(), Wanted(header=1, rows=MOST_READ))
    whole = await text_of(file.getvalue(), Wanted(header=1))

    assert len(whole.splitlines()) == ROWS + 1
    assert first == b"".join(whole.splitlines(keepends=True)[:MOST_READ])
