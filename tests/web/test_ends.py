"""What ends a page or its live connection: a right, a session, the gateway; and what the person is told."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from playwright.async_api import Page, Route, WebSocket, WebSocketRoute, expect

from tests.support.harm import kill
from tests.support.person import PATIENCE_MS, Person, Persons
from tests.support.platform import START_SECONDS, Running, eventually
from tests.web.support.answering import answer

ENDS_WITHIN_SECONDS: Final = 60.0
RECOMMEND: Final = "Would recommend us"
GRANT: Final = """mutation ($input: UpsertGrantsInput!) { upsertGrants(input: $input) {
  results { userErrors { message } } userErrors { message } } }"""
GRANTED: Final = "query ($subject: String!) { grants(subject: $subject) { edges { node { id } } } }"
REVOKE: Final = """mutation ($ids: [ID!]!) { revokeGrants(input: {ids: $ids}) {
  revoked userErrors { message } } }"""
BASE: Final = """query ($key: String!, $from: Date!, $to: Date!) { department(key: $key) {
  scorecard(period: {from: $from, to: $to}) { nps { base } } } }"""
FOREIGN: Final = ("Customer care", "Call centre", "Care line 1", "Technical support", "Collections")
"""Departments beside the one of a colleague."""


def give(demo: Running, name: str, department: str) -> str:
    """A head's right for somebody of the identity provider; its id."""
    grant = {"subject": f"oidc:{name}", "role": "DEPARTMENT_HEAD", "department": department}
    demo.ask(GRANT, {"input": {"grants": [grant]}})
    [found] = demo.ask(GRANTED, {"subject": f"oidc:{name}"})["grants"]["edges"]
    right: str = found["node"]["id"]
    return right


def sockets_of(page: Page) -> list[WebSocket]:
    """What the page opens from now on."""
    opened: list[WebSocket] = []
    page.on("websocket", lambda socket: opened.append(socket))
    return opened


async def seconds_until(claim: Callable[[], Awaitable[Any]]) -> float:
    began = time.monotonic()
    await claim()
    return time.monotonic() - began


async def closed(socket: WebSocket) -> None:
    """Once a socket has ended; TimeoutError where it does not in time."""
    async with asyncio.timeout(ENDS_WITHIN_SECONDS):
        ended = asyncio.Event()
        socket.on("close", lambda _: ended.set())
        if not socket.is_closed():
            await ended.wait()


async def test_who_signs_out_ends_the_socket(head: Person) -> None:
    opened = sockets_of(head.page)
    await head.open("/departments/billing")
    await expect(head.page.locator(".live.live")).to_be_visible()
    [socket] = opened
    assert not socket.is_closed()

    async def once_it_is_closed(route: Route) -> None:
        """A page that was left tells nothing of its sockets."""
        if route.request.is_navigation_request():
            await closed(socket)
        await route.continue_()

    await head.page.route("**/*", once_it_is_closed)
    await head.page.locator(".top-end .drop summary", has_text="department_head").click()
    await head.page.get_by_role("button", name="Sign out").click()

    await closed(socket)


async def test_a_page_that_follows_nothing_has_lost_nothing(analyst: Person) -> None:
    opened = sockets_of(analyst.page)
    page = await analyst.open("/departments/billing")
    await page.locator(".top-end .drop summary", has_text="More").click()
    await page.get_by_role("link", name="Export", exact=True).click()
    await closed(opened[0])

    await page.wait_for_timeout(1_500)  # longer than it takes until a loss is told
    await expect(page.locator(".notices")).to_be_empty()


async def test_a_right_or_a_session_that_ends_elsewhere_ends_the_page(
    demo: Running, persons: Persons
) -> None:
    right = give(demo, "lasma", "billing")
    reader = await persons.with_account("lasma", "/departments/billing")
    writer = await persons.with_account("lasma", "/comments?department=billing")
    head = await persons.sign_in("department_head", "billing")
    opened = sockets_of(head.page)
    await head.open("/departments/billing")
    other = await head.context.new_page()
    await other.goto(head.url + "/me")
    await other.locator(".top-end .drop summary", has_text="department_head").click()

    demo.ask(REVOKE, {"ids": [right]})
    await other.get_by_role("button", name="Sign out").click()

    async def told(page: Page, words: str) -> None:
        await expect(page.locator("h1")).to_have_text(words, timeout=ENDS_WITHIN_SECONDS * 1000)

    taken = await asyncio.gather(
        seconds_until(lambda: told(reader.page, "Your rights here have ended")),
        seconds_until(lambda: told(writer.page, "Your rights here have ended")),
        seconds_until(lambda: told(head.page, "You are signed out")),
        seconds_until(lambda: closed(opened[-1])),
    )
    assert max(taken) < ENDS_WITHIN_SECONDS, taken
    for person in (reader, writer):
        await expect(person.page.locator("body")).not_to_contain_text("Billing")
        await expect(person.page.locator(".verdict-2")).to_contain_text("Ask your administrator")


async def test_a_gateway_that_restarts_is_told_and_the_page_comes_back(
    demo: Running, analyst: Person
) -> None:
    page = await analyst.open("/departments/win-back")
    card = page.get_by_role("article", name=RECOMMEND)
    await expect(page.locator(".live.live")).to_be_visible()
    before = await card.locator(".facts").inner_text()

    kill(demo, "gateway.main")

    await expect(page.locator(".notices")).to_contain_text("The live connection was lost")
    await expect(page.locator(".live.lost")).to_contain_text("As of")
    eventually(demo.is_ready, seconds=START_SECONDS)
    await answer(demo, "loyalty-offer", [10] * 20)
    await expect(page.locator(".notices")).to_be_empty(timeout=2 * PATIENCE_MS)
    await expect(card.locator(".facts")).not_to_have_text(before, timeout=2 * PATIENCE_MS)
    assert all("ERR_CONNECTION" in one or "WebSocket" in one for one in analyst.complaints)
    analyst.complaints.clear()


async def test_what_happened_while_the_connection_was_lost_is_read_afterwards(
    demo: Running, analyst: Person
) -> None:
    """No change is announced after it: only a page that reads again by itself can know."""
    may_connect = asyncio.Event()
    may_connect.set()
    ends: list[WebSocketRoute] = []

    async def through(socket: WebSocketRoute) -> None:
        if may_connect.is_set():
            socket.connect_to_server()
            ends.append(socket)
        else:
            await socket.close(code=1012)

    await analyst.page.route_web_socket("**/graphql", through)
    page = await analyst.open("/departments/win-back")
    card = page.get_by_role("article", name=RECOMMEND)
    before = await card.locator(".facts").inner_text()

    may_connect.clear()
    await ends[-1].close(code=1012)
    await expect(page.locator(".notices")).to_contain_text("The live connection was lost")
    counted = base_of(demo, "win-back")
    await answer(demo, "loyalty-offer", [9] * 5)
    eventually(lambda: base_of(demo, "win-back") == counted + 5, seconds=START_SECONDS)
    assert await card.locator(".facts").inner_text() == before
    may_connect.set()

    await expect(card.locator(".facts")).not_to_have_text(before, timeout=2 * PATIENCE_MS)


def base_of(demo: Running, key: str) -> int:
    period = {"key": key, "from": "2020-01-01", "to": "2120-01-01"}
    base: int = demo.ask(BASE, period)["department"]["scorecard"]["nps"]["base"]
    return base


async def test_a_link_sent_to_a_colleague_with_fewer_rights_tells_nothing(
    demo: Running, persons: Persons, analyst: Person
) -> None:
    """Neither the page nor what came over the network; the same link shows an analyst each of the names."""
    give(demo, "karlis", "invoicing")
    links = ("/departments/care", "/journey?department=care", "/comments?department=care")
    heard: list[str] = []

    async def listen(route: Route) -> None:
        answered = await route.fetch()
        heard.append(await answered.text())
        await route.fulfill(response=answered)

    async def seen_by(person: Person) -> str:
        heard.clear()
        person.page.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))),
        )
        await person.page.route("**/graphql", listen)
        texts = [await (await person.open(link)).locator("body").inner_text() for link in links]
        return "\n".join([*texts, *heard])

    colleague = await persons.with_account("karlis", links[0])
    seen = await seen_by(colleague)
    assert [name for name in FOREIGN if name in seen] == []
    assert seen.count("This page was not found") == len(links)
    assert "Invoicing" in seen
    assert "Billing and payments" not in seen

    known = await seen_by(analyst)
    assert [name for name in FOREIGN[:-1] if name not in known] == []
