"""Cells of a file that are no answers: what is said of them stays short, however much would be one."""

import pytest

from services.kit.imports.cells import CellRefused, Place
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.format.remarks import Remarks
from services.survey.attribution.submission import Answer
from services.survey.importing.answers.answer_columns import AnswerColumn, Value
from services.survey.importing.answers.asked import CellRules, MappedQuestion
from services.survey.importing.answers.cells import AnswerReader, answer_reader
from services.survey.surveys.domain.questions import QuestionKind

OPTIONS = tuple((f"option-{number:02}", f"Option {number}") for number in range(100))
LABELS: dict[str, Value] = {"x" * 5_000 + str(number): number for number in range(11)}


def reader(kind: QuestionKind, values: dict[str, Value] | None = None) -> AnswerReader:
    scores = range(11) if kind is QuestionKind.NPS else range(0)
    question = MappedQuestion("q", kind, False, scores, OPTIONS if not scores else ())
    rules = CellRules(frozenset({""}), Numbers(".", is_typed=False), Remarks())
    return answer_reader(question, Place(0, "q"), AnswerColumn("q", "q", kind, values), rules)


@pytest.mark.parametrize(
    ("read", "reason", "right"),
    [
        (reader(QuestionKind.SINGLE_CHOICE), "UNKNOWN_CHOICE", '"option-00", "option-01"'),
        (reader(QuestionKind.MULTIPLE_CHOICE), "UNKNOWN_CHOICE", '"option-00", "option-01"'),
        (reader(QuestionKind.NPS, LABELS), "UNKNOWN_LABEL", '"xxx'),
    ],
)
def test_a_refusal_names_some_of_what_would_be_right(
    read: AnswerReader, reason: str, right: str
) -> None:
    with pytest.raises(CellRefused) as refused:
        read("nothing of it")

    assert refused.value.reason == reason
    assert right in refused.value.message
    assert len(refused.value.message) < 1_500


@pytest.mark.parametrize("cell", ["5", "5.0", "5.", " 5 ", "05"])
def test_a_whole_number_is_a_score_as_spreadsheets_write_it(cell: str) -> None:
    assert reader(QuestionKind.NPS)(cell) == Answer("q", 5)


@pytest.mark.parametrize("cell", ["5.5", "5.0.0", "--5", "-", ".", "5e0", "." * 1_000_000])
def test_what_is_no_whole_number_is_no_score(cell: str) -> None:
    with pytest.raises(CellRefused) as refused:
        reader(QuestionKind.NPS)(cell)

    assert refused.value.reason == "SCORE_EXPECTED"
    assert len(refused.value.message) < 1_500
