"""Sessions of browsers: what their cookie does, and how they end."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from gateway.calls import sessions
from gateway.signin import door
from tests.support.identity_provider import CLIENT, TestProvider
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.browser import ADDRESS, COOKIE, MARKED, ME, Browser, reason
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import StubServices

FILE = "/exports/responses?survey=s&department=d&from=2026-01-01&to=2026-02-01"


def who(answer: Any) -> Any:
    return answer.json()["data"]["viewer"]["subject"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"x-cxm": "0"}, 403),
        ({**MARKED, "origin": "https://example.net"}, 403),
        ({**MARKED, "origin": "null"}, 403),
        ({**MARKED, "origin": ADDRESS}, 200),
        (MARKED, 200),
    ],
)
async def test_a_page_of_others_acts_in_nobodys_name(
    browser: Browser, headers: dict[str, str], status: int
) -> None:
    await browser.sign_in()

    answer = await browser.ask(ME, **headers)
    imported = await browser.send("POST", "/imports/responses", headers)
    suggested = await browser.send("POST", "/imports/suggestion", headers)
    out = await browser.send("POST", "/signout", headers)

    assert answer.status_code == status
    assert (imported.status_code == 403) is (status == 403)
    assert (suggested.status_code == 403) is (status == 403)
    assert out.status_code == status
    if status == 403:
        assert "X-CXM: 1" in answer.json()["errors"][0]["message"]
        assert who(await browser.ask(ME, **MARKED)) == "oidc:4711"


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200), (None, 200)],
)
async def test_no_page_of_others_leads_to_a_file_in_anybodys_name(
    browser: Browser, platform: Platform, site: str | None, status: int
) -> None:
    """A link in a message arrives with `none`, a browser of old says nothing; a token is sent by who means it."""
    await browser.sign_in()
    headers = {} if site is None else {"sec-fetch-site": site}
    token = {"authorization": platform.bearer()}

    answer = await browser.send("GET", FILE, headers)
    by_token = await browser.send("GET", FILE, headers | token)
    page = await browser.send("GET", "/signin/done", headers)

    assert (answer.status_code, by_token.status_code) == (status, 200)
    if status == 403:
        assert reason(answer) == "MARKER_REQUIRED"
    assert page.status_code == 200  # the way back from the provider, which is another site


async def test_a_bearer_token_wins_over_the_cookie(browser: Browser, platform: Platform) -> None:
    await browser.sign_in()

    assert who(await browser.ask(ME, authorization=platform.bearer(subject="bob"))) == "bob"
    assert (await browser.ask(ME, authorization="Bearer x")).status_code == 401


async def test_the_cookie_is_replaced_when_it_is_due(
    browser: Browser, platform: Platform, services: StubServices
) -> None:
    await browser.sign_in()
    first = browser.cookies[COOKIE]
    services.sessions[0].is_due = True

    answers = await asyncio.gather(*(browser.ask(ME, **MARKED) for _ in range(5)))
    second = browser.cookies[COOKIE]

    assert {who(answer) for answer in answers} == {"oidc:4711"}
    assert second != first
    assert len(services.asked["UseSession"]) == 1
    assert who(await browser.ask(ME, **MARKED)) == "oidc:4711"
    assert browser.cookies[COOKIE] == second


async def test_the_provider_ends_sessions_behind_the_browsers_back(
    browser: Browser, provider: TestProvider
) -> None:
    await browser.sign_in()
    lies: list[dict[str, Any]] = [
        {"aud": "cxm"},
        {"iss": "https://other.example.org"},
        {"events": {}},
        {"nonce": "x"},
        {"sid": None, "sub": None},
        {"jti": None},
        {"iat": 1},
        {"exp": 1},
    ]
    for lie in lies:
        assert await _log_out(browser, provider.logout_token(**lie)) == 400, lie
    assert await _log_out(browser, provider.token(aud=CLIENT)) == 400
    assert await _log_out(browser, "x" * 40_000) == 400
    assert who(await browser.ask(ME, **MARKED)) == "oidc:4711"

    assert await _log_out(browser, provider.logout_token(sub=None)) == 200
    assert reason(await browser.ask(ME, **MARKED)) == "SESSION_ENDED"


async def _log_out(browser: Browser, token: str) -> int:
    stranger = Browser(browser.platform)
    form = {"logout_token": token}
    return (await stranger.send("POST", "/signin/backchannel-logout", data=form)).status_code


async def test_a_socket_is_opened_by_cookie_for_pages_of_ours_and_ends_with_the_session(
    browser: Browser,
    platform: Platform,
    services: StubServices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sessions, "WATCH_SECONDS", 0.05)
    await browser.sign_in()
    cookie = f"{COOKIE}={browser.cookies[COOKIE]}"
    async with serving(platform.gateway, platform.settings) as url:
        async with socket(url, Cookie=cookie) as program:
            await program.send(type="connection_init")
            assert (await program.closed())[0] == 4403
        async with socket(url, Cookie=cookie, Origin=ADDRESS) as client:
            await client.initialise()
            await client.subscribe("1", ME)
            data = (await client.receive())["payload"]["data"]
            services.sessions.clear()

            assert (await client.closed())[0] == 4403
    assert data["viewer"]["subject"] == "oidc:4711"


@pytest.mark.parametrize("by", ["the browser", "the provider"])
async def test_signing_out_ends_the_sockets_of_the_session_at_once_and_no_others(
    browser: Browser, platform: Platform, provider: TestProvider, by: str
) -> None:
    other = Browser(platform)
    await browser.sign_in()
    provider.lies = {"sid": "s2"}
    await other.sign_in()
    provider.lies = {}
    ended, kept = (f"{COOKIE}={one.cookies[COOKIE]}" for one in (browser, other))
    async with (
        serving(platform.gateway, platform.settings) as url,
        socket(url, Cookie=ended, Origin=ADDRESS) as first,
        socket(url, Cookie=ended, Origin=ADDRESS) as second,
        socket(url, Cookie=kept, Origin=ADDRESS) as control,
    ):
        for client in (first, second, control):
            await client.initialise()
        if by == "the browser":
            await browser.send("POST", "/signout", MARKED)
        else:
            assert await _log_out(browser, provider.logout_token()) == 200

        assert [(await client.closed())[0] for client in (first, second)] == [4403, 4403]
        await control.settle()
    assert not platform.gateway.sessions.watchers


async def test_a_secret_that_was_replaced_opens_nothing_after_signing_out(
    browser: Browser, services: StubServices
) -> None:
    await browser.sign_in()
    before = dict(browser.cookies)
    services.sessions[0].is_due = True
    assert who(await browser.ask(ME, **MARKED)) == "oidc:4711"
    assert browser.cookies != before

    await browser.send("POST", "/signout", MARKED)

    browser.cookies = before
    assert reason(await browser.ask(ME, **MARKED)) == "SESSION_ENDED"


async def test_a_logout_token_that_never_arrives_is_not_waited_for(
    browser: Browser, provider: TestProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stalled() -> AsyncIterator[bytes]:
        yield b"logout_token="
        await asyncio.Event().wait()

    stalling = browser.send("POST", "/signin/backchannel-logout", content=stalled())
    with monkeypatch.context() as patched:
        patched.setattr(door, "FORM_SECONDS", 0.05)
        answer = await asyncio.wait_for(stalling, 5)

    assert (answer.status_code, answer.json()) == (400, {"error": "form_cut"})
    assert await _log_out(browser, provider.logout_token()) == 200  # the control


async def test_a_secret_is_taken_in_one_spelling_only(
    browser: Browser, platform: Platform, services: StubServices
) -> None:
    """Each would be remembered, however long it is."""
    await browser.sign_in()
    secret = browser.cookies[COOKIE]
    assert who(await browser.ask(ME, **MARKED)) == "oidc:4711"
    spellings = [secret + "=", secret + "." * 1_000, "!" + secret, f"{secret}==", f"{secret}A"]

    for spelling in spellings:
        browser.cookies = {COOKIE: spelling}
        assert reason(await browser.ask(ME, **MARKED)) == "SESSION_ENDED"

    assert list(platform.gateway.sessions.known) == [secret]
    assert len(services.asked["UseSession"]) == 1
