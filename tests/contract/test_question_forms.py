"""Every kind of question that the contract knows can be answered on a page."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from cxm.survey.v1 import surveys_pb2 as pb
from gateway.browsers.languages import LANGUAGES
from gateway.calls.forms import FormQuestion, Text
from gateway.respondents.fields import AGREED, KINDS
from gateway.respondents.sentences import Phrase, say
from infra.local.demo import visit
from services.survey.surveys.domain.questions import SCORES
from services.survey.surveys.domain.standard_items import STANDARD_ITEMS

CONTRACT = {
    name.removeprefix("QUESTION_KIND_") for name, number in pb.QuestionKind.items() if number
}

PREVIEW = Path(__file__).parents[2] / "gateway/web/src/pages/surveys/survey/words.json"
SHOWN = {
    "notLikely": Phrase.NOT_LIKELY,
    "likely": Phrase.LIKELY,
    "hard": Phrase.HARD,
    "easy": Phrase.EASY,
    "littleEffort": Phrase.LITTLE_EFFORT,
    "muchEffort": Phrase.MUCH_EFFORT,
    "lowest": Phrase.LOWEST,
    "highest": Phrase.HIGHEST,
    "disagree": Phrase.STRONGLY_DISAGREE,
    "agree": Phrase.STRONGLY_AGREE,
    "level5": Phrase.VERY_SATISFIED,
    "level4": Phrase.SATISFIED,
    "level3": Phrase.NEITHER_SATISFIED,
    "level2": Phrase.DISSATISFIED,
    "level1": Phrase.VERY_DISSATISFIED,
    "dontKnow": Phrase.DONT_KNOW,
    "noNames": Phrase.NO_NAMES,
}
"""What the preview in gateway/web has its own words for."""


def test_the_page_has_a_form_for_every_kind() -> None:
    assert set(KINDS) == CONTRACT


def test_the_demo_asks_and_answers_every_kind_in_every_language() -> None:
    kinds = {question["key"]: question["kind"] for question in visit.QUESTIONS}
    texts = [
        visit.TITLE,
        *visit.QUESTIONS,
        *(o for q in visit.QUESTIONS for o in q.get("options", ())),
    ]
    given = list(visit.responses(1, datetime(2026, 6, 1, tzinfo=UTC)))

    assert set(kinds.values()) == CONTRACT
    for text in texts:
        assert [each["language"] for each in text["texts"]] == list(LANGUAGES[1:])
    assert {kinds[answer["question"]] for each in given for answer in each["answers"]} == CONTRACT
    assert {each["language"] for each in given} == set(LANGUAGES)


def test_the_preview_of_a_survey_says_what_the_page_says() -> None:
    words = json.loads(PREVIEW.read_text())

    assert {key: list(words[key].items()) for key in SHOWN} == {
        key: [(language, say(phrase, language)) for language in LANGUAGES]
        for key, phrase in SHOWN.items()
    }


def test_the_page_asks_for_the_scores_that_survey_takes() -> None:
    for kind, scores in SCORES.items():
        question = FormQuestion("q", kind.name, Text("", {}), False, 0, 0, ())
        assert KINDS[kind.name].scores(question) == scores


def test_page_and_preview_know_which_standard_items_are_statements() -> None:
    statements = {
        key for key, item in STANDARD_ITEMS.items() if item.high == 5 and key != "expectation"
    }
    listed = re.search(
        r"const AGREED = \[(.*)\]", (PREVIEW.parent / "PreviewQuestion.tsx").read_text()
    )

    assert listed is not None
    assert statements == AGREED == set(json.loads(f"[{listed.group(1)}]"))
