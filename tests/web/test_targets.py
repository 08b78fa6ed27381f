"""Targets on the scorecard: who may sets them, everybody who reads the scores sees how far they are."""

from playwright.async_api import Locator, Page, expect

from tests.support.person import Person
from tests.web.support.accessibility import faults

BILLING = "/departments/billing"
LOWEST, HIGHEST = "-100", "+99"


def lead(page: Page) -> Locator:
    return page.locator("section.cx article")


async def form(page: Page) -> Locator:
    """The form of targets, opened."""
    await page.locator("summary", has_text="Targets").click()
    return page.locator("form").filter(has_text="Value to reach")


async def test_a_target_is_set_seen_by_others_at_once_and_removed(
    analyst: Person, head: Person
) -> None:
    seen = lead(await head.open(BILLING))
    await expect(head.page.locator("summary", has_text="Targets")).to_have_count(0)
    await expect(seen.locator(".target-says")).to_have_count(0)
    page = await analyst.open(BILLING)
    fields = await form(page)

    await fields.get_by_label("Value to reach").fill(HIGHEST)
    await fields.get_by_label("What the company wants for itself").check()
    await fields.get_by_role("button", name="Set target").click()

    await expect(fields.get_by_role("status")).to_have_text("The target is set.")
    for card in (lead(page), seen):
        await expect(card.locator(".target-says")).to_contain_text("Target of the company: +99")
        await expect(card.locator(".target-says")).to_contain_text("Not reached yet.")
        await expect(card.locator(".strip line.target")).to_have_count(1)

    await fields.get_by_label("Value to reach").fill(LOWEST)
    await fields.get_by_role("button", name="Set target").click()
    await expect(seen.locator(".target-says")).to_contain_text("Reached: the whole likely range")
    assert await faults(head.page) == []
    assert await faults(page) == []

    await fields.get_by_role("button", name="Remove target").click()
    await expect(fields.get_by_role("status")).to_have_text("The target is removed.")
    await expect(seen.locator(".target-says")).to_have_count(0)
    await expect(seen.locator("line.target")).to_have_count(0)


async def test_what_is_wrong_stands_at_its_field(analyst: Person) -> None:
    page = await analyst.open(BILLING)
    fields = await form(page)
    await fields.get_by_label("Metric").select_option("csat")
    value = fields.get_by_label("Value to reach")

    await value.fill("much")
    await expect(fields.get_by_role("alert")).to_have_text("Write a number.")
    await value.fill("140")
    await fields.get_by_label("Due day").fill("2020-01-01")
    await fields.get_by_role("button", name="Set target").click()

    await expect(fields.get_by_role("alert")).to_have_text("Per cent, from 0 to 100.")
    await value.fill("80")
    await fields.get_by_role("button", name="Set target").click()
    await expect(fields.get_by_role("alert")).to_contain_text("the due day must lie between")


async def test_the_demo_has_a_target_for_customers_and_one_of_the_company(analyst: Person) -> None:
    page = await analyst.open("/departments/root")

    await expect(lead(page).locator(".target-says")).to_contain_text("Target for customers: +40")
    staff = page.locator("section.ex .row", has_text="Target of the company: 15.0%")
    await expect(staff.locator(".strip line.target")).to_have_count(1)
