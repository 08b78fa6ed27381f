"""Whoever the identity provider names has the rights of profile, and no others."""

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from cxm.profile.v1.grants_pb2 import GrantItem
from cxm.profile.v1.users_pb2 import RecordOwnUserRequest
from gateway.calls.grants import REMEMBERED_SECONDS
from gateway.config import Settings
from gateway.live import rights
from services.kit.errors import Unauthenticated
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.identities import LOGOUT_EVENT
from tests.support.identity_provider import TestProvider, open_provider
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

ME = "{ viewer { subject grants { role department from to } } }"


@pytest.fixture
async def provider() -> AsyncIterator[TestProvider]:
    async with open_provider() as running:
        yield running


@pytest.fixture
async def platform(
    services: StubServices, tmp_path: Path, provider: TestProvider
) -> AsyncIterator[Platform]:
    """A gateway with an identity provider; ann heads d0."""
    head = GrantItem(subject="oidc:ann", role="department_head", department="d0")
    services.grants = {"oidc:ann": [head]}
    async with open_platform(tmp_path, services, oidc_issuer=provider.url) as running:
        yield running


def bearer(provider: TestProvider, subject: str) -> str:
    return f"Bearer {provider.token(sub=subject)}"


async def test_a_person_of_the_provider_has_the_grants_of_profile(
    platform: Platform, provider: TestProvider
) -> None:
    given = {"role": "DEPARTMENT_HEAD", "department": "d0", "from": None, "to": None}
    for subject, grants in (("ann", [given]), ("eve", [])):
        answer = await platform.post(ME, bearer(provider, subject))

        assert answer.json()["data"]["viewer"] == {"subject": f"oidc:{subject}", "grants": grants}


async def test_what_the_token_says_of_grants_counts_nothing(
    platform: Platform, provider: TestProvider
) -> None:
    token = provider.token(sub="eve", grants=[{"role": "admin"}])

    answer = await platform.post(ME, f"Bearer {token}")

    assert answer.json()["data"]["viewer"]["grants"] == []


async def test_what_the_token_says_of_a_user_is_recorded_once(
    platform: Platform, provider: TestProvider
) -> None:
    said = {"name": "Ann", "email": "ann@example.org", "locale": "en_US"}
    unverified = provider.token(sub="ann", **said)
    verified = provider.token(sub="ann", email_verified=True, **said)
    ungranted = provider.token(sub="eve", email_verified=True, **said)
    for token in (unverified, verified, verified, ungranted, provider.token(sub="ann")):
        await platform.post(ME, f"Bearer {token}")

    assert platform.services.asked["RecordOwnUser"] == [
        RecordOwnUserRequest(name="Ann", language="en_US"),
        RecordOwnUserRequest(name="Ann", email="ann@example.org", language="en_US"),
    ]


async def test_services_hear_who_asks(platform: Platform, provider: TestProvider) -> None:
    await platform.post('{ department(key: "d0") { key } }', bearer(provider, "ann"))

    assert platform.services.viewers[-1] == Viewer("oidc:ann", (Grant(Role.DEPARTMENT_HEAD, "d0"),))


async def test_a_token_that_does_not_hold_is_refused(
    platform: Platform, provider: TestProvider
) -> None:
    answer = await platform.post(ME, f"Bearer {provider.token(aud='other')}")

    assert answer.status_code == 401


@pytest.mark.parametrize("part", [0, 1])
async def test_a_token_of_deep_json_is_no_token(platform: Platform, part: int) -> None:
    """Without a provider too; the control is a token that is not deep."""
    for depth in (1, 9_000):
        parts = ["e30", "e30"]
        parts[part] = base64.urlsafe_b64encode(b"[" * depth).decode().rstrip("=")
        for provider in (platform.gateway.provider, None):
            gateway = replace(platform.gateway, provider=provider)
            with pytest.raises(Unauthenticated):
                await gateway.verified(f"Bearer {'.'.join(parts)}.AA", "")
        assert (await platform.post(ME, f"Bearer {'.'.join(parts)}.AA")).status_code == 401


@pytest.mark.parametrize(
    ("claims", "status"), [({}, 200), ({"events": {}}, 401), ({"events": {LOGOUT_EVENT: {}}}, 401)]
)
async def test_a_token_that_ends_sessions_is_no_bearer_token(
    platform: Platform, provider: TestProvider, claims: dict[str, Any], status: int
) -> None:
    answer = await platform.post(ME, f"Bearer {provider.token(sub='ann', **claims)}")

    assert answer.status_code == status


@pytest.mark.parametrize(("typ", "status"), [("at+jwt", 200), ("JWT", 200), ("logout+jwt", 401)])
async def test_a_token_says_what_kind_it_is(
    platform: Platform, provider: TestProvider, typ: str, status: int
) -> None:
    answer = await platform.post(ME, f"Bearer {provider.token(sub='ann', typ=typ)}")

    assert answer.status_code == status


async def test_browsers_and_programs_have_audiences_of_their_own(platform: Platform) -> None:
    given = platform.settings.model_dump()

    assert Settings(**given | {"oidc_client_id": "cxm-web"})
    with pytest.raises(ValueError, match="an audience of their own"):
        Settings(**given | {"oidc_client_id": "cxm"})


async def test_without_profile_nobody_of_the_provider_gets_in(
    platform: Platform, provider: TestProvider
) -> None:
    await platform.servers["profile"].stop(None)

    assert await platform.codes(ME, bearer(provider, "ann")) == ["UNAVAILABLE"]
    assert await platform.codes(ME, platform.bearer()) == []


async def test_many_requests_at_once_ask_once_and_again_after_some_seconds(
    platform: Platform, provider: TestProvider
) -> None:
    reader = platform.gateway.grants
    moment = [0.0]
    reader.now = lambda: moment[0]
    token = bearer(provider, "ann")
    for expected in (1, 2):
        for _ in range(5):
            await platform.post(ME, token)
        assert len(platform.services.asked["GetOwnGrants"]) == expected
        moment[0] += REMEMBERED_SECONDS


async def test_a_right_that_was_taken_away_ends_sockets(
    platform: Platform, provider: TestProvider
) -> None:
    platform.gateway.listeners.live.set()
    async with serving(platform.gateway, platform.settings) as url, socket(url) as client:
        await client.initialise(bearer(provider, "ann"))
        await client.watch("1", "d0")

        platform.services.grants = {}
        platform.gateway.grants.known.clear()
        await rights.check_all(
            platform.gateway.clients, platform.gateway.grants, platform.gateway.listeners
        )
        answer = await client.receive()
        assert answer["payload"]["errors"][0]["extensions"]["reason"] == "RIGHTS_CHANGED"
        assert (await client.receive())["type"] == "complete"
        await client.subscribe("2", ME)

        assert (await client.closed())[0] == 4403


@pytest.mark.parametrize("padding", [0, 300_000], ids=["small", "large"])
async def test_while_the_provider_is_away_a_token_is_not_said_to_be_wrong(
    platform: Platform, provider: TestProvider, padding: int
) -> None:
    """A large body was answered 413; the control is a token of the embedded issuer, which needs no provider."""
    provider.is_away = True
    content = b'{"query": "{ __typename }"}' + b" " * padding

    async def post(authorization: str) -> httpx.Response:
        headers = {"content-type": "application/json", "authorization": authorization}
        return await platform.http.post("/graphql", content=content, headers=headers)

    for _ in range(2):
        answer = await post(bearer(provider, "ann"))
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    for path in ("/exports/scores", "/imports/departments"):
        method = "GET" if path.startswith("/exports") else "POST"
        headers = {"authorization": bearer(provider, "ann")}
        answer = await platform.http.request(method, path, headers=headers)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    known = await post(platform.bearer())
    assert known.status_code == (413 if padding else 200)  # large bodies are for `submitResponses`
