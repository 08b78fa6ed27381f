"""Tokens of our own issuer: whatever a stranger sends as one is refused, and breaks nothing."""

import base64
import contextlib
import json
import time
from typing import Any

import pytest

from services.kit.errors import Unauthenticated
from services.kit.rights.access import Grant, Role, Viewer
from services.kit.rights.identities import peek
from services.kit.rights.tokens import (
    PUBLIC_AUDIENCE,
    Signer,
    Verified,
    Verifier,
    new_key,
    public_keys,
)

KEY = new_key("k")
GOOD = {"alg": "Ed25519", "kid": "k"}


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(public_keys(KEY), issuers={"issuer": "k"}, audience=PUBLIC_AUDIENCE)


def part(value: Any) -> str:
    written = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(written).rstrip(b"=").decode()


def test_a_token_of_the_issuer_names_its_viewer(verifier: Verifier) -> None:
    viewer = Viewer("ann", (Grant(Role.ANALYST, "billing"),))
    token = Signer(KEY).mint(viewer, issuer="issuer", audience=PUBLIC_AUDIENCE, seconds=60)

    assert verifier.verify(token) == viewer


def test_what_was_verified_tells_how_long_it_holds() -> None:
    now = int(time.time())

    assert 0 < Verified(Viewer("ann", ()), now + 10).seconds_left() <= 10
    assert Verified(Viewer("ann", ()), now - 10).seconds_left() == 0


@pytest.mark.parametrize(
    "header",
    [
        [],
        None,
        7,
        b"\xff",
        b"[" * 10_000,
        {"alg": ["Ed25519"], "kid": "k"},
        {"alg": "none", "kid": "k"},
        {"alg": "Ed25519", "kid": ["k"]},
        GOOD | {"crit": 1},
        GOOD | {"crit": ["b64"], "b64": False},
        GOOD | {"jwk": 1, "typ": 1},
    ],
    ids=str,
)
@pytest.mark.parametrize("payload", [[], 7, {"iss": "issuer"}, b"\xff"], ids=str)
def test_what_is_no_token_is_refused_whatever_stands_in_it(
    verifier: Verifier, header: Any, payload: Any
) -> None:
    token = f"{part(header)}.{part(payload)}.{part(bytes(64))}"
    for text in (token, token.rpartition(".")[0], f"{token}.{token}", "...", "\u0113.a.b"):
        with pytest.raises(Unauthenticated):
            verifier.verify(text)
        with contextlib.suppress(Unauthenticated):
            peek(text)
