"""Words and numbers of cells as people write them."""

import pytest

from services.kit.imports.cells import CellRefused, Place
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.nearest import MOST_SEARCHES
from services.survey.attribution.submission import Answer
from services.survey.importing.answers.answer_columns import AnswerColumn, Value
from services.survey.importing.answers.asked import CellRules, MappedQuestion
from services.survey.importing.answers.cells import answer_reader
from services.survey.importing.answers.labels import AnswerLabels
from services.survey.surveys.domain.questions import QuestionKind

OPTIONS = (("call", "Call"), ("visit", "Visit"), ("rest", "Rest"))
PRAISE: dict[str, Value] = {"Call": "call", "Visits, at home": "visit", "Visits": "rest"}


class Cells:
    """Reads cells of one question."""

    def __init__(
        self,
        kind: QuestionKind,
        values: dict[str, Value] | None,
        separator: str | None = None,
        other: str | None = None,
        dont_know: bool = True,
    ) -> None:
        scores = range(1, 6) if kind is QuestionKind.CSAT else range(0)
        question = MappedQuestion("q", kind, dont_know, scores, () if scores else OPTIONS)
        column = AnswerColumn("q", "c", kind, values, separator=separator, other=other)
        self.remarks = Remarks()
        rules = CellRules(frozenset({""}), Numbers("."), self.remarks)
        self.reader = answer_reader(question, Place(0, "c"), column, rules)

    def read(self, cell: str) -> object:
        """The value; None: not answered; the reason where it is refused."""
        try:
            answer = self.reader(cell)
        except CellRefused as refused:
            return refused.reason
        return answer.value if isinstance(answer, Answer) else None


@pytest.mark.parametrize(
    "cell",
    ["don't know", "DON’T  KNOW", " Don`t\u00a0know ", "Don\u02bct know"],
)
def test_marks_that_programs_change_do_not_matter(cell: str) -> None:
    assert AnswerLabels({"Don't know": 1}).find(cell) == 1


def test_letters_may_be_composed_or_not() -> None:
    assert AnswerLabels({"Ļoti labi": 1}).find("l\u0327oti labi") == 1
    assert AnswerLabels({"1 - “bad”": 1}).find('1 – "Bad"') == 1


def test_labels_that_only_marks_tell_apart_stay_apart() -> None:
    labels = AnswerLabels({"A": 1, "a": 2, "b": 3})

    assert [labels.find(cell) for cell in ("A", "a", " a", "B")] == [1, 2, None, 3]


def test_the_nearest_label_is_named_and_only_for_so_many_cells() -> None:
    labels = AnswerLabels({"Satisfied": 1, "Neutral": 2})

    assert labels.advice("satisfeid") == '; the nearest is "Satisfied"'
    assert labels.advice("zzz") == ""
    assert [labels.advice("netral") for _ in range(MOST_SEARCHES)][-1] == ""


def test_numbers_beside_words_are_scores() -> None:
    cells = Cells(QuestionKind.CSAT, {"Worst": 1, "Best": 5, "8": "DONT_KNOW", "9": ""})

    read = [cells.read(cell) for cell in ("best", "3", "4.0", "8", "9", "9.0", "DONT_KNOW")]
    assert read == [5, 3, 4, True, None, None, True]
    assert cells.read("7") == "SCORE_OUT_OF_RANGE"
    assert cells.read("so-so") == "UNKNOWN_LABEL"


def test_numbers_that_stand_for_others_are_codes() -> None:
    cells = Cells(QuestionKind.CSAT, {"1": 5, "2": 4})

    assert [cells.read(cell) for cell in ("1", "2.0", "3")] == [5, 4, "UNKNOWN_LABEL"]


def test_dont_know_is_refused_where_it_is_not_offered() -> None:
    cells = Cells(QuestionKind.CSAT, {"?": "DONT_KNOW"}, dont_know=False)

    assert {cells.read("?"), cells.read("DONT_KNOW")} == {"DONT_KNOW_NOT_OFFERED"}


def test_a_word_of_a_text_is_no_answer() -> None:
    cells = Cells(QuestionKind.TEXT, {"Nothing": ""})

    assert [cells.read(cell) for cell in ("nothing", "Nothing new")] == [None, "Nothing new"]


def test_the_longest_label_counts_first() -> None:
    cells = Cells(QuestionKind.MULTIPLE_CHOICE, PRAISE, ", ")

    assert cells.read("Call, visits, at home") == ("call", "visit")
    assert cells.read("Visits, Call") == ("rest", "call")
    assert cells.read("Visits, at work") == "UNKNOWN_CHOICE"


def test_other_words_are_an_option_or_nothing() -> None:
    one = Cells(QuestionKind.MULTIPLE_CHOICE, PRAISE, ", ", other="rest")
    none = Cells(QuestionKind.SINGLE_CHOICE, PRAISE, other="")

    assert one.read("Call, by mail, by fax") == ("call", "rest")
    assert one.read("Call, CALL") == "DUPLICATE_CHOICE"
    assert (none.read("by mail"), none.read("CALL")) == (None, ("call",))
    assert [next(iter(cells.remarks))[:2] for cells in (one, none)] == [
        ("OTHER_WORDS", 2),
        ("OTHER_WORDS", 1),
    ]
