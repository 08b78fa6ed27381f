"""`cxm waves`: what it asks for and prints."""

import csv
import io
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from typer.testing import CliRunner

from infra.cli.cli import app
from infra.cli.waves import command, results
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


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Platform:
    running = Platform()

    def api(url: str, token: str, **_: Any) -> Api:
        return Api(url, "token", transport=httpx.MockTransport(running.answer))

    for module in (command, results):
        monkeypatch.setattr(module, "Api", api)
    return running


def run(*arguments: str, typed: str = "") -> str:
    """What is printed, tables with single blanks; then what is refused."""
    done = CliRunner().invoke(app, ["waves", *arguments], input=typed)
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    refused = str(done.exception) if done.exception else ""
    return "\n".join([*lines, refused])


def test_waves_are_listed_with_whom_they_ask_and_what_came_of_them(platform: Platform) -> None:
    lines = run("list").splitlines()

    opened, closed = "2026-09-01T06:00:01Z", "2026-09-15T06:00:01Z"
    assert lines[1:6] == [
        "next Pulse next billing, chat, care and 2 more draft 2026-09-01T06:00:00Z 2026-09-15T06:00:00Z",
        f"now Pulse now everybody open {opened} 2026-09-15T06:00:00Z 650 of 652 480",
        f"over Pulse over everybody closed {opened} {closed} 650 of 652",
        f"told Pulse told everybody released {opened} {closed} 650 of 652 486 27 of 40",
        f"elsewhere Pulse elsewhere released, imported {opened} {closed}",
    ]


def test_where_there_are_no_waves_it_is_said(platform: Platform) -> None:
    platform.waves = []

    assert run("list").startswith("no waves")


def test_a_plan_is_made_with_the_standard_questions_and_previewed(
    platform: Platform, tmp_path: Path
) -> None:
    output = run("plan", str(write(tmp_path, PLAN)))

    assert platform.changes == [
        {
            "key": "pulse-2026-12",
            "kind": "PULSE",
            "name": "December pulse",
            "language": "en",
            "questions": STANDARD,
            "opensAt": "2026-12-01T06:00:00Z",
            "closesAt": "2026-12-15T06:00:00Z",
            "repeatMonths": 3,
        }
    ]
    assert "pulse-2026-12 is planned" in output
    assert "652 people would be asked" in output
    assert (
        "see at most participation and engagement (of 3 questions of agreement or more)" in output
    )
    assert "all else takes 10 people, a sensitive question 20, or k where that is more" in output
    assert "With another k it would be 20 with k 8, 16 with k 10." in output
    assert "By place: groups: 6; departments that would be shown by it: 3" in output
    assert "warning" not in output


def test_a_plan_of_a_wave_that_is_open_says_so(platform: Platform, tmp_path: Path) -> None:
    file = write(tmp_path, PLAN.replace("pulse-2026-12", "now"))

    assert f"now is open already, until 2026-09-15T06:00:00Z; it is as in {file}" in run(
        "plan", str(file)
    )

    file = write(tmp_path, PLAN.replace("pulse-2026-12", "told"))
    output = run("plan", str(file))

    assert "told was closed at 2026-09-15T06:00:01Z, and its results are released" in output
    assert "planned" not in output


def test_a_wrong_plan_asks_nothing_of_the_platform(platform: Platform, tmp_path: Path) -> None:
    file = write(tmp_path, f'{PLAN}audience = ["billing"]')

    assert "audience: there is no such name here; do you mean departments?" in run(
        "plan", str(file)
    )
    assert platform.changes == []


def test_what_the_platform_refuses_is_said_with_its_place_in_the_plan(
    platform: Platform, tmp_path: Path
) -> None:
    platform.errors = [
        {"field": ["questions", "0", "texts"], "message": "no text in lv", "code": "TEXT_MISSING"},
        {"field": ["closesAt"], "message": "later than it opens", "code": "CLOSES_AT_TOO_EARLY"},
        {"field": ["key"], "message": "this wave was opened", "code": "WAVE_OPENED"},
        {"field": None, "message": "not now", "code": "CONFLICT"},
    ]

    output = run("plan", str(write(tmp_path, PLAN)))

    assert output.splitlines()[-4:] == [
        "questions, number 1 (recommend), texts: no text in lv",
        "closes_at: later than it opens",
        "pulse-2026-12: this wave was opened",
        "pulse-2026-12: not now",
    ]


def test_a_department_that_is_named_otherwise_is_told_with_its_key(
    platform: Platform, tmp_path: Path
) -> None:
    message = "there is no department Chat"
    platform.errors = [
        {"field": ["departments", "1"], "message": message, "code": "UNKNOWN_DEPARTMENT"}
    ]

    named = run("plan", str(write(tmp_path, f'{PLAN}departments = ["care", "CHAT"]')))
    assert 'number 2 (CHAT): there is no department Chat; do you mean "chat" (Chat)?' in named
    unknown = run("plan", str(write(tmp_path, f'{PLAN}departments = ["care", "elsewhere"]')))
    assert unknown.endswith(message)


def test_a_preview_warns_of_what_opening_would_freeze(platform: Platform) -> None:
    dimensions = [
        {"name": "place", "categories": 5, "cuts": 0, "cutsIfGiven": 12, "unknown": False},
        {"name": "grade", "categories": 1, "cuts": 0, "cutsIfGiven": 0, "unknown": False},
        {"name": "plcae", "categories": 1, "cuts": 0, "cutsIfGiven": 0, "unknown": True},
    ]
    platform.waves[0]["preview"] = PREVIEW | {"reachable": 640, "dimensions": dimensions}

    warnings = [line for line in run("preview", "next").splitlines() if "warning" in line]

    assert [line.split(".")[0] for line in warnings] == [
        "warning: a few people have no place",
        "warning: everybody has the same grade: nothing can be shown by it",
        "warning: nobody who would be asked has a plcae: look how it is spelt, or record it before the wave opens",
        "warning: without an e-mail address nobody gets a link: 12 of those people",
    ]
    assert warnings[0].endswith("then departments shown by it would be 12")


def test_what_has_no_preview_says_why(platform: Platform) -> None:
    platform.waves[0]["preview"] = None

    assert "does not answer" in run("preview", "next")
    assert "now is no draft: it is open already" in run("preview", "now")
    assert "there is no wave nowhere" in run("preview", "nowhere")


@pytest.mark.parametrize(("typed", "is_done"), [("y\n", True), ("n\n", False), ("", False)])
def test_opening_says_what_it_freezes_and_asks(
    platform: Platform, typed: str, *, is_done: bool
) -> None:
    output = run("open", "next", typed=typed)

    assert "652 people would be asked" in output
    assert "freezes its departments, people, questions, languages, dimensions and k" in output
    assert "open until 2026-09-15T06:00:00Z" in output
    assert (platform.changes == [{"key": "next"}]) is is_done
    assert ("next is open until" in output) is is_done
    assert ("nothing was done" in output) is not is_done


@pytest.mark.parametrize(("typed", "is_done"), [("y\n", True), ("n\n", False), ("", False)])
def test_closing_says_what_is_lost_and_asks(
    platform: Platform, typed: str, *, is_done: bool
) -> None:
    output = run("close", "now", "--because", "all have answered", typed=typed)

    assert "never opened again" in output
    assert bool(platform.changes) is is_done
    assert ("now is closed" in output) is is_done


def test_with_yes_nothing_is_asked(platform: Platform) -> None:
    assert "[y/N]" not in run("open", "next", "--yes")
    assert "[y/N]" not in run("close", "now", "--because", "all have answered", "--yes")

    assert platform.changes == [{"key": "next"}, {"key": "now", "reason": "all have answered"}]


def test_what_is_not_to_be_opened_or_closed_is_asked_about_by_nobody(platform: Platform) -> None:
    assert "now is open already" in run("open", "now")

    platform.errors = [{"field": ["key"], "message": "it was opened", "code": "WAVE_OPENED"}]
    assert "told: it was opened" in run("open", "told")
    assert "next: it was opened" in run("close", "next", "--because", "x")
    assert "next: it was opened" in run("remove", "next")
    platform.errors = []
    assert "next is removed" in run("remove", "next")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("nowhere", "--department", "care"), "there is no wave nowhere"),
        (("next", "--department", "care"), "it is a draft"),
        (("now", "--department", "care"), "it is open until 2026-09-15T06:00:00Z"),
        (("over", "--department", "care"), "it closed at 2026-09-15T06:00:01Z"),
        (("told", "--department", "nowhere"), "there is no department nowhere"),
        (("told", "--department", "aside"), "did not ask the department aside"),
        (("told", "--department", "care", "--by", "age"), "before it opened: place, grade"),
        (("told",), "--department KEY"),
        (("told", "--department", "care", "--compare-to", "now"), "now has no results yet"),
        (("told", "--department", "care", "--compare-to", "nowhere"), "no wave nowhere"),
        (("told", "--department", "care", "--comments", "--by", "place"), "neither cut nor"),
    ],
)
def test_where_there_are_no_results_it_says_why(
    platform: Platform, asked: tuple[str, ...], why: str
) -> None:
    assert why in run("results", *asked)


def test_results_have_units_intervals_bands_and_where_they_are_withheld(platform: Platform) -> None:
    lines = run("results", "told", "--department", "care").splitlines()

    assert lines[0] == "Pulse told (told): Customer care (care)"
    assert lines[2:9] == [
        "enps 8.2 -6.0 to 22.4 points, -100 to 100 123 promoters 40.0 %, detractors 10.0 % or less -4.0 (none)",
        "engagement 62.5 % 50.0 to 75.0 agree, over all such questions 123",
        "tools 62.5 % 50.0 to 75.0 agree 123 +3.1 (clear)",
        "unfair say yes withheld, counted in Aurora",
        "Cronbach's alpha of engagement: 0.84",
        "comments, printed with --comments: keep 150, change not shown here",
        "also shown by place: --by",
    ]


def test_what_is_not_compared_says_why(platform: Platform) -> None:
    asked = ("results", "told", "--department", "care", "--compare-to", "elsewhere")

    assert "not compared: what elsewhere does not tell here" in run(*asked)

    change = {"delta": 0.2, "interval": {"low": 0.1, "high": 0.3}, "verdict": "CLEAR"}
    platform.engagement_change = change
    output = run(*asked)
    assert "+20.0 (clear)" in output
    assert "not compared" not in output
    assert "not compared" not in run(*asked[:-2])


def test_a_department_that_is_withheld_says_where_it_is_counted(platform: Platform) -> None:
    output = run("results", "told", "--department", "chat")

    assert "withheld to protect people, counted in Customer care" in output


def test_what_an_imported_wave_does_not_tell_is_not_in_the_file(platform: Platform) -> None:
    whole = run("results", "elsewhere", "--department", "chat")
    item = run("results", "elsewhere", "--department", "care")

    assert "not in the file, counted in Customer care" in whole
    assert "unfair say yes not in the file, counted in Aurora" in item
    assert "withheld" not in whole + item


@pytest.mark.parametrize("how", [("csv",), ("json",), ("csv", "--comments")])
def test_who_sees_no_department_that_was_asked_is_told_so(
    platform: Platform, how: tuple[str, ...]
) -> None:
    platform.departments = {"aside": "Not asked"}

    assert (
        run("results", "told", "--format", *how)
        == ("\nthe wave told asked none of the departments that you may see").strip()
    )


def test_results_are_shown_by_a_dimension(platform: Platform) -> None:
    lines = run("results", "told", "--department", "care", "--by", "place").splitlines()

    assert "Riga engagement 62.5 % 50.0 to 75.0 agree, over all such questions 80" in lines
    assert "not given engagement 62.5 % 50.0 to 75.0 agree, over all such questions 43" in lines
    output = run("results", "told", "--department", "care", "--by", "grade")
    assert "by grade nothing is shown here" in output


def test_comments_are_printed_to_the_last_one(platform: Platform) -> None:
    lines = run("results", "told", "--department", "care", "--comments").splitlines()

    assert lines[0] == "keep: What should stay?"
    assert lines[1:151] == [f"- {text}" for text in COMMENTS]
    assert lines[151:153] == [
        "change: What should change?",
        "withheld to protect people, counted in Aurora",
    ]


def test_a_wave_is_exported_as_csv(platform: Platform) -> None:
    done = CliRunner().invoke(app, ["waves", "results", "told", "--format", "csv", "--by", "place"])

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["department"], row["category"], row["item"], row["status"]) for row in rows] == [
        ("care", "", "enps", "OK"),
        ("care", "", "engagement", "OK"),
        ("care", "", "tools", "OK"),
        ("care", "", "unfair", "WITHHELD"),
        ("care", "Riga", "engagement", "OK"),
        ("care", "", "engagement", "OK"),
        ("chat", "", "", "WITHHELD"),
    ]
    assert rows[0] == {
        "wave": "told",
        "department": "care",
        "dimension": "",
        "category": "",
        "item": "enps",
        "status": "OK",
        "counted_in": "",
        "value": "8.25",
        "low": "-6.0",
        "high": "22.41",
        "method": "adjusted Wald",
        "n": "123",
        "bands": "promoters=0.4 detractors<=0.1",
        "change": "-4.0",
        "change_low": "-9.0",
        "change_high": "1.0",
        "verdict": "NONE",
    }
    assert [row["dimension"] for row in rows] == ["", "", "", "", "place", "place", ""]
    assert rows[-1]["counted_in"] == "Customer care"


def test_a_wave_is_exported_as_a_line_of_json_for_each_department(platform: Platform) -> None:
    done = CliRunner().invoke(
        app, ["waves", "results", "told", "--format", "json", "--by", "place"]
    )

    care, chat = map(orjson.loads, done.stdout.splitlines())
    assert care["scores"] == CARE["scores"]
    assert care["breakdown"]["dimension"] == "place"
    assert (chat["department"], chat["status"], chat["countedIn"]) == (
        "chat",
        "WITHHELD",
        "Customer care",
    )


def test_comments_are_exported_so_that_no_spreadsheet_runs_them(platform: Platform) -> None:
    asked = ["waves", "results", "told", "--comments", "--format"]
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(app, [*asked, "csv"]).stdout)))

    assert len(rows) == 150 + 1 + 2
    assert rows[0]["text"] == "'=danger()"
    assert (rows[150]["question"], rows[150]["status"], rows[150]["counted_in"]) == (
        "change",
        "WITHHELD",
        "Aurora",
    )
    lines = CliRunner().invoke(app, [*asked, "json"]).stdout.splitlines()
    assert orjson.loads(lines[0])["text"] == "=danger()"


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "wave.toml"
    file.write_text(text)
    return file
