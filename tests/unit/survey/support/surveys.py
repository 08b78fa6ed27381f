"""Surveys and submissions with sensible defaults; plain functions."""

from datetime import UTC, datetime
from typing import Any

from services.survey.attribution.submission import Answer, Submission
from services.survey.domain.offers import Offers
from services.survey.surveys.domain.questions import Question, QuestionKind
from services.survey.surveys.domain.surveys import Survey

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ID = "0195f1a0-0000-7000-8000-00000000abcd"


def make_survey(**changes: Any) -> Survey:
    """NPS, CSAT with and without "don't know", and text."""
    state: dict[str, Any] = {
        "id": "s1",
        "key": "relationship",
        "title": "Relationship",
        "public": True,
        "in_scorecard": True,
        "department_id": None,
        "version_id": "v1",
        "version": 1,
        "questions": (
            Question("q1", "recommend", QuestionKind.NPS, "Would you recommend us?", False),
            Question("q2", "overall", QuestionKind.CSAT, "How was it?", True),
            Question("q3", "staff", QuestionKind.CSAT, "How was the staff?", False),
            Question("q4", "why", QuestionKind.TEXT, "Why?", False),
        ),
        "revision": 1,
        "offers": Offers(everything=True),
    }
    return Survey(**(state | changes))


def make_submission(*answers: Answer, **changes: Any) -> Submission:
    """A valid submission, or one with other answers and fields."""
    state: dict[str, Any] = {"id": ID, "survey": "relationship", "department": "sales"}
    given = answers or (Answer("recommend", 9),)
    return Submission(**(state | {"answers": given} | changes))
