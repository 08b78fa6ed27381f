"""Tokens, cookies and links that do not hold are paid for by the address that shows them."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from gateway.strangers.buckets import Buckets
from gateway.strangers.throttle import PROOF_VALUES
from tests.support.identity_provider import (
    CLIENT,
    TestProvider,
    open_provider,
    rsa,
)
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.browser import ADDRESS, MARKED
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

ME = "{ viewer { subject } }"
GRAPHQL = {"accept": "application/graphql-response+json", "content-type": "application/json"}
TAKEN = 5
"""What an address may show that does not hold, before it waits."""


@pytest.fixture
async def provider() -> AsyncIterator[TestProvider]:
    async with open_provider() as running:
        yield running


@pytest.fixture
async def platform(
    services: StubServices, tmp_path: Path, provider: TestProvider
) -> AsyncIterator[Platform]:
    async with open_platform(
        tmp_path,
        services,
        oidc_issuer=provider.url,
        oidc_client_id=CLIENT,
        public_address=ADDRESS,
    ) as running:
        running.gateway.throttle.addresses = Buckets(TAKEN * PROOF_VALUES, 0.001)
        running.gateway.listeners.live.set()
        yield running


def bad_token(platform: Platform, provider: TestProvider, kind: str) -> str:
    """A new one, that looks as if it could hold."""
    match kind:
        case "provider's":
            return f"Bearer {provider.token(sub=secrets.token_hex(4), key=rsa('one'))}"
        case "expired":
            return platform.bearer(seconds=-60)
    return f"{platform.bearer(subject=secrets.token_hex(4))[:-4]}AAAA"


async def statuses(platform: Platform, provider: TestProvider, door: str, kind: str) -> list[int]:
    """What a door answers to one bad token after another."""
    answered = []
    for _ in range(TAKEN + 2):
        headers = GRAPHQL | {"authorization": bad_token(platform, provider, kind)}
        method = "GET" if door.startswith("/exports") else "POST"
        content = b" " * 300_000 if door == "large" else b'{"query": "%s"}' % ME.encode()
        path = "/graphql" if door == "large" else door
        answer = await platform.http.request(method, path, headers=headers, content=content)
        answered.append(answer.status_code)
    if answered[-1] == 429:
        assert int(answer.headers["retry-after"]) >= 1
    return answered


@pytest.mark.parametrize("kind", ["forged", "expired", "provider's"])
@pytest.mark.parametrize("door", ["/graphql", "large", "/exports/scores", "/imports/departments"])
async def test_bad_tokens_of_an_address_are_looked_at_a_few_times(
    platform: Platform, provider: TestProvider, door: str, kind: str
) -> None:
    known = platform.bearer(subject="ann")
    assert (await platform.post(ME, known)).status_code == 200

    answered = await statuses(platform, provider, door, kind)

    refused = 413 if door == "large" else 401
    assert answered == [refused] * TAKEN + [429] * 2
    # Honest people beside it: whose token is known already, and strangers of the same address.
    assert (await platform.post(ME, known)).status_code == 200
    assert (await platform.post("{ __typename }")).status_code == 200


async def test_tokens_that_hold_cost_their_address_nothing(
    platform: Platform, provider: TestProvider
) -> None:
    """The control: so many people behind one address."""
    for number in range(3 * TAKEN):
        for bearer in (
            platform.bearer(subject=f"ann{number}"),
            f"Bearer {provider.token(sub=f'ben{number}')}",
        ):
            assert (await platform.post(ME, bearer)).status_code == 200


async def test_cookies_that_open_nothing_are_paid_for(
    platform: Platform, services: StubServices
) -> None:
    async def ask(secret: str) -> int:
        headers = GRAPHQL | MARKED | {"cookie": f"__Host-cxm={secret}"}
        answer = await platform.http.post("/graphql", json={"query": ME}, headers=headers)
        return answer.status_code

    answered = [await ask(secrets.token_urlsafe(32)) for _ in range(TAKEN + 2)]

    assert answered == [401] * TAKEN + [429] * 2
    assert len(services.asked["UseSession"]) == TAKEN


@pytest.mark.parametrize("path", ["/signin/link/x", "/signin/backchannel-logout", "/signout"])
async def test_links_and_logout_tokens_are_paid_for(platform: Platform, path: str) -> None:
    async def ask() -> httpx.Response:
        method = "GET" if path.startswith("/signin/link") else "POST"
        headers = MARKED | {"cookie": f"__Host-cxm={secrets.token_urlsafe(32)}"}
        return await platform.http.request(
            method, path, headers=headers, data={"logout_token": "x"} if method == "POST" else None
        )

    answers = [await ask() for _ in range(TAKEN + 2)]
    answered = [answer.status_code for answer in answers]

    assert 429 not in answered[:TAKEN]
    assert answered[TAKEN:] == [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_bad_tokens_over_sockets_are_paid_for(
    platform: Platform, provider: TestProvider
) -> None:
    async with serving(platform.gateway, platform.settings) as url:
        closed = []
        for _ in range(TAKEN + 1):
            async with socket(url) as client:
                payload = {"Authorization": bad_token(platform, provider, "forged")}
                await client.send(type="connection_init", payload=payload)
                closed.append((await client.closed())[0])

    assert closed == [4403] * TAKEN + [1013]
