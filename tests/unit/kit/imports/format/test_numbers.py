"""Numbers and flags as people's programs write them."""

import pytest

from services.kit.imports.format.numbers import Numbers, read_flag


@pytest.mark.parametrize(
    ("decimal", "cell", "number"),
    [
        (".", "7.5", "7.5"),
        (".", " 12 345.5 ", "12345.5"),
        (".", "12\u00a0345", "12345"),
        (".", "12\u202f345", "12345"),
        (".", "1'234'567", "1234567"),
        (".", "7,5", "7,5"),
        (".", "1 23", "1 23"),
        (",", "7,5", "7.5"),
        (",", "9,0", "9.0"),
        (",", "12 345,5", "12345.5"),
        (",", "1.234,5", "1234.5"),
        (",", "7.5", "7.5"),
        (",", "a,5", "a,5"),
        (".", "\uff15", "\uff15"),
    ],
)
def test_a_number_is_written_in_more_than_one_way(decimal: str, cell: str, number: str) -> None:
    assert Numbers(decimal).text(cell) == number


def test_a_number_of_a_workbook_is_not_taken_for_thousands() -> None:
    assert Numbers(",").text("1.234") == "1234"
    assert Numbers(",", is_typed=True).text("1.234") == "1.234"
    assert Numbers(",", is_typed=True).text("9,0") == "9.0"


def test_a_decimal_comma_is_advised_only_where_there_is_one() -> None:
    assert Numbers(".").advice("9,0") == '; a decimal comma is [format] decimal = ","'
    assert Numbers(",").advice("9,5") == Numbers(".").advice("nine") == ""


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        ("1", True),
        ("1.0", True),
        ("1,00", True),
        ("TRUE", True),
        (" Yes\u00a0", True),
        ("0.0", False),
        ("no", False),
        ("2.0", None),
        ("1.5", None),
        ("", None),
    ],
)
def test_flags(cell: str, flag: bool | None) -> None:
    assert read_flag(cell) is flag
