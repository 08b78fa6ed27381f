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


async def test_what_a_survey_offers_is_said_and_shown(platform: Platform) -> None:
    """Of departments and touchpoints only those the viewer sees."""
    platform.services.surveys[0].offers.departments.extend(["d0", "unseen"])
    platform.services.surveys[0].offers.touchpoints.append("invoice")

    answer = await platform.data(
        """mutation ($create: CreateSurveyInput!, $update: UpdateSurveyInput!) {
            createSurvey(input: $create) { survey { key } }
            updateSurvey(input: $update) { survey { key } } }""",
        create={"key": "s", "title": "S", "questions": [], "offers": {"departments": ["d0"]}},
        update={"key": "s", "offers": {"everything": True}},
    )
    shown = await platform.data(
        """{ survey(key: "relationship") { offers {
            everything departments { key } touchpoints { key } } } }"""
    )

    assert answer["createSurvey"]["survey"] == answer["updateSurvey"]["survey"] == {"key": "s"}
    (created,), (updated,) = (
        platform.services.asked[name] for name in ("CreateSurvey", "UpdateSurvey")
    )
    assert list(created.survey.offers.departments) == ["d0"]
    assert updated.offers.everything
    assert shown["survey"]["offers"] == {
        "everything": False,
        "departments": [{"key": "d0"}],
        "touchpoints": [{"key": "invoice"}],
    }


async def test_what_is_not_said_of_offers_is_not_sent(platform: Platform) -> None:
    await platform.data(
        """mutation { updateSurvey(input: {key: "s", title: "T"}) { survey { key } } }"""
    )

    (request,) = platform.services.asked["UpdateSurvey"]
    assert not request.HasField("offers")
