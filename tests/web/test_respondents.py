"""The respondent's page, in a browser that runs no scripts."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from infra.local.demo import visit
from tests.support.platform import Running
from tests.web.support.accessibility import is_wider_than_its_window, violations
from tests.web.support.waves import open_wave

LARGEST_PAGE = 30_000  # bytes
INERT = "=1+1 <script>document.title='x'</script> \u202eabc"
GO_ON = ".acts button:not(.second)"


@pytest.fixture
async def respondents(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A small phone without scripts, of somebody who reads Macedonian."""
    context = await browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 640}, locale="mk"
    )
    yield context
    await context.close()


@pytest.fixture
async def page(respondents: BrowserContext) -> Page:
    return await respondents.new_page()


async def faults(browser: Browser, page: Page) -> list[str]:
    """What is wrong with a page, light and dark; looked at in a copy, for axe is a script."""
    html = await page.content()
    found = [] if len(html.encode()) < LARGEST_PAGE else [f"{len(html.encode())} bytes"]
    for width, scheme in ((320, "light"), (1440, "dark")):
        context = await browser.new_context(
            bypass_csp=True,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        copy = await context.new_page()
        await copy.set_content(html)
        found += await violations(copy)
        if await is_wider_than_its_window(copy):
            found.append(f"wider than {width}")
        await context.close()
    return found


async def test_a_survey_is_answered_in_macedonian_and_removed_by_its_code(
    browser: Browser, page: Page, demo: Running
) -> None:
    """Every kind of question; each page and its error is looked at."""
    wrong: list[str] = []
    await page.goto(f"{demo.url}/r/{visit.KEY}")
    for number, question in enumerate(visit.QUESTIONS, 1):
        await expect(page.locator(".progress")).to_have_text(f"Прашање {number} од 8")
        await page.locator(GO_ON).click()
        await expect(page).to_have_title(
            f"Грешка: Прашање {number} од 8: {visit.TITLE['texts'][3]['text']}"
        )
        wrong += await faults(browser, page)
        if question["kind"] == "TEXT":
            await page.locator("textarea").fill(INERT)
        else:
            await page.locator("fieldset label").nth(1).click()
        await page.locator(GO_ON).click()
    await expect(page.locator("h1")).to_contain_text("Ви благодариме")
    wrong += await faults(browser, page)
    code = await page.locator(".code").inner_text()
    await page.reload()
    await expect(page.locator(".code")).to_have_text(code)

    await page.goto(f"{demo.url}/r")
    await page.locator("#code").fill(code.lower())
    await page.locator(GO_ON).click()
    wrong += await faults(browser, page)
    await page.locator("button[value=remove]").click()
    await expect(page.locator("h1")).to_have_text("Вашите одговори се отстранети.")
    await page.goto(f"{demo.url}/r")
    await page.locator("#code").fill(code)
    await page.locator(GO_ON).click()
    await expect(page.locator("[role=alert]")).to_contain_text("Со овој код нема одговори")
    wrong += await faults(browser, page)
    assert wrong == []


async def test_back_and_another_language_keep_what_was_answered(page: Page, demo: Running) -> None:
    await page.goto(f"{demo.url}/r/{visit.KEY}?lang=en")
    await page.locator("input[value='9']").check()
    await page.locator(GO_ON).click()
    await page.get_by_role("link", name="Back").click()
    await expect(page.locator("input[value='9']")).to_be_checked()
    await page.get_by_role("link", name="Slovenščina").click()

    await expect(page.locator(".progress")).to_have_text("Vprašanje 1 od 8")
    await expect(page.locator("input[value='9']")).to_be_checked()


async def test_all_at_once_by_keyboard_with_words_that_do_nothing(
    browser: Browser, page: Page, demo: Running
) -> None:
    await page.goto(f"{demo.url}/r/{visit.KEY}?lang=en&all=1")
    assert await faults(browser, page) == []
    await page.locator("#q2").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("input[name=q2][value='4']")).to_be_checked()
    await page.locator("#q8").fill(INERT)
    await page.get_by_role("button", name="Send").click()

    await expect(page.locator("h1")).to_have_text("Thank you. Your answers are saved.")


async def test_a_bad_link_says_so(browser: Browser, page: Page, demo: Running) -> None:
    await page.goto(f"{demo.url}/r/{visit.KEY}?t=invoice")

    await expect(page.locator("h1")).to_have_text("Оваа врска не може да се употреби")
    assert await faults(browser, page) == []


async def test_an_employee_reads_the_promise_keeps_answers_and_sends_them_once(
    browser: Browser, page: Page, demo: Running
) -> None:
    key = f"pulse-{uuid4().hex[:8]}"
    link = await open_wave(demo, key, "collections")
    await page.goto(f"{demo.url}{link}?lang=mk")
    wrong = await faults(browser, page)
    await expect(page.locator("h1")).to_have_text("Пред да почнете")
    await expect(page.locator(".promise").first).to_contain_text("најмалку 5 луѓе")
    await page.get_by_role("button", name="Почни").click()
    await page.get_by_role("button", name="Испрати").click()
    await expect(page.locator("[role=alert]")).to_contain_text("Одговорете")
    wrong += await faults(browser, page)
    await page.locator("input[name=q1][value='9']").check()
    await page.locator("textarea").first.fill(INERT)
    await page.get_by_role("button", name="Зачувај за подоцна").click()
    await expect(page.locator("h1")).to_have_text("Вашите одговори се зачувани, но не се испратени")

    await page.goto(f"{demo.url}{link}?lang=en&step=questions")
    await expect(page.locator("input[name=q1][value='9']")).to_be_checked()
    await expect(page.locator("textarea").first).to_have_value(INERT)
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("h1")).to_have_text("Thank you. Your answers were taken.")
    wrong += await faults(browser, page)
    await page.goto(f"{demo.url}{link}?lang=en")
    await expect(page.locator("h1")).to_have_text("This link was used")
    wrong += await faults(browser, page)
    assert wrong == []
