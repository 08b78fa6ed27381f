"""Segments on their page: written with help, tried while they are written, stored, looked into, removed."""

from playwright.async_api import expect

from tests.support.person import Persons
from tests.web.support.accessibility import faults


async def test_a_segment_is_written_tried_stored_and_removed(persons: Persons) -> None:
    analyst = await persons.sign_in("analyst")
    page = await analyst.open("/segments")
    await expect(page.get_by_role("region", name="Business customers")).to_contain_text(
        "customers."
    )
    await page.get_by_role("button", name="New segment").click()
    form = page.get_by_role("region", name="New segment")
    await form.get_by_label("Name", exact=True).fill("Latvians with a phone")
    rule = form.get_by_label("Rule", exact=True)
    await rule.fill('contry = "LV"')
    await expect(form.get_by_role("status")).to_contain_text("did you mean country?")
    await expect(form.locator("mark")).to_have_text("contry")
    assert await faults(page) == []
    await rule.fill('country = "LV" and identifiers has "PHONE"')
    await expect(form.get_by_role("status")).to_contain_text("customers.")
    await expect(form.get_by_role("status").get_by_role("listitem")).to_have_count(10)
    await form.get_by_text("What a rule may speak of").click()
    await expect(form.get_by_role("button", name="attribute.plan")).to_be_visible()
    assert await faults(page) == []
    await form.get_by_role("button", name="Store").click()
    stored = page.get_by_role("status").filter(has_text="Latvians with a phone was stored.")
    await expect(stored).to_be_visible()

    made = page.get_by_role("region", name="Latvians with a phone")
    await made.get_by_role("button", name="Members").click()
    await expect(made.get_by_role("listitem")).to_have_count(20)
    await made.get_by_role("button", name="Next").click()
    await expect(made.get_by_role("button", name="From the start")).to_be_visible()
    assert await faults(page) == []
    await made.get_by_role("button", name="Remove").click()
    await expect(made).to_have_count(0)


async def test_a_customer_says_in_which_segment_it_is(persons: Persons) -> None:
    analyst = await persons.sign_in("analyst")
    page = await analyst.open("/segments")
    business = page.get_by_role("region", name="Business customers")
    await business.get_by_role("button", name="Members").click()
    await business.get_by_role("listitem").first.get_by_role("link").click()
    await expect(page.get_by_role("link", name="Segment: Business customers")).to_be_visible()
