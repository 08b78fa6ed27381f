"""Waves: planned, removed and put back, opened, and asked about before they are closed, by an analyst."""

from datetime import date, timedelta
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.support.person import Person
from tests.web.support.accessibility import faults

LANGUAGES = ("English", "Latvian", "Lithuanian", "Slovenian", "Macedonian")
AUDIENCE = "Invoicing"


async def plan(page: Page, name: str, closes_at: str = "") -> None:
    """A draft with the standard questions for one department."""
    await page.get_by_role("link", name="Plan a wave").click()
    names = page.get_by_role("group", name="Name", exact=True)
    for language in LANGUAGES:
        await names.get_by_label(language).fill(f"{name} {language}")
    await expect(page.get_by_label("Key", exact=True)).to_have_value(f"{name}-english".lower())
    await page.get_by_label("Key", exact=True).fill(name)
    await page.get_by_label("Ask only in a department").fill(AUDIENCE)
    await page.get_by_role("button", name=AUDIENCE).click()
    await page.get_by_label("Closes").fill(closes_at)
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("h1")).to_have_text(f"{name} English")


async def test_a_draft_tells_what_could_be_shown_and_comes_back_when_removed(
    analyst: Person,
) -> None:
    name = f"pulse-{uuid4().hex[:8]}"
    page = await analyst.open("/waves")
    await plan(page, name)

    preview = page.get_by_role("region", name="Who would be asked, and what could be shown")
    await expect(preview).to_contain_text("With 75% taking part,")
    await expect(preview).to_contain_text("another smallest group: k = ")
    await expect(page.locator("main")).to_contain_text(
        "Results are shown only for groups of at least 5 people who answered"
    )
    assert await faults(page) == []

    await page.get_by_role("button", name="Remove …").click()
    await page.get_by_role("button", name="Remove", exact=True).click()
    await expect(page.get_by_text("was removed.")).to_be_visible()
    await expect(page.get_by_role("link", name=f"{name} English")).to_have_count(0)
    await page.get_by_role("button", name="Put it back").click()
    await page.get_by_role("link", name=f"{name} English").click()
    await expect(page.locator("main")).to_contain_text(AUDIENCE)


async def test_what_is_wrong_with_a_plan_is_told_at_its_field_and_what_was_typed_stays(
    analyst: Person,
) -> None:
    page = await analyst.open("/waves/new")
    await page.get_by_role("group", name="Name", exact=True).get_by_label("English").fill("Pulse")
    await page.get_by_label("Smallest group, k").fill("4")
    await page.get_by_role("button", name="Save").click()

    k = page.get_by_label("Smallest group, k")
    await expect(k).to_have_accessible_description(
        "5 to 100 people; questions of no and yes always 20. From 5 to 100."
    )
    latvian = page.get_by_role("group", name="Name", exact=True).get_by_label("Latvian")
    await expect(latvian).to_be_focused()
    assert await faults(page) == []
    await page.reload()
    await expect(k).to_have_value("4")
    await page.get_by_role("button", name="Begin from what is stored").click()


async def test_opening_says_what_is_frozen_and_closing_early_asks_why(
    analyst: Person,
) -> None:
    name = f"pulse-{uuid4().hex[:8]}"
    page = await analyst.open("/waves")
    await plan(page, name)
    await page.get_by_role("button", name="Open …").click()
    form = page.locator("form.pick")
    await expect(form).to_contain_text("Nobody can change it afterwards, not even an administrator")
    await expect(form).to_contain_text("It needs a time at which it closes")
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(form.get_by_role("alert")).to_have_text("Say when it closes.")

    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("link", name="Change the plan").click()
    await page.get_by_label("Closes").fill(f"{date.today() + timedelta(days=60)}T18:00")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name="Open …").click()
    await page.get_by_role("button", name="Open", exact=True).click()

    await expect(page.locator(".verdict-2")).to_contain_text("Open; it takes answers until")
    await expect(page.locator("main")).to_contain_text(
        "How many links were used is told once a day"
    )
    assert await faults(page) == []
    await page.get_by_role("button", name="Close early …").click()
    await page.get_by_role("button", name="Close early", exact=True).click()
    await expect(page.get_by_label("Why, for everybody")).to_have_accessible_description(
        "Fill this in."
    )
    await expect(page.get_by_text("It cannot be opened again.")).to_be_visible()
