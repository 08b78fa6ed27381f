"""Surveys are edited and opened, in the public schema."""

from typing import Any

from cxm.survey.v1 import surveys_pb2 as pb
from services.kit.errors import Conflict
from tests.unit.gateway.support.running import Platform

UPDATE = """mutation ($input: UpdateSurveyInput!) { updateSurvey(input: $input) {
    survey { key questions { key texts { language text } } } userErrors { field code } } }"""
CHANGE = """mutation ($input: ChangeSurveyStateInput!) { changeSurveyState(input: $input) {
    survey { state opensAt closesAt language texts { text } } userErrors { field code } } }"""


async def test_what_is_not_named_is_not_sent(platform: Platform) -> None:
    await platform.data(UPDATE, input={"key": "s", "title": "S", "department": ""})

    (request,) = platform.services.asked["UpdateSurvey"]
    assert {field.name for field, _ in request.ListFields()} == {"key", "title", "department"}
    assert request.department == ""


async def test_questions_and_their_texts_are_sent_as_they_are(platform: Platform) -> None:
    question: dict[str, Any] = {
        "key": "why",
        "kind": "TEXT",
        "text": "Why?",
        "texts": [{"language": "lv", "text": "Kāpēc?"}],
    }

    answer = await platform.data(
        UPDATE, input={"key": "s", "questions": [question], "texts": [], "version": 3}
    )

    assert answer["updateSurvey"]["survey"]["questions"][1] == {
        "key": "why",
        "texts": [{"language": "lv", "text": "Kāpēc?"}],
    }
    (request,) = platform.services.asked["UpdateSurvey"]
    assert request.HasField("texts")
    assert request.version == 3


async def test_a_state_is_changed_and_shown(platform: Platform) -> None:
    closes_at = "2030-01-01T00:00:00Z"

    answer = await platform.data(
        CHANGE, input={"survey": "s", "state": "LIVE", "closesAt": closes_at}
    )

    assert answer["changeSurveyState"]["survey"] == {
        "state": "LIVE",
        "opensAt": None,
        "closesAt": closes_at,
        "language": None,
        "texts": [],
    }
    (request,) = platform.services.asked["ChangeSurveyState"]
    assert request.state == pb.SURVEY_STATE_LIVE
    assert not request.HasField("opens_at")


async def test_a_refused_change_is_a_user_error(platform: Platform) -> None:
    for name in ("UpdateSurvey", "ChangeSurveyState"):
        platform.services.failures[name] = Conflict(
            "no", reason="SURVEY_CLOSED", field=["opens_at"]
        )

    update = await platform.data(UPDATE, input={"key": "s"})
    change = await platform.data(CHANGE, input={"survey": "s", "state": "PAUSED"})

    expected = {"survey": None, "userErrors": [{"field": ["opensAt"], "code": "SURVEY_CLOSED"}]}
    assert update["updateSurvey"] == expected
    assert change["changeSurveyState"] == expected


async def test_surveys_are_asked_for_by_state(platform: Platform) -> None:
    await platform.data("{ surveys(state: PAUSED) { edges { node { key } } } }")

    (request,) = platform.services.asked["ListSurveys"]
    assert request.state == pb.SURVEY_STATE_PAUSED


async def test_a_question_may_name_its_item_alone(platform: Platform) -> None:
    await platform.data(UPDATE, input={"key": "s", "questions": [{"key": "q", "item": "fast"}]})
    items = await platform.data("{ standardItems { key item kind scale { low high } } }")

    (request,) = platform.services.asked["UpdateSurvey"]
    assert list(request.questions.questions) == [pb.Question(key="q", item="fast")]
    assert items["standardItems"] == [
        {"key": "fast", "item": "fast", "kind": "RATING", "scale": {"low": 1, "high": 5}}
    ]
