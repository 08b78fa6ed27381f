"""Staff and customers through the public doors: files in, and what a statistician says of them out, in pages too."""

import csv
import os
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.support.import_client import MAPPINGS, VISIBLE_SECONDS, ImportClient
from tests.support.person import Person, Persons
from tests.support.platform import START_SECONDS, eventually, up

FILE = "nhs_trust_year_2012_2019.csv"
NEEDED = ("Engagement.Index.dichot", "RecommendCare.Index.dichot", "WorkStress.Index", "Responses")
ROWS, TRUSTS, EACH = 1_071, 144, 100
"""Rows with all numbers, of so many trusts; shares are in whole percent, so each row stands for 100 answers."""
TREE = {"t1": (500, 24, 10, 6), "t2": (300, 27, 15, 18), "t3": (200, 40, 25, 35)}
"""Headcount, promoters, passives, detractors."""
YEAR = ("2020-01-01", "2021-01-01")
DEPARTMENTS = "[columns]\nkey = 'key'\nname = 'name'\nparent = 'parent'\n"
CARE = """[defaults]
survey = "care"
segment = "staff"
[columns]
id = "id"
department = "code"
occurred_at = "day"
count = "count"
[answers.care]
column = "care"
kind = "CSAT"
share = [5, 1]
[create]
survey = true
"""
ANSWERS = """[defaults]
survey = "visits"
[columns]
id = "id"
department = "key"
occurred_at = "day"
count = "count"
[answers.recommend]
column = "score"
kind = "NPS"
[create]
survey = true
"""
PEOPLE = """[columns]
id = "id"
department = "key"
started_on = "started"
"""
READ = """query ($cx: String!) { department(key: "trusts") { linkage(
  cx: $cx, periods: 8, interval: YEAR, until: "2020-01-01") {
    verdict betterTogether departments limits detectable pointsLeftOut points { staff customers }
    within { value interval { low high } } between { interval { low } }
    coefficients { kind lag r adjustedPValue departments pairs } } } }"""


async def test_files_become_links_and_weighted_scores(browser: Browser, tmp_path: Path) -> None:
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    rows = complete_rows(Path(folder) / FILE)
    with up(tmp_path / "data", tmp_path / "output", "--no-demo") as platform:
        eventually(platform.has_printed_its_page, seconds=START_SECONDS)
        admin = ImportClient(platform, tmp_path, platform.token("admin"), platform.token("analyst"))
        bring_departments(admin, sorted({row["Code"] for row in rows}))
        bring_trusts(admin, rows)
        bring_tree(admin)

        check_trusts(admin)
        check_tree(admin)
        persons = Persons(browser, platform)
        analyst = await persons.sign_in("analyst")
        await check_page(analyst)
        await check_weighted_page(analyst)
        await persons.leave()


async def check_page(analyst: Person) -> None:
    """By quarter the last three years have both numbers, in the quarter of the wave."""
    page = await analyst.open("/departments/trusts?from=2019-10-01&to=2020-01-01")
    card = page.locator("#linkage")

    await expect(card.get_by_role("heading")).to_have_text(
        "Departments with more engaged staff tend to have happier customers"
    )
    await expect(card).to_contain_text("It does not show which comes first.")
    await expect(card).to_contain_text("Some answers that count as customers' were given by staff")
    await expect(card).to_contain_text("departments with both numbers")
    await expect(card).to_contain_text("Link between departments 0.")


async def check_weighted_page(analyst: Person) -> None:
    page = await analyst.open(f"/departments/tree?from={YEAR[0]}&to={YEAR[1]}")
    card = page.get_by_role("article", name="Would recommend us")

    await expect(card.locator(".hero")).to_have_text("+16")
    await card.get_by_text("How is this counted?").click()
    await card.get_by_role("button", name="Weighted by headcount").click()
    await expect(card).to_contain_text("Weighted by headcount: +28, likely +14 to +42.")


def complete_rows(file: Path) -> list[dict[str, str]]:
    with file.open() as lines:
        rows = [row for row in csv.DictReader(lines) if all(row[name] for name in NEEDED)]
    assert len(rows) == ROWS
    return rows


def load(client: ImportClient, kind: str, mapping: str | Path, rows: list[dict[str, Any]]) -> int:
    """How many rows were stored; none may be refused."""
    file = client.folder / f"{kind}.csv"
    with file.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    if isinstance(mapping, str):
        path = client.folder / f"{kind}.toml"
        path.write_text(mapping)
        mapping = path
    done = client.load(kind, file, mapping)
    assert done.refused == 0, done.report
    return done.stored


def bring_departments(client: ImportClient, codes: list[str]) -> None:
    tops = [("all", ""), ("trusts", "all"), ("tree", "all")]
    below = [(code, "trusts") for code in codes] + [(key, "tree") for key in TREE]
    rows = [{"key": key, "name": key, "parent": parent} for key, parent in (*tops, *below)]
    assert load(client, "departments", DEPARTMENTS, rows) == len(rows)


def bring_trusts(client: ImportClient, rows: list[dict[str, str]]) -> None:
    """How staff rate the care stands in the place of customers' answers, and is said to be staff's."""
    care = [
        {
            "id": f"{row['Code']}-{row['Year.Index']}",
            "code": row["Code"],
            "day": f"{row['Year.Index']}-11-15",
            "count": EACH,
            "care": row["RecommendCare.Index.dichot"],
        }
        for row in rows
    ]
    waves = [
        {
            "wave": f"w{row['Year.Index']}",
            "name": row["Year.Index"],
            "opened_on": f"{row['Year.Index']}-10-01",
            "closed_on": f"{row['Year.Index']}-11-30",
            "department": row["Code"],
            "item": "engagement",
            "n": int(float(row["Responses"])),
            "value": row["Engagement.Index.dichot"],
            "low": "",
            "high": "",
        }
        for row in rows
    ]
    assert load(client, "responses", CARE, care) == ROWS
    assert load(client, "wave", MAPPINGS / "staff_waves.toml", waves) == ROWS


def bring_tree(client: ImportClient) -> None:
    answers = [
        {"id": f"{key}-{score}", "key": key, "day": YEAR[0], "count": count, "score": score}
        for key, (_, *counts) in TREE.items()
        for score, count in zip((9, 8, 0), counts, strict=True)
    ]
    people = [
        {"id": f"{key}-{number}", "key": key, "started": YEAR[0]}
        for key, (headcount, *_) in TREE.items()
        for number in range(headcount)
    ]
    assert load(client, "responses", ANSWERS, answers) == len(answers)
    assert load(client, "employees", PEOPLE, people) == 1_000


def check_trusts(client: ImportClient) -> None:
    """As pandas and scipy have it of the same file: Spearman 0.5330, between 0.5371."""
    found = linked(client)

    by_kind = {(each["kind"], each["lag"]): each for each in found["coefficients"]}
    plain, means = by_kind["LEVEL", 0], by_kind["BETWEEN", 0]
    assert (plain["departments"], plain["pairs"]) == (TRUSTS, ROWS)
    assert plain["r"] == pytest.approx(0.5330, abs=5e-5)
    assert means["r"] == pytest.approx(0.5371, abs=5e-5)
    assert by_kind["WITHIN", 0]["r"] > 0.5
    later = by_kind["LEVEL", 1]
    assert later["r"] == pytest.approx(0.4165, abs=5e-5)
    assert later["adjustedPValue"] < 0.001  # and yet no evidence that staff come first
    assert by_kind["STAFF_AHEAD", 1]["r"] < 0
    assert found["verdict"] == "TOGETHER"
    assert found["betterTogether"] is True
    assert found["within"]["interval"]["low"] > 0
    assert found["between"]["interval"]["low"] > 0
    assert "SAME_SOURCE" in found["limits"]


def linked(client: ImportClient) -> dict[str, Any]:
    """The linkage once all that was brought is counted."""
    deadline = time.monotonic() + VISIBLE_SECONDS
    while True:
        answer = client.platform.ask(READ, {"cx": "csat"}, client.reader)
        found: dict[str, Any] = answer["department"]["linkage"]
        points = len(found["points"]) + found["pointsLeftOut"]
        if (found["departments"], points) == (TRUSTS, ROWS):
            return found
        assert time.monotonic() < deadline, (found["departments"], points)
        time.sleep(0.1)


def check_tree(client: ImportClient) -> None:
    """Pooled 16.0; weighted by headcount 28.0, margin 13.5962."""
    assert client.score("tree", "nps", YEAR, base=200)["value"] == pytest.approx(16.0)
    client.score("tree", "turnoverRate", YEAR, base=1_000)
    fields = "nps { weighted { value headcount leftOut gap interval { low high } } }"
    weighted = client.card("tree", fields, YEAR)["nps"]["weighted"]

    assert weighted["gap"] is None
    assert weighted["value"] == pytest.approx(28.0)
    assert (weighted["headcount"], weighted["leftOut"]) == (1_000, 0)
    margin = (weighted["interval"]["high"] - weighted["interval"]["low"]) / 2
    assert round(margin, 4) == 13.5962
