"""A survey with one score, two departments and a touchpoint; how it is answered and what its score is."""

from typing import Any

import httpx

from tests.support.platform import Running

SUBMIT = """mutation ($input: SubmitResponseInput!) {
  submitResponse(input: $input) { response { id } userErrors { field message code } } }"""
NPS = """query ($key: String!, $period: PeriodInput!) { department(key: $key) {
  scorecard(period: $period) { nps { base value status } turnoverRate { status } } } }"""
PERIOD = {"from": "2026-01-01", "to": "2120-01-01"}


def set_up(platform: Running) -> None:
    """Two departments, a touchpoint and a public survey."""
    platform.ask(
        """mutation { upsertDepartments(input: {departments: [
             {key: "billing", name: "Billing", parent: "root"},
             {key: "shop", name: "Shop", parent: "root"}]}) { results { status } }
           upsertTouchpoints(input: {touchpoints: [
             {key: "invoice", name: "Invoice", department: "billing", stage: "post-purchase"}]})
             { results { status } }
           createSurvey(input: {key: "pulse", title: "Pulse", public: true,
             offers: {touchpoints: ["invoice"]}, questions: [
             {key: "recommend", kind: NPS, text: "How likely ..."},
             {key: "why", kind: TEXT, text: "Why?"}]}) { survey { key } userErrors { code } } }"""
    )


def submit(platform: Running, score: int, **headers: str) -> Any:
    """Submit, without a token unless a header bears one."""
    answers = [{"question": "recommend", "score": score}]
    response = {"survey": "pulse", "answers": answers, "touchpoint": "invoice"}
    reply = httpx.post(
        f"{platform.url}/graphql",
        json={"query": SUBMIT, "variables": {"input": response}},
        headers=headers,
        trust_env=False,
    )
    return reply.json()["data"]["submitResponse"]


def nps(platform: Running, key: str) -> dict[str, Any]:
    data = platform.ask(NPS, {"key": key, "period": PERIOD})
    score: dict[str, Any] = data["department"]["scorecard"]["nps"]
    return score
