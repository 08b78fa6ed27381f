"""Why a number is not shown, and who may see those that are."""

from playwright.async_api import expect

from tests.support.person import Person, Persons
from tests.web.support.accessibility import faults


async def test_a_department_with_too_few_answers_leads_to_why(analyst: Person) -> None:
    page = await analyst.open("/departments/kiosk-west")
    card = page.get_by_role("article", name="Would recommend us")
    await expect(card).to_contain_text("of the 10 needed.")
    await expect(card.locator(".hero")).to_have_count(0)

    await card.get_by_role("link", name="Why?").click()
    await expect(page.locator("h1")).to_have_text("Why a number is not shown")
    await expect(page.locator("main")).to_contain_text("Under 10 answers there is no score")
    assert await faults(page) == []

    await page.goto(f"{analyst.url}/departments/billing")
    await page.get_by_role("link", name="Who may see this?").click()
    await expect(page.get_by_role("heading", name="Department heads")).to_be_visible()


async def test_who_reads_no_scores_is_not_told_of_them(persons: Persons) -> None:
    officer = await persons.sign_in("privacy_officer")
    page = await officer.open("/why-withheld")
    await expect(page.locator("h1")).to_have_text("This page was not found")
