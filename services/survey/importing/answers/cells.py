"""Cells of an import into answers."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from services.kit.imports.cells import CellRefused, Place, quote
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.format.remarks import Counted
from services.kit.letters import plain, without_controls
from services.survey.attribution.submission import Answer
from services.survey.importing.answers.answer_columns import (
    DONT_KNOW,
    NOT_ANSWERED,
    AnswerColumn,
    Value,
)
from services.survey.importing.answers.asked import CellRules, MappedQuestion
from services.survey.importing.answers.labels import AnswerLabels
from services.survey.importing.answers.options import OptionCells, few
from services.survey.surveys.domain.questions import LONGEST_VERBATIM, QuestionKind

MOST_SEPARATORS: Final = 1_000  # a question has at most 100 options

CONTROLS_DROPPED: Final = "CONTROL_CHARACTERS"
CONTROLS_MESSAGE: Final = Counted(
    "control character in texts was dropped: nobody sees it, and no spreadsheet holds it",
    "control characters in texts were dropped: nobody sees them, and no spreadsheet holds them",
)

AnswerReader: TypeAlias = Callable[[str], Answer | None]


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
            return _choice_reader(question, place, OptionCells(question, column, rules), rules)
        case QuestionKind.MULTIPLE_CHOICE:
            options = OptionCells(question, column, rules)
            return _choices_reader(question, place, options, rules.missing)
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


def own_words_reader(
    question: MappedQuestion, place: Place, column: AnswerColumn, rules: CellRules
) -> AnswerReader:
    """Reads what a choice's cells say beside its options, as the answer to the question of `other_text`."""
    options = OptionCells(question, column, rules)
    is_single = question.kind is QuestionKind.SINGLE_CHOICE
    keep = _text_reader(column.other_text or "", place, None, rules)

    def read(cell: str) -> Answer | None:
        word = plain(cell)
        if word in rules.missing:
            return None
        if not is_single:
            word = options.own_words(cell)
        elif options.labels.find(word) is not None:
            return None
        return keep(word) if word else None

    return read


def _choice_reader(
    question: MappedQuestion, place: Place, options: OptionCells, rules: CellRules
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
    options: OptionCells,
    missing: frozenset[str],
) -> AnswerReader:
    """As many options as the cell has pieces; nothing between two separators, or after the last, is no piece."""
    known = options.keys

    def read(cell: str) -> Answer | None:
        if plain(cell) in missing:
            return None
        if cell.count(options.separator) > MOST_SEPARATORS:
            message = f"the cell has more than {MOST_SEPARATORS:,} separators"
            raise CellRefused(place.label, "TOO_MANY_CHOICES", message)
        chosen: list[str] = []
        for piece in filter(None, map(plain, options.pieces(cell))):
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
        f"{quote(cell)} is none of the mapped labels: {few(labels.exact)}{labels.advice(cell)}"
    )
    return CellRefused(place.label, "UNKNOWN_LABEL", message)
