"""The respondent's page: every state of a survey with all kinds of question, in every language."""

from collections.abc import AsyncIterator

from playwright.async_api import Page, Response

from gateway.respondents.fields import LONGEST_TEXT
from infra.local.demo import visit
from tests.web.budgets.figures import Figure
from tests.web.support.person import Persons

MOST_BYTES = 30_000
LANGUAGES = ("en", "lv", "lt", "sl", "mk")
LETTER = "ш"
"""Two bytes."""
SEND = ".acts button:not(.second)"


async def largest_page(persons: Persons) -> list[Figure]:
    """Bytes of the largest page as it is sent; for information also with as many own words as a page gives back."""
    context = await persons.browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    url = f"{persons.platform.url}/r/{visit.KEY}"
    sizes: dict[str, int] = {}
    for language in LANGUAGES:
        async for state, response in _states(page, url, language):
            sizes[f"{language}, {state}"] = len(await response.body())
    with_words = len(await (await _too_long(page, url, LANGUAGES[-1])).body())
    await context.close()
    largest = max(sizes, key=lambda state: sizes[state])
    return [
        Figure(
            f"respondent's page, the largest of {len(sizes)} ({largest})",
            (sizes[largest],),
            "bytes",
            MOST_BYTES,
        ),
        Figure(
            f"the same with {LONGEST_TEXT + 1:,} letters of the respondent's",
            (with_words,),
            "bytes",
        ),
    ]


async def _states(page: Page, url: str, language: str) -> AsyncIterator[tuple[str, Response]]:
    yield "all at once", await _gone_to(page, f"{url}?lang={language}&all=1")
    yield "all at once, nothing answered", await _sent(page)
    for step in range(1, len(visit.QUESTIONS) + 1):
        yield f"question {step}", await _gone_to(page, f"{url}?lang={language}&step={step}")
        yield f"question {step}, nothing answered", await _sent(page)


async def _too_long(page: Page, url: str, language: str) -> Response:
    """All answered, and words that are one letter too long given back."""
    await _gone_to(page, f"{url}?lang={language}&all=1")
    for group in await page.locator("fieldset").all():
        await group.locator("label").last.click()
    await page.locator("textarea").fill(LETTER * (LONGEST_TEXT + 1))
    return await _sent(page)


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
