"""Metrics in words, and one of the organisation's own."""

from playwright.async_api import expect

from tests.support.person import Person
from tests.web.support.accessibility import faults


async def test_an_analyst_reads_how_a_number_is_counted(analyst: Person) -> None:
    page = await analyst.open("/metrics")

    card = page.get_by_role("article", name="Would recommend us")
    await expect(card).to_contain_text(
        "answered 9 and 10, less the share of those who answered 0–6"
    )
    await expect(page.get_by_role("link", name="Register a metric")).to_have_count(0)
    await analyst.open("/metrics/new")
    await expect(page.locator("h1")).to_have_text("This page was not found")


async def test_an_admin_registers_a_metric_and_a_second_version(admin: Person) -> None:
    page = await admin.open("/metrics")
    await page.get_by_role("link", name="Register a metric").click()
    await page.get_by_label("Name").fill("Delighted customers")
    await page.get_by_role("button", name="Register a metric").click()
    await expect(page.locator("fieldset .wrong")).to_contain_text("answers are missing")
    await page.get_by_role("checkbox", name="5", exact=True).check()
    await page.get_by_label("Answers needed").fill("3")
    await page.get_by_role("button", name="Register a metric").click()
    await expect(page.locator(".fld .wrong")).to_contain_text("never lowered")
    assert await faults(page) == []
    await page.get_by_label("Answers needed").fill("20")
    await page.get_by_role("button", name="Register a metric").click()

    card = page.get_by_role("article", name="Delighted customers")
    await expect(card).to_contain_text("delighted-customers, version 1")
    await card.get_by_role("link", name="Make a new version").click()
    await page.get_by_role("checkbox", name="4", exact=True).check()
    await page.get_by_role("button", name="Save the new version").click()

    await expect(card).to_contain_text("delighted-customers, version 2")
    await expect(card).to_contain_text("answered: 4 and 5.")
    await card.get_by_text("1 earlier version").click()
    await expect(card).to_contain_text("delighted-customers, version 1")
    assert await faults(page) == []
