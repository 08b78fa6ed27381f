"""CSV: formulas become text, numbers stay numbers, pieces join to one file."""

import csv
import io
import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.exports.csv import PIECE_CHARACTERS, Value, as_written, cell, csv_pieces


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_begins_like_a_formula_is_made_text(start: str) -> None:
    assert cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", [";", ",", "\t", "\r", "\n", "; ", ';"', ', "', "\n\xa0"])
@pytest.mark.parametrize("lead", ["Good", "", "a;b", '"'])
def test_no_cell_begins_like_a_formula_whichever_separator_a_program_takes(
    start: str, before: str, lead: str
) -> None:
    """Written with commas and read with semicolons, and so on; line breaks are not quoted for who parts elsewhere."""
    written = cell(f"{lead}{before}{start}HYPERLINK(1)")

    for separator in ";,\t|":
        for line in re.split("[\r\n]", written):
            first, *others = line.split(separator)
            cells = [first.lstrip(" \xa0"), *(each.lstrip(' "\xa0') for each in others)]
            assert not any(each.startswith(FORMULAS) for each in cells)
    assert written.replace("'", "") == f"{lead}{before}{start}HYPERLINK(1)"
    assert cell(written) == written  # a file that is exported, imported and exported again


FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-12.5, "-12.5"),
        (-3, "-3"),
        (None, ""),
        ("", ""),
        ("1-2", "1-2"),
        ("good - but slow; a+b, e-mail", "good - but slow; a+b, e-mail"),
        ("'=1", "'=1"),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), "2026-11-21T09:00:00Z"),
        (datetime(2026, 11, 21, 9, tzinfo=timezone(timedelta(hours=2))), "2026-11-21T07:00:00Z"),
    ],
)
def test_values_are_plain(value: Value, written: str) -> None:
    assert cell(value) == written


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        " =1",
        "\t=1",
        "-",
        "a;=1, +2",
        "\n\n-x",
        'a,"=',
        "it's",
        "'tis, 'twas",
        "a' =1",
        "＝1;＠",
    ],
)
def test_what_was_made_text_is_found_again(text: str) -> None:
    assert as_written(cell(text)) == text


def test_an_apostrophe_before_a_formula_is_one_however_it_came_there() -> None:
    assert as_written(cell("'=1")) == "=1"


async def _in_batches(rows: Sequence[Sequence[str]]) -> AsyncIterator[list[Sequence[Value]]]:
    for start in range(0, len(rows), 3):
        yield list(rows[start : start + 3])


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(texts, texts), max_size=10))
async def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    pieces = [piece async for piece in csv_pieces(["a", "b"], _in_batches(rows))]

    found = list(csv.reader(io.StringIO(b"".join(pieces).decode(), newline="")))

    assert found == [["a", "b"], *([cell(a), cell(b)] for a, b in rows)]


async def test_a_long_file_comes_in_pieces() -> None:
    rows = [("x" * 1_000, "y")] * 200

    pieces = [piece async for piece in csv_pieces(["a", "b"], _in_batches(rows))]

    assert len(pieces) > 2
    assert max(map(len, pieces)) < PIECE_CHARACTERS + 2_000
