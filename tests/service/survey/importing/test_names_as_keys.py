"""Mappings that name surveys and questions as people do: keys are made, and found again."""

import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from services.kit.errors import Invalid
from services.kit.rights.access import Role
from tests.service.support.import_call import failure
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

MAPPING = """
[defaults]
survey = "Visit Cards, 2026"
department = "care"
[columns]
id = "id"
[answers."How likely?"]
column = "score"
kind = "NPS"
[answers."Kāpēc?"]
column = "why"
kind = "TEXT"
[create]
survey = true
"""
FILE = "id,score,why\n1,9,fast\n2,3,\n"


async def stored(survey: SurveyService, *keys: str) -> list[pb.Survey]:
    request = pb.BatchGetSurveysRequest(keys=keys)
    reply = await survey.surveys.BatchGetSurveys(request, metadata=survey.bearer(Role.ADMIN))
    return list(reply.surveys)


async def test_keys_are_made_of_names_and_the_names_are_the_texts(survey: SurveyService) -> None:
    first = await survey.load(MAPPING, FILE)
    again = await survey.load(MAPPING, FILE)
    by_key = await survey.load(
        MAPPING.replace("Visit Cards, 2026", "visit-cards-2026")
        .replace("How likely?", "how-likely")
        .replace("Kāpēc?", "kāpēc"),
        FILE,
    )

    assert (first.survey, first.stored, first.refused) == ("visit-cards-2026", 2, 0)
    assert (again.stored, again.already, by_key.stored, by_key.already) == (0, 2, 0, 2)
    (made,) = await stored(survey, "visit-cards-2026")
    assert made.title == "Visit Cards, 2026"
    assert [(question.key, question.text) for question in made.questions] == [
        ("how-likely", "How likely?"),
        ("kāpēc", "Kāpēc?"),
    ]


async def test_a_survey_and_a_question_whose_key_is_the_name_are_meant(
    survey: SurveyService,
) -> None:
    question = pb.Question(key="How likely?", kind=pb.QUESTION_KIND_NPS, text="?")
    await survey.create("Visit Cards, 2026", questions=[question])
    mapping = MAPPING.replace('[answers."Kāpēc?"]\ncolumn = "why"\nkind = "TEXT"\n', "")

    outcome = await survey.load(mapping, FILE)

    assert (outcome.survey, outcome.stored) == ("", 2)
    assert await stored(survey, "visit-cards-2026") == []


async def test_two_names_of_one_question_are_refused(survey: SurveyService) -> None:
    refused = await failure(survey.load(MAPPING.replace("Kāpēc?", "how  likely"), FILE))

    assert isinstance(refused, Invalid)
    assert 'is the question "how-likely", as [answers.How likely?] is' in str(refused)


@pytest.mark.parametrize("name", ["?!", "..."])
async def test_a_name_of_which_no_key_can_be_made_stays(survey: SurveyService, name: str) -> None:
    outcome = await survey.load(MAPPING.replace("Visit Cards, 2026", name), FILE)

    assert (outcome.survey, outcome.stored) == (name, 2)
