"""Submitted responses: what each must be, before it is known whom it counts for."""

from datetime import datetime
from typing import NamedTuple

from services.survey.attribution.submission import Answer, Submission, check_strings
from services.survey.domain.refusal import Refusal
from services.survey.domain.times import read_instant
from services.survey.responses.domain.ids import is_import_id, read_id
from services.survey.surveys.domain.questions import NOT_ANSWERED, Flaw, bytes_of, flaw_of
from services.survey.surveys.domain.surveys import MOST_QUESTIONS, Survey


class Checked(NamedTuple):
    """What a valid submission says, as it is kept; words by question id."""

    id: str  # empty: the client made none
    occurred_at: datetime
    codes: bytes
    verbatims: tuple[tuple[str, str], ...]


def check(submission: Submission, survey: Survey | None, now: datetime) -> Checked | list[Refusal]:
    """What a submission says, or everything that is wrong with it."""
    refused = [refusal for refusal in check_strings(submission) if refusal]
    response_id = "" if submission.id is None else read_id(submission.id)
    if response_id is None:
        refused.append(Refusal(("id",), "INVALID_ID", "an id is a UUID; leave it out to get one"))
    elif response_id and is_import_id(response_id) and not submission.imported:
        refused.append(OF_IMPORTS)
    at = read_instant(submission.occurred_at, now)
    if isinstance(at, Refusal):
        refused.append(at)
    if survey is None:
        refused.append(UNKNOWN_SURVEY)
        return refused
    refused += _check_answers(submission.answers, survey)
    if refused or response_id is None or isinstance(at, Refusal):
        return refused
    return _read(response_id, submission.answers, survey, at)


def check_correction(
    answers: tuple[Answer, ...], survey: Survey
) -> tuple[bytes, tuple[tuple[str, str], ...]] | list[Refusal]:
    """What corrected answers are kept as and their words by question id, or everything that is wrong with them."""
    return _check_answers(answers, survey) or _kept(answers, survey)


OF_IMPORTS = Refusal(
    ("id",),
    "INVALID_ID",
    "ids of this form are those of imported rows: send a UUID of version 4 or 7, or leave it out",
)
UNKNOWN_SURVEY = Refusal(
    ("survey",), "UNKNOWN_SURVEY", "there is no such survey, or it takes no responses from you"
)


def _check_answers(answers: tuple[Answer, ...], survey: Survey) -> list[Refusal]:
    if not answers:
        return [Refusal(("answers",), "NO_ANSWERS", "a response has at least one answer")]
    if len(answers) > MOST_QUESTIONS:
        return [
            Refusal(
                ("answers",),
                "TOO_MANY_ANSWERS",
                f"{len(answers):,} answers: a survey has at most {MOST_QUESTIONS} questions",
            )
        ]
    refused: list[Refusal] = []
    seen: set[str] = set()
    for number, (key, value) in enumerate(answers):
        place = survey.places.get(key)
        if place is None:
            refused.append(_refused_answer(number, _UNKNOWN_QUESTION))
        elif key in seen:
            refused.append(_refused_answer(number, _DUPLICATE_QUESTION))
        elif flaw := flaw_of(survey.questions[place], value):
            refused.append(_refused_answer(number, flaw))
        seen.add(key)
    return refused


_UNKNOWN_QUESTION = Flaw(
    ("question",), "UNKNOWN_QUESTION", "the survey has no question of this key"
)
_DUPLICATE_QUESTION = Flaw(
    ("question",), "DUPLICATE_QUESTION", "this question is answered above: answer each once"
)


def _refused_answer(number: int, flaw: Flaw) -> Refusal:
    return Refusal(("answers", str(number), *flaw.path), flaw.reason, flaw.message)


def _read(response_id: str, answers: tuple[Answer, ...], survey: Survey, at: datetime) -> Checked:
    return Checked(response_id, at, *_kept(answers, survey))


def _kept(answers: tuple[Answer, ...], survey: Survey) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    codes = bytearray([NOT_ANSWERED]) * survey.width
    verbatims: list[tuple[str, str]] = []
    for key, value in answers:
        place = survey.places[key]
        question = survey.questions[place]
        codes[survey.spans[place]] = bytes_of(question, value)
        if isinstance(value, str):
            verbatims.append((question.id, value))
    return bytes(codes), tuple(verbatims)
