"""Surveys are created and read."""

from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import survey

CSAT = {"key": "q", "kind": "CSAT", "text": "How?", "dontKnow": True}
RATING = {"key": "r", "kind": "RATING", "text": "How much?", "scale": {"low": 0, "high": 5}}
CHOICE = {
    "key": "c",
    "kind": "MULTIPLE_CHOICE",
    "text": "Which?",
    "options": [{"key": "a", "text": "A"}, {"key": "b", "text": "B"}],
}


async def test_surveys_are_created_and_read(platform: Platform) -> None:
    answer = await platform.data(
        """mutation ($input: CreateSurveyInput!) { createSurvey(input: $input) {
            survey { key title public inScorecard questions {
                key kind text dontKnow scale { low high } options { key text } } } userErrors { code } } }""",
        input={
            "key": "s",
            "title": "S",
            "department": "d",
            "questions": [CSAT, RATING, CHOICE],
        },
    )

    assert answer["createSurvey"]["survey"] == {
        "key": "s",
        "title": "S",
        "public": False,
        "inScorecard": True,
        "questions": [
            CSAT | {"scale": None, "options": []},
            RATING | {"dontKnow": False, "options": []},
            CHOICE | {"dontKnow": False, "scale": None},
        ],
    }
    (request,) = platform.services.asked["CreateSurvey"]
    assert request.department == "d"

    answer = await platform.data(
        '{ survey(key: "relationship") { title version questions { kind } } surveys { edges { node { key } } } }'
    )
    assert answer == {
        "survey": {"title": "Relationship", "version": 1, "questions": [{"kind": "NPS"}]},
        "surveys": {"edges": [{"node": {"key": "relationship"}}]},
    }


async def test_surveys_name_the_departments_their_responses_count_for_in_one_call(
    platform: Platform,
) -> None:
    elsewhere, none = survey("elsewhere"), survey("none")
    platform.services.surveys[0].department_id = "id-root"
    elsewhere.department_id = "id-unseen"
    platform.services.surveys += [elsewhere, none]

    answer = await platform.data("{ surveys { edges { node { department { key } } } } }")

    found = [edge["node"]["department"] for edge in answer["surveys"]["edges"]]
    assert sorted(found, key=str) == [None, None, {"key": "root"}]
    assert len(platform.services.asked["BatchGetDepartments"]) == 1
