"""What a draft must be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.employee_exp.waves.domain.drafts import check_draft, check_reason
from services.employee_exp.waves.domain.wave import WaveDraft, WaveQuestion, WaveQuestionKind
from services.kit.errors import Invalid

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ENPS, TEXT = WaveQuestionKind.ENPS, WaveQuestionKind.TEXT
DRAFT = WaveDraft(
    kind=2,
    language="en",
    languages=("en", "lv"),
    name="Spring",
    names=(("lv", "Pavasaris"),),
    questions=(WaveQuestion("recommend", ENPS, "Would you?", (("lv", "Vai?"),)),),
    k=5,
    closes_at=NOW + timedelta(days=14),
)


def asked(*kinds: WaveQuestionKind, key: str = "q") -> tuple[WaveQuestion, ...]:
    texts = (("lv", "Vai?"),)
    return tuple(WaveQuestion(f"{key}{n}", kind, "Is it?", texts) for n, kind in enumerate(kinds))


def one(**other: Any) -> dict[str, Any]:
    return {"questions": (replace(DRAFT.questions[0], **other),)}


@pytest.mark.parametrize(
    "good",
    [
        {},
        {"k": 100},
        {"questions": asked(*[WaveQuestionKind.BURNOUT] * 60)},
        {"questions": asked(ENPS, TEXT, TEXT, TEXT)},
        {"names": (("lt", "Pavasaris"), ("lv", "Pavasaris"))},  # more than it is answered in
        {"reminders": (1, 2, 3, 4, 13)},
        {
            "reminders": (1, 2, 3, 4, 366),
            "closes_at": None,
        },  # judged once it is said when it closes
        {"dimensions": ("a", "b", "c", "d", "e")},
        {"repeat_months": 1},
        {"opens_at": NOW + timedelta(days=20), "closes_at": NOW + timedelta(days=30)},
        {"closes_at": None},
        one(key="enps"),
    ],
)
def test_a_draft_that_holds_is_taken(good: dict[str, Any]) -> None:
    check_draft("pulse-2026.1", replace(DRAFT, **good), NOW)


@pytest.mark.parametrize(
    ("wrong", "reason", "field"),
    [
        ({"kind": 0}, "UNKNOWN_KIND", "kind"),
        ({"language": "de"}, "LANGUAGE_NOT_OFFERED", "language"),
        ({"languages": ("en", "de")}, "LANGUAGE_NOT_OFFERED", "languages.1"),
        ({"languages": ("lv",)}, "LANGUAGE_MISSING", "languages"),
        ({"languages": ("en", "lv", "en")}, "REPEATED", "languages"),
        ({"name": " "}, "EMPTY", "name"),
        ({"name": "x" * 201}, "TOO_LONG", "name"),
        ({"name": "a\nb"}, "INVALID_TEXT", "name"),
        ({"names": ()}, "TEXT_MISSING", "names"),
        ({"names": (("de", "X"), ("lv", "X"))}, "LANGUAGE_NOT_OFFERED", "names.0.language"),
        ({"names": (("en", "X"), ("lv", "X"))}, "DUPLICATE_LANGUAGE", "names.0.language"),
        ({"names": (("lv", ""),)}, "EMPTY", "names.0.text"),
        ({"questions": ()}, "QUESTION_COUNT", "questions"),
        ({"questions": asked(*[TEXT] * 61)}, "QUESTION_COUNT", "questions"),
        ({"questions": asked(ENPS, ENPS)}, "QUESTION_COUNT", "questions"),
        ({"questions": asked(ENPS, *[TEXT] * 4)}, "QUESTION_COUNT", "questions"),
        ({"questions": asked(TEXT)}, "NO_SCORED_QUESTION", "questions"),
        ({"questions": asked(ENPS) * 2}, "DUPLICATE_QUESTION", "questions.1.key"),
        (one(key="a b"), "INVALID_KEY", "questions.0.key"),
        (one(kind=9), "UNKNOWN_KIND", "questions.0.kind"),
        (one(key="Engagement"), "RESERVED_KEY", "questions.0.key"),
        (one(key="enps", kind=2), "RESERVED_KEY", "questions.0.key"),
        (one(text="x" * 501), "TOO_LONG", "questions.0.text"),
        (one(texts=()), "TEXT_MISSING", "questions.0.texts"),
        ({"k": 4}, "K_OUT_OF_RANGE", "k"),
        ({"k": 101}, "K_OUT_OF_RANGE", "k"),
        ({"dimensions": tuple("abcdef")}, "TOO_MANY", "dimensions"),
        ({"dimensions": ("a", "a")}, "REPEATED", "dimensions"),
        ({"dimensions": ("",)}, "EMPTY", "dimensions.0"),
        ({"opens_at": NOW}, "OPENS_AT_PAST", "opens_at"),
        ({"closes_at": NOW}, "CLOSES_AT_TOO_EARLY", "closes_at"),
        ({"closes_at": NOW + timedelta(days=367)}, "CLOSES_AT_TOO_LATE", "closes_at"),
        (
            {"opens_at": NOW + timedelta(days=1), "closes_at": None},
            "CLOSES_AT_MISSING",
            "closes_at",
        ),
        ({"repeat_months": 1, "closes_at": None}, "CLOSES_AT_MISSING", "closes_at"),
        ({"repeat_months": -1}, "REPEAT_OUT_OF_RANGE", "repeat_months"),
        ({"repeat_months": 37}, "REPEAT_OUT_OF_RANGE", "repeat_months"),
        (
            {"repeat_months": 1, "closes_at": NOW + timedelta(days=32)},
            "REPEATS_OVERLAP",
            "closes_at",
        ),
        ({"reminders": (1, 2, 3, 4, 5, 6)}, "REMINDER_COUNT", "reminders"),
        ({"reminders": (3, 3)}, "REMINDER_OUT_OF_RANGE", "reminders.1"),
        ({"reminders": (0,)}, "REMINDER_OUT_OF_RANGE", "reminders.0"),
        ({"reminders": (1, 367)}, "REMINDER_OUT_OF_RANGE", "reminders.1"),
        ({"reminders": (1, 14)}, "REMINDER_TOO_LATE", "reminders.1"),
        (
            {"reminders": (1, 3, 5), "opens_at": NOW + timedelta(days=10)},
            "REMINDER_TOO_LATE",
            "reminders.2",
        ),
    ],
)
def test_what_breaks_a_rule_is_refused_by_its_field(
    wrong: dict[str, Any], reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        check_draft("pulse", replace(DRAFT, **wrong), NOW)

    assert (caught.value.reason, ".".join(caught.value.field)) == (reason, field)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"names": ()}, "the name of the wave has no text in lv"),
        (one(texts=()), "the question recommend has no text in lv"),
        (one(texts=(("lv", " "),)), "the question recommend in lv is empty"),
        (one(text=""), "the question recommend is empty"),
        (one(key=""), "the key of question 1"),
        ({"dimensions": ("site", "")}, "number 2 of dimensions is empty"),
        ({"dimensions": ("site", "age", "site")}, "site is twice in dimensions"),
        ({"reminders": (1, 14)}, "a reminder after 14 days: the wave would be closed"),
        ({"reminders": (1, 0)}, "a reminder after 0 days"),
    ],
)
def test_a_refusal_says_what_is_wrong_by_its_name(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        check_draft("pulse", replace(DRAFT, **wrong), NOW)


@pytest.mark.parametrize("key", ["", "a b", "-a", "x" * 65])
def test_a_key_of_another_shape_is_refused(key: str) -> None:
    with pytest.raises(Invalid, match="a key has"):
        check_draft(key, DRAFT, NOW)


def test_a_wave_that_repeats_leaves_room_for_the_month_in_its_key() -> None:
    repeated = replace(DRAFT, repeat_months=3)
    check_draft("x" * 56, repeated, NOW)

    with pytest.raises(Invalid, match="56"):
        check_draft("x" * 57, repeated, NOW)


@pytest.mark.parametrize("reason", ["", " ", "x" * 501])
def test_an_early_close_has_a_reason(reason: str) -> None:
    with pytest.raises(Invalid, match="the reason of closing this wave early"):
        check_reason(reason)
