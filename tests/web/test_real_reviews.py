"""A file of real reviews in pages: what they say is what a statistician says, and what cannot be said is said too."""

import csv
import os
from collections import defaultdict
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect
from scipy.stats import chi2_contingency, false_discovery_control

from tests.support.import_client import MAPPINGS, ImportClient
from tests.support.person import Persons
from tests.support.platform import START_SECONDS, Running, eventually, up

FILE = "womens_clothing_reviews_1000.csv"
MAPPING = MAPPINGS / "womens_clothing_reviews.toml"
DAY = ("2021-05-01", "2021-05-02")
QUARTER = "from=2021-04-01&to=2021-07-01"
SATISFIED_FROM: Final = 4
UNHAPPY_TO: Final = 2
ENOUGH: Final = 30
CLEAR, WEAK = 0.05, 0.20


async def test_pages_say_of_real_reviews_what_a_statistician_says(
    browser: Browser, tmp_path: Path
) -> None:
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    file = Path(folder) / FILE
    with up(tmp_path / "data", tmp_path / "output", "--no-demo") as platform:
        eventually(platform.has_printed_its_page, seconds=START_SECONDS)
        bring(platform, file, tmp_path)
        persons = Persons(browser, platform)
        analyst = await persons.sign_in("analyst")

        page = await analyst.open(f"/?{QUARTER}")
        await check_the_whole(page)
        await check_the_parts(page, ratings_of(file))

        page = await analyst.open(f"/comments?{QUARTER}")
        await check_the_unhappy(page, file)
        await persons.leave()


def bring(platform: Running, file: Path, folder: Path) -> None:
    """The file has no dates: all of it on one day."""
    mapping = folder / "reviews.toml"
    dated = f"[defaults]\noccurred_at = {DAY[0]}\n"
    mapping.write_text(MAPPING.read_text().replace("[defaults]\n", dated))
    client = ImportClient.at(platform, folder)
    assert client.load("responses", file, mapping).stored == 1_000
    client.score(None, "csat", DAY, base=1_000)


async def check_the_whole(page: Page) -> None:
    """774 of 1,000, Wilson 0.7471 to 0.7988; no answers before, so no change; what was not asked does not lead."""
    await expect(page.locator("h1")).to_contain_text("whether they changed cannot be judged")
    lead = page.get_by_role("article", name="Satisfied")
    await expect(lead).to_contain_text("77%")
    await expect(lead).to_contain_text("likely 75% to 80%")
    await expect(lead).to_contain_text("1,000 answers")
    await expect(lead).to_contain_text("nothing was answered in January to March")
    await expect(page.get_by_text("Nobody answered in these twelve months")).to_have_count(0)


async def check_the_parts(page: Page, ratings: dict[str, list[int]]) -> None:
    """Every department against the rest, all judged together; few answers are not judged."""
    words = said_of(ratings)
    assert set(words.values()) == {"Clearly above the rest", "Perhaps below", "No clear difference"}
    rows = page.locator("#parts .bd > li")
    for name, sentence in words.items():
        await expect(rows.filter(has_text=name)).to_contain_text(sentence)
    await expect(rows.filter(has_text="Trend")).to_contain_text("Few answers (10)")
    clear = [name for name, sentence in words.items() if sentence.startswith("Clearly")]
    title = page.locator("#parts h2")
    await expect(title).to_have_text(f"{', '.join(clear)}: clearly above the rest")


async def check_the_unhappy(page: Page, file: Path) -> None:
    """Who is unhappy is told by the question that was asked."""
    with file.open(newline="", encoding="utf-8") as opened:
        wrote = [row for row in csv.DictReader(opened) if row["Review Text"].strip()]
    unhappy = sum(int(row["Rating"]) <= UNHAPPY_TO for row in wrote)
    await expect(page.locator(".verdict-2").first).to_contain_text(f"Unhappy customers: {unhappy}.")
    await page.get_by_role("button", name="Unhappy, 1 to 2").click()
    await expect(page.locator("blockquote").first).to_be_visible()


def ratings_of(file: Path) -> dict[str, list[int]]:
    ratings: dict[str, list[int]] = defaultdict(list)
    with file.open(newline="", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            ratings[row["Department Name"]].append(int(row["Rating"]))
    return ratings


def said_of(ratings: dict[str, list[int]]) -> dict[str, str]:
    """Chi-square tests of each department against all others, Benjamini-Hochberg over them, in words."""
    hits = {name: sum(one >= SATISFIED_FROM for one in given) for name, given in ratings.items()}
    bases = {name: len(given) for name, given in ratings.items()}
    judged = [name for name, base in bases.items() if base >= ENOUGH]
    all_hits, everyone = sum(hits.values()), sum(bases.values())
    p_values = []
    for name in judged:
        counts = [
            [hits[name], bases[name] - hits[name]],
            [all_hits - hits[name], everyone - bases[name] - all_hits + hits[name]],
        ]
        p_values.append(chi2_contingency(counts, correction=False).pvalue)
    adjusted = false_discovery_control(p_values)
    words = {}
    for name, value in zip(judged, adjusted, strict=True):
        is_above = hits[name] / bases[name] > (all_hits - hits[name]) / (everyone - bases[name])
        side = "above" if is_above else "below"
        if value < CLEAR:
            words[name] = f"Clearly {side} the rest"
        elif value < WEAK:
            words[name] = f"Perhaps {side}"
        else:
            words[name] = "No clear difference"
    return words
