"""One response becomes a department's score."""

import time
from typing import Any

import pytest

from tests.path.conftest import Platform, StartPlatform, eventually

SUBMIT = """mutation ($input: SubmitResponseInput!) {
  submitResponse(input: $input) { response { id } userErrors { field message code } } }"""
NPS = """query ($key: String!, $period: PeriodInput!) { department(key: $key) {
  scorecard(period: $period) { nps { base value status } turnoverRate { status } } } }"""
PERIOD = {"from": "2026-01-01", "to": "2027-12-31"}


def set_up(platform: Platform) -> None:
    """Two departments, a touchpoint and a public survey."""
    platform.query(
        """mutation { upsertDepartments(input: {departments: [
             {key: "billing", name: "Billing", parent: "root"},
             {key: "shop", name: "Shop", parent: "root"}]}) { results { status } }
           upsertTouchpoints(input: {touchpoints: [
             {key: "invoice", name: "Invoice", department: "billing", stage: "post-purchase"}]})
             { results { status } }
           createSurvey(input: {key: "pulse", title: "Pulse", public: true, questions: [
             {key: "recommend", kind: NPS, text: "How likely ..."},
             {key: "why", kind: TEXT, text: "Why?"}]}) { survey { key } userErrors { code } } }"""
    )


def submit(platform: Platform, score: int, **headers: str) -> Any:
    """Answer as nobody in particular."""
    answers = [{"question": "recommend", "score": score}]
    given = {"survey": "pulse", "answers": answers, "touchpoint": "invoice"}
    return platform.reply(SUBMIT, {"input": given}, headers=headers)["data"]["submitResponse"]


def nps(platform: Platform, key: str, token: str) -> dict[str, Any]:
    found = platform.query(NPS, {"key": key, "period": PERIOD}, token)
    score: dict[str, Any] = found["department"]["scorecard"]["nps"]
    return score


@pytest.mark.xdist_group("platform-1")
def test_a_detractor_lowers_the_score_of_the_department_that_owns_the_touchpoint(
    platform: Platform,
) -> None:
    set_up(platform)
    token = platform.token()
    for _ in range(10):
        assert submit(platform, 10)["userErrors"] == []
    eventually(lambda: nps(platform, "billing", token)["base"] == 10)
    assert nps(platform, "billing", token)["value"] == 100.0

    delays = []
    for base in range(11, 16):
        started = time.monotonic()
        submit(platform, 0)
        eventually(lambda base=base: nps(platform, "billing", token)["base"] == base)  # type: ignore[misc]
        delays.append(time.monotonic() - started)

    assert min(delays) < 1.0, "a response is in the score within a second"
    assert nps(platform, "billing", token)["value"] == pytest.approx(100 * 5 / 15)
    assert nps(platform, "shop", token)["status"] == "NO_DATA"
    assert nps(platform, "root", token)["base"] == 15


@pytest.mark.xdist_group("platform-2")
def test_what_was_stored_is_there_after_a_restart(start_platform: StartPlatform) -> None:
    platform = start_platform()
    set_up(platform)
    for _ in range(12):
        submit(platform, 10)
    token = platform.token()
    eventually(lambda: nps(platform, "billing", token)["base"] == 12)
    platform.process.send_signal(2)
    platform.process.wait(20)

    again = start_platform(data_dir=platform.data_dir)

    assert nps(again, "billing", token)["base"] == 12
