"""Which score leads."""

import pytest

from services.survey.reading.domain import LeadScore, lead_score
from services.survey.surveys.domain.questions import (
    DONT_KNOW,
    NOT_ANSWERED,
    Question,
    QuestionKind,
)
from services.survey.surveys.domain.surveys import Survey

NOT, UNSURE = NOT_ANSWERED, DONT_KNOW
SURVEY = Survey(
    id="s",
    key="s",
    title="S",
    public=True,
    in_scorecard=True,
    department_id=None,
    version_id="v",
    version=1,
    revision=1,
    questions=(
        Question("r", "r", QuestionKind.RATING, "?", False, 2, 4),
        Question("c", "c", QuestionKind.CSAT, "?", True),
        Question("n1", "n1", QuestionKind.NPS, "?", False),
        Question("n2", "n2", QuestionKind.NPS, "?", False),
        Question("t", "t", QuestionKind.TEXT, "?", False),
    ),
)


@pytest.mark.parametrize(
    ("answers", "lead"),
    [
        ((3, 5, 7, 2, 0), LeadScore(QuestionKind.NPS, 7, 0, 10)),
        ((3, 5, NOT, 2, 0), LeadScore(QuestionKind.NPS, 2, 0, 10)),
        ((3, 5, NOT, NOT, 0), LeadScore(QuestionKind.CSAT, 5, 1, 5)),
        ((3, UNSURE, NOT, NOT, 0), LeadScore(QuestionKind.RATING, 3, 2, 4)),
        ((NOT, UNSURE, 0, NOT, 0), LeadScore(QuestionKind.NPS, 0, 0, 10)),
        ((NOT, UNSURE, NOT, NOT, 0), None),
    ],
)
def test_the_score_that_leads(answers: tuple[int, ...], lead: LeadScore | None) -> None:
    assert lead_score(SURVEY, bytes(answers)) == lead
