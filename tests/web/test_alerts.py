"""What is worse than usual stands first of what to do now, and says what is done about it."""

from playwright.async_api import Locator, Page, expect

from tests.support.person import Person, Persons
from tests.web.support.accessibility import faults

CARE = "/departments/care"


def alert(page: Page) -> Locator:
    """The first of them."""
    return page.locator(".todo li.alert").first


async def test_a_head_reads_what_fell_and_says_what_is_done(
    persons: Persons, analyst: Person
) -> None:
    head = await persons.sign_in("department_head", "care")
    page = await head.open(CARE)
    seen = await analyst.open(CARE)

    await expect(alert(page)).to_contain_text("Worse than usual")
    await expect(alert(page)).to_contain_text("usually")
    await expect(alert(page)).to_contain_text("Touchpoint where it sits: Hotline.")
    await expect(alert(page)).to_contain_text("the latest five weeks against the twelve before")
    await expect(alert(seen)).to_contain_text("Worse than usual")
    await expect(alert(seen).get_by_role("button")).to_have_count(0)
    assert await faults(page) == []

    acts = page.locator(".todo li.alert").get_by_role("button", name="Somebody sees to it")
    while await acts.count():  # what was seen makes room for what was not
        name = await alert(page).locator("h3").inner_text()
        item = page.locator(".todo li.alert").filter(has=page.get_by_text(name, exact=True))
        await item.get_by_role("button", name="Somebody sees to it").click()
        await expect(item.get_by_role("button", name="Somebody sees to it")).to_have_count(0)

    for reader in (page, seen):
        await expect(alert(reader)).to_contain_text("Seen: somebody sees to it.")
