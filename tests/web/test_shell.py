"""The frame of all pages: who sees what, where one is, keys, languages, and the way out."""

import pytest
from playwright.async_api import Error, expect

from tests.support.person import Person, Persons
from tests.web.support.accessibility import faults, is_wider_than_its_window, violations

NOT_FOUND = "This page was not found"


async def test_a_head_opens_the_own_department(head: Person) -> None:
    await expect(head.page.locator(".crumbs")).to_contain_text("Billing and payments")
    await expect(head.page.get_by_role("link", name="Aurora Telecom")).to_have_count(0)


@pytest.mark.parametrize("path", ["/departments/care", "/departments/none", "/nowhere", "/people"])
async def test_what_is_not_yours_looks_like_what_is_not_there(head: Person, path: str) -> None:
    page = await head.open(path)

    await expect(page.locator("h1")).to_have_text(NOT_FOUND)


async def test_a_department_is_found_by_keyboard_alone(analyst: Person) -> None:
    page = await analyst.open("/departments/root")

    await page.keyboard.press("/")
    await page.keyboard.type("oyalt")
    await expect(page.locator("#search").get_by_role("link", name="Loyalty")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.locator(".crumbs b")).to_have_text("Loyalty")
    assert "oyalt" not in page.url


async def test_search_stands_ready_and_enter_opens_the_only_hit(analyst: Person) -> None:
    page = await analyst.open("/departments/root")

    await page.locator("#search > summary").click()
    await expect(page.locator("#search input")).to_be_focused()
    await page.keyboard.type("oyalt")
    await page.keyboard.press("Enter")  # before anything is found

    await expect(page.locator(".crumbs b")).to_have_text("Loyalty")
    await page.locator(".crumbs summary").click()
    await expect(page.locator(".crumbs input[type=search]")).to_be_focused()


async def test_escape_closes_and_gives_the_focus_back(analyst: Person) -> None:
    page = await analyst.open("/departments/root")

    await page.keyboard.press("/")
    await page.keyboard.press("Escape")

    await expect(page.locator("#search")).not_to_have_attribute("open", "")
    await expect(page.locator("#search > summary")).to_be_focused()


async def test_a_period_stands_in_the_address(head: Person) -> None:
    page = await head.open("/departments/billing?from=2026-01-01&to=2026-04-01&vs=year")

    tools = page.locator("#tools summary").first
    await expect(tools).to_have_text("January to March 2026, against January to March 2025")
    await tools.click()
    await page.get_by_role("button", name="The period before").click()
    await expect(tools).to_contain_text("against October to December 2025")
    assert "from=2026-01-01" in page.url


@pytest.mark.parametrize(
    ("language", "name", "menu"),
    [("lv", "Latviešu", "Rādītāji"), ("mk", "Македонски", "Показатели")],
)
async def test_a_language_is_chosen_and_kept(
    head: Person, language: str, name: str, menu: str
) -> None:
    page = await head.open("/me")

    await page.locator(".top-end .drop summary", has_text="department_head").click()
    await page.locator(".top-end .drop").get_by_role("button", name=name).click()
    await expect(page.locator(".nav").get_by_role("link", name=menu)).to_be_visible()
    await page.reload()

    await expect(page.locator("html")).to_have_attribute("lang", language)


async def test_a_page_that_needs_no_live_numbers_misses_none(head: Person) -> None:
    page = head.page
    await page.clock.install()
    async with page.expect_websocket() as opening:
        await head.open("/departments/billing")
    socket = await opening.value

    await page.locator(".top-end .drop summary", has_text="department_head").click()
    async with socket.expect_event("close"):
        await page.get_by_role("link", name="What I may see").click()
    await page.clock.fast_forward(120_000)

    await expect(page.locator(".live")).to_contain_text("Live, updated")
    await expect(page.locator(".notices")).to_be_empty()


async def test_who_signs_out_is_out(head: Person) -> None:
    page = head.page

    await page.locator(".top-end .drop summary", has_text="department_head").click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.locator("h1")).to_have_text("You are signed out")
    await expect(page).to_have_url(head.url + "/signed-out")
    await expect(page.get_by_role("link", name="Sign in again")).to_have_attribute(
        "href", "/signin?return_to=%2F"
    )
    await page.goto(head.url + "/departments/billing")

    await expect(page.locator("h1")).to_have_text("How our customers and our people feel")


async def test_a_link_sent_to_somebody_else_shows_nothing_without_signing_in(
    persons: Persons,
) -> None:
    stranger = await persons.somebody()
    page = await stranger.open("/departments/billing?from=2026-01-01&to=2026-04-01")

    text = await page.locator("body").inner_text()
    assert "Billing" not in text
    await expect(
        page.get_by_role("link", name="Sign in with the company account")
    ).to_have_attribute(
        "href", "/signin?return_to=%2Fdepartments%2Fbilling%3Ffrom%3D2026-01-01%26to%3D2026-04-01"
    )


async def test_open_menus_are_accessible(analyst: Person) -> None:
    page = await analyst.open("/me")
    await page.locator(".top-end summary:visible").last.click()

    assert await faults(page) == []
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.locator(".menu summary").click()
    await expect(page.locator(".menu").get_by_role("button", name="Sign out")).to_be_visible()
    assert await violations(page) == []
    await page.locator("#search summary").click()
    await page.locator("#search").get_by_label("Department").fill("oyalt")
    await expect(page.locator("#search").get_by_role("link", name="Loyalty")).to_be_visible()
    assert not await is_wider_than_its_window(page)


async def test_pages_stand_where_a_browser_remembers_nothing(head: Person) -> None:
    for store in ("localStorage", "sessionStorage"):
        await head.page.add_init_script(
            f"Object.defineProperty(window, '{store}', "
            "{ get() { throw new DOMException('forbidden', 'SecurityError'); } })"
        )

    page = await head.open("/departments/billing")

    await expect(page.locator("h1")).to_contain_text("Customers are clearly less happy")
    with pytest.raises(Error, match="SecurityError"):
        await page.evaluate("localStorage.getItem('cxm.theme')")
