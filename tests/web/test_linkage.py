"""Staff and customers on the scorecard: the finding in words, its limits, and every department as a point."""

from playwright.async_api import Locator, Page, expect

from tests.support.person import Person
from tests.web.support.accessibility import faults


def card_of(page: Page) -> Locator:
    return page.locator("#linkage")


async def test_a_reader_is_told_what_links_staff_and_customers(analyst: Person) -> None:
    page = await analyst.open("/departments/root")
    card = card_of(page)

    await expect(card.get_by_role("heading")).to_be_visible()
    await expect(card).to_contain_text("departments with both numbers")
    await expect(card).to_contain_text("Link between departments")
    await card.get_by_role("img").press("ArrowRight")
    await expect(card.get_by_role("status")).to_contain_text("%")
    await card.get_by_role("button", name="Show as a table").click()
    rows = card.get_by_role("row")
    await expect(rows.first).to_contain_text("Would recommend us")
    assert await rows.count() > 20
    assert await faults(page) == []

    await card.get_by_role("button", name="Leaving, per year").click()
    await expect(rows.first).to_contain_text("Leaving, per year")


async def test_few_departments_are_points_and_no_strength(head: Person) -> None:
    page = await head.open("/departments/billing")
    card = card_of(page)

    await expect(card.get_by_role("heading")).to_have_text(
        "Too few departments to say whether staff and customers go together"
    )
    await expect(card).to_contain_text("It takes 20 departments with both numbers")
    await expect(card).not_to_contain_text("Link between departments")


async def test_a_department_without_others_under_it_has_no_such_card(analyst: Person) -> None:
    page = await analyst.open("/departments/invoicing")

    await expect(page.locator(".quotes")).to_be_visible()
    await expect(card_of(page)).to_have_count(0)
