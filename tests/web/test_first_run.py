"""What the first page says where nothing was measured yet, to each role what that role can do about it."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.support.person import Persons
from tests.support.platform import START_SECONDS, eventually, up
from tests.web.support.accessibility import faults

ADD = """mutation { upsertDepartments(input: {departments: [
  {key: "sales", name: "Sales", parent: "root"}]}) { userErrors { code } } }"""


async def test_an_empty_organisation_is_told_what_to_do_first(
    browser: Browser, tmp_path: Path
) -> None:
    with up(tmp_path / "data", tmp_path / "output", "--no-demo") as empty:
        eventually(empty.has_printed_its_page, seconds=START_SECONDS)
        persons = Persons(browser, empty)
        admin = await persons.sign_in("admin")
        page = await admin.open("/")
        await expect(page.locator("h1")).to_have_text("Nothing has been measured yet")
        assert await faults(page) == []
        await expect(page.locator(".btn.primary")).to_have_attribute("href", "/tree")
        for name in ("Departments", "Make a survey", "Import a file", "People and rights"):
            await expect(page.locator(".steps").get_by_role("link", name=name)).to_have_count(1)

        empty.ask(ADD)
        analyst = await persons.sign_in("analyst")
        page = await analyst.open("/")
        await expect(page.locator(".steps .done")).to_contain_text("Departments: 1")
        await expect(page.locator(".btn.primary")).to_have_attribute("href", "/import")
        await expect(page.get_by_role("link", name="People and rights")).to_have_count(0)

        head = await persons.sign_in("department_head", "sales")
        page = await head.open("/")
        await expect(page.locator(".verdict-2")).to_contain_text("nothing is asked of you")
        await expect(page.locator("main .btn.primary")).to_have_count(0)
        assert await faults(page) == []
        await persons.leave()
