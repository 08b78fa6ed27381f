"""Columns that are the options of one multiple choice: `USE[SQ001]`, `Use [Web]`, `Q3_1`, `answer.use.web`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from services.kit.imports.identity import key_of
from services.kit.imports.suggesting.keys import LONGEST_KEY, first_free, title_key
from services.kit.imports.suggesting.shapes import Shape
from services.kit.imports.suggesting.toml import MappingTable, inline_key
from services.kit.imports.suggesting.words import plain

OF_OWN_EXPORT: Final = re.compile(r"answer\.([^.]+)\.(.+)")
WITH_CODE: Final = re.compile(r"(\w+)\[\w+\]\.?\s+(.+)")
SEPARATED: Final = re.compile(r"(.*[^\W_])(?:_|\.|/|:\s+|\s+[-–—]\s+)([^_./]+)")
NOT_CHOSEN: Final = frozenset(
    ("n", "no", "0", "0 0", "false", "off", "unchecked", "not selected", "ne", "nee", "не", "нет")
)
SAYING_NO: Final = frozenset(("ne", "nee", "не", "нет"))
"""Where these say no, marks are words: what else stands there is a word of people's own, and no mark."""
CHOSEN: Final = frozenset(
    ("y", "yes", "1", "1 0", "x", "true", "on", "checked", "selected", "ja", "taip", "da", "да")
)
OWN_WORDS: Final = frozenset(("other", "others", "cits", "cita", "citi", "kita", "drugo", "друго"))
"""Ends of the title of a column that holds what somebody wrote beside the options."""
LONGEST_WORD: Final = 80
TAKEN: Final = (
    "columns that are marked or not: taken for the options of one question; if each is a question of its own, make"
    " each one a single choice"
)


@dataclass(frozen=True, slots=True)
class OptionColumns:
    """The columns of one question, and what they are called together."""

    title: str
    columns: tuple[Shape, ...]
    parts: tuple[str, ...]
    """The end of each title; empty where the title has none."""


def find_options(columns: Sequence[Shape]) -> list[OptionColumns]:
    """Groups of columns in the order of the file; a column is in one group at most."""
    groups: dict[str, list[tuple[Shape, str]]] = {}
    titled = ""
    for column in columns:
        titled = column.title or titled
        base, part = _parted(column.title) if column.title else (titled, "")
        if base and (_may_be_option(column) or has_own_words(column)):
            groups.setdefault(base, []).append((column, part))
    for (
        column
    ) in columns:  # "Which did you use?", "", "": the first option bears the title of the question
        if column.title in groups and _may_be_option(column):
            group = groups[column.title]
            if column not in [each for each, _ in group]:
                group.insert(0, (column, ""))
    return _unlike(
        OptionColumns(base, tuple(c for c, _ in group), tuple(p for _, p in group))
        for base, group in groups.items()
        if sum(bool(column.values) and not has_own_words(column) for column, _ in group) > 1
    )


def has_own_words(column: Shape) -> bool:
    """Whether it is beside the options of a question, and holds words of people's own."""
    is_text = column.values and not column.is_numeric and not column.date_forms
    said = {plain(word) for word in column.words} - CHOSEN - NOT_CHOSEN
    return bool(is_text and said) and plain(_parted(column.title)[1]) in OWN_WORDS


def options_table(group: OptionColumns, taken: set[str]) -> MappingTable:
    """The table of the question; its key is added to the taken ones."""
    name = title_key(group.title, group.columns[0].number, taken)
    taken.add(name)
    words = [word for column in group.columns for word in column.words if not has_own_words(column)]
    values: dict[str, object] = {"kind": "MULTIPLE_CHOICE"}
    if any(plain(word) in SAYING_NO for word in words):
        values["chosen"] = sorted({word for word in words if plain(word) not in NOT_CHOSEN})
    options: dict[str, object] = {}
    for column, part in zip(group.columns, group.parts, strict=True):
        if "chosen" not in values or not has_own_words(column):
            key = key_of(_label(column, part))[:LONGEST_KEY].strip("-") or f"option-{column.number}"
            options[first_free(key, set(options))] = column.place
    table = MappingTable(f"answers.{inline_key(name)}", values, [TAKEN])
    table.inner = {"options": options}
    return table


def _label(column: Shape, part: str) -> str:
    """The word that every marked cell has, else the end of the title."""
    words = [word for word in column.words if plain(word) not in NOT_CHOSEN | CHOSEN]
    if has_own_words(column):
        return part
    return words[0] if words else part


def _parted(title: str) -> tuple[str, str]:
    """What a title calls the question, and the option; both empty where it names no option."""
    own = OF_OWN_EXPORT.fullmatch(title)
    base, part = own.groups() if own else _bracketed(title)
    if not part and (separated := SEPARATED.fullmatch(title)):
        base, part = separated.groups()
    return ("", "") if plain(part) == "text" else (base.strip(), part.strip())


def _bracketed(title: str) -> tuple[str, str]:
    """`Use [Web]`, and with a code before it: `Q3[SQ001]. Use [Web]` is the option Web of `Q3. Use`."""
    before = title.removesuffix("]")
    start = before.find("[", max(before.rfind("]"), 0) + 1)
    if before == title or start < 0 or start + 1 == len(before):
        return "", ""
    base, part = before[:start].rstrip(), before[start + 1 :]
    coded = WITH_CODE.fullmatch(base)
    return (f"{coded[1]}. {coded[2]}" if coded else base), part


def _may_be_option(column: Shape) -> bool:
    """Marked or not, or one word in some rows and nothing in others; a column without cells was chosen by nobody."""
    words = {plain(word) for word in column.words}
    if words <= CHOSEN | NOT_CHOSEN:
        return len(words) <= 2
    said = words - NOT_CHOSEN
    is_short = max(map(len, column.words)) <= LONGEST_WORD
    return (
        len(said) == 1
        and is_short
        and not column.is_numeric
        and not column.date_forms
        and len(column.cells) < column.rows
    )


def _unlike(groups: Iterable[OptionColumns]) -> list[OptionColumns]:
    """Those whose options are told apart by their titles or by their words."""
    kept = []
    for group in groups:
        labels = [
            _label(column, part) for column, part in zip(group.columns, group.parts, strict=True)
        ]
        if len(set(labels)) == len(labels) and all(labels):
            kept.append(group)
    return kept
