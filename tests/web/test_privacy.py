"""A customer is asked to be erased, counted, decided about by another person, and gone."""

from playwright.async_api import Page, expect

from tests.support.person import Persons
from tests.web.support.accessibility import faults

PATIENCE_MS = 60_000


async def ask(page: Page, value: str, reason: str) -> str:
    """Ask for the erasure of the customer with a number; its heading."""
    await page.get_by_label("Known by").select_option(label="Customer number")
    await page.get_by_label("The whole number, address or card").fill(value)
    await page.get_by_role("button", name="Find", exact=True).click()
    card = page.get_by_role("region", name="Known as")
    heading = await card.get_by_role("heading").first.inner_text()
    await card.get_by_role("button", name="Ask for the erasure …").click()
    await card.get_by_label("Why?").fill(reason)
    assert await faults(page) == []
    await card.get_by_role("button", name="Ask for the erasure", exact=True).click()
    await expect(card.get_by_role("status")).to_have_text("The erasure was asked for.")
    return heading


async def test_a_customer_is_erased_once_another_person_approves(persons: Persons) -> None:
    admin = await persons.sign_in("admin")
    page = await admin.open("/customers")
    name = await ask(page, "C04001", "asked by letter")
    await page.get_by_role("link", name="To the requests").click()
    request = page.get_by_role("region", name=name)
    await expect(request.get_by_text("Waits for a decision")).to_be_visible(timeout=PATIENCE_MS)
    await expect(request.get_by_role("table")).to_have_count(2)
    await expect(request.get_by_role("button", name="Decide …")).to_have_count(0)
    assert await faults(page) == []

    officer = await persons.sign_in("privacy_officer")
    page = await officer.open("/privacy")
    request = page.get_by_role("region", name=name)
    await expect(request).to_contain_text("asked by letter")
    await request.get_by_role("button", name="Decide …").click()
    await request.get_by_role("button", name="Decide", exact=True).click()
    await expect(request.get_by_text("Choose one.")).to_be_visible()
    await request.get_by_role("radio", name="Erase the customer").check()
    assert await faults(page) == []
    await request.get_by_role("button", name="Decide", exact=True).click()
    await expect(request.locator(".tag")).to_have_text("Erased", timeout=PATIENCE_MS)
    await expect(request.get_by_text("Receipt").first).to_be_visible()
    await expect(request).not_to_contain_text("asked by letter")
    assert await faults(page) == []
    page = await officer.open("/customers")
    await page.get_by_label("Known by").select_option(label="Customer number")
    await page.get_by_label("The whole number, address or card").fill("C04001")
    await page.get_by_role("button", name="Find", exact=True).click()
    await expect(page.get_by_role("heading", name="Nobody is known by this.")).to_be_visible()


async def test_a_request_is_refused_with_a_reason(persons: Persons) -> None:
    admin = await persons.sign_in("admin")
    name = await ask(await admin.open("/customers"), "C04002", "by mistake")

    officer = await persons.sign_in("privacy_officer")
    page = await officer.open("/privacy")
    request = page.get_by_role("region", name=name)
    await request.get_by_role("button", name="Decide …").click()
    await request.get_by_role("radio", name="Erase nothing.").check()
    await request.get_by_role("button", name="Decide", exact=True).click()
    await expect(request.locator(".fld .wrong")).to_have_text("Fill this in.")
    await request.get_by_label("Why?").fill("this is another person")
    await request.get_by_role("button", name="Decide", exact=True).click()

    await expect(request.locator(".tag")).to_have_text("Refused")
    await expect(request).to_contain_text("this is another person")
    await page.get_by_label("Which").select_option(label="Refused")
    await expect(page.get_by_text("1 request.")).to_be_visible()
    assert await faults(page) == []
