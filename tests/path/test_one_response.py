"""One response becomes a department's score."""

import csv
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.path.support.pulse import PERIOD, nps, set_up, submit
from tests.support.platform import START_SECONDS, Running, cxm, eventually, up


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One platform for the tests of this module; each uses departments of its own."""
    base = tmp_path_factory.mktemp("one-response")
    with up(base / "data", base / "output", "--no-demo") as running:
        eventually(running.is_ready, seconds=START_SECONDS)
        yield running


def test_a_detractor_lowers_the_score_of_the_department_that_owns_the_touchpoint(
    platform: Running,
) -> None:
    set_up(platform)
    for _ in range(10):
        assert submit(platform, 10)["userErrors"] == []
    eventually(lambda: nps(platform, "billing")["base"] == 10, seconds=10)
    assert nps(platform, "billing")["value"] == 100.0

    delays = []
    for base in range(11, 16):
        started = time.monotonic()
        submit(platform, 0)
        eventually(lambda base=base: nps(platform, "billing")["base"] == base, seconds=10)  # type: ignore[misc]
        delays.append(time.monotonic() - started)

    assert min(delays) < 1.0, "a response is in the score within a second"
    assert nps(platform, "billing")["value"] == pytest.approx(100 * 5 / 15)
    assert nps(platform, "shop")["status"] == "NO_DATA"
    assert nps(platform, "root")["base"] == 15
    responses = export(platform, "responses", "--department", "billing", "--survey", "pulse")
    (score,) = export(platform, "scores", "--department", "billing", "--metrics", "nps")
    assert sorted(row["answer.recommend"] for row in responses) == ["0"] * 5 + ["10"] * 10
    assert (score["department"], score["base"]) == ("billing", "15")
    assert float(score["value"]) == pytest.approx(100 * 5 / 15)


def export(platform: Running, *arguments: str) -> list[dict[str, str]]:
    """The rows of a file that `cxm export` writes."""
    out = platform.data_dir / "export.csv"
    period = ("--from", PERIOD["from"], "--to", PERIOD["to"])
    place = ("--url", platform.url, "--token", platform.token("admin"), "--out", str(out))
    done = cxm("export", *arguments, *period, *place)
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FILE = "nr,score\n" + "".join(f"{number},1\n" for number in range(20))
MAPPING = """
[defaults]
survey = "told"
department = "billing"
occurred_at = 2026-02-03
[columns]
id = "nr"
[answers.recommend]
column = "score"
kind = "NPS"
[create]
survey = true
"""


def test_an_import_is_taken_back_at_the_terminal(platform: Running) -> None:
    set_up(platform)
    before = nps(platform, "billing")["base"]
    folder = platform.data_dir
    (folder / "told.csv").write_text(FILE)
    (folder / "told.toml").write_text(MAPPING)
    asked = {"CXM_URL": platform.url, "CXM_TOKEN": platform.token("integration")}
    mapping = ("--mapping", str(folder / "told.toml"))
    done = cxm("import", "responses", str(folder / "told.csv"), *mapping, **asked)
    assert done.returncode == 0, done.stderr
    eventually(lambda: nps(platform, "billing")["base"] == before + 20, seconds=10)

    (known,) = map(json.loads, cxm("imports", "--json", **asked).stdout.splitlines())
    foreseen = cxm("imports", "--take-back", known["id"], "--dry-run", **asked)
    taken = cxm("imports", "--take-back", known["id"], **asked)
    listed = cxm("imports", **asked).stdout
    absent = cxm("imports", "--take-back", "nothing", **asked)

    assert (known["fileName"], known["state"], known["stored"]) == ("told.csv", "DONE", 20)
    assert foreseen.stdout == "dry run: would withdraw 20 responses\n"
    assert taken.stdout == "withdrew 20 responses\n"
    assert "taken_back" in listed
    assert absent.returncode == 1
    assert "cxm imports lists those" in absent.stderr
    eventually(lambda: nps(platform, "billing")["base"] == before, seconds=10)


OWNER = """mutation ($owner: String!, $from: Date) { upsertTouchpoints(input: {touchpoints: [
  {key: "counter", name: "Counter", department: $owner, from: $from}]}) { results { userErrors { message } } } }"""
MONTHS = """query ($key: String!, $tree: TreeReading!) { department(key: $key) {
  scorecard(period: {from: "2026-01-01", to: "2026-05-01"}, tree: $tree) {
    nps { trend(interval: MONTH) { base } } } } }"""
MANY = """mutation ($responses: [SubmitResponseInput!]!) {
  submitResponses(input: {responses: $responses}) { results { status userErrors { message } } } }"""


VISITS = [
    {
        "survey": "visit",
        "touchpoint": "counter",
        "occurredAt": f"2026-0{month}-15T12:00:00Z",
        "answers": [{"question": "recommend", "score": 9}],
    }
    for month in range(1, 5)
    for _ in range(10)
]


def counts_for_west(platform: Running) -> bool:
    """Whether survey knows of the change of owner: its copy of the directory follows within a moment."""
    platform.ask(MANY, {"responses": [{**VISITS[-1], "survey": "probe"}]})
    reply = httpx.get(
        f"{platform.url}/exports/responses",
        params={"survey": "probe", "department": "west", "from": "2026-04-01", "to": "2026-05-01"},
        headers={"Authorization": f"Bearer {platform.token('admin')}"},
        trust_env=False,
    )
    return len(reply.text.splitlines()) > 1


def test_responses_stay_with_the_owner_their_touchpoint_had_on_their_day(
    platform: Running,
) -> None:
    platform.ask(
        """mutation { upsertDepartments(input: {departments: [
             {key: "east", name: "East", parent: "root"},
             {key: "west", name: "West", parent: "root"}]}) { results { status } }
           visit: createSurvey(input: {key: "visit", title: "Visit", questions: [
             {key: "recommend", kind: NPS, text: "How likely ..."}]}) { survey { key } }
           probe: createSurvey(input: {key: "probe", title: "Probe", inScorecard: false, questions: [
             {key: "recommend", kind: NPS, text: "How likely ..."}]}) { survey { key } } }"""
    )
    platform.ask(OWNER, {"owner": "east"})
    platform.ask(OWNER, {"owner": "west", "from": "2026-03-01"})
    eventually(lambda: counts_for_west(platform), seconds=20)
    results = platform.ask(MANY, {"responses": VISITS})["submitResponses"]["results"]

    assert {result["status"] for result in results} == {"STORED"}

    def bases(key: str, tree: str) -> list[int]:
        card = platform.ask(MONTHS, {"key": key, "tree": tree})["department"]["scorecard"]
        return [point["base"] for point in card["nps"]["trend"]]

    for tree in ("TODAY", "AS_IT_WAS"):
        eventually(lambda t=tree: bases("west", t) == [0, 0, 10, 10], seconds=10)  # type: ignore[misc]
        assert bases("east", tree) == [10, 10, 0, 0]


REGISTER = """mutation { registerMetric(input: {key: "neutral", name: "Neutral", statistic: SHARE,
  item: {survey: "effort", question: "easy"}, answers: ["4"]}) {
    metric { key version builtIn } userErrors { field code } } }"""
CUTS = """query ($period: PeriodInput!, $before: PeriodInput!, $filter: ScoreFilter) {
  department(key: "shop") { scorecard(period: $period, compareTo: $before, filter: $filter) {
    ces { value secondary base interval { level method } change { delta verdict } metric { unit secondary }
      trend(interval: WEEK) { from base } breakdown(by: SEGMENT) { key score { base } } }
    score(metric: "neutral") { value base metric { version } } } } }"""


EFFORTS = [
    {
        "survey": "effort",
        "answers": [{"question": "easy", "score": score}],
        "segment": segment,
        "occurredAt": f"2026-{month}-0{5 + index % 3}T12:00:00Z",
    }
    for month, score in (("01", 2), ("02", 6))
    for segment in ("new", "loyal")
    for index in range(15)
]
CES_OF_NEW = {
    "value": 6.0,
    "secondary": 1.0,
    "base": 15,
    "interval": {"level": 0.95, "method": "Wilson, equal answers"},
    "change": {"delta": 4.0, "verdict": "CLEAR"},
    "metric": {"unit": "SCALE", "secondary": "share of answers 5 to 7 over all answers"},
    "trend": [
        {"from": "2026-02-01", "base": 0},
        {"from": "2026-02-02", "base": 15},
        {"from": "2026-02-09", "base": 0},
        {"from": "2026-02-16", "base": 0},
        {"from": "2026-02-23", "base": 0},
    ],
    "breakdown": [{"key": "new", "score": {"base": 15}}],
}


def test_cuts_changes_and_own_metrics_reach_the_public_api(platform: Running) -> None:
    set_up(platform)
    platform.ask(
        """mutation { createSurvey(input: {key: "effort", title: "Effort", public: true, department: "shop",
             questions: [{key: "easy", kind: CES, text: "Easy?"}]}) { userErrors { code } } }"""
    )
    platform.ask(MANY, {"responses": EFFORTS})
    variables = {
        "period": {"from": "2026-02-01", "to": "2026-03-01"},
        "before": {"from": "2026-01-01", "to": "2026-02-01"},
        "filter": {"survey": "effort", "segment": "new"},
    }

    def card() -> dict[str, Any]:
        card: dict[str, Any] = platform.ask(CUTS, variables)["department"]["scorecard"]
        return card

    eventually(lambda: card()["ces"]["base"] == 15, seconds=10)

    registered = platform.ask(REGISTER)["registerMetric"]  # metrics knows the survey by now
    assert registered == {
        "metric": {"key": "neutral", "version": 1, "builtIn": False},
        "userErrors": [],
    }
    assert card()["ces"] == CES_OF_NEW
    assert card()["score"] == {"value": 0.0, "base": 15, "metric": {"version": 1}}
    variables["filter"] = {"segment": "nobody"}
    assert card()["ces"]["base"] == 0
