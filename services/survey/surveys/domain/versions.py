"""What the versions of a survey have in common."""

from collections.abc import Sequence
from dataclasses import replace

from services.survey.surveys.domain.questions import Question
from services.survey.surveys.domain.surveys import Survey


def asked_ever(versions: Sequence[Survey]) -> list[Question]:
    """Every question by its key as it was asked last, with "don't know" if it was ever an answer to it.

    `versions`: of one survey, the oldest first. Of two questions that had one key the later one counts.
    """
    found: dict[str, Question] = {}
    for question in (question for version in versions for question in version.questions):
        before = found.get(question.key)
        is_same = before is not None and before.id == question.id
        offered = question.dont_know or (is_same and before is not None and before.dont_know)
        found[question.key] = replace(question, dont_know=offered)
    return list(found.values())
