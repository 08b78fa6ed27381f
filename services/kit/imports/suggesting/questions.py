"""Which question a column answers, by its cells and its title: a table of the mapping, with its doubts."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from services.kit.imports.identity import key_of
from services.kit.imports.suggesting.shapes import Shape
from services.kit.imports.suggesting.toml import MappingTable, inline
from services.kit.imports.suggesting.words import (
    A_SCORE,
    DONT_KNOW,
    EASE,
    RECOMMEND,
    WORDS_OF_SCALES,
    plain,
)

LONGEST_KEY: Final = 40
SHORT_TEXT: Final = 40
FIVE: Final = '1 to 5: taken for satisfaction; if it is not, kind = "RATING" and scale = [1, 5]'
TEN: Final = (
    '0 to 10: taken for likelihood to recommend; if it is not, kind = "RATING" and scale = [0, 10]'
)
NOT_HIGH: Final = 'nothing above 5 in the first rows: if the scale ends there, kind = "CSAT"'
FLAGS: Final = {"0": "no", "1": "yes"}
FLAG: Final = "0 and 1: taken for no and yes"
ENDS: Final = "the ends of the scale are a guess"
SHORT: Final = (
    'short words: if they are one of a few choices, use kind = "SINGLE_CHOICE" with values'
)
UNSEEN: Final = (
    "words that are not among the first rows have to be added, or their rows are refused"
)


def question(column: Shape, taken: set[str]) -> MappingTable | None:
    """The table of an answer; None where the cells are none that a question can have."""
    found = _scores(column) or _numbered(column) or _choices(column) or _text(column)
    if found is None:
        return None
    kind, more, doubts = found
    name = "recommend" if kind == "NPS" and "recommend" not in taken else _key(column, taken)
    taken.add(name)
    return MappingTable(
        f"answers.{inline_key(name)}", {"column": column.place, "kind": kind, **more}, doubts
    )


def inline_key(name: str) -> str:
    """A name as TOML has it between brackets."""
    is_bare = name.isascii() and all(c.isalnum() or c in "-_" for c in name)
    return name if is_bare else inline(name)


LEADING: Final = re.compile(r"(\d{1,2})(?:\s*$|\s*[-–—:=.)(]+\s*\S|\s+[^\W\d])")
Found = tuple[str, dict[str, object], list[str]]


def _scores(column: Shape) -> Found | None:
    numbers, title = column.whole, column.plain_title
    if numbers is None:
        return None
    low, high = min(numbers), max(numbers)
    if set(numbers) == {0, 1} and not A_SCORE.search(title):
        return "SINGLE_CHOICE", {"values": {cell: FLAGS[cell[0]] for cell in column.words}}, [FLAG]
    if RECOMMEND.search(title) and low >= 0 and high <= 10:
        return "NPS", {}, [NOT_HIGH] if low and high <= 5 else []
    if low >= 1 and high <= 5:
        return "CSAT", {}, [FIVE]
    if low >= 1 and high <= 7:
        if EASE.search(title):
            return "CES", {}, []
        return "RATING", {"scale": [1, 7]}, [ENDS]
    if low >= 0 and high <= 10:
        return "NPS", {}, [TEN]
    if low >= 0 and high <= 100 and A_SCORE.search(title):
        return "RATING", {"scale": [0, 100]}, [ENDS]
    return None


def _numbered(column: Shape) -> Found | None:
    """A scale of which some numbers have words: `10 - Extremely likely`, `9`."""
    numbers = {cell: LEADING.match(cell) for cell in column.words}
    if not numbers or column.is_numeric or not all(numbers.values()):
        return None
    scores = {cell: int(found.group(1)) for cell, found in numbers.items() if found}
    highest = max(scores.values())
    if highest > 10 or (len(scores) < 3 and not {0, 10} & set(scores.values())):
        return None
    kind = "CSAT" if min(scores.values()) >= 1 and highest <= 5 else "NPS"
    values = dict(sorted(scores.items(), key=lambda pair: pair[1]))
    return kind, {"values": values}, [FIVE if kind == "CSAT" else TEN, UNSEEN]


def _choices(column: Shape) -> Found | None:
    if column.is_numeric or column.date_forms:
        return None
    scale = _labelled(column.words) if column.words else None
    if scale is not None:
        return (
            "CSAT",
            {"values": scale},
            ["words taken for scores: see that each has the right one", UNSEEN],
        )
    if column.is_few_words:
        return "SINGLE_CHOICE", {"values": _options(column.words)}, [UNSEEN]
    if column.pieces is not None:
        separator, words = column.pieces
        return "MULTIPLE_CHOICE", {"separator": separator, "values": _options(words)}, [UNSEEN]
    return None


def _text(column: Shape) -> Found | None:
    if column.is_numeric or column.date_forms or not column.values:
        return None
    if max(map(len, column.values)) < SHORT_TEXT and len(column.values) > 1:
        return "TEXT", {}, [SHORT]
    return "TEXT", {}, []


def _labelled(words: Iterable[str]) -> Mapping[str, object] | None:
    """The scores of words that all belong to one scale."""
    plain_words = {word: plain(word) for word in words}
    for scale in WORDS_OF_SCALES:
        scores: dict[str, object] = {}
        for word, bare in plain_words.items():
            score = "DONT_KNOW" if bare in DONT_KNOW else scale.get(bare)
            if score is None:
                break
            scores[word] = score
        else:
            if len(scores) > 1:
                return _whole_scale(scores, scale)
    return None


def _whole_scale(found: Mapping[str, object], scale: Mapping[str, int]) -> dict[str, object]:
    """The words of the file, and those of the scale that its first rows do not have, from the best to the worst."""
    is_capital = next(iter(found))[:1].isupper()
    others = {
        word.capitalize() if is_capital else word: score
        for word, score in scale.items()
        if score not in found.values()
    }
    return dict(sorted({**found, **others}.items(), key=lambda pair: str(pair[1]), reverse=True))


def _options(words: Iterable[str]) -> dict[str, str]:
    """Keys for words, as many as there are."""
    keys: dict[str, str] = {}
    for word in sorted(words):
        keys[word] = _free((key_of(word) or "option")[:LONGEST_KEY], set(keys.values()))
    return keys


def _key(column: Shape, taken: set[str]) -> str:
    words = key_of(column.title).split("-")
    return _free("-".join(words[:5])[:LONGEST_KEY] or f"column-{column.number}", taken)


def _free(name: str, taken: set[str]) -> str:
    numbered = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
    return next(free for free in numbered if free not in taken)
