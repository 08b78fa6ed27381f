"""An organisation that every judge finds data in."""

from typing import Final

from tests.support.platform import Running

CHILDREN: Final = 5
UPSERT: Final = """mutation ($departments: UpsertDepartmentsInput!, $touchpoints: UpsertTouchpointsInput!) {
  upsertDepartments(input: $departments) { results { userErrors { code } } userErrors { code } }
  upsertTouchpoints(input: $touchpoints) { results { userErrors { code } } userErrors { code } }
}"""
SURVEY: Final = """mutation ($survey: CreateSurveyInput!) {
  createSurvey(input: $survey) { userErrors { code } } }"""
WAVE: Final = """mutation ($wave: UpsertWaveInput!) {
  upsertWave(input: $wave) { userErrors { code } } }"""
SUBMIT: Final = """mutation ($input: SubmitResponsesInput!) {
  submitResponses(input: $input) { results { userErrors { code } } userErrors { code } } }"""

DOCUMENTS: Final = (UPSERT, SURVEY, WAVE, SUBMIT)
"""All that is asked for here."""


def seed(platform: Running) -> None:
    """Five departments under the root, each with a touchpoint and 20 responses to a survey; and a draft of a wave."""
    keys = [f"child-{number}" for number in range(1, CHILDREN + 1)]
    departments = [
        {"key": key, "name": key.replace("-", " ").title(), "parent": "root"} for key in keys
    ]
    touchpoints = [
        {"key": f"desk-{key}", "name": f"Desk of {key}", "department": key, "stage": "purchase"}
        for key in keys
    ]
    _done(
        platform,
        UPSERT,
        {
            "departments": {"departments": departments},
            "touchpoints": {"touchpoints": touchpoints},
        },
    )
    questions = [
        {"key": "recommend", "kind": "NPS", "text": "How likely is it that you recommend us?"},
        {"key": "satisfied", "kind": "CSAT", "text": "How satisfied are you?"},
        {"key": "why", "kind": "TEXT", "text": "Why?"},
    ]
    survey = {
        "key": "pulse",
        "title": "Pulse",
        "public": True,
        "offers": {"everything": True},
        "questions": questions,
    }
    _done(platform, SURVEY, {"survey": survey})
    wave = {
        "key": "autumn",
        "kind": "PULSE",
        "name": "Autumn",
        "language": "en",
        "questions": [{"key": "recommend", "kind": "ENPS", "text": "Would you recommend us?"}],
    }
    _done(platform, WAVE, {"wave": wave})
    responses = [
        {
            "survey": "pulse",
            "touchpoint": f"desk-{key}",
            "answers": [
                {"question": "recommend", "score": number % 11},
                {"question": "satisfied", "score": 1 + number % 5},
                {"question": "why", "text": f"Because of reason {number}."},
            ],
        }
        for key in keys
        for number in range(20)
    ]
    _done(platform, SUBMIT, {"input": {"responses": responses}})


def _done(platform: Running, mutation: str, variables: dict[str, object]) -> None:
    for payload in platform.ask(mutation, variables).values():
        refused = [*payload["userErrors"]]
        refused += [
            error for result in payload.get("results", ()) for error in result["userErrors"]
        ]
        assert not refused, refused
