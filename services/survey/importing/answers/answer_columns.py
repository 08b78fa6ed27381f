"""The answers of an import mapping: which column answers which question, and what its cells mean."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from services.kit.imports.mapping import ImportKind, Mapping
from services.kit.imports.sections import (
    Column,
    MappingInvalid,
    Section,
    describe,
    fail,
    list_names,
)
from services.kit.letters import plain
from services.survey.surveys.domain.questions import (
    CHOICES,
    HIGHEST_SCORE,
    OFFER_DONT_KNOW,
    SCORES,
    QuestionKind,
)
from services.survey.surveys.domain.standard_items import STANDARD_ITEMS, StandardItem

Value: TypeAlias = int | str
"""What a label stands for: a score, DONT_KNOW, the key of an option of a choice, or NOT_ANSWERED."""

DONT_KNOW: Final = "DONT_KNOW"
NOT_ANSWERED: Final = ""
SEPARATOR: Final = ";"
LONGEST_SEPARATOR: Final = 10
MOST_IN_LABEL: Final = 10  # separators: as many joined pieces are tried at each piece of a cell


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """Where the answer to one question stands; `values` turns labels into scores or keys of options.

    `options`: a multiple choice that has a column for each option, by its key; then `column` is None.
    """

    question: str  # its key, once the survey is known; before that as the mapping names it
    column: Column | None
    kind: QuestionKind | None  # None: the survey must exist and has it
    values: Dict[str, Value] | None
    scale: range | None = None  # of a RATING
    separator: str | None = None  # between the choices of a cell; None: not said
    share: tuple[str, str] | None = None  # what a share of the row's count answered, and the rest
    other: str | None = None  # the option of words that are none, or NOT_ANSWERED; None: refused
    other_text: str | None = (
        None  # the TEXT question that keeps such words; None: they are not kept
    )
    options: Dict[str, Column] = field(default_factory=dict)
    chosen: frozenset[str] | None = None  # cells by which an option is chosen; None: not said
    table: str = ""  # as the mapping names the question
    item: str = ""  # key of the standard item that it asks; empty: not said

    @property
    def name(self) -> str:
        return self.table or self.question

    @property
    def columns(self) -> dict[str, Column]:
        if self.column is not None:
            return {"column": self.column}
        return {option_key(option): column for option, column in self.options.items()}

    @property
    def allows_dont_know(self) -> bool:
        return self.kind not in CHOICES and DONT_KNOW in (self.values or {}).values()


def option_key(option: str) -> str:
    """Where in the table of an answer the column of an option is named."""
    return f"options.{option}"


def read_answers(section: Section) -> tuple[AnswerColumn, ...]:
    """The table `[answers]`; raises MappingInvalid."""
    if not section.values:
        fail("[answers]", "is missing; name at least one question: [answers.<question key>]")
    return tuple(_read_answer(key, value) for key, value in section.values.items())


def answers(mapping: Mapping) -> tuple[AnswerColumn, ...]:
    """The answers of a mapping of responses."""
    return mapping.subtables


def _check(mapping: Mapping) -> None:
    if "survey" not in mapping.constants:
        fail("[defaults]", '"survey" is missing: the key of the survey the answers belong to')
    if mapping.format.one_response is not None and not mapping.has("id"):
        fail("[format] one_response", 'rows are joined by their ids: [columns] "id" is missing')
    if mapping.has("response"):
        for name in ("id", "invitation", "count"):
            if mapping.has(name):
                fail(f"[columns] {name}", "does not go with response, which says whose row it is")


RESPONSES: Final = ImportKind(
    name="responses",
    columns=(
        "id",
        "response",
        "department",
        "occurred_at",
        "customer",
        "touchpoint",
        "channel",
        "segment",
        "language",
        "invitation",
        "count",
    ),
    defaults=(
        "survey",
        "department",
        "touchpoint",
        "channel",
        "segment",
        "language",
        "occurred_at",
    ),
    create=("survey", "departments"),
    moments=("occurred_at",),
    check=_check,
    can_update=True,
    joined_by="id",
    subtables="answers",
    read_subtables=read_answers,
)


def _read_answer(question: str, value: object) -> AnswerColumn:
    """One table `[answers.<question key>]`; raises MappingInvalid."""
    where = f"[answers.{question}]"
    if not isinstance(value, dict):
        fail(where, f"must be a table with a column, not {describe(value)}")
    section = Section(where, value)
    section.only(
        (
            "column",
            "kind",
            "item",
            "scale",
            "separator",
            "share",
            "values",
            "other",
            "other_text",
            "options",
            "chosen",
        )
    )
    item = _item(section)
    kind = _question_kind(section) or (item.kind if item else None)
    if "options" in value:
        return _read_options(question, section, kind)
    if "column" not in value:
        fail(where, '"column" is missing, or options with a column for each option')
    if "chosen" in value:
        fail(section.at("chosen"), "belongs to options with a column for each; leave it out")
    scale = _scale(section, kind, item)
    separator = _separator(section, kind)
    other = _other(section, kind)
    return AnswerColumn(
        question,
        section.column("column"),
        kind,
        _values(section, kind, scale),
        scale,
        separator,
        _share(section),
        other,
        _other_text(section, other),
        item=item.key if item else "",
    )


def _share(section: Section) -> tuple[str, str] | None:
    """Two answers, as cells would hold them."""
    match section.values.get("share"):
        case None:
            return None
        case [int() | str() as given, int() | str() as rest] if given != rest:
            return str(given), str(rest)
    raise MappingInvalid(
        f"{section.at('share')}: must be two answers like [5, 1]: that of the share of the count, and of the rest"
    )


def _read_options(question: str, section: Section, kind: QuestionKind | None) -> AnswerColumn:
    """A multiple choice with a column for each option; raises MappingInvalid."""
    for key in ("column", "item", "scale", "separator", "share", "values", "other", "other_text"):
        if key in section.values:
            fail(section.at(key), "does not go with options that have a column each; leave it out")
    if kind not in (None, QuestionKind.MULTIPLE_CHOICE):
        fail(section.at("options"), 'belong to kind = "MULTIPLE_CHOICE"; leave them out')
    where = section.at("options")
    options = section.values["options"]
    if not isinstance(options, dict) or not options:
        fail(where, f'must name a column for each option, web = "Web", not {describe(options)}')
    inside = Section(where, options)
    columns = {plain(key): inside.column(key) for key in options}
    chosen = section.texts("chosen", ())
    words = frozenset(plain(word).casefold() for word in chosen) or None
    return AnswerColumn(question, None, kind, None, options=columns, chosen=words)


def _question_kind(section: Section) -> QuestionKind | None:
    name = section.text("kind")
    if name is None:
        return None
    if name not in QuestionKind.__members__:
        known = list_names(QuestionKind.__members__)
        fail(section.at("kind"), f'unknown kind "{name}"; allowed: {known}')
    return QuestionKind[name]


def _item(section: Section) -> StandardItem | None:
    key = section.text("item")
    if key is None:
        return None
    if key not in STANDARD_ITEMS:
        known = list_names(STANDARD_ITEMS)
        fail(section.at("item"), f'unknown item "{key}"; allowed: {known}')
    return STANDARD_ITEMS[key]


def _scale(section: Section, kind: QuestionKind | None, item: StandardItem | None) -> range | None:
    """The scores of a RATING; it is the only kind that does not bring its own, but its item may."""
    scale, where = section.values.get("scale"), section.at("scale")
    if scale is None and item is not None and kind is item.kind is QuestionKind.RATING:
        return range(item.low, item.high + 1)
    if kind is not QuestionKind.RATING:
        if scale is not None:
            fail(where, 'belongs to kind = "RATING"; leave it out')
        return None
    match scale:
        case [int(low), int(high)] if 0 <= low < high <= HIGHEST_SCORE:
            return range(low, high + 1)
    raise MappingInvalid(
        f"{where}: a RATING needs its lowest and highest score, like [1, 5]; 0 to {HIGHEST_SCORE}"
    )


def _separator(section: Section, kind: QuestionKind | None) -> str | None:
    """What stands between choices; a line break or a tab may."""
    separator, where = section.values.get("separator"), section.at("separator")
    if separator is None:
        return None
    if kind not in (None, QuestionKind.MULTIPLE_CHOICE):
        fail(where, 'belongs to kind = "MULTIPLE_CHOICE"; leave it out')
    if not isinstance(separator, str):
        fail(where, f"must be text in quotes, not {describe(separator)}")
    if not 1 <= len(separator) <= LONGEST_SEPARATOR:
        fail(where, f"must have 1 to {LONGEST_SEPARATOR} characters, like {SEPARATOR!r}")
    return separator


def _other(section: Section, kind: QuestionKind | None) -> str | None:
    """What words mean that are no option: one that is, or nothing."""
    other, where = section.values.get("other"), section.at("other")
    if other is None:
        return None
    if kind is not None and kind not in CHOICES:
        fail(where, "belongs to choices; leave it out, and map words of scores with values")
    if not isinstance(other, str):
        fail(where, f'must be the key of an option, or "" for not answered, not {describe(other)}')
    return plain(other)


def _other_text(section: Section, other: str | None) -> str | None:
    """The question that keeps words that are no option."""
    text = section.text("other_text")
    if text is not None and other is None:
        fail(
            section.at("other_text"),
            'keeps the words of other: say what they count as, other = "other"',
        )
    return None if text is None else plain(text)


def _values(
    section: Section, kind: QuestionKind | None, scale: range | None
) -> dict[str, Value] | None:
    labels = section.values.get("values")
    if labels is None:
        return None
    where = section.at("values")
    if not isinstance(labels, dict) or not labels:
        fail(where, f'must be a table of labels like {{ "Good" = 5 }}, not {describe(labels)}')
    if kind is QuestionKind.TEXT and any(value != NOT_ANSWERED for value in labels.values()):
        fail(where, 'a TEXT question takes the cell as it is; a word of values can only be ""')
    if scale is None:
        any_score = range(HIGHEST_SCORE + 1)
        scale = any_score if kind is None else SCORES.get(kind, any_score)
    return {
        plain(label): _option(where, label, value)
        if kind in CHOICES or kind is QuestionKind.TEXT or (kind is None and isinstance(value, str))
        else _score(where, label, value, kind, scale)
        for label, value in labels.items()
    }


def _option(where: str, label: str, key: object) -> str:
    if not isinstance(key, str):
        fail(where, f'"{label}" must be the key of an option in quotes, not {describe(key)}')
    if key and not key.strip():
        fail(where, f'"{label}": the key of an option must not be blank; not answered is ""')
    return plain(key)


def _score(where: str, label: str, score: object, kind: QuestionKind | None, scale: range) -> Value:
    if score == NOT_ANSWERED:
        return NOT_ANSWERED
    if score == DONT_KNOW:
        if kind not in OFFER_DONT_KNOW:
            name = kind.name if kind else None
            fail(where, f'"{label}": {name} questions have no DONT_KNOW; leave the label out')
        return DONT_KNOW
    if not isinstance(score, int) or isinstance(score, bool):
        fail(where, f'"{label}" must be a whole number, "DONT_KNOW" or "", not {describe(score)}')
    if score not in scale:
        name = f"{kind.name} scores are" if kind else "scores are"
        fail(where, f'"{label}" = {score}: {name} {scale.start} to {scale.stop - 1}')
    return score
