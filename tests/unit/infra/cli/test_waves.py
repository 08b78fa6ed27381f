"""`cxm waves`: what it asks for and prints."""

from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from typer.testing import CliRunner

from infra.cli import waves
from infra.cli.cli import app
from infra.client.api import Api

PLAN = """
key = "pulse-2026-12"
name = "December pulse"
language = "en"
questions = "standard"
opens_at = 2026-12-01T08:00:00+02:00
closes_at = 2026-12-15T08:00:00+02:00
repeat_months = 3
"""
STANDARD = [{"key": "recommend", "kind": "ENPS", "text": "Would you?", "texts": []}]
RELEASED = {
    "key": "pulse-2026-09",
    "state": "RELEASED",
    "opensAt": "2026-09-01T06:00:00Z",
    "closesAt": "2026-09-15T06:00:00Z",
    "openedAt": "2026-09-01T06:00:01Z",
    "closedAt": "2026-09-15T06:00:01Z",
    "invited": 652,
    "linksSent": 650,
    "linksSpent": 486,
    "report": {"answered": 486, "departments": 40, "released": 27, "lost": 0},
}
PREVIEW = {
    "people": 652,
    "reachable": 640,
    "departments": 40,
    "shown": 27,
    "dimensions": [{"name": "place", "categories": 6, "cuts": 3}],
    "withOtherK": [{"k": 10, "shown": 16}],
}
SCORES = [
    {
        "statistic": "enps",
        "status": "OK",
        "value": 8.25,
        "base": 123,
        "countedIn": None,
        "interval": {"low": -6.0, "high": 22.4},
        "change": {"delta": -4.0, "verdict": "NONE"},
    },
    {
        "statistic": "unfair",
        "status": "WITHHELD",
        "value": None,
        "base": None,
        "countedIn": "Aurora",
        "interval": None,
        "change": None,
    },
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Variables of what the command asks a platform that has one wave, released, and one draft."""
    calls: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        body = orjson.loads(request.read())
        query, variables = body["query"], body.get("variables") or {}
        calls.append(variables)
        if query.startswith("mutation"):
            refused = variables["input"]["key"] == "pulse-2026-09"
            errors = [{"message": "this wave was opened", "code": "WAVE_OPENED"}] if refused else []
            field = query.split("{ ")[1].split("(")[0]
            return httpx.Response(200, json={"data": {field: {"userErrors": errors}}})
        return httpx.Response(200, json={"data": _data(query, variables)})

    def api(url: str, token: str) -> Api:
        return Api(url, "token", transport=httpx.MockTransport(answer))

    monkeypatch.setattr(waves, "Api", api)
    return calls


def _data(query: str, variables: dict[str, Any]) -> dict[str, Any]:
    if "standardWaveQuestions" in query:
        return {"standardWaveQuestions": STANDARD}
    if "preview" in query:
        is_draft = variables["key"] == "pulse-2026-12"
        return {"wave": {"preview": PREVIEW if is_draft else None}}
    if "results" in query:
        if variables["department"] == "chat":
            found: dict[str, Any] = {
                "status": "WITHHELD",
                "countedIn": "Customer care",
                "scores": [],
            }
            return {"wave": {"results": found}}
        is_there = variables["department"] == "care"
        found = {"status": "RELEASED", "countedIn": None, "scores": SCORES}
        return {"wave": {"results": found if is_there else None}}
    page = {"hasNextPage": False, "endCursor": None}
    return {"waves": {"edges": [{"node": RELEASED}], "pageInfo": page}}


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["waves", *arguments])
    return result.output + (str(result.exception) if result.exception else "")


def test_waves_are_listed_with_what_came_of_them(asked: list[dict[str, Any]]) -> None:
    output = run("list")

    assert "pulse-2026-09" in output
    assert "650 of 652" in output
    assert "27 of 40" in output


def test_a_plan_is_made_with_the_standard_questions_and_previewed(
    asked: list[dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "wave.toml"
    file.write_text(PLAN)

    output = run("plan", str(file))

    (given,) = (call["input"] for call in asked if "input" in call)
    assert given == {
        "key": "pulse-2026-12",
        "kind": "PULSE",
        "name": "December pulse",
        "language": "en",
        "questions": STANDARD,
        "opensAt": "2026-12-01T06:00:00Z",
        "closesAt": "2026-12-15T06:00:00Z",
        "repeatMonths": 3,
    }
    assert "652 people would be asked" in output
    assert "With k 10: 16" in output
    assert "By place: 6 groups" in output


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("key = ", "no TOML"),
        ('name = "x"', "names no key"),
        ('key = "x"\nopen_at = 2026-12-01T08:00:00Z', "a plan has no open_at"),
        ('key = "x"\nopens_at = 2026-12-01T08:00:00', "no time zone"),
    ],
)
def test_what_is_no_plan_is_refused_before_anything_is_asked(
    asked: list[dict[str, Any]], tmp_path: Path, text: str, why: str
) -> None:
    file = tmp_path / "wave.toml"
    file.write_text(text)

    assert why in run("plan", str(file))
    assert asked == []


def test_opening_closing_and_removing_say_what_was_done_or_why_not(
    asked: list[dict[str, Any]],
) -> None:
    assert "is open" in run("open", "pulse-2026-12")
    assert "is closed" in run("close", "pulse-2026-12", "--because", "all have answered")
    assert asked[-1] == {"input": {"key": "pulse-2026-12", "reason": "all have answered"}}
    assert "is removed" in run("remove", "pulse-2026-12")
    assert "this wave was opened" in run("open", "pulse-2026-09")
    assert "no draft" in run("preview", "pulse-2026-09")


def test_results_say_what_is_withheld_and_where_it_counts(asked: list[dict[str, Any]]) -> None:
    output = run("results", "pulse-2026-09", "--department", "care")

    assert "8.25" in output
    assert "-6 to 22.4" in output
    assert "-4 (none)" in output
    assert "withheld, counted in Aurora" in output
    assert "counted in Customer care" in run("results", "pulse-2026-09", "--department", "chat")
    assert "no results of nowhere" in run("results", "pulse-2026-09", "--department", "nowhere")
