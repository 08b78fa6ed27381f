"""The departments as a tree: walked by keys, changed by who may."""

from playwright.async_api import Page, expect

from tests.support.person import Person
from tests.web.support.accessibility import faults


async def find(page: Page, label: str, part: str, name: str) -> None:
    """A department found by a part of its name, and pressed."""
    await page.get_by_label(label).fill(part)
    await page.locator(".picks").get_by_role("button", name=name).click()


async def test_an_analyst_walks_the_tree_by_arrows(analyst: Person) -> None:
    page = await analyst.open("/tree")
    tree = page.get_by_role("tree")
    await expect(tree.get_by_role("treeitem", name="Billing and payments")).to_be_visible()

    await tree.get_by_role("treeitem", name="Aurora Telecom").focus()
    for key in ("ArrowDown", "ArrowRight"):
        await page.keyboard.press(key)
    await expect(tree.get_by_role("treeitem", name="Invoicing")).to_be_visible()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        await page.keyboard.press(key)

    await expect(page.locator("#h-chosen")).to_have_text("Invoicing")
    assert page.url.endswith("/tree?department=invoicing")
    await expect(page.get_by_role("heading", name="Monthly invoice")).to_be_visible()
    await expect(page.get_by_role("button", name="Rename")).to_be_visible()
    await expect(page.get_by_role("button", name="Move …")).to_have_count(0)
    assert await faults(page) == []


async def test_an_admin_adds_a_department_and_moves_it_in_the_tree(admin: Person) -> None:
    page = await admin.open("/tree?department=win-back")
    await page.get_by_role("button", name="Add a department below").click()
    await page.get_by_role("button", name="Add the department").click()
    await expect(page.locator(".wrong").first).to_have_text("Fill this in.")
    await page.get_by_label("Name", exact=True).fill("Partners <b>Rīga</b>")
    await expect(page.get_by_label("Key", exact=True)).to_have_value("partners-b-riga-b")
    await page.get_by_label("Key", exact=True).fill("partners")
    await page.get_by_role("button", name="Add the department").click()
    await expect(page.get_by_text("Added: Partners <b>Rīga</b>")).to_be_visible()

    await find(page, "Find a department", "artners", "Partners")
    await page.get_by_role("button", name="Move …").click()
    await page.get_by_role("button", name="Move …").click()
    await expect(page.locator(".wrong")).to_contain_text("Choose a department")
    await find(page, "Hangs under from then on", "telesal", "Telesales")
    await page.get_by_label("From which day").fill("2026-01-01")
    await page.get_by_role("button", name="Move …").click()
    await expect(page.locator("form.pick")).to_contain_text("From 1 January 2026")
    await expect(page.locator("form.pick")).to_contain_text("old ones too, for Telesales")
    assert await faults(page) == []
    await page.get_by_role("button", name="Move from 1 January 2026").click()

    await expect(page.locator(".kv").first).to_contain_text("Telesales")
    await expect(page.get_by_role("treeitem", name="Telesales")).to_have_attribute(
        "aria-expanded", "true"
    )
    await expect(page.get_by_role("treeitem", name="Partners")).to_be_visible()


async def test_an_admin_merges_a_department_after_seeing_what_happens(admin: Person) -> None:
    page = await admin.open("/tree?department=win-back")
    await page.get_by_role("button", name="Add a department below").click()
    await page.get_by_label("Name", exact=True).fill("Club")
    await page.get_by_role("button", name="Add the department").click()
    await find(page, "Find a department", "club", "Club")
    await page.get_by_role("button", name="Add a touchpoint").click()
    await page.get_by_label("Name", exact=True).fill("Club evening")
    await page.get_by_label("Stage of the journey").select_option("Loyalty")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="Club evening")).to_be_visible()

    await page.get_by_role("button", name="Close or merge …").click()
    await page.get_by_role("button", name="Show what would happen").click()
    await expect(page.locator("form.pick [role=alert]")).to_be_visible()
    await find(page, "What takes its place", "key acc", "Key accounts")
    await page.get_by_role("button", name="Show what would happen").click()
    await expect(page.locator("form.pick")).to_contain_text("club-evening")
    await page.get_by_role("button", name="Close from").click()

    await expect(page.locator(".kv").first).to_contain_text("merged into Key accounts")
    await page.get_by_role("button", name="Open again …").click()
    await page.get_by_role("button", name="Open again", exact=True).click()
    await expect(page.get_by_text("Open again: Club.")).to_be_visible()
