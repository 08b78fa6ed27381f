"""Which columns are answers: those of one question together, then each by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.kit.imports.suggesting.option_columns import (
    find_options,
    has_own_words,
    options_table,
)
from services.kit.imports.suggesting.questions import question, share
from services.kit.imports.suggesting.shapes import Shape
from services.kit.imports.suggesting.toml import MappingTable
from services.kit.imports.suggesting.words import PERSONAL, TECHNICAL


@dataclass(slots=True)
class Answers:
    """Tables of answers in the order of the file, the columns they are made of, and those that are none."""

    tables: list[MappingTable] = field(default_factory=list)
    texts: list[Shape] = field(default_factory=list)
    others: list[Shape] = field(default_factory=list)
    left: list[Shape] = field(default_factory=list)


def find_answers(columns: Sequence[Shape], most: int, *, is_counted: bool) -> Answers:
    """At most so many questions. `is_counted`: rows stand for many, so none is a text and one may be a share."""
    found, taken = Answers(), set[str]()
    # Marks say nothing of a person, whatever their title: an option may be "phone".
    options = {group.columns[0].number: group for group in find_options(columns)}
    grouped = {column.number for group in options.values() for column in group.columns}
    has_share = False
    for column in columns:
        table = None
        if len(found.tables) >= most:
            pass
        elif column.number in options:
            table = options_table(options[column.number], taken)
        elif (column.number not in grouped or has_own_words(column)) and _may_be_answer(column):
            if is_counted and not has_share:
                table = share(column, taken)
                has_share = table is not None
            table = table or question(column, taken)
        if table is not None and not (is_counted and table.values["kind"] == "TEXT"):
            found.tables.append(table)
            of_kind = found.texts if table.values["kind"] == "TEXT" else found.others
            of_kind.append(column)
        elif column.number not in grouped or len(found.tables) >= most:
            found.left.append(column)
    _tell_once(found.tables)
    return found


def _may_be_answer(column: Shape) -> bool:
    title = column.plain_title
    return not (PERSONAL.search(title) or TECHNICAL.search(title))


def _tell_once(tables: Sequence[MappingTable]) -> None:
    """Each doubt where it comes first."""
    told: set[str] = set()
    for table in tables:
        table.doubts = [doubt for doubt in table.doubts if doubt not in told]
        told.update(table.doubts)
