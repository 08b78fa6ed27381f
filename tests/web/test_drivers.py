"""What goes together with the score: everybody who reads it sees the demo's analysis; an analyst asks for another."""

import re

from playwright.async_api import Locator, Page, expect

from tests.support.person import NARROW, WIDE, Person
from tests.web.support.accessibility import faults
from tests.web.support.periods import YEAR

SHOPS = "/departments/shop-north"
QUESTIONS = 5
OTHERS = 4


def card(page: Page) -> Locator:
    return page.locator("section.chart").filter(has_text="Goes together with, not proof of cause")


async def test_the_demo_shows_what_goes_together_with_recommending(analyst: Person) -> None:
    page = await analyst.open("/departments/root")
    shown = card(page)

    await expect(shown.locator("svg circle.dot")).to_have_count(QUESTIONS)
    await expect(shown.locator("ol > li")).to_have_count(QUESTIONS)
    await expect(shown.locator("h2")).to_contain_text(re.compile("To fix first|Goes with it most"))
    await expect(shown.locator("ol")).to_contain_text("I was served fast.")
    await expect(shown).to_contain_text("of the differences explained")
    for width, height in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": height})
        assert await faults(page) == []
    await shown.get_by_role("button", name="Table").click()
    await expect(shown.locator("tbody tr")).to_have_count(QUESTIONS)


async def test_an_analysis_is_asked_for_and_shown_when_it_is_done(analyst: Person) -> None:
    page = await analyst.open(f"{SHOPS}?{YEAR}")
    await page.get_by_text("Analyse what goes with it").click()
    form = page.locator("form").filter(has_text="Choose a survey")
    start = form.get_by_role("button", name="Start the analysis")

    await expect(start).to_be_disabled()
    await form.get_by_label("Survey").select_option("your-visit")
    await expect(form.get_by_label("Main question")).to_have_value("recommend")
    await form.get_by_label("How do you rate the waiting time?").uncheck()
    await start.click()

    shown = card(page)
    await expect(shown.locator("ol > li")).to_have_count(OTHERS - 1)
    await expect(page.get_by_text("Analyse what goes with it")).to_be_visible()
    assert await faults(page) == []
