"""The journey: which stage is weakest, whether it changed, and what was said there."""

from playwright.async_api import expect

from tests.support.person import Person
from tests.web.support.accessibility import faults
from tests.web.support.periods import YEAR


async def test_stages_stand_in_order_and_lead_to_what_was_said(analyst: Person) -> None:
    page = await analyst.open("/journey?department=root")

    stages = page.locator(".stage")
    assert (await stages.locator("h2").all_inner_texts())[:5] == [
        "Awareness",
        "Consideration",
        "Purchase",
        "Post-purchase",
        "Loyalty",
    ]
    await expect(page.locator("h1")).to_contain_text("less happy than before at: ")
    late = stages.nth(3)
    await expect(late.locator(".stage-v")).to_be_visible()
    await expect(late.locator(".xs").first).to_contain_text("likely")
    await expect(late.locator(".chg")).to_be_visible()
    invoice = late.locator(".tp").filter(has_text="Monthly invoice")
    await expect(invoice).to_contain_text("Run by: ")
    await expect(invoice).to_contain_text("answers: ")

    await late.get_by_role("link", name="Answers").click()
    await expect(page.locator(".ways")).to_contain_text("Stage: Post-purchase")
    await page.go_back()
    await invoice.get_by_role("link").click()
    await expect(page.locator("h1")).to_contain_text("from customers")
    await expect(page.get_by_label("Touchpoint")).to_have_value("invoice")
    await analyst.open("/answers?department=root&touchpoint=invoice")
    await expect(page.locator(".ways")).to_contain_text("Touchpoint: Monthly invoice")


async def test_a_head_sees_the_stages_of_the_own_department(head: Person) -> None:
    page = await head.open(f"/journey?{YEAR}")
    await expect(page.locator(".crumbs b")).to_have_text("Billing and payments")
    owners = await page.locator(".tp .note").filter(has_text="Run by").all_inner_texts()
    assert owners
    assert not any("Sales" in owner for owner in owners)


async def test_the_journey_without_answers_is_accessible(analyst: Person) -> None:
    page = await analyst.open("/journey?department=billing&from=2001-01-01&to=2001-04-01")

    assert await faults(page) == []
