"""What was entered in a form, as answers; and what is wrong, by the place of its question from 1."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from gateway.calls.forms import AnswerRefused, Answers, Form, Value
from gateway.respondents.fields import Problem, entered_of, missing_of, read_entered
from gateway.respondents.links import Link
from gateway.respondents.requests import Sent
from gateway.respondents.sentences import Phrase
from services.kit.errors import NotFound

OF_LINKS: Final = ("INVITATION_", "SURVEY_", "UNKNOWN_SURVEY", "UNKNOWN_TOUCHPOINT")
"""Reasons, or how they begin, why there is nothing to answer any more."""
_SENTENCES: Final[Mapping[str, Phrase]] = {
    "INVALID_TEXT": Phrase.BAD_TEXT,
    "EMPTY": Phrase.BAD_TEXT,
    "DAILY_LIMIT": Phrase.FULL,
}


def read_form(
    form: Form, sent: Sent, link: Link, before: Answers
) -> tuple[dict[str, Value], dict[int, Problem]]:
    """All answers after a form, in the order of the questions: those that it asks anew, the others as they were.

    One that asks a single question is either answered or skipped.
    """
    asked = set(places_of(form, link))
    entered = {**given(form, before), **entered_in(form, sent, link)}
    is_skipped = bool(sent.first("skip"))
    answers: dict[str, Value] = {}
    problems: dict[int, Problem] = {}
    for place, question in enumerate(form.questions, 1):
        if place in asked and is_skipped:
            continue
        read = read_entered(question, entered.get(place, ()))
        if isinstance(read, Problem):
            if place in asked:
                problems[place] = read
        elif read is not None:
            answers[question.key] = read
        elif place in asked and not link.is_whole:
            problems[place] = missing_of(question)
    return answers, problems


def places_of(form: Form, link: Link) -> Sequence[int]:
    """The questions that a page asks."""
    return range(1, len(form.questions) + 1) if link.is_whole else (link.step,)


def entered_in(form: Form, sent: Sent, link: Link) -> dict[int, Sequence[str]]:
    """What stands in the fields of a page's questions."""
    return {place: sent.fields.get(f"q{place}", ()) for place in places_of(form, link)}


def given(form: Form, answers: Answers) -> dict[int, Sequence[str]]:
    """What stands in the form for these answers."""
    return {
        place: entered_of(question, answers.get(question.key))
        for place, question in enumerate(form.questions, 1)
    }


def problems_of(form: Form, refused: Iterable[AnswerRefused]) -> dict[int, Problem]:
    """Why survey stored nothing, for a person; NotFound where there is nothing to answer any more."""
    places = {question.key: place for place, question in enumerate(form.questions, 1)}
    problems = {}
    for reason, question in refused:
        if reason.startswith(OF_LINKS) or reason in ("UNKNOWN_DEPARTMENT", "DEPARTMENT_REQUIRED"):
            raise NotFound("there is nothing to answer here", reason=reason)
        sentence = _SENTENCES.get(reason, Phrase.FAILED)
        problems[places.get(question or "", 0)] = Problem(sentence)
    return problems
