"""The table of numbers says what the code declares."""

from tests.support.numbers import TABLE, declared


def test_the_table_has_every_number_that_the_code_declares() -> None:
    rows = [line for line in TABLE.read_text().splitlines() if line.startswith("| `cxm_")]

    assert rows == [number.row for number in declared()]


def test_a_number_is_declared_once() -> None:
    names = [number.scraped for number in declared()]

    assert len(names) > 30
    assert len(set(names)) == len(names)
