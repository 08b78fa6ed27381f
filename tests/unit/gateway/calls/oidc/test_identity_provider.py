"""Tokens of the organisation's identity provider: what is verified, and when its keys are asked for."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from gateway.calls.oidc import identity_provider
from gateway.calls.oidc.identity_provider import KEYS_SECONDS, REFETCH_SECONDS, IdentityProvider
from services.kit.errors import Invalid, Unauthenticated, Unavailable
from tests.support.identity_provider import (
    AUDIENCE,
    TestProvider,
    open_provider,
    rsa,
)

ALGORITHMS = ("RS256", "ES256", "EdDSA")
NOW = int(time.time())


class Watch:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.at = time.time()

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def provider() -> AsyncIterator[TestProvider]:
    async with open_provider() as running:
        yield running


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def reader(provider: TestProvider, watch: Watch) -> AsyncIterator[IdentityProvider]:
    reading = IdentityProvider(provider.url, AUDIENCE, ALGORITHMS, now=watch)
    yield reading
    await reading.close()


async def test_a_token_names_its_subject(provider: TestProvider, reader: IdentityProvider) -> None:
    identity = await reader.read(provider.token(sub="ann", exp=NOW + 300))

    assert (identity.subject, identity.expires_at) == ("ann", NOW + 300)


@pytest.mark.parametrize(
    "true",
    [
        {"aud": ["other", AUDIENCE]},
        {"nbf": NOW + 50},
        {"iat": NOW + 50, "exp": NOW + 600},
        {"iat": NOW - 600, "exp": NOW - 50},
    ],
    ids=",".join,
)
async def test_what_holds_within_the_leeway_is_taken(
    provider: TestProvider, reader: IdentityProvider, watch: Watch, true: dict[str, Any]
) -> None:
    """Times count from this test, which may run long after it was collected."""
    late = int(watch.at) - NOW
    true = {name: claim + late if isinstance(claim, int) else claim for name, claim in true.items()}

    assert (await reader.read(provider.token(**true))).subject == "4711"


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "other"},
        {"aud": ["other"]},
        {"aud": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"exp": None},
        {"exp": NOW - 600},
        {"exp": "soon"},
        {"iat": None},
        {"iat": NOW + 600, "exp": NOW + 1200},
        {"nbf": NOW + 600},
        {"exp": NOW + 25 * 3600},
        {"exp": NOW + 10**9, "iat": float("nan")},
        {"exp": float("nan")},
        {"exp": 10**400},
        {"nbf": float("nan")},
        {"exp": str(NOW + 300)},
    ],
    ids=",".join,
)
async def test_a_claim_that_does_not_hold_is_refused(
    provider: TestProvider, reader: IdentityProvider, lie: dict[str, Any]
) -> None:
    with pytest.raises(Unauthenticated):
        await reader.read(provider.token(**lie))


async def test_the_token_does_not_choose_how_it_is_verified(
    provider: TestProvider, reader: IdentityProvider
) -> None:
    for token in (
        provider.token_of_shared_secret(),
        provider.unsigned_token(),
        provider.token(alg="RS512"),
        provider.token(key=rsa("one")),
        provider.token()[:-4] + "AAAA",
        "no token",
        "x" * 20_000,
    ):
        with pytest.raises(Unauthenticated):
            await reader.read(token)


async def test_a_new_key_is_found_and_one_taken_back_verifies_no_more(
    provider: TestProvider, reader: IdentityProvider, watch: Watch
) -> None:
    old = provider.token()
    await reader.read(old)
    provider.keys = {"two": rsa("two")}

    watch.at += REFETCH_SECONDS
    await reader.read(provider.token(kid="two"))

    with pytest.raises(Unauthenticated):
        await reader.read(old)


async def test_keys_are_read_again_after_an_hour(
    provider: TestProvider, reader: IdentityProvider, watch: Watch
) -> None:
    await reader.read(provider.token())
    await reader.read(provider.token(sub="other"))
    assert provider.asked == ["discovery", "keys"]
    watch.at += KEYS_SECONDS

    await reader.read(provider.token(sub="third", iat=int(watch.at), exp=int(watch.at) + 60))

    assert provider.asked == ["discovery", "keys"] * 2


async def test_strangers_with_unknown_keys_do_not_make_it_ask_at_every_call(
    provider: TestProvider, reader: IdentityProvider
) -> None:
    await reader.read(provider.token())
    for number in range(20):
        with pytest.raises(Unauthenticated):
            await reader.read(provider.token(kid=f"k{number}", key=rsa("one")))

    assert provider.asked == ["discovery", "keys"]


async def test_a_token_of_an_unknown_key_may_be_right_while_the_provider_is_away(
    provider: TestProvider, reader: IdentityProvider, watch: Watch
) -> None:
    provider.is_away = True
    for _ in range(3):  # the first time it is asked, then it is not asked again yet
        with pytest.raises(Unavailable):
            await reader.read(provider.token())
    assert provider.asked == ["discovery"]

    provider.is_away = False
    watch.at += REFETCH_SECONDS
    await reader.read(provider.token())
    provider.is_away = True
    watch.at += REFETCH_SECONDS
    with pytest.raises(Unavailable):
        await reader.read(provider.token(kid="two", key=rsa("two")))
    with pytest.raises(Unauthenticated):  # the control: its key is known
        await reader.read(provider.token(aud="other"))


async def test_while_the_provider_is_away_known_keys_go_on(
    provider: TestProvider, reader: IdentityProvider, watch: Watch
) -> None:
    provider.is_away = True
    with pytest.raises(Unavailable):
        await reader.read(provider.token())
    provider.is_away = False
    watch.at += REFETCH_SECONDS
    await reader.read(provider.token())
    provider.is_away = True
    watch.at += KEYS_SECONDS

    token = provider.token(sub="late", iat=int(watch.at), exp=int(watch.at) + 60)

    assert (await reader.read(token)).subject == "late"


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://other"},
        {"jwks_uri": "http://example.org/keys"},
        {"padding": "x" * 300_000},
    ],
    ids=("issuer", "address", "size"),
)
async def test_a_provider_that_publishes_something_else_gives_no_keys(
    provider: TestProvider, reader: IdentityProvider, wrong: dict[str, str]
) -> None:
    for name, value in wrong.items():
        setattr(provider, name, value)

    with pytest.raises(Unavailable):
        await reader.read(provider.token())


async def test_a_provider_whose_answer_never_ends_is_not_waited_for(
    provider: TestProvider, reader: IdentityProvider, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.is_trickling = True
    with monkeypatch.context() as patched:
        patched.setattr(identity_provider, "FETCH_SECONDS", 0.1)
        with pytest.raises(Unavailable):
            await asyncio.wait_for(reader.read(provider.token()), 5)

    provider.is_trickling = False
    watch.at += REFETCH_SECONDS
    assert (await reader.read(provider.token())).subject == "4711"


@pytest.mark.parametrize("odd", ["x", 7, None, [], {}, {"use": "sig"}])
async def test_what_is_no_key_in_the_set_takes_no_other_with_it(
    provider: TestProvider, reader: IdentityProvider, odd: Any
) -> None:
    provider.odd_keys = [odd]

    assert (await reader.read(provider.token())).subject == "4711"


@pytest.mark.parametrize(
    ("issuer", "algorithms"),
    [
        ("http://example.org", ALGORITHMS),
        ("https://example.org", ("HS256",)),
        ("ftp://a", ALGORITHMS),
    ],
)
def test_what_cannot_be_trusted_is_refused_at_start(
    issuer: str, algorithms: tuple[str, ...]
) -> None:
    with pytest.raises(Invalid):
        IdentityProvider(issuer, AUDIENCE, algorithms)
