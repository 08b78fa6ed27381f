"""Signing in by browser with an identity provider that checks, and one that lies."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.browsers.attempts import ATTEMPT_SECONDS
from gateway.main import create_app, open_gateway
from tests.support.identity_provider import CLIENT, TestProvider
from tests.unit.gateway.support.browser import (
    ADDRESS,
    COOKIE,
    MARKED,
    ME,
    Browser,
    agree,
    asked_of,
    reason,
)
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices


async def test_a_browser_signs_in_and_out(
    browser: Browser, provider: TestProvider, services: StubServices
) -> None:
    url = await browser.begin("/departments?key=d0")
    asked = asked_of(url)
    answer = await browser.come_back(await agree(url))
    me = await browser.ask(ME, **MARKED)
    page = await browser.send("GET", "/signin/done")

    assert asked["redirect_uri"] == f"{ADDRESS}/signin/callback"
    assert asked["scope"] == "openid profile email"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert (answer.status_code, answer.headers["location"]) == (303, "/departments?key=d0")
    assert list(browser.cookies) == [COOKIE]  # the attempt's is forgotten
    session, _ = answer.headers.get_list("set-cookie")
    for attribute in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age="):
        assert f"; {attribute}" in session
    assert me.json()["data"]["viewer"] == {"subject": "oidc:4711", "grants": [{"role": "ANALYST"}]}
    assert "oidc:4711" in page.text
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    # Its form is redirected to the provider, which browsers ask the policy about.
    assert f"form-action 'self' {provider.url};" in policy
    (started,) = services.asked["StartSession"]
    assert (started.subject, started.provider_session) == ("oidc:4711", "s1")

    secret = browser.cookies[COOKIE]
    out = await browser.send("POST", "/signout", MARKED)
    assert asked_of(out.json()["goTo"]) == {
        "client_id": CLIENT,
        "post_logout_redirect_uri": f"{ADDRESS}/signed-out",
    }
    assert not browser.cookies
    assert (await browser.ask(ME, **MARKED)).status_code == 401
    browser.cookies = {COOKIE: secret}
    assert reason(await browser.ask(ME, **MARKED)) == "SESSION_ENDED"
    assert not browser.cookies  # forgotten by that answer


async def test_no_token_reaches_the_browser(browser: Browser, provider: TestProvider) -> None:
    url = await browser.begin()
    answer = await browser.come_back(await agree(url))

    seen = f"{url} {answer.headers} {answer.text} {browser.cookies}"
    assert "eyJ" not in seen


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "cxm"},
        {"aud": [CLIENT, "other"]},  # shared, and azp names nobody
        {"aud": [CLIENT, "other"], "azp": "other"},
        {"iss": "https://other.example.org"},
        {"exp": 1},
        {"iat": 9_999_999_999, "exp": 9_999_999_999},
        {"sub": None},
    ],
)
async def test_an_id_token_that_does_not_hold_starts_no_session(
    browser: Browser, provider: TestProvider, services: StubServices, lies: dict[str, Any]
) -> None:
    provider.lies = lies

    answer = await browser.sign_in()

    assert answer.status_code == 401
    assert COOKIE not in browser.cookies
    assert not services.sessions


async def test_a_token_for_several_clients_names_us_as_azp(
    browser: Browser, provider: TestProvider
) -> None:
    provider.lies = {"aud": [CLIENT, "other"], "azp": CLIENT}

    assert (await browser.sign_in()).status_code == 303


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("state=", "state=x"),
        ("iss=http", "iss=https"),
        ("code=code", "code=other"),
        ("code=", "error=access_denied&c="),
        ("&iss=", "&was="),  # the provider promises to name itself
    ],
)
async def test_an_answer_that_was_changed_starts_no_session(
    browser: Browser, services: StubServices, change: str, to: str
) -> None:
    location = await agree(await browser.begin())
    assert change in location

    answer = await browser.come_back(location.replace(change, to, 1))

    assert answer.status_code == 401
    assert not services.sessions


@pytest.mark.parametrize("methods", [["client_secret_post"], ["client_secret_basic"], None])
async def test_the_client_shows_its_secret_as_the_provider_takes_it(
    browser: Browser, provider: TestProvider, methods: list[str] | None
) -> None:
    provider.secret_methods = methods
    provider.says_issuer = False  # an answer without `iss` is taken where none was promised

    assert (await browser.sign_in()).status_code == 303


async def test_a_public_client_has_pkce_alone(
    services: StubServices, tmp_path: Path, provider: TestProvider
) -> None:
    settings = {"oidc_issuer": provider.url, "oidc_client_id": CLIENT, "public_address": ADDRESS}
    async with open_platform(tmp_path, services, **settings) as public:
        assert (await Browser(public).sign_in()).status_code == 303


async def test_a_sign_in_is_used_once_in_the_browser_that_began_it(
    platform: Platform, provider: TestProvider, services: StubServices
) -> None:
    victim, thief = Browser(platform), Browser(platform)
    location = await agree(await victim.begin())
    await thief.begin()
    began = dict(victim.cookies)

    stolen = await thief.come_back(location)
    first = await victim.come_back(location)
    victim.cookies |= began
    again = await victim.come_back(location)

    assert (stolen.status_code, first.status_code, again.status_code) == (401, 303, 401)
    assert provider.asked.count("token") == 1
    assert len(services.sessions) == 1


async def test_another_replica_does_not_use_a_sign_in_again(
    browser: Browser, platform: Platform, provider: TestProvider, services: StubServices
) -> None:
    location = await agree(await browser.begin())
    code = asked_of(location)["code"]
    asked, began = provider.codes[code], dict(browser.cookies)
    await browser.come_back(location)
    provider.codes[code] = asked  # a provider that takes codes twice
    replica = Browser(await _replica(platform), began)

    assert (await replica.come_back(location)).status_code == 409
    assert len(services.sessions) == 1


async def _replica(platform: Platform) -> Platform:
    """Another gateway with the same key: it remembers nothing."""
    gateway = open_gateway(platform.settings)
    transport = httpx.ASGITransport(create_app(gateway))
    http = httpx.AsyncClient(transport=transport, base_url="http://cxm")
    return Platform(
        platform.services, gateway, http, platform.servers, platform.issuer, platform.settings
    )


async def test_a_sign_in_that_took_too_long_is_begun_anew(
    browser: Browser, platform: Platform
) -> None:
    location = await agree(await browser.begin())
    attempts = platform.gateway.browsers.attempts
    later = attempts.now() + ATTEMPT_SECONDS + 1
    attempts.now = lambda: later

    answer = await browser.come_back(location)

    assert answer.status_code == 401
    assert 'href="/signin"' in answer.text


@pytest.mark.parametrize(
    "return_to",
    [
        "https://example.net/",
        "//example.net",
        "/\\example.net",
        "/%0d%0aset-cookie:a=b\r\n",
        "javascript:alert(1)",
        "/" + "x" * 2000,
    ],
)
async def test_nobody_is_sent_elsewhere(browser: Browser, return_to: str) -> None:
    answer = await browser.send("GET", "/signin", params={"return_to": return_to})
    answer = await browser.come_back(await agree(answer.headers["location"]))

    assert answer.headers["location"] == "/"


async def test_without_the_provider_it_is_said(browser: Browser, provider: TestProvider) -> None:
    provider.is_away = True

    answer = await browser.send("GET", "/signin")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "identity provider" in answer.text


async def test_where_nothing_is_configured_no_cookie_is_looked_at(
    services: StubServices, tmp_path: Path
) -> None:
    async with open_platform(tmp_path, services) as bare:
        browser = Browser(bare, {COOKIE: "x", "cxm": "x"})

        assert (await browser.send("GET", "/signin")).status_code == 404
        assert (await browser.ask("{ __typename }")).status_code == 200
