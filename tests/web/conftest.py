"""Pages in a real browser, on one platform with the demo organisation for all tests of a worker."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.support.chromium import ARGUMENTS, executable
from tests.support.identity_provider import CLIENT, TestProvider, provider_beside
from tests.support.person import Person, Persons
from tests.support.platform import DEMO_SECONDS, Running, eventually, up


@pytest.fixture(scope="session")
def provider() -> Iterator[TestProvider]:
    """Where people sign in who were granted something; who has followed a printed link has a session without it."""
    with provider_beside() as beside:
        yield beside


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, provider: TestProvider) -> Iterator[Running]:
    """A platform with the demo organisation. Tests may add to it, and change nothing another one looks at."""
    folder: Path = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CXM_GATEWAY_OIDC_CLIENT_ID", CLIENT)
        started = up(
            folder / "data",
            folder / "output",
            "--demo-pulses",
            "3",
            "--oidc-issuer",
            provider.url,
        )
        with started as platform:
            eventually(platform.has_printed_its_page, seconds=DEMO_SECONDS)
            yield platform


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of one test."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield chromium
        await chromium.close()


@pytest.fixture
async def persons(
    browser: Browser, demo: Running, provider: TestProvider
) -> AsyncIterator[Persons]:
    """Makes people who sign in; a page that logged an error or broke its policy fails the test."""
    made = Persons(browser, demo, provider)
    yield made
    await made.leave()


@pytest.fixture
async def head(persons: Persons) -> Person:
    """The head of Billing and payments."""
    return await persons.sign_in("department_head", "billing")


@pytest.fixture
async def analyst(persons: Persons) -> Person:
    return await persons.sign_in("analyst")


@pytest.fixture
async def admin(persons: Persons) -> Person:
    return await persons.sign_in("admin")
