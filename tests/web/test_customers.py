"""Customers: found as a whole, seen in plain text with a reason, joined, taken apart, and links settled."""

from playwright.async_api import Page, expect

from tests.support.person import Person, Persons
from tests.web.support.accessibility import faults

REASON = "the customer is on the phone"


async def find(page: Page, kind: str, value: str) -> None:
    await page.get_by_label("Known by").select_option(label=kind)
    await page.get_by_label("The whole number, address or card").fill(value)
    await page.get_by_role("button", name="Find", exact=True).click()


async def test_a_customer_is_found_as_a_whole_and_seen_with_a_reason(admin: Person) -> None:
    page = await admin.open("/customers")
    await page.get_by_role("button", name="Find", exact=True).click()
    await expect(page.locator(".fld .wrong")).to_have_text("Fill this in.")
    await find(page, "E-mail address", "c00100")
    await expect(page.get_by_role("alert")).to_be_visible()
    await find(page, "E-mail address", "c001@mail.example")
    await expect(page.get_by_role("heading", name="Nobody is known by this.")).to_be_visible()
    assert await faults(page) == []

    await find(page, "E-mail address", "C00100@mail.example")
    card = page.get_by_role("region", name="Known as")
    await expect(card.get_by_role("row", name="Customer number")).to_contain_text("hidden")
    assert "c00100" not in page.url.lower()
    await card.get_by_role("button", name="Show who it is …").click()
    await card.get_by_label("Why?").fill("so")
    await card.get_by_role("button", name="Show", exact=True).click()
    await expect(card.locator(".fld .wrong")).to_be_visible()
    assert await faults(page) == []
    await card.get_by_label("Why?").fill(REASON)
    await card.get_by_role("button", name="Show", exact=True).click()
    await expect(card.get_by_role("row", name="Customer number")).to_contain_text("C00100")
    await expect(card.get_by_role("term").filter(has_text="country")).to_be_visible()
    assert await faults(page) == []
    await card.get_by_role("button", name="Hide again").click()
    await expect(card.get_by_role("row", name="Customer number")).to_contain_text("hidden")


async def test_customers_are_joined_and_taken_apart(admin: Person) -> None:
    page = await admin.open("/customers")
    await find(page, "Customer number", "C00200")
    await page.get_by_role("region", name="Known as").get_by_role("link").click()
    await expect(page.locator("h1")).to_contain_text("Customer ")
    card = page.get_by_role("region", name="Known as")
    history = page.get_by_role("region", name="How it came about")
    await expect(history.get_by_role("listitem").first).to_be_visible()
    await expect(page.get_by_role("region", name="Purchases")).to_be_visible()
    assert await faults(page) == []

    await card.get_by_role("button", name="Take apart …").first.click()
    await expect(card.get_by_text("they stay apart whatever is sent later")).to_be_visible()
    await card.get_by_label("Why?").fill("sisters with one address")
    assert await faults(page) == []
    await card.get_by_role("button", name="Take apart", exact=True).click()
    await expect(card.get_by_role("status")).to_contain_text("They are two customers now: ")
    told = await card.get_by_role("status").inner_text()
    first, second = told.removeprefix("They are two customers now: ").rstrip(".").split(" and ")

    await card.get_by_role("button", name="Join with another …").click()
    mine = (await page.locator("h1").inner_text()).removeprefix("Customer ")
    await card.get_by_label("Number of the other customer").fill(second if mine == first else first)
    await card.get_by_label("Why?").fill("one person after all")
    assert await faults(page) == []
    await card.get_by_role("button", name="They are one person").click()
    await expect(card.get_by_role("status")).to_contain_text("Somebody said before that they are")


async def test_a_link_that_was_refused_is_settled(analyst: Person) -> None:
    page = await analyst.open("/customers")
    await page.get_by_role("link", name="Settle them").click()
    await expect(page.locator("h1")).to_have_text("Links to settle")
    waiting = page.get_by_role("listitem").filter(has_text="two identifiers of a kind")
    await expect(waiting.first).to_be_visible()
    before = await waiting.count()
    assert await faults(page) == []

    await waiting.first.get_by_role("button", name="Settle …").click()
    await expect(page.get_by_role("radio", name="They are two")).to_be_checked()
    await page.get_by_label("Why?").fill("a mother and her son")
    assert await faults(page) == []
    await page.get_by_role("button", name="Settle", exact=True).click()

    told = page.get_by_role("status").filter(has_text="stay two customers")
    await expect(told).to_be_visible()
    await expect(waiting).to_have_count(before - 1)


async def test_a_privacy_officer_finds_by_identifiers_alone(persons: Persons) -> None:
    officer = await persons.sign_in("privacy_officer")
    page = await officer.open("/customers")
    await find(page, "Customer number", "C00300")
    card = page.get_by_role("region", name="Known as")
    await expect(card.get_by_role("row", name="Customer number")).to_contain_text("hidden")
    await expect(card.get_by_role("button", name="Show who it is …")).to_be_visible()
    await expect(card.get_by_role("button", name="Join")).to_have_count(0)
    await expect(page.get_by_role("region", name="Links to settle")).to_have_count(0)
    assert await faults(page) == []


async def test_consent_is_shown_with_its_wording_and_recorded(admin: Person) -> None:
    page = await admin.open("/customers")
    await find(page, "Customer number", "C00205")
    await page.get_by_role("region", name="Known as").get_by_role("link").click()
    card = page.get_by_role("region", name="Consents")
    await expect(card.get_by_role("row", name="MARKETING")).to_be_visible()
    before = await card.get_by_role("listitem").count()
    assert before
    assert await faults(page) == []

    await card.get_by_role("button", name="Record what was said …").click()
    await card.get_by_role("button", name="Record what was said", exact=True).click()
    await expect(card.locator(".fld .wrong").first).to_be_visible()
    assert await faults(page) == []
    await card.get_by_label("Purpose").fill("survey_calls")
    await card.get_by_label("Wording").fill("You may call me and ask how it was.")
    await card.get_by_label("Given for it").fill("a coffee")
    await card.get_by_label("Proof").select_option(label="Recorded call")
    await card.get_by_role("button", name="Record what was said", exact=True).click()

    await expect(card.get_by_role("status")).to_have_text("It was recorded.")
    await expect(card.get_by_role("row", name="SURVEY_CALLS")).to_contain_text("Allowed")
    newest = card.get_by_role("listitem").first
    await expect(newest).to_contain_text("You may call me and ask how it was.")
    await expect(newest).to_contain_text("for a coffee")
    assert await faults(page) == []


async def test_points_are_shown_with_what_ends_first(admin: Person) -> None:
    page = await admin.open("/customers")
    await find(page, "Customer number", "C00205")
    await page.get_by_role("region", name="Known as").get_by_role("link").click()
    card = page.get_by_role("region", name="Points")
    await expect(card.get_by_text("Can be spent today: ")).to_be_visible()
    await expect(card.get_by_role("row", name="Earned").first).to_be_visible()
    assert await faults(page) == []
