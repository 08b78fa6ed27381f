"""Where the table is in a file, and which rows count: alike in every kind of file."""

from pathlib import Path

import pytest

from services.kit.imports.files import locate
from services.kit.imports.format.layout import Layout
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.mapping import ImportKind, read_mapping
from services.kit.imports.sections import MappingInvalid
from services.kit.imports.sheets import Wanted
from tests.unit.kit.imports.support.tables import KINDS, read_file, rows

KIND = ImportKind("rows", ("id",), (), (), lambda _: None)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
TITLED = (
    ("Visitors of the museum", ""),
    ("", ""),
    ("id", "mark", "state"),
    ("Visit", "How was it?", "Kind of row"),
    ("{id}", "{mark}", "{state}"),
    ("v1", "9", "Complete"),
    ("v2", "0", "Preview"),
    ("", " ", ""),
    ("v3", "", " complete "),
)


def layout(text: str) -> Layout:
    return read_mapping(text, KIND).format.layout


@EVERY_KIND
def test_header_and_rows_under_it_are_where_the_mapping_says(tmp_path: Path, kind: str) -> None:
    file = read_file(tmp_path, KINDS[kind](TITLED), layout("[format]\nheader = 3\nskip = 2"))

    assert file.header[:3] == ("id", "mark", "state")
    assert file.rows == 3
    assert [(number, cells[0]) for number, cells in rows(file)] == [(6, "v1"), (7, "v2"), (9, "v3")]


@EVERY_KIND
def test_rows_that_only_does_not_name_are_counted_as_left_out(tmp_path: Path, kind: str) -> None:
    only = layout('[format]\nheader = 3\nskip = 2\n[only]\nstate = ["complete"]')

    file = read_file(tmp_path, KINDS[kind](TITLED), only)

    assert (file.rows, file.left_out) == (3, 1)
    assert [cells[0] for _, cells in rows(file)] == ["v1", "v3"]
    assert read_file(tmp_path, KINDS[kind](TITLED), Layout(3, 2)).left_out == 0


@EVERY_KIND
def test_rows_of_blanks_only_are_no_rows(tmp_path: Path, kind: str) -> None:
    table = (("id", "mark"), ("a", "1"), ("", ""), (" ", "\t"), ("\u00a0", ""), ("b", "2"))

    file = read_file(tmp_path, KINDS[kind](table))

    assert file.rows == 2
    assert [number for number, _ in rows(file)] == [2, 6]


def test_several_columns_of_only_hold_together_and_may_be_numbers(tmp_path: Path) -> None:
    content = b"id,state,3\n1,ok,x\n2,ok,y\n3,no,x\n4\n"
    both = layout('[only]\nstate = ["ok"]\n3 = ["X"]')

    assert [cells[0] for _, cells in rows(read_file(tmp_path, content, both))] == ["1", "4"]
    by_number = layout('[only]\n2 = ["no"]')
    assert [cells[0] for _, cells in rows(read_file(tmp_path, content, by_number))] == ["3", "4"]


@EVERY_KIND
def test_blank_cells_of_a_column_that_is_filled_down_mean_the_one_above(
    tmp_path: Path, kind: str
) -> None:
    table = (
        ("team", "id"),
        ("", "0"),
        ("Care", "1"),
        ("", "2"),
        ("", ""),
        (" ", "3"),
        ("Sales", "4"),
    )
    state = Layout(only={"id": frozenset("023")})

    for layout in (Layout(), state):
        file = read_file(tmp_path, KINDS[kind](table), layout, fill_down=["team"])
        teams = {cells[1]: cells[0] for _, cells in rows(file)}
        assert {name: teams[name] for name in "023"} == {"0": "", "2": "Care", "3": "Care"}
    assert "1" not in teams


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_first_line_that_says_the_delimiter_is_no_row(
    tmp_path: Path, first: str, encoding: str
) -> None:
    content = f"{first}\r\nid;mark\r\n1;2,5\r\n".encode(encoding)

    file = read_file(tmp_path, content)

    assert (file.header, rows(file)) == (("id", "mark"), [(2, ["1", "2,5"])])


def test_a_header_that_begins_like_a_separator_is_a_header(tmp_path: Path) -> None:
    assert read_file(tmp_path, b"sep=none,b\n1,2\n").header == ("sep=none", "b")


@pytest.mark.parametrize("header", ['"id";"mark"', "id;mark", '"id";mark', '"id"|"mark"'])
def test_another_delimiter_is_guessed_for_quoted_headers_too(tmp_path: Path, header: str) -> None:
    other = "|" if "|" in header else ";"
    with pytest.raises(FileUnreadable) as caught:
        locate(read_file(tmp_path, f"{header}\n1{other}2\n".encode()), "id", "[columns] id")

    assert f'is [format] delimiter = "{other}" missing?' in str(caught.value)


def test_a_tab_is_guessed_by_the_name_a_mapping_has_for_it(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r'delimiter = "\\t" missing'):
        read_file(tmp_path, b'"id"\t"mark"\n1\t2\n')


@EVERY_KIND
def test_a_header_further_down_is_found_for_the_person(tmp_path: Path, kind: str) -> None:
    file = read_file(tmp_path, KINDS[kind](TITLED), wanted=Wanted(columns=("mark",)))

    with pytest.raises(FileUnreadable, match=r"row 3 has it: .* \[format\] header = 3"):
        locate(file, "mark", "[columns] id")


@EVERY_KIND
@pytest.mark.parametrize("row", [2, 12])
def test_a_header_row_that_is_blank_or_not_there_is_named(
    tmp_path: Path, kind: str, row: int
) -> None:
    with pytest.raises(FileUnreadable, match=f"no header in row {row}"):
        read_file(tmp_path, KINDS[kind](TITLED), Layout(row))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[format]\nheader = 0", "[format] header: must be a number of rows from 1 to 1,000"),
        ("[format]\nheader = true", "not true"),
        ("[format]\nskip = -1", "[format] skip: must be a number of rows from 0"),
        ("[only]\nstate = []", '[only] "state": must name 1 to 200 words'),
        ("[only]\nstate = 1", "must be a list of texts"),
    ],
)
def test_what_is_no_layout_is_refused(text: str, message: str) -> None:
    with pytest.raises(MappingInvalid) as caught:
        layout(text)

    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[only]\n" + "".join(f'{n} = ["a"]\n' for n in range(1, 22)), "only.*names 21 columns"),
        (f"[format]\nfill_down = {['x'] * 21}\n", "fill_down: names 21 columns; at most 20"),
    ],
)
def test_columns_that_are_looked_at_in_every_row_are_few(text: str, message: str) -> None:
    """A mapping of 16 KiB could name 3,500, and then a row of two bytes took a quarter of a millisecond."""
    with pytest.raises(MappingInvalid, match=message):
        read_mapping(text, KIND)


def test_twenty_of_them_are_taken() -> None:
    text = f"[format]\nfill_down = {['x'] * 20}\n[only]\n"
    text += "".join(f'{n} = ["a"]\n' for n in range(1, 21))

    assert len(layout(text).only) == len(read_mapping(text, KIND).format.fill_down) == 20
