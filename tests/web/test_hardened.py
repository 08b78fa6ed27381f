"""Pages before a hardened gateway: each reads what it shows by documents of the build's manifest.

What pages send in all other tests is compared with that manifest too, by `Person`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Response, expect

from tests.support.person import Persons
from tests.support.platform import START_SECONDS, Running, eventually, up

PAGES: Final = (
    "/",
    "/surveys",
    "/surveys/new",
    "/import",
    "/exports",
    "/tree",
    "/metrics",
    "/journey",
    "/comments",
    "/staff",
    "/waves",
    "/waves/new",
    "/answers",
    "/people",
    "/audit",
    "/system",
    "/me",
)

OTHER: Final = """async () => (await fetch("/graphql", {
  method: "POST",
  headers: {"X-CXM": "1", "Content-Type": "application/json", Accept: "application/graphql-response+json"},
  body: JSON.stringify({query: "{ organization { key } }"}),
})).text()"""
"""A document that is in no manifest, sent as pages send theirs."""


@pytest.fixture(scope="module")
def hardened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A platform with an empty organisation, hardened."""
    folder: Path = tmp_path_factory.mktemp("hardened")
    with up(folder / "data", folder / "output", "--no-demo", "--hardened") as platform:
        eventually(platform.is_ready, seconds=START_SECONDS)
        yield platform


async def test_every_page_reads_what_it_shows(browser: Browser, hardened: Running) -> None:
    persons = Persons(browser, hardened)
    admin = await persons.sign_in("admin")
    answers: list[Response] = []
    admin.page.on("response", lambda answer: answers.append(answer))
    for path in PAGES:
        await admin.open(path)
        assert await admin.page.locator(".note-bar").count() == 0
    other = await admin.page.evaluate(OTHER)

    asked = [answer for answer in answers if answer.url == f"{hardened.url}/graphql"]
    *of_pages, last = [answer.status for answer in asked]
    assert len(of_pages) >= len(PAGES)
    assert {*of_pages} == {200}
    assert (last, "DOCUMENT_NOT_TRUSTED" in other) == (400, True)
    noted, logged = sorted(admin.complaints, reverse=True)
    assert noted.startswith("sent what is in no manifest: { organization")
    assert "400" in logged


async def test_there_is_no_explorer(browser: Browser, hardened: Running) -> None:
    page = await browser.new_page()
    answer = await page.goto(f"{hardened.url}/graphql")

    assert answer is not None
    assert answer.status == 405
    await expect(page.locator("body")).to_contain_text("for programs: send POST")
    assert await page.locator("script").count() == 0
