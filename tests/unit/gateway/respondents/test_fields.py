"""How kinds of questions are asked and read."""

from dataclasses import replace

import pytest

from gateway.calls.forms import FormOption, FormQuestion, Text, Value
from gateway.respondents.fields import (
    DONT_KNOW,
    KINDS,
    Field,
    Problem,
    Words,
    draw_scale,
    entered_of,
    hint_of,
    read_entered,
)

WORDS = Words("en", "en")


def make_question(
    kind: str, low: int = 1, high: int = 5, *, dont_know: bool = False
) -> FormQuestion:
    options = tuple(FormOption(key, Text(key.upper(), {})) for key in ("x", "y"))
    return FormQuestion("q", kind, Text("?", {}), dont_know, low, high, options)


GIVEN: list[tuple[str, Value]] = [
    ("NPS", 0),
    ("NPS", 10),
    ("CSAT", 5),
    ("CES", 7),
    ("CES1", 5),
    ("RATING", 1),
    ("TEXT", "Two\nlines"),
    ("SINGLE_CHOICE", ("y",)),
    ("MULTIPLE_CHOICE", ("x", "y")),
]


@pytest.mark.parametrize(("kind", "value"), GIVEN)
def test_what_is_drawn_as_entered_is_read_as_the_same_answer(kind: str, value: Value) -> None:
    question = make_question(kind)
    entered = entered_of(question, value)
    drawn = KINDS[kind].draw(Field(question, "q1", WORDS, entered))

    assert read_entered(question, entered) == value
    assert drawn.count(" checked") == (0 if kind == "TEXT" else len(entered))
    assert 'id="q1"' in drawn


@pytest.mark.parametrize(
    ("kind", "entered"),
    [
        ("NPS", ["11"]),
        ("NPS", ["-1"]),
        ("NPS", ["9.5"]),
        ("NPS", ["٣"]),
        ("NPS", [DONT_KNOW]),
        ("CSAT", ["0"]),
        ("CES", ["8"]),
        ("RATING", ["6"]),
        ("SINGLE_CHOICE", ["0", "1"]),
        ("SINGLE_CHOICE", ["2"]),
        ("MULTIPLE_CHOICE", ["0", "0"]),
        ("TEXT", ["x" * 10_001]),
    ],
)
def test_what_a_question_does_not_take_is_a_problem(kind: str, entered: list[str]) -> None:
    assert isinstance(read_entered(make_question(kind), entered), Problem)


def test_dont_know_is_an_answer_where_it_is_offered() -> None:
    question = make_question("CSAT", dont_know=True)

    assert read_entered(question, [DONT_KNOW]) is True
    assert entered_of(question, True) == [DONT_KNOW]
    assert "Don’t know" in KINDS["CSAT"].draw(Field(question, "q1", WORDS))
    assert "Don’t know" not in KINDS["CSAT"].draw(Field(make_question("CSAT"), "q1", WORDS))


def test_many_scores_are_typed() -> None:
    question = make_question("RATING", 0, 100)
    field = Field(question, "q1", WORDS, ["57"])

    assert field.is_typed
    assert 'inputmode="numeric"' in KINDS["RATING"].draw(field)
    assert read_entered(question, ["100"]) == 100


def test_of_a_statement_the_ends_are_agreement() -> None:
    plain = make_question("RATING")
    statement = replace(plain, item="fast")

    drawn = [draw_scale(Field(question, "q1", WORDS)) for question in (plain, statement)]

    assert "Lowest" in drawn[0]
    assert "Strongly agree" not in drawn[0]
    assert "Strongly disagree" in drawn[1]
    assert "Lowest" not in drawn[1]
    assert "5: strongly agree" in hint_of(Field(statement, "q1", WORDS))
