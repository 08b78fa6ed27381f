"""Files: rows are numbered as a spreadsheet shows them, and what is not text is refused."""

from pathlib import Path

import pytest

from services.kit.imports.files import TextFile, locate, open_text
from services.kit.imports.format.encodings import check_encoding
from services.kit.imports.format.records import FileUnreadable


def text_file(
    folder: Path, content: bytes | str, encoding: str = "utf-8", delimiter: str = ","
) -> TextFile:
    path = folder / "file.csv"
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_text(path.open("rb"), "file.csv", encoding=encoding, delimiter=delimiter)


def rows(file: TextFile) -> list[tuple[int, list[str]]]:
    return [(row.number, row.cells) for row in file]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    file = text_file(tmp_path, 'a,b\r\n1,"two\nlines"\r\n\r\n3,x\r\n')

    assert file.header == ("a", "b")
    assert file.rows == 2
    assert rows(file) == [(2, ["1", "two\nlines"]), (4, ["3", "x"])]
    assert rows(file) == rows(file), "a file can be read again"


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, mark: str) -> None:
    assert rows(text_file(tmp_path, "naïve,b\n1,2\n".encode(mark))) == [(2, ["1", "2"])]
    assert text_file(tmp_path, "naïve,b\n".encode(mark)).header == ("naïve", "b")


def test_encoding_and_delimiter_are_the_mappings(tmp_path: Path) -> None:
    file = text_file(tmp_path, "é;b\n“x”;2\n".encode("windows-1252"), "windows-1252", ";")

    assert file.header == ("é", "b")
    assert rows(file) == [(2, ["“x”", "2"])]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; its first row must be the header"),
        (b"\n\n", "is empty"),
        (b"a,b\n1,2\n3,\xff\n", "row 3: the byte 0xFF at character 3 of a line is not utf-8"),
        (b'a\n"x\ny"\n\xe9\n', "row 3: the byte 0xE9"),
        (b"a,b\n1,2\x00\n", "row 2: a NUL byte at character 4"),
        (b"PK\x03\x04\x14\x00", "is an XLSX workbook or a zip, not text; save it as CSV"),
        (b"PAR1\x15\x04", "is Parquet, not text"),
        (b"\x89PNG\r\n\x1a\n", "the byte 0x89"),
        (b'a,b\n1,"open\n2,3\n', "row 2: a quote is opened in this row and never closed"),
        (b'a,b\n1,2\n"x"y,3\n', "row 3: not well-formed"),
        (b"a\n" + b"x" * 200_000 + b"\n", "row 2: a cell is longer than 131,072 characters"),
    ],
)
def test_what_is_not_text_is_refused_with_its_row(
    tmp_path: Path, content: bytes, message: str
) -> None:
    with pytest.raises(FileUnreadable) as caught:
        text_file(tmp_path, content)

    assert message in str(caught.value)


def test_a_byte_the_encoding_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="row 2: the byte 0x81"):
        text_file(tmp_path, b"a\n\x81\n", "windows-1252")


def test_half_a_character_at_the_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="utf-16"):
        text_file(tmp_path, "a\nb\n".encode("utf-16") + b"\x01")


def test_a_row_that_would_not_fit_into_memory_is_refused(tmp_path: Path) -> None:
    for endless in ("1,xxxxxxx" * 200_000, '"x\n",' * 300_000):
        with pytest.raises(FileUnreadable, match="row 2: the row is longer than 1,000,000"):
            text_file(tmp_path, f"a,b\n{endless}\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_row_may_have_a_million_characters_before_its_line_ends(tmp_path: Path, end: str) -> None:
    longest = ",".join(["x" * 99_999] * 9 + ["x" * 100_000])
    assert len(longest) == 1_000_000

    text_file(tmp_path, f"a\n{longest}{end}")

    with pytest.raises(FileUnreadable, match="row 2: the row is longer than 1,000,000"):
        text_file(tmp_path, f"a\n{longest}x{end}")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("," * 990_000, "a line has more than 10,000 delimiters"),
        ('"' + "\n" * 130_000 + '"', "or 10,000 lines; is a quote left open"),
    ],
    ids=["cells", "lines"],
)
def test_a_row_that_would_hold_up_others_is_refused(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(FileUnreadable, match=message):
        text_file(tmp_path, f"a,b\n1,2\n{row}\n")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "UTF8", "windows-1257", "latin1", "utf_16", "SJIS", "cp932"]
)
def test_encodings_are_known_by_their_usual_names(encoding: str) -> None:
    assert check_encoding(encoding) == encoding


@pytest.mark.parametrize("encoding", ["punycode", "idna", "utf-7", "unicode_escape", "rot13", "\0"])
def test_encodings_that_no_file_has_are_refused_with_those_that_are_read(encoding: str) -> None:
    with pytest.raises(ValueError, match="is unknown; these are read: utf-8, "):
        check_encoding(encoding)


def test_a_thousand_columns_are_read_and_many_more_are_refused(tmp_path: Path) -> None:
    wide = text_file(tmp_path, ",".join(f"c{n}" for n in range(1_000)) + "\n" + "1," * 999 + "1\n")

    assert (len(wide.header), wide.rows) == (1_000, 1)
    assert locate(wide, "c999", "[columns] id") == 999
    with pytest.raises(FileUnreadable, match="2,001 columns; at most 2,000"):
        text_file(tmp_path, "a" + "," * 2_000 + "\n")


def test_columns_are_found_by_header_or_number(tmp_path: Path) -> None:
    file = text_file(tmp_path, ", rating ,dup,dup\n1,2,3,4\n")

    assert locate(file, "rating", "[columns] id") == 1
    assert locate(file, 1, "[columns] id") == 0


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("ratin", 'has no column "ratin"; it has: "", "rating", "dup", "dup"'),
        ("dup", '2 columns "dup"; name one by its number: 3, 4'),
        (5, "has 4 columns, no column 5"),
    ],
)
def test_a_column_that_is_not_there_is_refused(
    tmp_path: Path, column: str | int, message: str
) -> None:
    file = text_file(tmp_path, ",rating,dup,dup\n")

    with pytest.raises(FileUnreadable) as caught:
        locate(file, column, "[columns] id")

    assert str(caught.value).startswith("[columns] id: ")
    assert message in str(caught.value)


def test_another_delimiter_is_guessed_for_the_person(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r'is \[format\] delimiter = ";" missing'):
        locate(text_file(tmp_path, "a;b\n1;2\n"), "a", "[columns] id")
