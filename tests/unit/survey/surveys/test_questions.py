from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.attribution.submission import Value
from services.survey.surveys.domain.drafts import MOST_ITEMS, check_size
from services.survey.surveys.domain.questions import (
    NOT_ANSWERED,
    Option,
    Question,
    QuestionKind,
    bytes_of,
    flaw_of,
    value_of,
)

KEYS = tuple("abcde")
OPTIONS = tuple(Option(key, key.upper()) for key in KEYS)
RATING = Question("r", "r", QuestionKind.RATING, "How much?", False, 3, 7)
ONE = Question("o", "o", QuestionKind.SINGLE_CHOICE, "Which?", False, options=OPTIONS)
MANY = Question("m", "m", QuestionKind.MULTIPLE_CHOICE, "Which?", False, options=OPTIONS)
CES = Question("e", "e", QuestionKind.CES, "Easy?", False)
CES1 = Question("f", "f", QuestionKind.CES1, "Effort?", False)


@pytest.mark.parametrize(
    ("question", "value", "path", "reason"),
    [
        (CES, 0, ("score",), "SCORE_OUT_OF_RANGE"),
        (CES, 8, ("score",), "SCORE_OUT_OF_RANGE"),
        (CES1, 6, ("score",), "SCORE_OUT_OF_RANGE"),
        (CES, True, ("dont_know",), "DONT_KNOW_NOT_OFFERED"),
        (RATING, 2, ("score",), "SCORE_OUT_OF_RANGE"),
        (RATING, 8, ("score",), "SCORE_OUT_OF_RANGE"),
        (RATING, ("a",), ("choices",), "SCORE_EXPECTED"),
        (ONE, 1, ("score",), "CHOICES_EXPECTED"),
        (MANY, "a", ("text",), "CHOICES_EXPECTED"),
        (MANY, True, ("dont_know",), "CHOICES_EXPECTED"),
        (ONE, (), ("choices",), "NO_CHOICE"),
        (MANY, (), ("choices",), "NO_CHOICE"),
        (ONE, ("a", "b"), ("choices",), "TOO_MANY_CHOICES"),
        (MANY, tuple("abcdef"), ("choices",), "TOO_MANY_CHOICES"),
        (ONE, ("x",), ("choices", "0"), "UNKNOWN_CHOICE"),
        (MANY, ("a", "x"), ("choices", "1"), "UNKNOWN_CHOICE"),
        (MANY, ("a", "b", "a"), ("choices", "2"), "DUPLICATE_CHOICE"),
    ],
)
def test_what_a_question_does_not_take_is_named(
    question: Question, value: Value, path: tuple[str, ...], reason: str
) -> None:
    flaw = flaw_of(question, value)

    assert flaw is not None
    assert (flaw.path, flaw.reason) == (path, reason)


@pytest.mark.parametrize(
    ("question", "scores"), [(CES, range(1, 8)), (CES1, range(1, 6)), (RATING, range(3, 8))]
)
def test_a_score_takes_its_whole_scale_and_nothing_else(question: Question, scores: range) -> None:
    taken = [score for score in range(-1, 12) if flaw_of(question, score) is None]

    assert taken == list(scores)


@given(st.sets(st.sampled_from(KEYS), min_size=1).flatmap(lambda s: st.permutations(sorted(s))))
def test_choices_are_kept_whatever_their_order(chosen: Sequence[str]) -> None:
    kept = bytes_of(MANY, tuple(chosen))

    assert flaw_of(MANY, tuple(chosen)) is None
    assert len(kept) == MANY.width == 5
    assert value_of(MANY, kept) == tuple(sorted(chosen))


@pytest.mark.parametrize("key", KEYS)
def test_one_choice_is_kept_in_a_byte(key: str) -> None:
    assert value_of(ONE, bytes_of(ONE, (key,))) == (key,)


def test_not_answered_is_no_value() -> None:
    for question in (CES, RATING, ONE, MANY):
        assert value_of(question, bytes([NOT_ANSWERED]) * question.width) is None


def test_a_survey_has_at_most_250_things_to_count() -> None:
    def asking(kind: QuestionKind, count: int, options: int) -> list[Question]:
        offered = tuple(Option(str(n), "x") for n in range(options))
        return [
            Question(f"{kind.name} {n}", "", kind, "", False, options=offered) for n in range(count)
        ]

    full = [
        *asking(QuestionKind.MULTIPLE_CHOICE, 2, 100),
        *asking(QuestionKind.SINGLE_CHOICE, 49, 100),
    ]
    text = asking(QuestionKind.TEXT, 1, 0)

    assert len(full) + 200 - 2 == MOST_ITEMS - 1
    assert check_size([[*full, *text, *asking(QuestionKind.NPS, 1, 0)]]) == []
    assert [r.reason for r in check_size([[*full, *asking(QuestionKind.NPS, 2, 0)]])] == [
        "TOO_MANY_ITEMS"
    ]


def test_an_option_that_came_later_is_one_thing_more_to_count() -> None:
    wide = Question("w", "w", QuestionKind.MULTIPLE_CHOICE, "", False, options=OPTIONS)
    full = [Question(str(n), "", QuestionKind.NPS, "", False) for n in range(MOST_ITEMS - 6)]
    grown = Question(
        "o", "o", QuestionKind.SINGLE_CHOICE, "", False, options=(*OPTIONS, Option("f", "F"))
    )

    assert check_size([[wide, ONE, *full]]) == []
    assert [r.reason for r in check_size([[wide, ONE, *full], [grown]])] == ["TOO_MANY_ITEMS"]
