"""Signing in by browser with an identity provider that checks, and one that lies."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from cxm.profile.v1.grants_pb2 import GrantItem
from gateway.browsers.attempts import ATTEMPT_SECONDS
from gateway.doors import websocket
from gateway.main import create_app, open_gateway
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.tokens import EMBEDDED_ISSUER, LINK_AUDIENCE
from tests.support.identity_provider import CLIENT, TestProvider, open_provider
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.browser import ADDRESS, MARKED, Browser, agree, asked_of
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

ME = "{ viewer { subject grants { role } } }"
COOKIE = "__Host-cxm"
FOREIGN = {"origin": "https://example.net", "x-cxm": "1"}


@pytest.fixture
async def provider() -> AsyncIterator[TestProvider]:
    async with open_provider() as running:
        yield running


@pytest.fixture
async def platform(
    services: StubServices, tmp_path: Path, provider: TestProvider
) -> AsyncIterator[Platform]:
    """A gateway where browsers sign in; 4711 is an analyst."""
    services.grants = {"oidc:4711": [GrantItem(subject="oidc:4711", role="analyst")]}
    provider.client_secret = "hush"
    async with open_platform(
        tmp_path,
        services,
        oidc_issuer=provider.url,
        oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr("hush"),
        public_address=ADDRESS,
    ) as running:
        yield running


@pytest.fixture
def browser(platform: Platform) -> Browser:
    return Browser(platform)


def who(answer: Any) -> Any:
    return answer.json()["data"]["viewer"]["subject"]


def reason(answer: Any) -> str:
    extensions: dict[str, str] = answer.json()["errors"][0]["extensions"]
    return extensions.get("reason", extensions["code"])


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
        "post_logout_redirect_uri": f"{ADDRESS}/signin/out",
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

    assert answer.headers["location"] == "/signin/done"


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
    out = await browser.send("POST", "/signout", headers)

    assert answer.status_code == status
    assert (imported.status_code == 403) is (status == 403)
    assert out.status_code == status
    if status == 403:
        assert "X-CXM: 1" in answer.json()["errors"][0]["message"]
        assert who(await browser.ask(ME, **MARKED)) == "oidc:4711"


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
    monkeypatch.setattr(websocket, "WATCH_SECONDS", 0.05)
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


async def test_without_the_provider_it_is_said(browser: Browser, provider: TestProvider) -> None:
    provider.is_away = True

    answer = await browser.send("GET", "/signin")

    assert answer.status_code == 503
    assert "identity provider" in answer.text


async def test_where_nothing_is_configured_no_cookie_is_looked_at(
    services: StubServices, tmp_path: Path
) -> None:
    async with open_platform(tmp_path, services) as bare:
        browser = Browser(bare, {COOKIE: "x", "cxm": "x"})

        assert (await browser.send("GET", "/signin")).status_code == 404
        assert (await browser.ask("{ __typename }")).status_code == 200


def link_of(platform: Platform, audience: str = LINK_AUDIENCE, seconds: int = 60) -> str:
    head = Viewer("department_head:d0", (Grant(Role.DEPARTMENT_HEAD, "d0"),))
    token = platform.issuer.mint(
        head, issuer=EMBEDDED_ISSUER, audience=audience, seconds=seconds, is_unique=True
    )
    return f"/signin/link/{token}"


async def test_a_link_signs_in_once_and_only_by_its_button(
    browser: Browser, platform: Platform, services: StubServices
) -> None:
    link, own = link_of(platform), {"origin": ADDRESS}
    page = await browser.send("GET", link)
    strange = [await browser.send("POST", link, headers) for headers in ({}, FOREIGN)]
    assert not services.sessions

    spent = await browser.send("POST", link, own)
    me = (await browser.ask(ME, **MARKED)).json()["data"]["viewer"]
    again = await Browser(platform).send("POST", link, own)

    assert f'action="{link}"' in page.text
    assert [answer.status_code for answer in strange] == [403, 403]
    assert (spent.status_code, spent.headers["location"]) == (303, "/signin/done")
    assert me == {"subject": "department_head:d0", "grants": [{"role": "DEPARTMENT_HEAD"}]}
    assert again.status_code == 409
    assert "GetOwnGrants" not in services.asked  # its own grants count


@pytest.mark.parametrize("changes", [{"audience": "cxm"}, {"seconds": -1}])
async def test_a_link_that_does_not_hold_signs_nobody_in(
    browser: Browser, platform: Platform, changes: dict[str, Any]
) -> None:
    link = link_of(platform, **changes)

    assert (await browser.send("GET", link)).status_code == 401
    assert (await browser.send("POST", link, MARKED)).status_code == 401


async def test_a_link_is_no_bearer_token(browser: Browser, platform: Platform) -> None:
    token = link_of(platform).rpartition("/")[2]

    assert (await browser.ask(ME, authorization=f"Bearer {token}")).status_code == 401
