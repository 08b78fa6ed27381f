"""Somebody at a browser: signed in by a link, seeing a page, and what the browser complained of."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from infra.local import keys
from services.kit.rights.access import Viewer
from services.kit.rights.tokens import EMBEDDED_ISSUER, LINK_AUDIENCE, Signer
from tests.support.identity_provider import TestProvider
from tests.support.platform import Running

DIST = Path(__file__).parents[2] / "gateway" / "web" / "dist"
WIDE, NARROW = (1440, 900), (390, 844)
SMALLEST = (360, 640)
PATIENCE_MS = 15_000
SIGNED_OUT = "401 (Unauthorized)"
"""What a browser logs of the answer to somebody who is not signed in: no fault of the page."""

expect.set_options(timeout=PATIENCE_MS)


@cache
def documents_of_pages() -> frozenset[str]:
    """What the built pages may send to a hardened gateway."""
    return frozenset(json.loads((DIST / "documents" / "pages.json").read_text()).values())


class Person:
    """One browser context and its page."""

    def __init__(self, context: BrowserContext, page: Page, hosts: list[str]) -> None:
        self.context = context
        self.page = page
        self.url = hosts[0]
        self.hosts = tuple(hosts)
        self.complaints: list[str] = []
        self.writes_queries = False
        """In the explorer: what is sent then is in no manifest."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and SIGNED_OUT not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _see(self, request: Any) -> None:
        if not request.url.startswith((*self.hosts, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")
        if request.url == f"{self.url}/graphql" and request.method == "POST":
            text = json.loads(request.post_data)["query"]
            is_own = request.headers.get("x-cxm-client") == "tests"
            if not (is_own or self.writes_queries) and text not in documents_of_pages():
                self.complaints.append(f"sent what is in no manifest: {text[:80]}")

    async def open(self, path: str) -> Page:
        """A page of cxm, once it stands: nothing on it is loading."""
        await self.page.goto(self.url + path)
        await self.settled()
        return self.page

    async def settled(self) -> None:
        """Everything on the page is there."""
        await expect(self.page.locator("h1")).to_be_visible()
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0)


class Persons:
    """All people of a test."""

    def __init__(
        self, browser: Browser, platform: Running, provider: TestProvider | None = None
    ) -> None:
        self.browser = browser
        self.platform = platform
        self.provider = provider
        self.made: list[Person] = []

    async def somebody(self, **context: Any) -> Person:
        """Who is not signed in."""
        width, height = WIDE
        options: dict[str, Any] = {
            "viewport": {"width": width, "height": height},
            "locale": "en-GB",
        }
        made = await self.browser.new_context(**{**options, **context})
        page = await made.new_page()
        page.set_default_timeout(PATIENCE_MS)
        hosts = [self.platform.url] + ([self.provider.url] if self.provider else [])
        person = Person(made, page, hosts)
        self.made.append(person)
        return person

    async def sign_in(self, role: str, department: str | None = None, **context: Any) -> Person:
        """Who has followed the printed link of a role."""
        return await self._follow(keys.link(self.platform.data_dir, role, department), **context)

    async def with_account(self, name: str, path: str = "/", **context: Any) -> Person:
        """Who has signed in by the identity provider from a page, and has come back to it."""
        assert self.provider is not None
        self.provider.lies = {"sub": name, "sid": f"session-{name}"}
        person = await self.somebody(**context)
        await person.open(path)
        await person.page.get_by_role("link", name="Sign in with the company account").click()
        await expect(person.page).to_have_url(person.url + path)
        await expect(person.page.locator(".top-end, .verdict-2").first).to_be_visible()
        await person.settled()
        return person

    async def newcomer(self, **context: Any) -> Person:
        """Who is signed in and was given nothing."""
        signer = Signer.from_file(keys.Keys(self.platform.data_dir / "secrets").issuer)
        token = signer.mint(
            Viewer("newcomer"),
            issuer=EMBEDDED_ISSUER,
            audience=LINK_AUDIENCE,
            seconds=keys.LINK_SECONDS,
            is_unique=True,
        )
        return await self._follow(f"/signin/link/{token}", **context)

    async def _follow(self, link: str, **context: Any) -> Person:
        person = await self.somebody(**context)
        await person.page.goto(self.platform.url + link)
        await person.page.get_by_role("button").click()
        await person.settled()
        return person

    async def leave(self) -> None:
        """Close all; AssertionError where a browser complained."""
        for person in self.made:
            await person.context.close()
        complaints = [complaint for person in self.made for complaint in person.complaints]
        assert not complaints, complaints


def read_text(downloaded: Path) -> str:
    """A text that a browser stored, without its mark."""
    return downloaded.read_text(encoding="utf-8-sig")
