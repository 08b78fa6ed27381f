"""The respondent's page: every state of a survey with all kinds of question, in every language."""

from collections.abc import AsyncIterator

from playwright.async_api import Page, Response

from infra.local.demo import visit
from tests.support.person import Persons
from tests.web.budgets.figures import Figure

MOST_BYTES = 30_000
LANGUAGES = ("en", "lv", "lt", "sl", "mk")
SEND = ".acts button:not(.second)"


async def largest_page(persons: Persons) -> Figure:
    """Bytes of the largest page as it is sent, without words of the respondent's."""
    context = await persons.browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    url = f"{persons.platform.url}/r/{visit.KEY}"
    sizes: dict[str, int] = {}
    for language in LANGUAGES:
        async for state, response in _states(page, url, language):
            sizes[f"{language}, {state}"] = len(await response.body())
    await context.close()
    largest = max(sizes, key=lambda state: sizes[state])
    name = f"respondent's page, the largest of {len(sizes)} ({largest})"
    return Figure(name, (sizes[largest],), "bytes", MOST_BYTES)


async def _states(page: Page, url: str, language: str) -> AsyncIterator[tuple[str, Response]]:
    yield "all at once", await _gone_to(page, f"{url}?lang={language}&all=1")
    yield "all at once, nothing answered", await _sent(page)
    for step in range(1, len(visit.QUESTIONS) + 1):
        yield f"question {step}", await _gone_to(page, f"{url}?lang={language}&step={step}")
        yield f"question {step}, nothing answered", await _sent(page)


async def _gone_to(page: Page, address: str) -> Response:
    response = await page.goto(address)
    assert response is not None
    return response


async def _sent(page: Page) -> Response:
    """The page that follows, with what is wrong."""
    async with page.expect_navigation() as navigation:
        await page.locator(SEND).click()
    response = await navigation.value
    assert response is not None
    return response
