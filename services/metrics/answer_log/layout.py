"""Where the answers to a survey stand in the tuples of the answer log, and among the counts of its standing rows.

Append only: an option that a question comes to offer later gets a place of its own, so that no byte and no
count of before changes its meaning.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from services.metrics.answer_log.kinds import FIXED_CODES, QuestionKind

YES_NO = ("0", "1")
DONT_KNOW = None
QUESTION = ""  # the place of a question itself, and not of one of its options

AnswerValue = int | str | tuple[str, bool] | None
"""A score; the option of a single choice; an option of a multiple choice, and if it was chosen; None: don't know."""
AnswersGiven = Mapping[str, Mapping[str, set[AnswerValue]]]
"""What was answered, by survey and question id."""


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question as a survey asks it now. `options` are keys; `scale` is that of a RATING.

    `item`: key of the standard item that it asks; "" for none.
    """

    id: str
    key: str
    kind: QuestionKind
    options: tuple[str, ...] = ()
    scale: range = range(0)
    item: str = ""


@dataclass(frozen=True, slots=True)
class SurveyAsked:
    """A survey as it is now."""

    id: str
    key: str
    title: str
    in_scorecard: bool
    questions: tuple[QuestionAsked, ...]


class Cell(NamedTuple):
    """Where one answer is written: the byte at a position, and the count that goes up."""

    position: int
    byte: int
    counter: int


class LayoutPosition(NamedTuple):
    """A position of the tuples, as it is stored."""

    question_id: str
    option: str
    kind: str
    codes: tuple[str, ...]
    leads: bool = False  # was the first question of its kind in some version of the survey
    item: str = ""  # key of the standard item that the question asks, or once asked; "" for none


@dataclass(frozen=True, slots=True)
class Item:
    """What a metric may read: a scored question, or one option of a multiple choice (codes "0" and "1").

    `cells` has, by code, where that answer stands; the codes of a single choice that grew have several positions.
    """

    question_id: str
    option: str  # key; "" for the question itself
    kind: str
    codes: tuple[str, ...]
    cells: Mapping[str, Cell] = field(repr=False)

    @property
    def position(self) -> int:
        """The position of its first code."""
        return self.cells[self.codes[0]].position

    @property
    def offset(self) -> int:
        """The count of its first code; those of the others follow, but for options that came later."""
        return self.cells[self.codes[0]].counter


@dataclass(frozen=True, slots=True)
class Layout:
    """A survey as the answer log sees it."""

    survey: int
    in_scorecard: bool
    items: Mapping[tuple[str, str], Item]  # by question id and option key
    counted: Mapping[str, tuple[Item, ...]]  # by kind: asked first now, or once asked first
    by_item: Mapping[str, tuple[Item, ...]]  # by standard item: what asks it now, or once asked it
    counters: int  # codes of all positions
    widths: tuple[int, ...]  # codes of each position
    cells: Mapping[str, Mapping[AnswerValue, Cell]]  # by question id and answer
    id: str
    key: str
    title: str
    questions: Mapping[str, str]  # ids by key, as it is asked now

    def holds(self, question_id: str, answers: Iterable[AnswerValue]) -> bool:
        """Whether these answers have their places."""
        cells = self.cells.get(question_id, {})
        return all(answer in cells for answer in answers)


def missing_places(
    question: QuestionAsked, known: Sequence[LayoutPosition]
) -> list[LayoutPosition]:
    """The places a question needs besides those that it has; none for text."""
    kind, options = question.kind, question.options
    if kind is QuestionKind.MULTIPLE_CHOICE:
        placed = {place.option for place in known}
        return [
            LayoutPosition(question.id, key, kind, YES_NO) for key in options if key not in placed
        ]
    if known:
        placed = {code for place in known for code in place.codes}
        return [
            LayoutPosition(question.id, key, kind, (key,)) for key in options if key not in placed
        ]
    codes = _codes_of(question)
    return [LayoutPosition(question.id, QUESTION, kind, codes)] if codes else []


def leading_questions(survey: SurveyAsked) -> set[str]:
    """Ids of the questions that are the first of their kind in this version of a survey."""
    first: dict[str, str] = {}
    for question in survey.questions:
        first.setdefault(question.kind, question.id)
    return set(first.values())


def _codes_of(question: QuestionAsked) -> tuple[str, ...]:
    match question.kind:
        case QuestionKind.SINGLE_CHOICE:
            return question.options
        case QuestionKind.RATING:
            return tuple(map(str, question.scale))
        case _:
            return FIXED_CODES.get(question.kind, ())


def layout_of(survey: SurveyAsked, number: int, places: Sequence[LayoutPosition]) -> Layout:
    """The layout of a survey with these places, in the order of positions."""
    # Long because a layout has twelve fields.
    cells: dict[str, dict[AnswerValue, Cell]] = {}
    item_cells: dict[tuple[str, str], dict[str, Cell]] = {}
    kinds: dict[str, str] = {}
    counter = 0
    for position, place in enumerate(places):
        kind = kinds[place.question_id] = place.kind
        option = place.option if kind == QuestionKind.MULTIPLE_CHOICE else QUESTION
        codes = item_cells.setdefault((place.question_id, option), {})
        for byte, code in enumerate(place.codes):
            codes[code] = cell = Cell(position, byte, counter)
            cells.setdefault(place.question_id, {})[_value(kind, option, code)] = cell
            counter += 1
    items = {
        key: Item(key[0], key[1], kinds[key[0]], tuple(codes), codes)
        for key, codes in item_cells.items()
    }
    leading = leading_questions(survey)
    leading |= {p.question_id for p in places if p.leads} - {q.id for q in survey.questions}
    return Layout(
        survey=number,
        in_scorecard=survey.in_scorecard,
        items=items,
        counted=_items_by_kind(items, leading),
        by_item=_by_standard_item(items, survey, places),
        counters=counter,
        widths=tuple(len(place.codes) for place in places),
        cells=cells,
        id=survey.id,
        key=survey.key,
        title=survey.title,
        questions={question.key: question.id for question in survey.questions},
    )


def _items_by_kind(
    items: Mapping[tuple[str, str], Item], leading: set[str]
) -> dict[str, tuple[Item, ...]]:
    """The items of leading questions, as `Layout.counted` has them."""
    by_kind: dict[str, tuple[Item, ...]] = {}
    for (question_id, option), item in items.items():
        if question_id in leading and option == QUESTION:
            by_kind[item.kind] = (*by_kind.get(item.kind, ()), item)
    return by_kind


def _by_standard_item(
    items: Mapping[tuple[str, str], Item], survey: SurveyAsked, places: Sequence[LayoutPosition]
) -> dict[str, tuple[Item, ...]]:
    """The items of questions that ask a standard item, as `Layout.by_item` has them."""
    asked = {place.question_id: place.item for place in places if place.item}
    asked |= {question.id: question.item for question in survey.questions if question.item}
    found: dict[str, tuple[Item, ...]] = {}
    for question_id, standard_item in asked.items():
        item = items.get((question_id, QUESTION))
        if item is not None:
            found[standard_item] = (*found.get(standard_item, ()), item)
    return found


def _value(kind: str, option: str, code: str) -> AnswerValue:
    if kind == QuestionKind.SINGLE_CHOICE:
        return code
    if kind == QuestionKind.MULTIPLE_CHOICE:
        return (option, code == "1")
    return DONT_KNOW if code == "DONT_KNOW" else int(code)
