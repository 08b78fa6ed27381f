"""Where the table stands in its file, and which of its rows count: `[format] header`, `skip` and `[only]`."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Final

from services.kit.imports.sections import Section, describe, fail, list_names
from services.kit.letters import plain

LAST_HEADER: Final = 1_000  # rows above a table are titles and notes
MOST_WORDS: Final = 200
MOST_NAMED: Final = 20  # columns of [only], and of fill_down: each is looked at in every row


@dataclass(frozen=True, slots=True)
class Layout:
    """`header`: the row of the titles, None where it is the first that is not blank.

    `skip`: rows under it that are none. `only`: columns by header or number, and the words that make a row count.
    """

    header: int | None = None
    skip: int = 0
    only: Dict[str, frozenset[str]] = field(default_factory=dict)

    def no_header(self, name: str) -> str:
        """What is wrong where no row is the header."""
        if self.header is None:
            return f"{name} is empty; its first row must be the header"
        return f"{name} has no header in row {self.header}: the row is blank, or below the end; see [format] header"


def read_layout(form: Section, only: Section) -> Layout:
    """Of the tables [format] and [only]; raises MappingInvalid."""
    header = _number(form, "header", 1)
    skip = _number(form, "skip", 0)
    if len(only.values) > MOST_NAMED:
        fail(only.where, f"names {len(only.values):,} columns; at most {MOST_NAMED} can be")
    return Layout(header, skip or 0, {column: _words(only, column) for column in only.values})


def is_word(cell: str, words: frozenset[str]) -> bool:
    """Whether a cell is one of the words of `[only]`: without regard to case and to blanks around it."""
    return plain(cell).casefold() in words


def _number(form: Section, key: str, least: int) -> int | None:
    value = form.values.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LAST_HEADER:
        fail(
            form.at(key),
            f"must be a number of rows from {least} to {LAST_HEADER:,}, not {describe(value)}",
        )
    return value


def _words(only: Section, column: str) -> frozenset[str]:
    words = only.texts(column, ())
    if not 1 <= len(words) <= MOST_WORDS:
        example = list_names(['["Complete"]', '["1", "2"]'])
        fail(only.at(f'"{column}"'), f"must name 1 to {MOST_WORDS} words, like {example}")
    return frozenset(plain(word).casefold() for word in words)
