"""Rows under a table that sum it up: they are no rows of the table, and counted they would be counted twice."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple

from services.kit.imports.format.records import BROKEN, Row
from services.kit.letters import alike, plain

MOST: Final = 10  # rows at the end of a file that are looked at
WORDS: Final = frozenset(
    (
        *("total", "totals", "grand total", "overall total", "sum", "all", "average", "mean"),
        *("kopā", "kopsumma", "pavisam", "pavisam kopā", "summa", "kopējais", "vidēji", "vidējais"),
        *("viso", "iš viso", "suma", "bendra suma", "vidurkis", "vidutiniškai"),
        *("skupaj", "skupna vsota", "vsota", "seštevek", "povprečje"),
        *("вкупно", "севкупно", "збир", "сума", "просек"),
    )
)
"""For a total or an average in en, lv, lt, sl and mk, as they are compared."""
NUMBER: Final = re.compile(r"[+-]?\d[\d .,'’]*(?: ?%)?")


class TotalRow(NamedTuple):
    """`column`: index of the cell with the word."""

    number: int
    column: int
    word: str


def find_totals(rows: Iterable[Row]) -> list[TotalRow]:
    """Of the last rows of a file those at its end: a word for a total in the first filled cell, then numbers."""
    found: list[TotalRow] = []
    for row in reversed(list(rows)):
        total = _total(row)
        if total is None:
            break
        found.append(total)
    return found


def _total(row: Row) -> TotalRow | None:
    """A sum may be a formula without a value."""
    shown = ((at, plain(cell), cell.startswith(BROKEN)) for at, cell in enumerate(row.cells))
    filled = [(at, text, broken) for at, text, broken in shown if text]
    if len(filled) < 2:
        return None
    column, word, _ = filled[0]
    if alike(word).rstrip(" :.=") not in WORDS:
        return None
    are_numbers = all(broken or NUMBER.fullmatch(text) for _, text, broken in filled[1:])
    return TotalRow(row.number, column, word) if are_numbers else None


class Totals:
    """Rows of one file that are left out as totals; fewer once more is known of it."""

    def __init__(self, rows: Iterable[TotalRow] = ()) -> None:
        self.rows = {total.number: total for total in rows}

    def keep(self, is_row: Callable[[TotalRow], bool]) -> None:
        """Those that are rows like the others count."""
        self.rows = {number: total for number, total in self.rows.items() if not is_row(total)}

    def keep_columns(self, columns: Collection[int]) -> None:
        """In which the word is an answer."""
        self.keep(lambda total: total.column in columns)

    def words(self) -> list[str]:
        """As they are written, in the order of the file."""
        return [self.rows[number].word for number in sorted(self.rows)]

    def __contains__(self, row: Row) -> bool:
        return row.number in self.rows

    def __len__(self) -> int:
        return len(self.rows)
