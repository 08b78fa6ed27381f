"""Files of effort and ratings."""

import pytest

from services.kit.errors import Invalid
from tests.service.support.import_call import failure
from tests.service.survey.support.imports import answers
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

MAPPING = """
[defaults]
survey = "support"
department = "care"
[answers.easy]
column = "easy"
kind = "CES"
[answers.effort]
column = "effort"
kind = "CES1"
[answers.stars]
column = "stars"
kind = "RATING"
scale = [0, 3]
[create]
survey = true
"""
HEAD = "easy,effort,stars\n"


async def test_a_survey_of_every_scored_kind_is_created_and_filled(survey: SurveyService) -> None:
    outcome = await survey.load(MAPPING, HEAD + "7,1,0\n1,5,3\n8,1,1\n1,0,1\n1,1,4\n")

    assert (outcome.stored, outcome.refused) == (2, 3)
    assert await answers(survey) == [["1", "5", "3"], ["7", "1", "0"]]
    assert [line[1] for line in sorted(outcome.report)] == ["easy", "effort", "stars"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[0, 3]", "[0, 5]", "the question has 0 to 3 in the survey"),
        ('"CES1"', '"CES"', "the question is CES1 in the survey, not CES"),
    ],
)
async def test_a_mapping_that_contradicts_the_survey_is_refused(
    survey: SurveyService, old: str, new: str, message: str
) -> None:
    await survey.load(MAPPING, HEAD + "7,1,0\n")

    refused = await failure(survey.load(MAPPING.replace(old, new), HEAD + "6,1,0\n"))

    assert isinstance(refused, Invalid)
    assert message in refused.message
