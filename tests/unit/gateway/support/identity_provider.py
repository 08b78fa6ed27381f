"""An identity provider for tests: it publishes keys, rotates them, signs, and lies about any claim it is asked to."""

import asyncio
import base64
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.support.platform import free_port

AUDIENCE = "cxm"


def rsa(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True)


@dataclass
class TestProvider:
    """What it publishes now, and how often it was asked for it."""

    __test__ = False

    url: str
    keys: dict[str, RSAKey | ECKey | OKPKey] = field(default_factory=lambda: {"one": rsa("one")})
    issuer: str = ""
    jwks_uri: str = ""
    padding: str = ""  # makes the key set larger
    is_away: bool = False
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.issuer = self.issuer or self.url
        self.jwks_uri = self.jwks_uri or f"{self.url}/keys"

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Claims that hold; None takes one away."""
        now = int(time.time())
        given = {
            "iss": self.url,
            "sub": "4711",
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + 600,
        } | changes
        return {name: value for name, value in given.items() if value is not None}

    def token(
        self, *, kid: str = "one", alg: str = "RS256", key: Any = None, **changes: Any
    ) -> str:
        signing = key or self.keys[kid]
        return jwt.encode(
            {"alg": alg, "kid": kid}, self.claims(**changes), signing, algorithms=[alg]
        )

    def unsigned_token(self, alg: str = "none") -> str:
        """Header and claims of a token, and no signature."""
        return f"{_encode({'alg': alg, 'kid': 'one'})}.{_encode(self.claims())}."

    def token_of_shared_secret(self) -> str:
        """HS256 with the public key as the secret: what a verifier takes that lets the token choose."""
        signed = self.unsigned_token("HS256").rstrip(".")
        secret = self.keys["one"].as_pem(private=False)
        signature = hmac.digest(secret, signed.encode(), "sha256")
        return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"

    async def discovery(self, request: Request) -> Response:
        self.asked.append("discovery")
        if self.is_away:
            return Response(status_code=503)
        return JSONResponse({"issuer": self.issuer, "jwks_uri": self.jwks_uri})

    async def key_set(self, request: Request) -> Response:
        self.asked.append("keys")
        public = [key.as_dict(private=False) for key in self.keys.values()]
        return JSONResponse({"keys": public, "padding": self.padding})


def _encode(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@asynccontextmanager
async def open_provider() -> AsyncIterator[TestProvider]:
    """The provider behind a real HTTP server."""
    port = free_port()
    provider = TestProvider(f"http://127.0.0.1:{port}")
    app = Starlette(
        routes=[
            Route("/.well-known/openid-configuration", provider.discovery),
            Route("/keys", provider.key_set),
        ]
    )
    server = uvicorn.Server(uvicorn.Config(app, port=port, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event to wait for
        await asyncio.sleep(0.01)
    yield provider
    server.should_exit = True
    await serving
