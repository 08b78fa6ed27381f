"""Cells of an import into answers."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from services.kit.imports.cells import CellRefused, Place, SheetColumns, quote
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.format.remarks import Remarks
from services.kit.letters import composed, plain, without_controls
from services.survey.attribution.submission import Answer
from services.survey.importing.answers.answer_columns import (
    DONT_KNOW,
    NOT_ANSWERED,
    SEPARATOR,
    AnswerColumn,
    Value,
)
from services.survey.importing.answers.labels import AnswerLabels, pieces_of
from services.survey.surveys.domain.questions import LONGEST_VERBATIM, QuestionKind

MOST_TOLD: Final = 12
MOST_SEPARATORS: Final = 1_000  # a question has at most 100 options

OTHER_WORDS: Final = "OTHER_WORDS"
OTHER_MESSAGE: Final = "words that are no option were taken as the mapping's other says"
CONTROLS_DROPPED: Final = "CONTROL_CHARACTERS"
CONTROLS_MESSAGE: Final = (
    "control characters in texts were dropped: nobody sees them, and no spreadsheet holds them"
)

AnswerReader: TypeAlias = Callable[[str], Answer | None]


@dataclass(frozen=True, slots=True)
class MappedQuestion:
    """One question of the survey, as it is or as the mapping will create it.

    No scores: it takes text, or a choice of its options, which are texts by key.
    """

    key: str
    kind: QuestionKind
    dont_know: bool
    scores: range
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CellRules:
    """What holds for the cells of every question of a file. `blanks`: a text of blanks is one, as in the own export."""

    missing: frozenset[str]
    numbers: Numbers
    remarks: Remarks
    blanks: bool = False

    @classmethod
    def of(cls, columns: SheetColumns) -> "CellRules":
        blanks = "response" in columns.fields
        return cls(columns.missing, columns.numbers, columns.remarks, blanks)


def answer_reader(
    question: MappedQuestion,
    place: Place,
    column: AnswerColumn,
    rules: CellRules,
) -> AnswerReader:
    """Reads the cells of one question; None: not answered."""
    match question.kind:
        case QuestionKind.TEXT:
            return _text_reader(question.key, place, column.values, rules)
        case QuestionKind.SINGLE_CHOICE:
            return _choice_reader(question, place, _Options(question, column, rules), rules)
        case QuestionKind.MULTIPLE_CHOICE:
            separator = column.separator or SEPARATOR
            options = _Options(question, column, rules)
            return _choices_reader(question, place, options, separator, rules.missing)
        case _:
            return _score_reader(question, place, column.values, rules)


def _text_reader(
    question: str, place: Place, values: Mapping[str, Value] | None, rules: CellRules
) -> AnswerReader:
    """Words are stored as they are, but for controls that nobody sees, and never quoted in a message."""
    unanswered = AnswerLabels(values) if values else None

    def read(cell: str) -> Answer | None:
        shown = cell if rules.blanks else plain(cell)
        if shown in rules.missing or (unanswered is not None and shown in unanswered):
            return None
        kept = without_controls(cell)
        if kept is not cell:
            rules.remarks.add(CONTROLS_DROPPED, CONTROLS_MESSAGE, len(cell) - len(kept))
            cell = kept
        if len(cell) > LONGEST_VERBATIM:
            message = (
                f"the text has {len(cell):,} characters; at most {LONGEST_VERBATIM:,} are stored"
            )
            raise CellRefused(place.label, "TEXT_TOO_LONG", message)
        return Answer(question, cell)

    return read


class _Options:
    """The options that words mean: labels first, and the keys themselves; `other` for what is neither."""

    def __init__(self, question: MappedQuestion, column: AnswerColumn, rules: CellRules) -> None:
        self.keys = _keys(question, column.values)
        self.labels = AnswerLabels(self.keys)
        self.other = column.other
        self.remarks = rules.remarks

    def find(self, place: Place, word: str) -> str:
        """The key of an option, or NOT_ANSWERED."""
        key = self.labels.find(word)
        if key is not None:
            return key
        if self.other is not None:
            self.remarks.add(OTHER_WORDS, OTHER_MESSAGE)
            return self.other
        message = (
            f"{quote(word)} is none of the options: {_few(self.keys)}{self.labels.advice(word)}"
        )
        raise CellRefused(place.label, "UNKNOWN_CHOICE", message)


def _choice_reader(
    question: MappedQuestion, place: Place, options: _Options, rules: CellRules
) -> AnswerReader:
    """The key of an option, or a label that stands for one; answers are shared."""
    by_key: dict[str, Answer | None] = {
        key: Answer(question.key, (key,)) for key, _ in question.options
    }
    by_key[NOT_ANSWERED] = None
    answers = {cell: by_key[key] for cell, key in options.keys.items()}
    answers |= dict.fromkeys(rules.missing)

    def read(cell: str) -> Answer | None:
        trimmed = plain(cell)
        if trimmed in answers:
            return answers[trimmed]
        return by_key[options.find(place, trimmed)]

    return read


def _choices_reader(
    question: MappedQuestion,
    place: Place,
    options: _Options,
    separator: str,
    missing: frozenset[str],
) -> AnswerReader:
    """As many options as the cell has pieces; nothing between two separators, or after the last, is no piece."""
    known = options.keys
    widths = sorted({label.count(separator) + 1 for label in options.keys} - {1}, reverse=True)

    def read(cell: str) -> Answer | None:
        if plain(cell) in missing:
            return None
        if cell.count(separator) > MOST_SEPARATORS:
            message = f"the cell has more than {MOST_SEPARATORS:,} separators"
            raise CellRefused(place.label, "TOO_MANY_CHOICES", message)
        chosen: list[str] = []
        pieces = (
            pieces_of(cell, separator, widths, options.labels) if widths else cell.split(separator)
        )
        for piece in filter(None, map(plain, pieces)):
            key = known.get(piece)
            if key is None:
                key = options.find(place, piece)
            if key not in chosen:
                if key:
                    chosen.append(key)
            elif key != options.other:
                message = f"{quote(piece)} is chosen twice: choose each option once"
                raise CellRefused(place.label, "DUPLICATE_CHOICE", message)
        return Answer(question.key, tuple(chosen)) if chosen else None

    return read


def _keys(question: MappedQuestion, values: Mapping[str, Value] | None) -> dict[str, str]:
    """The option that a cell means, or NOT_ANSWERED: labels first, and the keys themselves."""
    labels = {label: str(key) for label, key in (values or {}).items()}
    return labels | {
        spelt: key
        for key, _ in question.options
        for spelt in (composed(key), key)
        if spelt not in labels
    }


def _score_reader(
    question: MappedQuestion,
    place: Place,
    values: Mapping[str, Value] | None,
    rules: CellRules,
) -> AnswerReader:
    """AnswerLabels by the mapping's values, and whole numbers that stand for themselves; answers are shared."""
    answers: dict[Value, Answer | None] = {n: Answer(question.key, n) for n in question.scores}
    answers[NOT_ANSWERED] = None
    if question.dont_know:
        answers[DONT_KNOW] = Answer(question.key, True)
    labels = AnswerLabels(values or {})
    scores: dict[str, Value] = {} if _are_codes(values) else {str(n): n for n in question.scores}
    scores |= {DONT_KNOW: DONT_KNOW, **(values or {})}
    answer_of = {label: answers[score] for label, score in scores.items() if score in answers}
    answer_of |= dict.fromkeys(rules.missing)

    def read(cell: str) -> Answer | None:
        try:
            return answer_of[cell]
        except KeyError:
            pass
        trimmed = rules.numbers.text(cell)
        if trimmed in answer_of:
            return answer_of[trimmed]
        if (whole := _whole_number(trimmed)) is not None and str(whole) in answer_of:
            return answer_of[str(whole)]
        meant = labels.find(trimmed)
        if meant is not None and meant in answers:
            return answers[meant]
        raise _unknown(question, place, cell.strip(), labels, rules.numbers)

    return read


def _are_codes(values: Mapping[str, Value] | None) -> bool:
    """Whether numbers stand for other scores than themselves, so that one without a meaning is none either."""
    numbers = ((_whole_number(label), value) for label, value in (values or {}).items())
    return any(n is not None and isinstance(v, int) and n != v for n, v in numbers)


def _whole_number(cell: str) -> int | None:
    """The number in a cell; `5.0` is one, as spreadsheets write it."""
    if len(cell) > 20:
        return None
    whole, _, zeros = cell.partition(".")
    return int(whole) if whole.removeprefix("-").isdecimal() and not zeros.strip("0") else None


def _unknown(
    question: MappedQuestion, place: Place, cell: str, labels: AnswerLabels[Value], numbers: Numbers
) -> CellRefused:
    """Why a cell is no answer; it names what would be one."""
    span = f"{question.scores.start} to {question.scores.stop - 1}"
    shown = numbers.text(cell)
    if shown == DONT_KNOW or labels.find(shown) is not None:
        message = f'question "{question.key}" does not take don\'t know'
        return CellRefused(place.label, "DONT_KNOW_NOT_OFFERED", message)
    if _whole_number(shown) is not None and not _are_codes(labels.exact):
        message = f"{quote(cell)} is outside {question.kind.name} {span}"
        return CellRefused(place.label, "SCORE_OUT_OF_RANGE", message)
    if not labels.exact:
        message = f"{quote(cell)} is no whole number from {span}; map labels with values{numbers.advice(cell)}"
        return CellRefused(place.label, "SCORE_EXPECTED", message)
    message = (
        f"{quote(cell)} is none of the mapped labels: {_few(labels.exact)}{labels.advice(cell)}"
    )
    return CellRefused(place.label, "UNKNOWN_LABEL", message)


def _few(names: Collection[str]) -> str:
    """Some of what a cell may hold: a message goes out with each refused row."""
    few = ", ".join(map(quote, islice(names, MOST_TOLD)))
    return f"{few} ..." if len(names) > MOST_TOLD else few
