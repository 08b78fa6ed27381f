"""A file of scores, by the page."""

from playwright.async_api import expect

from tests.support.person import Person, read_text
from tests.web.support.accessibility import faults


async def test_scores_of_a_department_are_taken_out_as_a_file(analyst: Person) -> None:
    page = await analyst.open("/exports")
    await page.get_by_role("button", name="Another one").click()
    await page.get_by_role("button", name="Download the file").click()
    await expect(page.locator(".wrong")).to_contain_text("Choose a department")
    await page.get_by_label("Department, with all below it").fill("invoicin")
    await page.locator(".picks").get_by_role("button", name="Invoicing").click()
    await page.get_by_label("First day").fill("2026-01-01")
    await page.get_by_label("Last day").fill("2025-12-01")
    await expect(page.locator(".wrong")).to_contain_text("not before the first")
    assert await faults(page) == []
    await page.get_by_label("Last day").fill("2026-03-31")
    await page.get_by_role("checkbox", name="Would recommend us").check()
    await page.get_by_role("radio", name="CSV").check()

    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download the file").click()

    file = await download.value
    assert file.suggested_filename == "scores-invoicing.csv"
    lines = read_text(await file.path()).splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["invoicing", "Invoicing", f"2026-{month:02}-01"] for month in (1, 2, 3)
    ]
