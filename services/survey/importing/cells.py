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
from services.survey.importing.answer_columns import DONT_KNOW, SEPARATOR, AnswerColumn, Value
from services.survey.surveys.domain.questions import LONGEST_VERBATIM, QuestionKind

MOST_TOLD: Final = 12
MOST_SEPARATORS: Final = 1_000  # a question has at most 100 options

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
    """What holds for the cells of every question of a file."""

    missing: frozenset[str]
    numbers: Numbers
    remarks: Remarks

    @classmethod
    def of(cls, columns: SheetColumns) -> "CellRules":
        return cls(columns.missing, columns.numbers, columns.remarks)


def answer_reader(
    question: MappedQuestion,
    place: Place,
    column: AnswerColumn,
    rules: CellRules,
) -> AnswerReader:
    """Reads the cells of one question; None: not answered."""
    missing, numbers = rules.missing, rules.numbers
    match question.kind:
        case QuestionKind.TEXT:
            return _text_reader(question.key, place, rules)
        case QuestionKind.SINGLE_CHOICE:
            return _choice_reader(question, place, column.values, missing)
        case QuestionKind.MULTIPLE_CHOICE:
            separator = column.separator or SEPARATOR
            return _choices_reader(question, place, column.values, separator, missing)
        case _:
            return _score_reader(question, place, column.values, missing, numbers)


def _text_reader(question: str, place: Place, rules: CellRules) -> AnswerReader:
    """Words are stored as they are, but for controls that nobody sees, and never quoted in a message."""

    def read(cell: str) -> Answer | None:
        if plain(cell) in rules.missing:
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


def _choice_reader(
    question: MappedQuestion,
    place: Place,
    values: Mapping[str, Value] | None,
    missing: frozenset[str],
) -> AnswerReader:
    """The key of an option, or a label that stands for one; answers are shared."""
    keys = _keys(question, values)
    answers: dict[str, Answer | None] = {
        cell: Answer(question.key, (key,)) for cell, key in keys.items()
    }
    answers |= dict.fromkeys(missing)

    def read(cell: str) -> Answer | None:
        trimmed = plain(cell)
        if trimmed in answers:
            return answers[trimmed]
        raise _unknown_option(place, trimmed, keys)

    return read


def _choices_reader(
    question: MappedQuestion,
    place: Place,
    values: Mapping[str, Value] | None,
    separator: str,
    missing: frozenset[str],
) -> AnswerReader:
    """As many options as the cell has pieces; nothing between two separators, or after the last, is no piece."""
    keys = _keys(question, values)

    def read(cell: str) -> Answer | None:
        if plain(cell) in missing:
            return None
        if cell.count(separator) > MOST_SEPARATORS:
            message = f"the cell has more than {MOST_SEPARATORS:,} separators"
            raise CellRefused(place.label, "TOO_MANY_CHOICES", message)
        chosen: list[str] = []
        for piece in filter(None, map(plain, cell.split(separator))):
            key = keys.get(piece)
            if key is None:
                raise _unknown_option(place, piece, keys)
            if key in chosen:
                message = f"{quote(piece)} is chosen twice: choose each option once"
                raise CellRefused(place.label, "DUPLICATE_CHOICE", message)
            chosen.append(key)
        return Answer(question.key, tuple(chosen)) if chosen else None

    return read


def _keys(question: MappedQuestion, values: Mapping[str, Value] | None) -> dict[str, str]:
    """The option that a cell means: labels first, and the keys themselves."""
    labels = {label: str(key) for label, key in (values or {}).items()}
    return labels | {
        spelt: key
        for key, _ in question.options
        for spelt in (composed(key), key)
        if spelt not in labels
    }


def _unknown_option(place: Place, cell: str, keys: Mapping[str, str]) -> CellRefused:
    message = f"{quote(cell)} is none of the options: {_few(keys)}"
    return CellRefused(place.label, "UNKNOWN_CHOICE", message)


def _score_reader(
    question: MappedQuestion,
    place: Place,
    values: Mapping[str, Value] | None,
    missing: frozenset[str],
    numbers: Numbers,
) -> AnswerReader:
    """Labels by the mapping's values, whole numbers without them; answers are shared."""
    answers: dict[Value, Answer] = {n: Answer(question.key, n) for n in question.scores}
    if question.dont_know:
        answers[DONT_KNOW] = Answer(question.key, True)
    scores = {str(n): n for n in question.scores} if values is None else values
    answer_of: dict[str, Answer | None] = {
        label: answers[score] for label, score in scores.items() if score in answers
    }
    answer_of |= dict.fromkeys(missing)

    def read(cell: str) -> Answer | None:
        try:
            return answer_of[cell]
        except KeyError:
            pass
        trimmed = numbers.text(cell)
        if trimmed in answer_of:
            return answer_of[trimmed]
        if values is None and (whole := _whole_number(trimmed)) is not None and whole in answers:
            return answers[whole]
        raise _unknown(question, place, cell.strip(), values, numbers)

    return read


def _whole_number(cell: str) -> int | None:
    """The number in a cell; `5.0` is one, as spreadsheets write it."""
    if len(cell) > 20:
        return None
    whole, _, zeros = cell.partition(".")
    return int(whole) if whole.removeprefix("-").isdecimal() and not zeros.strip("0") else None


def _unknown(
    question: MappedQuestion,
    place: Place,
    cell: str,
    values: Mapping[str, Value] | None,
    numbers: Numbers,
) -> CellRefused:
    """Why a cell is no answer; it names what would be one."""
    scale = question.scores
    span = f"{scale.start} to {scale.stop - 1}"
    if values is None and _whole_number(numbers.text(cell)) is None:
        message = f"{quote(cell)} is no whole number from {span}; map labels with values{numbers.advice(cell)}"
        return CellRefused(place.label, "SCORE_EXPECTED", message)
    if values is None:
        message = f"{quote(cell)} is outside {question.kind.name} {span}"
        return CellRefused(place.label, "SCORE_OUT_OF_RANGE", message)
    if numbers.text(cell) in values:
        message = f'question "{question.key}" does not take don\'t know'
        return CellRefused(place.label, "DONT_KNOW_NOT_OFFERED", message)
    return CellRefused(
        place.label, "UNKNOWN_LABEL", f"{quote(cell)} is none of the mapped labels: {_few(values)}"
    )


def _few(names: Collection[str]) -> str:
    """Some of what a cell may hold: a message goes out with each refused row."""
    few = ", ".join(map(quote, islice(names, MOST_TOLD)))
    return f"{few} ..." if len(names) > MOST_TOLD else few
