"""Every kind of question and every cut through the public API, against numbers counted in plain Python."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any
from uuid import UUID

import pytest

from tests.support.platform import Running, cxm, eventually

START, END, MOVED = date(2026, 1, 1), date(2026, 7, 1), date(2026, 3, 17)
HALF = date(2026, 4, 1)
TOUCHPOINTS = {"shop": ("north", "purchase", "WEB"), "call": ("east", "loyalty", "")}
SET_UP = """mutation {
  upsertDepartments(input: {departments: [{key: "north", name: "North", parent: "root"},
    {key: "south", name: "South", parent: "root"},
    {key: "east", name: "East", parent: "north"}]}) { results { status } }
  upsertTouchpoints(input: {touchpoints: [
    {key: "shop", name: "Shop", department: "north", stage: "purchase", channel: "WEB"},
    {key: "call", name: "Call", department: "east", stage: "loyalty"}]}) { results { status } }
  moveDepartment(input: {department: "east", parent: "south", from: "2026-03-17"}) { userErrors { code } }
  createSurvey(input: {key: "every", title: "Every", questions: [
    {key: "nps", kind: NPS, text: "1"}, {key: "csat", kind: CSAT, text: "2", dontKnow: true},
    {key: "ces", kind: CES, text: "3"}, {key: "ces1", kind: CES1, text: "4"},
    {key: "stars", kind: RATING, text: "5", scale: {low: 0, high: 4}},
    {key: "one", kind: SINGLE_CHOICE, text: "6", options: [{key: "a", text: "A"}, {key: "b", text: "B"}]},
    {key: "many", kind: MULTIPLE_CHOICE, text: "7", options: [{key: "x", text: "X"}, {key: "y", text: "Y"}]},
    {key: "words", kind: TEXT, text: "8"}]}) { userErrors { code } } }"""
REGISTER = (
    "mutation ($i: RegisterMetricInput!) { registerMetric(input: $i) { userErrors { code } } }"
)
OWN: dict[str, dict[str, Any]] = {
    "effort": {"statistic": "MEAN", "item": {"kind": "CES1"}},
    "easy": {"statistic": "TOP_BOX", "top": 2, "item": {"kind": "CES"}},
    "stars": {"statistic": "MEAN", "item": {"survey": "every", "question": "stars"}},
    "a": {"statistic": "SHARE", "answers": ["a"], "item": {"survey": "every", "question": "one"}},
    "x": {
        "statistic": "SHARE",
        "answers": ["1"],
        "item": {"survey": "every", "question": "many", "option": "x"},
    },
}
SUBMIT = """mutation ($i: SubmitResponsesInput!) { submitResponses(input: $i) {
  results { status receipt userErrors { message } } } }"""
CORRECT = "mutation ($i: CorrectResponseInput!) { correctResponse(input: $i) { changed userErrors { code } } }"
WITHDRAW = "mutation ($i: WithdrawResponseInput!) { withdrawResponse(input: $i) { changed userErrors { code } } }"
CARD = """query ($d: String!, $p: PeriodInput!, $t: TreeReading!, $f: ScoreFilter, $o: PeriodInput) {
  department(key: $d) { scorecard(period: $p, tree: $t, filter: $f, compareTo: $o) { %s } } }"""
DIMENSIONS = ("touchpoint", "stage", "channel", "segment", "language", "survey")


@dataclass
class Row:
    """One response; answers by question."""

    id: str
    day: date
    department: str
    dimensions: dict[str, str]
    answers: dict[str, Any]
    receipt: str = field(default="")


def answers_by(dice: random.Random) -> dict[str, Any]:
    """Some questions answered; the first always, so that none is empty."""
    given: dict[str, Any] = {
        "csat": dice.choice([1, 2, 3, 4, 5, "DONT_KNOW"]),
        "ces": dice.randint(1, 7),
        "ces1": dice.randint(1, 5),
        "stars": dice.randint(0, 4),
        "one": dice.choice("ab"),
        "many": dice.choice([["x"], ["y"], ["x", "y"]]),
        "words": "kept apart",
    }
    some = {key: value for key, value in given.items() if dice.random() < 0.8}
    return {"nps": dice.randint(0, 10), **some}


def sent(answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Answers as the API takes them."""
    found = []
    for key, value in answers.items():
        kind = "text" if key == "words" else "score" if isinstance(value, int) else "choices"
        value = True if value == "DONT_KNOW" else [value] if key == "one" else value
        found.append({"question": key, "dontKnow" if value is True else kind: value})
    return found


def row_by(dice: random.Random) -> tuple[Row, dict[str, Any]]:
    """A row, and the response it is sent as: with a touchpoint, or a department."""
    day = START + timedelta(dice.randrange((END - START).days))
    dimensions = {"segment": dice.choice(["new", "loyal"]), "language": dice.choice(["lv", "de"])}
    dimensions = {name: value for name, value in dimensions.items() if dice.random() < 0.8}
    given: dict[str, Any] = {"survey": "every", "occurredAt": f"{day}T12:00:00Z", **dimensions}
    given["id"] = str(UUID(int=dice.getrandbits(128), version=4))
    dimensions["survey"] = "every"
    if dice.random() < 0.7:
        given["touchpoint"] = dimensions["touchpoint"] = dice.choice(list(TOUCHPOINTS))
        department, dimensions["stage"], channel = TOUCHPOINTS[given["touchpoint"]]
        if channel:
            dimensions["channel"] = channel
    else:
        given["department"] = department = dice.choice(["root", "north", "south", "east"])
    if dice.random() < 0.3:
        given["channel"] = dimensions["channel"] = "PHONE"
    answers = answers_by(dice)
    return Row(given["id"], day, department, dimensions, answers), {
        **given,
        "answers": sent(answers),
    }


def line(department: str, day: date, tree: str) -> list[str]:
    """The department and those above it."""
    above = "south" if tree == "TODAY" or day >= MOVED else "north"
    lines = {"root": [], "north": ["root"], "south": ["root"], "east": [above, "root"]}
    return [department, *lines[department]]


def numbers(rows: list[Row], question: str) -> list[Any]:
    return [
        r.answers[question] for r in rows if r.answers.get(question, "DONT_KNOW") != "DONT_KNOW"
    ]


def share(given: list[Any], hit: Callable[[Any], bool]) -> float:
    return fmean(hit(answer) for answer in given)


COUNTED: dict[str, tuple[str, Callable[[list[Any]], float]]] = {
    "nps": ("nps", lambda g: 100 * (share(g, lambda a: a > 8) - share(g, lambda a: a < 7))),
    "csat": ("csat", lambda g: share(g, lambda a: a > 3)),
    "ces": ("ces", fmean),
    "effort": ("ces1", fmean),
    "easy": ("ces", lambda g: share(g, lambda a: a > 5)),
    "stars": ("stars", fmean),
    "a": ("one", lambda g: share(g, lambda a: a == "a")),
    "x": ("many", lambda g: share(g, lambda a: "x" in a)),
}  # fmt: skip


def expected(rows: list[Row], metric: str) -> tuple[int, Any]:
    """Base and value."""
    question, value = COUNTED[metric]
    given = numbers(rows, question)
    return len(given), pytest.approx(value(given), abs=1e-9) if len(given) >= 10 else None


def shown(score: dict[str, Any]) -> tuple[int, float | None]:
    return score["base"], score["value"]


def submit(platform: Running, dice: random.Random, many: int) -> list[Row]:
    """Responses given, some corrected and some taken back, by their receipts and by an admin."""
    made = [row_by(dice) for _ in range(many)]
    data = platform.ask(SUBMIT, {"i": {"responses": [given for _, given in made]}})
    rows = [row for row, _ in made]
    for row, result in zip(rows, data["submitResponses"]["results"], strict=True):
        assert (result["status"], result["userErrors"]) == ("STORED", [])
        row.receipt = result["receipt"]
    for place, row in enumerate(rows[:60]):
        proof = {"id": row.id} if place % 2 else {"id": row.id, "receipt": row.receipt}
        if place % 3:
            row.answers = answers_by(dice)
            shown_by_key = platform.ask(CORRECT, {"i": {**proof, "answers": sent(row.answers)}})
        else:
            shown_by_key = platform.ask(WITHDRAW, {"i": proof})
        assert next(iter(shown_by_key.values())) == {"changed": True, "userErrors": []}
    return [row for place, row in enumerate(rows) if place >= 60 or place % 3]


def card(platform: Running, selection: str, **variables: Any) -> dict[str, Any]:
    asked = {"d": "root", "p": {"from": str(START), "to": str(END)}, "t": "TODAY", **variables}
    found = platform.ask(CARD % selection, asked)["department"]["scorecard"]
    assert isinstance(found, dict)
    return found


def test_every_kind_and_every_cut_equal_a_plain_count(platform: Running, tmp_path: Path) -> None:
    dice = random.Random(3)
    platform.ask(SET_UP)
    for key, draft in OWN.items():
        platform.ask(REGISTER, {"i": {"key": key, "name": key, **draft}})
    rows = submit(platform, dice, 500)
    every = " ".join(f'{m}: score(metric: "{m}") {{ base value }}' for m in COUNTED)
    bases = [expected(rows, metric)[0] for metric in COUNTED]
    eventually(
        lambda: [s and s["base"] for s in card(platform, every).values()] == bases, seconds=20
    )

    for tree in ("TODAY", "AS_IT_WAS"):
        for department in ("root", "north", "south", "east"):
            own = [row for row in rows if department in line(row.department, row.day, tree)]
            for kept in ({}, {"channel": "PHONE"}, {"touchpoint": "call", "segment": "new"}):
                left = [row for row in own if kept.items() <= row.dimensions.items()]
                found = card(platform, every, d=department, t=tree, f=kept)
                assert {m: shown(s) for m, s in found.items()} == {
                    m: expected(left, m) for m in COUNTED
                }
            check_groups(platform, own, department, tree)
    check_months(platform, rows)
    check_own_export(platform, rows, tmp_path)


def check_groups(platform: Running, rows: list[Row], department: str, tree: str) -> None:
    """Breakdowns by every dimension, of a built-in metric and one option of a choice."""
    for by in ("CHILD_DEPARTMENT", *(name.upper() for name in DIMENSIONS)):
        groups = f"breakdown(by: {by}) {{ key score {{ base value }} }}"
        selection = f'nps {{ {groups} }} x: score(metric: "x") {{ {groups} }}'
        found = card(platform, selection, d=department, t=tree)
        split: dict[str | None, list[Row]] = defaultdict(list)
        for row in rows:
            above = line(row.department, row.day, tree)
            child = above[above.index(department) - 1] if above[0] != department else None
            split[row.dimensions.get(by.lower()) if by != "CHILD_DEPARTMENT" else child].append(row)
        for metric in ("nps", "x"):
            shown_by_key = {g["key"]: shown(g["score"]) for g in found[metric]["breakdown"]}
            counted = {key: expected(part, metric) for key, part in split.items()}
            assert shown_by_key == {key: score for key, score in counted.items() if score[0]}


def check_months(platform: Running, rows: list[Row]) -> None:
    """Trends by every interval, and the change between two halves."""
    for interval in ("DAY", "WEEK", "MONTH", "QUARTER"):
        trend = f"nps {{ trend(interval: {interval}) {{ from to base value }} }}"
        points = card(platform, trend)["nps"]["trend"]
        assert sum(point["base"] for point in points) == len(rows)
        for point in points:
            part = [row for row in rows if point["from"] <= str(row.day) < point["to"]]
            assert shown(point) == expected(part, "nps")
    late = {"p": {"from": str(HALF), "to": str(END)}, "o": {"from": str(START), "to": str(HALF)}}
    every = " ".join(f'{m}: score(metric: "{m}") {{ value change {{ delta }} }}' for m in COUNTED)
    for metric, score in card(platform, every, **late).items():
        before = expected([row for row in rows if row.day < HALF], metric)[1].expected
        assert score["change"]["delta"] == pytest.approx(score["value"] - before)


def check_own_export(platform: Running, rows: list[Row], folder: Path) -> None:
    """A file comes back into the same responses, and into a survey that is made of it, with the same scores."""

    def run(*arguments: str) -> str:
        asked = ("--url", platform.url)
        done = cxm(*arguments, *asked, CXM_TOKEN=platform.token("analyst"))
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    same, copied, mapping = folder / "lv.csv", folder / "a.parquet", folder / "a.toml"
    period = ("--from", str(START), "--to", str(END))
    wanted = ("responses", "--survey", "every", "--department", "root", *period, "--out")
    run("export", *wanted, str(same), "--locale", "lv")
    run("export", *wanted, str(copied), "--mapping-out", str(mapping))
    ours = ("--mapping", "ours", "--update")
    told = run("import", "responses", str(same), *ours)
    assert f"stored 0, corrected 0, already stored {len(rows)}, refused 0" in told

    mapping.write_text(mapping.read_text().replace('survey = "every"', 'survey = "copy"'))
    told = run("import", "responses", str(copied), "--mapping", str(mapping))
    assert f"stored {len(rows)}, already stored 0, refused 0" in told
    both = " ".join(f'{m}: score(metric: "{m}") {{ base value }}' for m in COUNTED if m not in OWN)

    def is_equal() -> bool:
        first, second = (card(platform, both, f={"survey": key}) for key in ("every", "copy"))
        return first == second and first["nps"]["base"] == expected(rows, "nps")[0]

    eventually(is_equal, seconds=20)
