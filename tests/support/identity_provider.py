"""An identity provider for tests: it publishes keys, rotates them, signs, and lies about any claim it is asked to."""

import asyncio
import base64
import hashlib
import hmac
import json
import queue
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.support.platform import free_port

AUDIENCE = "cxm"
CLIENT = "cxm-web"


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
    odd_keys: list[Any] = field(default_factory=list)  # in the set beside the others
    is_away: bool = False
    is_trickling: bool = False  # its key set never ends
    asked: list[str] = field(default_factory=list)
    client_secret: str = ""  # empty: a public client
    says_issuer: bool = True
    secret_methods: list[str] | None = None  # None: not told, which means client_secret_basic
    codes: dict[str, dict[str, str]] = field(default_factory=dict)  # what was asked, by code
    lies: dict[str, Any] = field(default_factory=dict)  # claims of the next ID token

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
        self,
        *,
        kid: str = "one",
        alg: str = "RS256",
        key: Any = None,
        typ: str = "",
        **changes: Any,
    ) -> str:
        signing = key or self.keys[kid]
        header = {"alg": alg, "kid": kid} | ({"typ": typ} if typ else {})
        return jwt.encode(header, self.claims(**changes), signing, algorithms=[alg])

    def unsigned_token(self, alg: str = "none", **changes: Any) -> str:
        """Header and claims of a token, and no signature."""
        return f"{_encode({'alg': alg, 'kid': 'one'})}.{_encode(self.claims(**changes))}."

    def token_of_shared_secret(self, **changes: Any) -> str:
        """HS256 with the public key as the secret: what a verifier takes that lets the token choose."""
        signed = self.unsigned_token("HS256", **changes).rstrip(".")
        secret = self.keys["one"].as_pem(private=False)
        signature = hmac.digest(secret, signed.encode(), "sha256")
        return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"

    async def discovery(self, request: Request) -> Response:
        self.asked.append("discovery")
        if self.is_away:
            return Response(status_code=503)
        document = {
            "issuer": self.issuer,
            "jwks_uri": self.jwks_uri,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "end_session_endpoint": f"{self.url}/logout",
            "authorization_response_iss_parameter_supported": self.says_issuer,
        }
        if self.secret_methods is not None:
            document["token_endpoint_auth_methods_supported"] = self.secret_methods
        return JSONResponse(document)

    async def authorize(self, request: Request) -> Response:
        """A person who always agrees."""
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"]}
        if self.says_issuer:
            answer["iss"] = self.url
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 302)

    async def log_out(self, request: Request) -> Response:
        """The session here ends without a question."""
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)

    async def redeem(self, request: Request) -> Response:
        """A code for a token: once, by the client that asked, with the verifier of its challenge."""
        self.asked.append("token")
        given = {
            name: found[-1] for name, found in parse_qs((await request.body()).decode()).items()
        }
        asked = self.codes.pop(given.get("code", ""), {})
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        is_known = (
            given["grant_type"] == "authorization_code"
            and given["client_id"] == asked.get("client_id") == CLIENT
            and given["redirect_uri"] == asked.get("redirect_uri")
            and challenge == asked.get("code_challenge")
            and self._knows_secret(request, given)
        )
        if not is_known:
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims = {"aud": CLIENT, "nonce": asked["nonce"], "sid": "s1", **self.lies}
        return JSONResponse({"access_token": "x", "id_token": self.token(**claims)})

    def _knows_secret(self, request: Request, given: dict[str, str]) -> bool:
        if not self.client_secret:
            return "client_secret" not in given and "authorization" not in request.headers
        if self.secret_methods == ["client_secret_post"]:
            return given.get("client_secret") == self.client_secret
        basic = base64.b64encode(f"{CLIENT}:{self.client_secret}".encode()).decode()
        return request.headers["authorization"] == f"Basic {basic}"

    def logout_token(self, **changes: Any) -> str:
        """What the provider says behind the browser's back."""
        event: dict[str, Any] = {"http://schemas.openid.net/event/backchannel-logout": {}}
        claims = {"aud": CLIENT, "jti": "1", "events": event, "sid": "s1"}
        return self.token(**claims | changes)

    async def key_set(self, request: Request) -> Response:
        self.asked.append("keys")
        if self.is_trickling:
            return StreamingResponse(_endless())
        public = [key.as_dict(private=False) for key in self.keys.values()]
        return JSONResponse({"keys": [*self.odd_keys, *public], "padding": self.padding})


async def _endless() -> AsyncIterator[bytes]:
    while True:
        yield b" "
        await asyncio.sleep(0.01)


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
            Route("/authorize", provider.authorize),
            Route("/logout", provider.log_out),
            Route("/token", provider.redeem, methods=["POST"]),
        ]
    )
    server = uvicorn.Server(uvicorn.Config(app, port=port, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event to wait for
        await asyncio.sleep(0.01)
    yield provider
    server.should_exit = True
    await serving


@contextmanager
def provider_beside() -> Iterator[TestProvider]:
    """The provider in a thread of its own, for who has no loop that runs all the time."""
    running: queue.Queue[tuple[TestProvider, asyncio.AbstractEventLoop, asyncio.Event]] = (
        queue.Queue()
    )

    async def serve() -> None:
        ended = asyncio.Event()
        async with open_provider() as provider:
            running.put((provider, asyncio.get_running_loop(), ended))
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    provider, loop, ended = running.get(timeout=60)
    try:
        yield provider
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
