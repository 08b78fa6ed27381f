"""Survey before its first import, and what an import stored."""

import pytest

from tests.service.survey.conftest import OpenSurvey
from tests.service.survey.support.running import SurveyService


@pytest.fixture
async def survey(open_survey: OpenSurvey) -> SurveyService:
    """Survey, without any survey yet."""
    return await open_survey()


async def answers(survey: SurveyService) -> list[list[str]]:
    """What was answered, by response: scores, `?` for don't know, words as they are; in the order of storing."""
    facts = {fact.response_id: fact for fact in await survey.facts()}
    rows = await survey.database.fetch("SELECT response_id::text, text FROM survey_verbatim")
    words = {row[0]: row[1] for row in rows}
    return sorted(
        ["?" if a.dont_know else str(a.score) for a in fact.answers]
        + ([words[fact.response_id]] if fact.response_id in words else [])
        for fact in facts.values()
    )
