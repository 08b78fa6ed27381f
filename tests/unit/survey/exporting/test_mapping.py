"""The mapping of an export: it names every column, and an import reads it as the survey asks."""

import tomllib
from dataclasses import replace

import pytest

from services.kit.imports.mapping import read_mapping
from services.survey.exporting.mapping import mapping_of
from services.survey.exporting.sheet import ExportSheet
from services.survey.importing.answers.answer_columns import RESPONSES
from services.survey.surveys.domain.questions import Option, Question, QuestionKind
from services.survey.surveys.domain.surveys import Survey

CHOICE, CHOICES = QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE


def options(**texts: str) -> tuple[Option, ...]:
    return tuple(Option(key, text) for key, text in texts.items())


def survey(*questions: Question, version: int = 1) -> Survey:
    return Survey(
        "s", "ser.vice", "Service", True, True, None, f"v{version}", version, questions, 1
    )


FAST = Question("7", "speed", QuestionKind.RATING, "?", False, 1, 5, item="fast")
NPS = Question("1", "recommend", QuestionKind.NPS, "?", False)
CSAT = Question("2", "overall", QuestionKind.CSAT, "?", True)
EVERY = survey(
    NPS,
    CSAT,
    Question("3", "why not?", QuestionKind.TEXT, "?", False),
    Question("4", "stars", QuestionKind.RATING, "?", False, 1, 3),
    Question("5", "a.b", CHOICES, "?", False, options=options(web="Web", app="App")),
    Question("6", 'c"d', CHOICE, "?", False, options=options(x="Ex", y="Why")),
)


def test_every_kind_of_question_is_read_as_the_survey_asks_it() -> None:
    text = mapping_of([EVERY])

    mapping = read_mapping(text, RESPONSES)

    assert mapping.constants == {"survey": "ser.vice"}
    assert mapping.columns["response"] == "response"
    assert [(a.question, a.kind, a.column) for a in mapping.subtables] == [
        (q.key, q.kind, None if q.kind is CHOICES else f"answer.{q.key}") for q in EVERY.questions
    ]
    assert mapping.subtables[1].allows_dont_know
    assert mapping.subtables[3].scale == range(1, 4)
    assert mapping.subtables[4].options == {"web": "answer.a.b.web", "app": "answer.a.b.app"}
    assert mapping.subtables[5].values == {"Ex": "x", "Why": "y"}
    assert (mapping.format.delimiter, mapping.format.timezone) == (",", "UTC")
    assert read_mapping(mapping_of([EVERY], ";"), RESPONSES).format.delimiter == ";"
    header = ExportSheet([EVERY]).header
    assert {str(column) for column in mapping.used()} <= header.keys()
    assert {name for name in header if name.startswith("answer.")} <= set(mapping.used())


@pytest.mark.parametrize(
    ("offered", "labels"),
    [
        ({"a": "b", "b": "a"}, {"a": "a", "b": "b"}),
        ({"a": "Same", "b": "Same"}, {"a": "a", "b": "b"}),
        ({"a": "a", "b": "Bee"}, {"a": "a", "Bee": "b"}),
    ],
)
def test_a_text_that_could_be_another_option_is_no_label(
    offered: dict[str, str], labels: dict[str, str]
) -> None:
    question = Question("1", "q", CHOICE, "?", False, options=options(**offered))

    (answer,) = read_mapping(mapping_of([survey(question)]), RESPONSES).subtables

    assert answer.values == labels


def test_questions_of_before_have_their_columns_and_dont_know_stays_an_answer() -> None:
    later = survey(replace(CSAT, dont_know=False), version=2)

    answers = read_mapping(mapping_of([survey(NPS, CSAT), later]), RESPONSES).subtables

    assert {(a.question, a.column) for a in answers} == {
        ("recommend", "answer.recommend"),
        ("overall", "answer.overall"),
    }
    assert next(a for a in answers if a.question == "overall").allows_dont_know


def test_another_question_that_had_the_key_is_told_of_and_left_out() -> None:
    other = Question("9", "recommend", QuestionKind.TEXT, "?", False)

    text = mapping_of([survey(other), survey(NPS, version=2)])

    assert "# answer.recommend v1 was asked before under a key" in text
    assert tomllib.loads(text)["answers"] == {
        "recommend": {"column": "answer.recommend", "kind": "NPS"}
    }


def test_a_standard_item_is_named() -> None:
    (answer,) = read_mapping(mapping_of([survey(FAST)]), RESPONSES).subtables

    assert (answer.item, answer.kind, answer.scale) == ("fast", FAST.kind, range(1, 6))
