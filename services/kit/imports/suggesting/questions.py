"""Which question a column answers, by its cells and its title: a table of the mapping, with its doubts."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from services.kit.imports.identity import key_of
from services.kit.imports.suggesting.keys import LONGEST_KEY, first_free, title_key
from services.kit.imports.suggesting.shapes import Shape
from services.kit.imports.suggesting.toml import MappingTable, inline_key
from services.kit.imports.suggesting.words import (
    A_SCORE,
    COMMENT,
    DONT_KNOW,
    EASE,
    HOW_MUCH,
    RECOMMEND,
    WORDS_OF_SCALES,
    plain,
)
from services.kit.letters import alike

SHORT_TEXT: Final = 40
FIVE: Final = (
    "1 to 5: taken for satisfaction; if it is not, it is a rating (RATING) on the scale 1 to 5"
)
TEN: Final = "0 to 10: taken for likelihood to recommend; if it is not, it is a rating (RATING) on the scale 0 to 10"
NOT_HIGH: Final = (
    "nothing above 5 in the first rows: if the scale ends there, it is satisfaction (CSAT)"
)
FLAGS: Final = ("no", "yes")
FLAG: Final = "0 and 1: taken for no and yes"
ENDS: Final = "the ends of the scale are a guess"
SHORT: Final = "short words: if they are one of a few choices, it is a single choice (SINGLE_CHOICE), not words"
OWN_WORDS: Final = (
    "words that came once were taken for people's own: they count as other, and the question of"
    " other_text keeps them"
)
PLAIN_SEPARATORS: Final = (";", "|", "\n")  # that labels do not have in them
SHARE: Final = (
    "a share of the row's count: taken for those who said yes; name in share what they answered,"
    " and what the rest did"
)
A_SCALE: Final = (
    "these words look like a scale, and a single choice gives no score: for satisfaction (CSAT) each word needs its"
    " number, from 5 for the best to 1"
)
UNSEEN: Final = (
    "words that are not among the first rows have to be added, or their rows are refused"
)


def question(column: Shape, taken: set[str]) -> MappingTable | None:
    """The table of an answer; None where the cells are none that a question can have."""
    found = _scores(column) or _unsure(column) or _numbered(column)
    if not COMMENT.search(column.plain_title):
        found = found or _choices(column)
    found = found or _text(column)
    if found is None:
        return None
    kind, more, doubts = found
    is_recommend = kind == "NPS" and "recommend" not in taken
    name = "recommend" if is_recommend else title_key(column.title, column.number, taken)
    taken.add(name)
    if "other" in more:
        more["other_text"] = first_free(f"{name}-other"[:LONGEST_KEY], taken)
        taken.add(str(more["other_text"]))
    return MappingTable(
        f"answers.{inline_key(name)}", {"column": column.place, "kind": kind, **more}, doubts
    )


def share(column: Shape, taken: set[str]) -> MappingTable | None:
    """The table of a share of the row's count; None where the cells are none from 0 to 1, nor percent."""
    cells = ["".join(cell.replace(",", ".").split()) for cell in column.values]
    is_percent = column.is_numeric and all(cell.endswith("%") for cell in cells)
    is_part = column.is_numeric and column.whole is None and not any("%" in cell for cell in cells)
    if not (is_percent or (is_part and all(0 <= float(cell) <= 1 for cell in cells))):
        return None
    name = title_key(column.title, column.number, taken)
    taken.add(name)
    values: dict[str, object] = {"yes": "yes", "no": "no"}
    more = {"kind": "SINGLE_CHOICE", "values": values, "share": ["yes", "no"]}
    return MappingTable(f"answers.{inline_key(name)}", {"column": column.place, **more}, [SHARE])


LEADING: Final = re.compile(r"(\d{1,2})(?:\s*$|\s*[-–—:=.)(]+\s*\S|\s+[^\W\d])")
Found = tuple[str, dict[str, object], list[str]]


def _scores(column: Shape) -> Found | None:
    numbers, title = column.whole, column.plain_title
    if numbers is None:
        return None
    low, high = min(numbers), max(numbers)
    if set(numbers) == {0, 1} and not A_SCORE.search(title):
        values = {cell: FLAGS[n] for cell, n in zip(column.values, numbers, strict=True)}
        return "SINGLE_CHOICE", {"values": values}, [FLAG]
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


def _unsure(column: Shape) -> Found | None:
    """Scores beside words that say that somebody does not know."""
    words = [word for word in column.words if plain(word) in DONT_KNOW]
    if not words:
        return None
    sure = tuple("" if cell in words else cell for cell in column.raw)
    found = _scores(Shape(column.title, column.number, sure))
    if found is None or found[0] == "SINGLE_CHOICE":
        return None
    kind, more, doubts = found
    meaning = "DONT_KNOW" if kind == "CSAT" else ""
    return kind, {**more, "values": dict.fromkeys(words, meaning)}, doubts


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
    several = _several(column)
    is_single = column.is_few_words or column.usual_words
    if several is not None and (not is_single or _are_joined(column)):
        return several
    if column.usual_words:
        return "SINGLE_CHOICE", _with_other(_options(column.usual_words)), [OWN_WORDS]
    if column.is_few_words:
        looks_like_scale = any(HOW_MUCH.search(plain(word)) for word in column.words)
        doubts = [A_SCALE, UNSEEN] if looks_like_scale else [UNSEEN]
        return "SINGLE_CHOICE", {"values": _options(column.words)}, doubts
    return None


def _several(column: Shape) -> Found | None:
    """Several choices in a cell."""
    if column.pieces is None:
        return None
    separator, words, has_own = column.pieces
    more: dict[str, object] = {"separator": separator}
    if has_own:
        return "MULTIPLE_CHOICE", more | _with_other(_options(words)), [OWN_WORDS]
    return "MULTIPLE_CHOICE", more | {"values": _options(words)}, [UNSEEN]


def _are_joined(column: Shape) -> bool:
    """Whether few words make the many cells, rather than being labels with a comma in them."""
    if column.pieces is None:
        return False
    separator, words, _ = column.pieces
    return len(words) < len(column.words) or (
        separator in PLAIN_SEPARATORS and not words.keys().isdisjoint(column.words)
    )


def _with_other(values: dict[str, str]) -> dict[str, object]:
    return {"values": values, "other": first_free("other", set(values.values()))}


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
    """Keys for words; those that an import takes for the same are one, as they are written first."""
    keys: dict[str, str] = {}
    for word in {alike(word): word for word in sorted(words, reverse=True)}.values():
        key = (key_of(word) or "option")[:LONGEST_KEY].strip("-")
        keys[word] = first_free(key, set(keys.values()))
    return dict(sorted(keys.items()))
