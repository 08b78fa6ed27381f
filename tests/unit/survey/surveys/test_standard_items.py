"""Questions that ask a standard item: what is left out is added, what contradicts it is refused."""

from dataclasses import replace
from typing import Any

import pytest

from services.survey.surveys.domain.drafts import (
    QuestionDraft,
    SurveyDraft,
    check_draft,
    complete,
)
from services.survey.surveys.domain.edits import edit_questions, question_of
from services.survey.surveys.domain.questions import Option, QuestionKind
from services.survey.surveys.domain.standard_items import (
    LANGUAGES,
    SERVICE_QUALITY,
    STANDARD_ITEMS,
)

RATING, CHOICE = QuestionKind.RATING, QuestionKind.SINGLE_CHOICE


def asked(item: str, **more: Any) -> QuestionDraft:
    given: dict[str, Any] = {"key": "q", "kind": 0, "text": "", "dont_know": False, "item": item}
    return QuestionDraft(**given | more)


def draft(*questions: QuestionDraft, language: str = "") -> SurveyDraft:
    return complete(SurveyDraft("s", "S", False, True, "", questions, language))


def refused(survey: SurveyDraft) -> list[tuple[tuple[str, ...], str]]:
    return [(refusal.field, refusal.reason) for refusal in check_draft(survey)]


@pytest.mark.parametrize("item", STANDARD_ITEMS)
@pytest.mark.parametrize("language", ["", *LANGUAGES, "lv-LV"])
def test_the_key_of_an_item_is_a_question_in_every_language(item: str, language: str) -> None:
    survey = draft(asked(item), language=language)

    assert refused(survey) == []
    (question,) = survey.questions
    said = {language.split("-")[0] or "en": question.text, **dict(question.texts)}
    assert said.keys() == set(LANGUAGES)
    assert len(set(said.values())) == len(LANGUAGES)
    for option in question.options:
        assert len(option.texts) == len(LANGUAGES) - 1


def test_items_have_the_kinds_and_scales_that_they_are_read_by() -> None:
    scales = {key: (item.kind, item.low, item.high) for key, item in STANDARD_ITEMS.items()}

    assert scales.pop("informationThere") == (CHOICE, 0, 0)
    assert scales.pop("feeling") == (RATING, 0, 4)
    assert set(scales.values()) == {(RATING, 1, 5)}
    assert set(SERVICE_QUALITY) <= scales.keys()
    options = [option for option, _ in STANDARD_ITEMS["informationThere"].choices]
    assert options == ["yes", "partly", "no", "DONT_KNOW"]


def test_own_words_stay_alone() -> None:
    own = asked("fast", text="Were we quick?", texts=(("lv", "Vai bijām ātri?"),))

    (question,) = draft(own, language="en").questions

    assert (question.text, question.texts) == (own.text, own.texts)
    assert (question.kind, question.low, question.high) == (RATING, 1, 5)


@pytest.mark.parametrize(
    ("question", "field", "reason"),
    [
        (asked("speed"), "item", "UNKNOWN_ITEM"),
        (asked("FAST"), "item", "UNKNOWN_ITEM"),
        (asked("fast", kind=QuestionKind.CES), "kind", "KIND_OF_ITEM"),
        (asked("fast", kind=RATING, low=0, high=10), "scale", "SCALE_OF_ITEM"),
        (asked("feeling", kind=RATING, low=1, high=5), "scale", "SCALE_OF_ITEM"),
        (
            asked("informationThere", options=(Option("yes", "Yes"), Option("no", "No"))),
            "options",
            "OPTIONS_OF_ITEM",
        ),
    ],
)
def test_what_contradicts_an_item_is_refused(
    question: QuestionDraft, field: str, reason: str
) -> None:
    assert refused(draft(question)) == [(("questions", "0", field), reason)]


def test_a_language_that_an_item_lacks_needs_words() -> None:
    assert refused(draft(asked("fast"), language="de")) == [(("questions", "0", "text"), "EMPTY")]
    assert refused(draft(asked("fast", text="Schnell?"), language="de")) == []


def test_an_item_is_asked_once() -> None:
    twice = draft(asked("fast"), asked("fast", key="again"))

    assert refused(twice) == [(("questions", "1", "item"), "DUPLICATE_ITEM")]


def test_a_question_that_was_answered_keeps_its_item_and_may_get_one() -> None:
    survey = draft(asked("fast"))
    plain = replace(survey.questions[0], item="")
    with_item = (question_of(survey.questions[0], "1"),)
    without = (question_of(plain, "1"),)

    removed = edit_questions([plain], [with_item], lambda: "2", was_open=True)
    added = edit_questions(survey.questions, [without], lambda: "2", was_open=True)

    assert isinstance(removed, list)
    assert [refusal.reason for refusal in removed] == ["ITEM_CHANGED"]
    assert added == with_item
