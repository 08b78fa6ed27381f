from typing import Any

import pytest

from services.survey.attribution.submission import Answer
from services.survey.domain.refusal import Refusal
from services.survey.responses.domain.responses import Checked, check
from services.survey.surveys.domain.questions import DONT_KNOW, NOT_ANSWERED, WRITTEN
from tests.unit.survey.support.surveys import ID, NOW, make_submission, make_survey

REFUSED: dict[str, tuple[list[Answer], dict[str, Any], tuple[str, ...], str]] = {
    "no answers": ([], {"answers": ()}, ("answers",), "NO_ANSWERS"),
    "a score of 11": (
        [Answer("recommend", 11)],
        {},
        ("answers", "0", "score"),
        "SCORE_OUT_OF_RANGE",
    ),
    "a score of -1": (
        [Answer("recommend", -1)],
        {},
        ("answers", "0", "score"),
        "SCORE_OUT_OF_RANGE",
    ),
    "a csat of 0": ([Answer("overall", 0)], {}, ("answers", "0", "score"), "SCORE_OUT_OF_RANGE"),
    "a csat of 6": ([Answer("overall", 6)], {}, ("answers", "0", "score"), "SCORE_OUT_OF_RANGE"),
    "a huge score": (
        [Answer("recommend", 2**31 - 1)],
        {},
        ("answers", "0", "score"),
        "SCORE_OUT_OF_RANGE",
    ),
    "text where a score belongs": (
        [Answer("recommend", "9")],
        {},
        ("answers", "0", "text"),
        "SCORE_EXPECTED",
    ),
    "a score where text belongs": (
        [Answer("why", 9)],
        {},
        ("answers", "0", "score"),
        "TEXT_EXPECTED",
    ),
    "don't know where text belongs": (
        [Answer("why", True)],
        {},
        ("answers", "0", "dont_know"),
        "TEXT_EXPECTED",
    ),
    "don't know on NPS": (
        [Answer("recommend", True)],
        {},
        ("answers", "0", "dont_know"),
        "DONT_KNOW_NOT_OFFERED",
    ),
    "don't know where it is not offered": (
        [Answer("staff", True)],
        {},
        ("answers", "0", "dont_know"),
        "DONT_KNOW_NOT_OFFERED",
    ),
    "a question that does not exist": (
        [Answer("nosuch", 9)],
        {},
        ("answers", "0", "question"),
        "UNKNOWN_QUESTION",
    ),
    "the same question twice": (
        [Answer("recommend", 9), Answer("recommend", 9)],
        {},
        ("answers", "1", "question"),
        "DUPLICATE_QUESTION",
    ),
    "an answer without a value": ([Answer("recommend", None)], {}, ("answers", "0"), "NO_VALUE"),
    "don't know that is false": ([Answer("overall", False)], {}, ("answers", "0"), "NO_VALUE"),
    "10,001 characters": (
        [Answer("why", "x" * 10_001)],
        {},
        ("answers", "0", "text"),
        "TEXT_TOO_LONG",
    ),
    "empty text": ([Answer("why", "")], {}, ("answers", "0", "text"), "EMPTY"),
    "NUL in text": ([Answer("why", "a\0b")], {}, ("answers", "0", "text"), "INVALID_TEXT"),
    "half a surrogate pair": (
        [Answer("why", "a\ud800b")],
        {},
        ("answers", "0", "text"),
        "INVALID_TEXT",
    ),
    "51 answers": ([Answer("recommend", 9)] * 51, {}, ("answers",), "TOO_MANY_ANSWERS"),
    "an id that is no UUID": ([], {"id": "42"}, ("id",), "INVALID_ID"),
    "an id in braces": ([], {"id": "{" + ID + "}"}, ("id",), "INVALID_ID"),
    "an id without hyphens": ([], {"id": ID.replace("-", "")}, ("id",), "INVALID_ID"),
    "an id with a line break": ([], {"id": ID + "\n"}, ("id",), "INVALID_ID"),
    "an id in other digits": ([], {"id": ID.replace("7000", "٧٠٠٠")}, ("id",), "INVALID_ID"),
    "a long channel": ([], {"channel": "x" * 65}, ("channel",), "TOO_LONG"),
    "an empty segment": ([], {"segment": ""}, ("segment",), "EMPTY"),
    "a control in a segment": ([], {"segment": "a\u0001b"}, ("segment",), "INVALID_TEXT"),
    "NUL in a language": ([], {"language": "l\0v"}, ("language",), "INVALID_TEXT"),
    "a long customer": ([], {"customer": "x" * 257}, ("customer",), "TOO_LONG"),
    "half a surrogate in customer": ([], {"customer": "\udfff"}, ("customer",), "INVALID_TEXT"),
    "NUL in a department": ([], {"department": "a\0"}, ("department",), "INVALID_TEXT"),
    "NUL in a touchpoint": ([], {"touchpoint": "a\0"}, ("touchpoint",), "INVALID_TEXT"),
    "NUL in a survey": ([], {"survey": "a\0"}, ("survey",), "INVALID_TEXT"),
    "a time of no day": ([], {"occurred_at": "soon"}, ("occurred_at",), "INVALID_TIME"),
    "a time before 2000": (
        [],
        {"occurred_at": "1999-12-31T23:59:59Z"},
        ("occurred_at",),
        "OCCURRED_AT_OUT_OF_RANGE",
    ),
}


@pytest.mark.parametrize(("answers", "changes", "field", "reason"), REFUSED.values(), ids=REFUSED)
def test_bad_input_is_refused_where_it_is_bad(
    answers: list[Answer], changes: dict[str, Any], field: tuple[str, ...], reason: str
) -> None:
    refused = check(make_submission(*answers, **changes), make_survey(), NOW)

    assert isinstance(refused, list)
    assert [(refusal.field, refusal.reason) for refusal in refused] == [(field, reason)]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    sent = make_submission(
        Answer("recommend", 11), Answer("nosuch", 1), id="x", channel="", occurred_at="x"
    )

    refused = check(sent, make_survey(), NOW)

    assert isinstance(refused, list)
    assert {refusal.reason for refusal in refused} == {
        "SCORE_OUT_OF_RANGE",
        "UNKNOWN_QUESTION",
        "INVALID_ID",
        "EMPTY",
        "INVALID_TIME",
    }


def test_an_unknown_survey_is_refused_along_with_what_else_is_wrong() -> None:
    refused = check(make_submission(Answer("recommend", 11), id="x"), None, NOW)

    assert isinstance(refused, list)
    assert [refusal.reason for refusal in refused] == ["INVALID_ID", "UNKNOWN_SURVEY"]


def test_a_refusal_never_quotes_what_a_person_wrote() -> None:
    secret = "Mrs. Smith of 7 Elm Street"
    sent = make_submission(
        Answer("why", secret * 1_000),
        Answer(secret, 3),
        Answer("recommend", secret),
        customer=secret * 20,
        channel=secret * 3,
        occurred_at=secret,
        id=secret,
    )

    refused = check(sent, make_survey(), NOW)

    assert isinstance(refused, list)
    assert len(refused) == 7
    assert not any("Smith" in str(refusal) for refusal in refused)


def test_the_least_and_the_most_of_everything_is_taken() -> None:
    lowest = make_submission(Answer("recommend", 0), Answer("overall", 1), Answer("why", "x"))
    highest = make_submission(
        Answer("recommend", 10),
        Answer("overall", 5),
        Answer("why", "€" * 10_000),
        channel="c" * 64,
        customer="c" * 256,
    )

    assert isinstance(check(lowest, make_survey(), NOW), Checked)
    assert isinstance(check(highest, make_survey(), NOW), Checked)


def test_answers_are_kept_by_position_and_words_apart() -> None:
    sent = make_submission(Answer("why", "slow"), Answer("overall", True), Answer("recommend", 7))

    checked = check(sent, make_survey(), NOW)

    assert isinstance(checked, Checked)
    assert checked.codes == bytes([7, DONT_KNOW, NOT_ANSWERED, WRITTEN])
    assert checked.verbatims == (("q4", "slow"),)


@pytest.mark.parametrize(
    "text",
    [
        ID,
        ID.upper(),
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "cfbff0d1-9375-5685-968c-48ce8b15ae17",
        "9c5b94b1-35ad-49bb-b118-8e8fc24abf80",
    ],
    ids=["version 7", "capitals", "version 1", "version 5", "version 4"],
)
def test_a_uuid_of_any_version_is_an_id_and_has_one_spelling(text: str) -> None:
    checked = check(make_submission(id=text), make_survey(), NOW)

    assert isinstance(checked, Checked)
    assert checked.id == text.lower()


def test_no_id_is_no_error() -> None:
    checked = check(make_submission(id=None), make_survey(), NOW)

    assert isinstance(checked, Checked)
    assert checked.id == ""


def test_reasons_are_for_machines() -> None:
    for name, (answers, changes, _, _) in REFUSED.items():
        for refusal in check(make_submission(*answers, **changes), make_survey(), NOW):
            assert isinstance(refusal, Refusal), name
            assert refusal.reason.replace("_", "").isupper()
            assert refusal.message
