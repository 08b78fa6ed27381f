from dataclasses import replace
from typing import Any

import pytest

from services.survey.domain.offers import NOTHING, Offers
from services.survey.surveys.domain.drafts import QuestionDraft, SurveyDraft, check_draft, is_same
from services.survey.surveys.domain.questions import Option, QuestionKind
from tests.unit.survey.support.surveys import make_survey

NPS = QuestionDraft("recommend", QuestionKind.NPS, "Would you recommend us?", False)
CSAT = QuestionDraft("overall", QuestionKind.CSAT, "How was it?", True)
DRAFT = SurveyDraft("relationship", "Relationship", False, True, "", (NPS, CSAT))


def changed(**changes: Any) -> SurveyDraft:
    return replace(DRAFT, **changes)


def asking(**changes: Any) -> SurveyDraft:
    return replace(DRAFT, questions=(replace(NPS, **changes),))


def rating(low: int, high: int) -> SurveyDraft:
    return asking(kind=QuestionKind.RATING, low=low, high=high)


def offering(*options: Option) -> SurveyDraft:
    return asking(kind=QuestionKind.MULTIPLE_CHOICE, options=options)


OPTIONS = (Option("a", "A"), Option("b", "B"))


@pytest.mark.parametrize(
    ("draft", "field", "reason"),
    [
        (changed(key=""), ("key",), "EMPTY"),
        (changed(key="k" * 65), ("key",), "TOO_LONG"),
        (changed(key="a\0"), ("key",), "INVALID_TEXT"),
        (changed(key=" a"), ("key",), "INVALID_KEY"),
        (changed(key="a\nb"), ("key",), "INVALID_KEY"),
        (changed(title=""), ("title",), "EMPTY"),
        (changed(title=" \t"), ("title",), "EMPTY"),
        (changed(title="t" * 201), ("title",), "TOO_LONG"),
        (changed(title="\ud800"), ("title",), "INVALID_TEXT"),
        (changed(questions=()), ("questions",), "QUESTION_COUNT"),
        (changed(questions=(NPS,) * 51), ("questions",), "QUESTION_COUNT"),
        (changed(questions=(NPS, NPS)), ("questions", "1", "key"), "DUPLICATE_QUESTION"),
        (asking(key="a\0"), ("questions", "0", "key"), "INVALID_TEXT"),
        (asking(text=""), ("questions", "0", "text"), "EMPTY"),
        (asking(text="t" * 2_001), ("questions", "0", "text"), "TOO_LONG"),
        (asking(kind=0), ("questions", "0", "kind"), "UNKNOWN_KIND"),
        (asking(kind=99), ("questions", "0", "kind"), "UNKNOWN_KIND"),
        (asking(dont_know=True), ("questions", "0", "dont_know"), "DONT_KNOW_NOT_OFFERED"),
        (asking(high=5), ("questions", "0", "scale"), "SCALE_NOT_TAKEN"),
        (asking(options=OPTIONS), ("questions", "0", "options"), "OPTIONS_NOT_TAKEN"),
        (rating(0, 0), ("questions", "0", "scale"), "INVALID_SCALE"),
        (rating(5, 5), ("questions", "0", "scale"), "INVALID_SCALE"),
        (rating(-1, 5), ("questions", "0", "scale"), "INVALID_SCALE"),
        (rating(0, 101), ("questions", "0", "scale"), "INVALID_SCALE"),
        (offering(), ("questions", "0", "options"), "OPTION_COUNT"),
        (offering(*OPTIONS[:1]), ("questions", "0", "options"), "OPTION_COUNT"),
        (offering(*OPTIONS * 51), ("questions", "0", "options"), "OPTION_COUNT"),
        (
            offering(OPTIONS[0], OPTIONS[0]),
            ("questions", "0", "options", "1", "key"),
            "DUPLICATE_OPTION",
        ),
        (
            offering(OPTIONS[0], Option("", "B")),
            ("questions", "0", "options", "1", "key"),
            "EMPTY",
        ),
        (
            offering(OPTIONS[0], Option("b", " ")),
            ("questions", "0", "options", "1", "text"),
            "EMPTY",
        ),
    ],
)
def test_a_bad_draft_is_refused_where_it_is_bad(
    draft: SurveyDraft, field: tuple[str, ...], reason: str
) -> None:
    assert [(refusal.field, refusal.reason) for refusal in check_draft(draft)] == [(field, reason)]


def test_the_most_of_everything_is_taken() -> None:
    questions = tuple(
        QuestionDraft(f"q{n}", QuestionKind.TEXT, "t" * 2_000, False) for n in range(50)
    )

    assert check_draft(DRAFT) == []
    assert check_draft(changed(key="k" * 64, title="t" * 200, questions=questions)) == []
    assert check_draft(changed(key="kvalitāte & co")) == []


def test_the_same_survey_is_the_same_and_any_change_is_another() -> None:
    stored = make_survey(department_id="d", offers=NOTHING)
    asked = tuple(QuestionDraft(q.key, q.kind, q.text, q.dont_know) for q in stored.questions)
    draft = SurveyDraft(stored.key, stored.title, True, True, "sales", asked)

    assert is_same(stored, draft, "d")
    assert not is_same(stored, draft, None)
    assert not is_same(stored, replace(draft, title="Other"), "d")
    assert not is_same(stored, replace(draft, public=False), "d")
    assert not is_same(stored, replace(draft, in_scorecard=False), "d")
    assert not is_same(stored, replace(draft, offers=Offers(everything=True)), "d")
    assert not is_same(stored, replace(draft, daily_limit=5), "d")
    assert not is_same(stored, replace(draft, questions=asked[::-1]), "d")
    assert not is_same(stored, replace(draft, questions=asked[:-1]), "d")
