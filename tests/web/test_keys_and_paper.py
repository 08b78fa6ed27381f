"""A scorecard by keys alone, without motion, and on paper."""

import re

from playwright.async_api import Page, ViewportSize, expect

from tests.support.person import Person

MOST_TABS = 60
A4: ViewportSize = {"width": 703, "height": 1032}
"""What the margins leave of a sheet, in CSS pixels."""
FOCUSED = """() => {
  const { activeElement: here } = document;
  const style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {
    text: (here.getAttribute("aria-label") ?? here.textContent).trim(),
    isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
      box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { animationName, transitionDuration } = getComputedStyle(one);
  return animationName !== "none" || transitionDuration.split(",").some((part) => parseFloat(part) > 0.001);
}).map((one) => one.outerHTML.slice(0, 80))"""
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const { overflowX, position, display } = getComputedStyle(one);
  if (display === "none" || position === "absolute" || one.closest("svg, .vh")) return false;
  const isClipped = overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
  return isClipped || one.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
}).map((one) => one.outerHTML.slice(0, 120))"""


async def tab_to(page: Page, name: str) -> int:
    """Press Tab until the focus is on what is called so, seeing it all the way; how often it was pressed."""
    for count in range(1, MOST_TABS + 1):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(FOCUSED)
        assert focused["isSeen"], focused
        if re.search(name, focused["text"]):
            return count
    raise AssertionError(f"{name} is not reached by {MOST_TABS} tabs")


async def test_from_the_address_bar_to_the_answers_by_keys_alone(head: Person) -> None:
    page = await head.open("/departments/billing")

    assert await tab_to(page, "Skip to the page") == 1
    await page.keyboard.press("Enter")
    await tab_to(page, "^Change")
    await page.keyboard.press("Enter")
    await expect(page.locator(".crumbs .drop")).to_have_attribute("open", "")
    await page.keyboard.press("Escape")
    await expect(page.locator(".crumbs .drop")).not_to_have_attribute("open", "")
    await expect(page.locator(".crumbs summary")).to_be_focused()
    await tab_to(page, "See the answers")
    await page.keyboard.press("Enter")

    await expect(page.locator("h1")).to_contain_text("behind “Would recommend us”")
    await expect(page.locator("h1")).to_be_focused()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("g")
    await page.keyboard.press("c")
    await expect(page.locator("h1")).to_contain_text("from customers")


async def test_nothing_moves_for_who_wants_no_motion(head: Person) -> None:
    page = await head.open("/departments/billing")
    await page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=sk>')"
    )

    assert len(await page.evaluate(MOVING)) > 0  # the control: a page that loads
    await page.emulate_media(reduced_motion="reduce")
    assert await page.evaluate(MOVING) == []


async def test_pages_of_staff_on_paper_have_nothing_to_press(head: Person) -> None:
    for address, shown in (("/staff", ".hero"), ("/staff/words", ".quotes li")):
        page = await head.open(address)
        pressed = page.locator("main").locator(".acts .btn, .tabs, .chart-f .btn, .search")
        assert await pressed.filter(visible=True).count() > 0  # the control: on a screen
        await page.emulate_media(media="print")
        await page.set_viewport_size(A4)

        await expect(page.locator(shown).first).to_be_visible()
        assert await pressed.filter(visible=True).count() == 0
        assert await page.evaluate(CUT) == []
        await page.emulate_media(media="screen")
        await page.set_viewport_size({"width": 1440, "height": 900})


async def test_a_scorecard_on_paper_is_whole_and_light(head: Person) -> None:
    page = await head.open("/departments/billing?from=2026-01-01&to=2026-10-01")
    title = await page.locator("h1").inner_text()
    await page.emulate_media(media="print", color_scheme="dark")
    await page.set_viewport_size(A4)

    await expect(page.locator("h1")).to_have_text(title)
    for shown in (page.locator(".crumbs b"), page.locator("#tools .period > summary")):
        await expect(shown).to_be_visible()
    for hidden in (page.locator(".top"), page.get_by_role("button", name="PNG").first):
        await expect(hidden).to_be_hidden()
    assert await page.evaluate(CUT) == []
    light = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light == "rgb(255, 255, 255)"
    paper = await page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3
