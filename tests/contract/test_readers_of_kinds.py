"""Whoever reads answers by the kind of their question reads the same: a property of random surveys and answers."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxm.survey.v1.events_pb2 import ScoredAnswer
from services.kit.imports.cells import Place
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.format.remarks import Remarks
from services.metrics.answer_log.convert import answers_of, survey_asked
from services.metrics.answer_log.layout import (
    LayoutPosition,
    SurveyAsked,
    layout_of,
    missing_places,
)
from services.metrics.answer_log.packing import Tuples
from services.metrics.reconciliation.totals import total_by_month
from services.survey.attribution.submission import Answer, Value
from services.survey.exporting.sheet import ExportedResponse, ExportSheet
from services.survey.importing.answers.answer_columns import AnswerColumn
from services.survey.importing.answers.asked import CellRules, MappedQuestion
from services.survey.importing.answers.cells import answer_reader
from services.survey.reconciliation.domain import read_code
from services.survey.responses.domain.responses import check_correction
from services.survey.responses.events import scored_answers
from services.survey.surveys.convert import survey_message
from services.survey.surveys.domain.questions import (
    CHOICES,
    NOT_ANSWERED,
    OFFER_DONT_KNOW,
    Option,
    Question,
    QuestionKind,
    value_of,
)
from services.survey.surveys.domain.surveys import Survey

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@st.composite
def questions(draw: st.DrawFn, number: int = 0) -> Question:
    """A question of any kind, with a scale, options or "don't know" where its kind has them."""
    kind = draw(st.sampled_from(QuestionKind))
    low = draw(st.integers(0, 3)) if kind is QuestionKind.RATING else 0
    high = low + draw(st.integers(1, 10)) if kind is QuestionKind.RATING else 0
    count = draw(st.integers(2, 5)) if kind in CHOICES else 0
    options = tuple(Option(f"o{place}", f"Option {place}") for place in range(count))
    dont_know = kind in OFFER_DONT_KNOW and draw(st.booleans())
    return Question(f"q{number}", f"k{number}", kind, "Text?", dont_know, low, high, options)


def values(question: Question) -> st.SearchStrategy[Value]:
    """Any answer the question takes."""
    if question.kind is QuestionKind.TEXT:
        return st.text("abcž 😀", min_size=1, max_size=9).filter(str.strip)
    keys = [option.key for option in question.options]
    if question.kind is QuestionKind.SINGLE_CHOICE:
        return st.sampled_from(keys).map(lambda key: (key,))
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        return st.lists(st.sampled_from(keys), min_size=1, unique=True).map(tuple)
    scores: st.SearchStrategy[Value] = st.sampled_from(question.scores)
    return scores | st.just(True) if question.dont_know else scores


@st.composite
def answered(draw: st.DrawFn) -> tuple[Survey, tuple[Answer, ...]]:
    """A survey of one to five questions, and a valid response to some of them."""
    asked = tuple(draw(questions(number)) for number in range(draw(st.integers(1, 5))))
    survey = Survey("s", "survey", "Survey", True, True, None, "v", 1, asked, 1)
    chosen = draw(st.lists(st.sampled_from(asked), min_size=1, unique=True))
    return survey, tuple(Answer(one.key, draw(values(one))) for one in chosen)


def positions(survey: SurveyAsked) -> list[LayoutPosition]:
    return [place for question in survey.questions for place in missing_places(question, [])]


def codes_of(survey: Survey, answers: tuple[Answer, ...]) -> bytes:
    kept = check_correction(answers, survey)
    assert not isinstance(kept, list), kept
    return kept[0]


@given(answered())
def test_what_survey_keeps_is_what_was_answered(case: tuple[Survey, tuple[Answer, ...]]) -> None:
    survey, answers = case

    codes = codes_of(survey, answers)

    for question, span in zip(survey.questions, survey.spans, strict=True):
        expected = dict(answers).get(question.key)
        found = value_of(question, codes[span])
        if isinstance(expected, tuple):
            assert isinstance(found, tuple)
            assert set(found) == set(expected)
        else:
            assert found == (None if isinstance(expected, str) else expected)


def totals_of_survey(survey: Survey, codes: bytes) -> list[tuple[str, str, int, int]]:
    """Question, option, answers and their sum, as survey adds up one response."""
    counted = (read_code(survey, place, code) for place, code in enumerate(codes))
    return sorted((*one.item, 1, one.value) for one in counted if one is not None)


def totals_of_metrics(
    survey: Survey, announced: list[ScoredAnswer]
) -> list[tuple[str, str, int, int]]:
    """The same, as metrics adds up what was announced."""
    asked = survey_asked(survey_message(survey, NOW))
    layout = layout_of(asked, 1, positions(asked))
    packed = bytearray([NOT_ANSWERED]) * len(layout.widths)
    for answer in announced:
        for value in answers_of(answer):
            cell = layout.cells[answer.question_id][value]
            packed[cell.position] = cell.byte
    response = Tuples(
        np.array([20_000], np.uint16),
        np.array([1], np.uint32),
        np.array([1], np.int8),
        np.frombuffer(bytes(packed), np.uint8).reshape(-1, 1),
    )
    (totals,) = total_by_month(response, layout).values()
    return [(*found,) for found in totals.answers]


@given(answered())
def test_metrics_adds_up_what_survey_does(case: tuple[Survey, tuple[Answer, ...]]) -> None:
    survey, answers = case
    codes = codes_of(survey, answers)

    announced = scored_answers(survey, codes)

    assert totals_of_metrics(survey, announced) == totals_of_survey(survey, codes)


def test_a_reader_that_forgets_what_was_not_chosen_is_found() -> None:
    options = (Option("a", "A"), Option("b", "B"))
    question = Question("q", "k", QuestionKind.MULTIPLE_CHOICE, "Text?", False, options=options)
    survey = Survey("s", "survey", "Survey", True, True, None, "v", 1, (question,), 1)
    codes = codes_of(survey, (Answer("k", ("a",)),))
    announced = scored_answers(survey, codes)
    del announced[0].selection.left[:]

    assert totals_of_metrics(survey, announced) != totals_of_survey(survey, codes)


def imported(question: Question, cells: Sequence[object]) -> Answer | None:
    """What an import reads of the exported cells of a question."""
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        pairs = zip(question.options, cells, strict=True)
        text = ";".join(option.key for option, cell in pairs if cell == 1)
    else:
        text = "" if cells[0] is None else str(cells[0])
    asked = MappedQuestion(
        question.key,
        question.kind,
        question.dont_know,
        question.scores,
        tuple((option.key, option.text) for option in question.options),
    )
    values: dict[str, int | str] = {str(score): score for score in question.scores}
    values["DONT_KNOW"] = "DONT_KNOW"
    column = AnswerColumn(question.key, "c", question.kind, values if question.dont_know else None)
    rules = CellRules(frozenset({""}), Numbers("."), Remarks())
    return answer_reader(asked, Place(0, "c"), column, rules)(text)


@given(answered())
def test_an_exported_cell_is_imported_as_the_same_answer(
    case: tuple[Survey, tuple[Answer, ...]],
) -> None:
    survey, answers = case
    kept = check_correction(answers, survey)
    assert not isinstance(kept, list), kept
    codes, verbatims = kept
    sheet = ExportSheet([survey])
    response = ExportedResponse(
        "r", "v", "d", None, None, None, None, None, 20_000, NOW, NOW, codes, dict(verbatims)
    )
    cells = dict(zip(sheet.columns, sheet.answers(response), strict=True))

    for question in survey.questions:
        expected = dict(answers).get(question.key)
        found = [cell for column, cell in cells.items() if column.question_id == question.id]
        read = imported(question, found)
        if isinstance(expected, tuple):
            assert read is not None
            assert isinstance(read.value, tuple)
            assert set(read.value) == set(expected)
        else:
            assert (None if read is None else read.value) == expected
