"""A cell is what it shows; what has no value is told, where it is used."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from services.kit.imports import sheets
from services.kit.imports.format.records import BROKEN, FileUnreadable
from services.kit.imports.sheets import Wanted
from services.kit.imports.workbooks import rows as workbook_rows
from services.kit.imports.workbooks.archive import Book, Strings
from services.kit.imports.workbooks.rows import read_rows
from tests.unit.kit.imports.support.books import book, sheet
from tests.unit.kit.imports.support.tables import read_file, rows

HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'


def shown(folder: Path, cell: str, strings: str = "", *, is_1904: bool = False) -> str:
    """What a cell in B2 becomes."""
    content = sheet(f'{HEAD}<row r="2"><c r="A2"><v>1</v></c>{cell}</row>')
    ((_, cells),) = rows(read_file(folder, book(content, strings, is_1904=is_1904)))
    return cells[1]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2" s="1"><v>45847</v></c>', "2025-07-09T00:00:00"),
        ('<c r="B2" s="1"><v>45847.78125</v></c>', "2025-07-09T18:45:00"),
        ('<c r="B2" s="1"><v>45847.41666666666</v></c>', "2025-07-09T10:00:00"),
        ('<c r="B2" s="2"><v>45847</v></c>', "2025-07-09"),
        ('<c r="B2" s="2"><v>45847.5</v></c>', "2025-07-09T12:00:00"),
        ('<c r="B2" s="6"><v>45847</v></c>', "2025-07-09"),
        ('<c r="B2" s="11"><v>45847</v></c>', "2025-07-09"),
        ('<c r="B2" s="13"><v>45847</v></c>', "2025-07-09"),
        ('<c r="B2" s="14"><v>45847</v></c>', "2025-07-09T00:00:00"),
        ('<c r="B2" s="3"><v>123</v></c>', "00123"),
        ('<c r="B2" s="3"><v>1234567</v></c>', "1234567"),
        ('<c r="B2" s="8"><v>123</v></c>', "001-23"),
        ('<c r="B2" s="4"><v>1.5</v></c>', "36:00:00"),
        ('<c r="B2" s="5"><v>0.78125</v></c>', "18:45:00"),
        ('<c r="B2" s="7"><v>7.5</v></c>', "7.5"),
        ('<c r="B2" s="9"><v>0.95</v></c>', "0.95"),
        ('<c r="B2" s="10"><v>1234</v></c>', "1234"),
        ('<c r="B2"><v>9.0</v></c>', "9"),
        ('<c r="B2"><v>1E3</v></c>', "1000"),
        ('<c r="B2"><v>7.03</v></c>', "7.03"),
        ('<c r="B2" t="b"><v>1</v></c>', "true"),
        ('<c r="B2" t="str"><f>A2&amp;"x"</f><v>1x</v></c>', "1x"),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="B2"><f>A2+8</f><v>9</v></c>', "9"),
        ('<c r="B2" t="d"><v>2025-07-09T18:45:00</v></c>', "2025-07-09T18:45:00"),
        ('<c r="B2" t="inlineStr"><is><t xml:space="preserve"> a &amp; b </t></is></c>', " a & b "),
        ('<c r="B2" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c>', "rich"),
        ('<c r="B2" t="inlineStr"><is><t>a_x000D_b</t></is></c>', "a\rb"),
        ('<c t="s"><v>0</v></c>', "shared"),
    ],
)
def test_a_cell_is_what_it_shows(tmp_path: Path, cell: str, text: str) -> None:
    strings = "<si><r><t>sha</t></r><r><t>red</t></r><rPh><t>aid</t></rPh></si>"

    assert shown(tmp_path, cell, strings) == text


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    assert shown(tmp_path, '<c r="B2" s="2"><v>44385</v></c>', is_1904=True) == "2025-07-09"


def test_sheets_of_other_programs_are_read_alike(tmp_path: Path) -> None:
    plain = sheet(f'{HEAD}<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="3"><v>7</v></c></row>')
    prefixed = plain.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")
    wide = plain.replace("UTF-8", "UTF-16").encode("utf-16")
    turned = plain.replace('r="B2" s="3"', 's="3" r="B2"').replace("<v>7<", "<!-- seven --><v>7<")

    for content in (plain, prefixed, turned):
        assert rows(read_file(tmp_path, book(content))) == [(2, ["1", "00007"])]
    parts = book("", more={})
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(parts)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, wide if name.endswith("sheet1.xml") else old.read(name))
    assert rows(read_file(tmp_path, written.getvalue())) == [(2, ["1", "00007"])]


BROKEN_ROWS = (
    HEAD
    + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2+1</f></c></row>'
    + '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="e"><v>#N/A</v></c></row>'
    + '<row r="4"><c r="A4"><v>3</v></c><c r="B4"><v>9</v></c></row>'
)


def read(
    folder: Path, content: str, wanted: Wanted
) -> tuple[list[tuple[int, list[str]]], dict[str, int]]:
    with TemporaryFile() as source, TemporaryFile() as text:
        source.write(book(content))
        found = sheets.convert(source, text, wanted)
    return rows(read_file(folder, book(content), wanted=wanted)), found


def test_a_cell_without_a_value_marks_its_row_where_it_is_used(tmp_path: Path) -> None:
    used, found = read(tmp_path, sheet(BROKEN_ROWS), Wanted(columns=("id", "x")))

    assert [len(cells) for _, cells in used] == [3, 3, 2]
    assert used[0][1][-1] == f"{BROKEN}x{BROKEN}a formula without a value"
    assert used[1][1][-1] == f"{BROKEN}x{BROKEN}the error #N/A"
    assert found == {}


def test_a_cell_without_a_value_is_counted_where_it_is_not_used(tmp_path: Path) -> None:
    unused, found = read(tmp_path, sheet(BROKEN_ROWS), Wanted(columns=("id",)))

    assert [cells for _, cells in unused] == [["1", ""], ["2", ""], ["3", "9"]]
    assert found == {"FORMULAS_WITHOUT_VALUE": 1, "ERROR_CELLS": 1}


def test_an_error_may_be_a_word_for_nothing(tmp_path: Path) -> None:
    wanted = Wanted(columns=("id", "x"), missing=("", "#N/A"))

    assert [len(cells) for _, cells in read(tmp_path, sheet(BROKEN_ROWS), wanted)[0]] == [3, 2, 2]


def test_stray_cells_far_away_make_no_giant(tmp_path: Path) -> None:
    far = (
        HEAD.replace("</row>", '<c r="XFD1"><v>1</v></c></row>')
        + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>9</v></c><c r="ZZ2"><v>5</v></c></row>'
        + '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    )

    read_rows, found = read(tmp_path, sheet(far), Wanted(columns=("id", "x")))

    assert read_rows == [(2, ["1", "9"])]
    assert found == {"CELLS_OUTSIDE": 2}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            sheet(HEAD).replace("<worksheet", '<!DOCTYPE a [<!ENTITY e "e">]><worksheet'),
            "document type",
        ),
        (sheet(HEAD)[:-30], "is a damaged XLSX workbook"),
        (sheet('<row r="3"/><row r="2"><c r="A2"><v>1</v></c></row>' + HEAD), "not in their order"),
        (sheet(f'{HEAD}<row r="1048577"></row>'), "has a row 1,048,577, and a sheet has 1,048,576"),
    ],
    ids=["doctype", "cut", "order", "beyond"],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(FileUnreadable, match=message):
        read_file(tmp_path, book(content))


class Counted(io.BytesIO):
    """A part of a workbook that counts what is read of it."""

    count = 0

    def read1(self, size: int | None = -1, /) -> bytes:
        piece = super().read1(size)
        self.count += len(piece)
        return piece


def test_a_row_without_an_end_is_not_read_to_the_end_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each piece that is read is looked through with all that waits for its end."""
    monkeypatch.setattr(workbook_rows, "LONGEST_ROW", 2**20)
    part = Counted((sheet("")[: -len("</sheetData></worksheet>")] + "<row>" * 2**20).encode())

    with pytest.raises(FileUnreadable, match="has a row that is too long"):
        list(read_rows(part, Book([], Strings(), [])))
    assert part.count < 2**21


def test_what_stands_below_the_rows_is_not_read() -> None:
    part = Counted((sheet('<row r="1"></row>') + "<hyperlinks/>" * 2**18).encode())

    assert [row.number for row in read_rows(part, Book([], Strings(), []))] == [1]
    assert part.count < 2**20


def archive(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name in names:
            file.writestr(name, "")
    return written.getvalue()


def compound(*names: str) -> bytes:
    """The head of a container of Microsoft's, and its directory."""
    head = b"\xd0\xcf\x11\xe0" + bytes(26) + b"\x09\x00" + bytes(16) + (3).to_bytes(4, "little")
    entries = b"".join(
        name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names)
    )
    return head.ljust(512, b"\0") + bytes(3 * 512) + entries


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            compound("EncryptionInfo", "EncryptedPackage"),
            "is a workbook with a password: save it without one",
        ),
        (compound("Workbook"), r"is an old Excel workbook \(XLS\): save it as XLSX or CSV"),
        (archive("mimetype", "content.xml"), r"is an OpenDocument spreadsheet \(ODS\)"),
        (archive("xl/workbook.bin"), r"is a binary Excel workbook \(XLSB\)"),
        (archive("word/document.xml"), "is a Word document"),
        (archive("answers.csv"), "is a zip archive, but no XLSX workbook; unpack it"),
        (b"<html><body><table><tr><td>id</td></tr></table>", "is a web page or XML"),
        (b'<?xml version="1.0"?>\n<Workbook/>', "is a web page or XML"),
    ],
)
def test_files_of_other_kinds_are_named_as_what_they_are(
    tmp_path: Path, content: bytes, message: str
) -> None:
    with pytest.raises(FileUnreadable, match=message):
        read_file(tmp_path, content)
