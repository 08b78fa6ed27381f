"""A platform with a wave in each state, and `cxm waves` as it is typed."""

from pathlib import Path
from typing import Any

import httpx
import orjson
from typer.testing import CliRunner

from infra.cli.cli import app

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
PREVIEW = {
    "people": 652,
    "reachable": 652,
    "departments": 40,
    "shown": 27,
    "dimensions": [
        {"name": "place", "categories": 6, "cuts": 3, "cutsIfGiven": 3, "unknown": False}
    ],
    "withOtherK": [{"k": 8, "shown": 20}, {"k": 10, "shown": 16}],
}


def wave(key: str, state: str, **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "name": f"Pulse {key}",
        "state": state,
        "imported": False,
        "departments": [],
        "opensAt": "2026-09-01T06:00:00Z",
        "closesAt": "2026-09-15T06:00:00Z",
        "openedAt": None if state == "DRAFT" else "2026-09-01T06:00:01.123456Z",
        "closedAt": "2026-09-15T06:00:01.5Z" if state in ("CLOSED", "RELEASED") else None,
        "invited": None if state == "DRAFT" else 652,
        "linksSent": None if state == "DRAFT" else 650,
        "linksSpent": 486 if state == "RELEASED" else None,
        "report": None,
        "dimensions": ["place", "grade"],
        "questions": [
            {"key": "tools", "kind": "AGREEMENT", "text": "I have the tools I need."},
            {"key": "keep", "kind": "TEXT", "text": "What should stay?"},
            {"key": "change", "kind": "TEXT", "text": "What should change?"},
        ],
        "preview": PREVIEW if state == "DRAFT" else None,
        **changes,
    }


def score(statistic: str, **changes: Any) -> dict[str, Any]:
    return {
        "statistic": statistic,
        "question": None,
        "status": "OK",
        "value": 0.625,
        "base": 123,
        "countedIn": None,
        "interval": {"low": 0.5, "high": 0.75, "method": "t"},
        "bands": [],
        "alpha": None,
        "change": None,
        **changes,
    }


ENPS = score(
    "enps",
    value=8.25,
    interval={"low": -6.0, "high": 22.41, "method": "adjusted Wald"},
    bands=[
        {"name": "promoters", "share": 0.4, "end": None},
        {"name": "detractors", "share": 0.1, "end": "AT_MOST"},
    ],
    change={"delta": -4.0, "interval": {"low": -9.0, "high": 1.0}, "verdict": "NONE"},
)
TOOLS = score(
    "tools",
    question={"kind": "AGREEMENT"},
    change={"delta": 0.031, "interval": {"low": 0.01, "high": 0.05}, "verdict": "CLEAR"},
)
UNFAIR = score(
    "unfair",
    question={"kind": "SENSITIVE"},
    status="WITHHELD",
    value=None,
    base=None,
    interval=None,
    countedIn="Aurora",
)
CARE = {
    "status": "RELEASED",
    "countedIn": None,
    "dimensions": ["place"],
    "verbatimCounts": [{"question": "keep", "count": 150}],
    "scores": [ENPS, score("engagement", alpha=0.84), TOOLS, UNFAIR],
}
CHAT = {
    "status": "WITHHELD",
    "countedIn": "Customer care",
    "dimensions": [],
    "verbatimCounts": [],
    "scores": [],
}
RESULTS = {"care": CARE, "chat": CHAT}
DEPARTMENTS = {"care": "Customer care", "chat": "Chat", "aside": "Not asked"}
COMMENTS = ["=danger()", *(f"comment {n}" for n in range(149))]


class Platform:
    """Answers as the API does, of one wave in each state."""

    def __init__(self) -> None:
        self.waves = [
            wave("next", "DRAFT", departments=["billing", "chat", "care", "sales", "shop"]),
            wave("now", "OPEN", linksSpent=480),
            wave("over", "CLOSED"),
            wave(
                "told",
                "RELEASED",
                report={"answered": 486, "departments": 40, "released": 27, "lost": 0},
            ),
            wave("elsewhere", "RELEASED", imported=True, invited=None, linksSpent=None),
        ]
        self.errors: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []
        self.engagement_change: dict[str, Any] | None = None
        self.departments = DEPARTMENTS

    def answer(self, request: httpx.Request) -> httpx.Response:
        body = orjson.loads(request.read())
        query, variables = body["query"], body.get("variables") or {}
        data = self._change(query, variables) if query.startswith("mutation") else None
        return httpx.Response(200, json={"data": data or self._data(query, variables)})

    def find(self, key: str) -> dict[str, Any] | None:
        return next((each for each in self.waves if each["key"] == key), None)

    def _change(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        self.changes.append(variables["input"])
        field = query.split("{ ")[1].split("(")[0]
        found = self.find(variables["input"]["key"])
        if field == "openWave" and found:
            found["state"], found["invited"] = "OPEN", 652
        if field == "upsertWave" and not found:
            found = wave(variables["input"]["key"], "DRAFT")
            self.waves.append(found)
        payload = {"userErrors": self.errors}
        return {field: payload if field == "removeWave" else payload | {"wave": found}}

    def _data(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        if "standardWaveQuestions" in query:
            return {"standardWaveQuestions": STANDARD}
        page = {"hasNextPage": False, "endCursor": None}
        if "departments(" in query:
            search = variables.get("search", "").casefold()
            edges = [
                {"node": {"key": key, "name": name}}
                for key, name in self.departments.items()
                if search in name.casefold()
            ]
            return {"departments": {"edges": edges, "pageInfo": page}}
        if "waves(" in query:
            edges = [{"node": each} for each in self.waves]
            return {"waves": {"edges": edges, "pageInfo": page}}
        if "verbatims(" in query:
            return {"wave": {"results": {"verbatims": _verbatims(variables)}}}
        if "results(" in query:
            data = _results(variables)
            for each in (data["wave"]["results"] or {}).get("scores", ()):
                if each["statistic"] == "engagement":
                    each["change"] = self.engagement_change
            return data
        return {"wave": self.find(variables["key"])}


def _results(variables: dict[str, Any]) -> dict[str, Any]:
    key = variables["department"]
    name = DEPARTMENTS.get(key)
    found: dict[str, Any] = {"results": RESULTS.get(key)}
    if variables["isCut"]:
        is_cut = variables["by"] == "place" and key == "care"
        categories = [
            {"name": "Riga", "scores": [score("engagement", base=80)]},
            {"name": None, "scores": [score("engagement", base=43)]},
        ]
        found["breakdown"] = {
            "status": "RELEASED" if is_cut else "WITHHELD",
            "categories": categories if is_cut else [],
        }
    return {"department": {"key": key, "name": name} if name else None, "wave": found}


def _verbatims(variables: dict[str, Any]) -> dict[str, Any]:
    """Of 150 comments in two pages; those on what should change are withheld."""
    if variables["question"] != "keep" or variables["department"] != "care":
        page = {"hasNextPage": False, "endCursor": None}
        return {"status": "WITHHELD", "countedIn": "Aurora", "edges": [], "pageInfo": page}
    start = int(variables["after"] or 0)
    texts = COMMENTS[start : start + 100]
    return {
        "status": "RELEASED",
        "countedIn": None,
        "edges": [{"node": {"text": text}} for text in texts],
        "pageInfo": {"hasNextPage": start == 0, "endCursor": "100"},
    }


def run(*arguments: str, typed: str = "") -> str:
    """What is printed, tables with single blanks; then what is refused."""
    done = CliRunner().invoke(app, ["waves", *arguments], input=typed)
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    refused = str(done.exception) if done.exception else ""
    return "\n".join([*lines, refused])


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "wave.toml"
    file.write_text(text)
    return file
