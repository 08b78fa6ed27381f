"""Tokens that do not hold, each in one way, at every door that takes a token."""

import base64
import hmac
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import Any

import grpc
from joserfc import jwt
from joserfc.jwk import OKPKey
from websockets.exceptions import ConnectionClosed

from services.kit.rights.access import service_viewer
from services.kit.rights.tokens import ALGORITHM, EMBEDDED_ISSUER, GATEWAY, PUBLIC_AUDIENCE, Signer
from tests.security.support.asking import Asking, expired_at
from tests.security.support.building import ADMIN
from tests.security.support.cells import Cells
from tests.security.support.doors.filing import DAYS, DEPARTMENTS
from tests.support.websocket import socket

SERVICES = ("profile", "survey", "metrics", "employee_exp")
HOUR = 3600
# One RPC of each service that needs a token and reads; the bytes are an empty request.
RPCS = {
    "profile": "cxm.profile.v1.DirectoryService/BatchGetDepartments",
    "survey": "cxm.survey.v1.SurveyService/ListSurveys",
    "metrics": "cxm.metrics.v1.DefinitionService/ListDefinitions",
    "employee_exp": "cxm.audit.v1.AuditService/ListAuditEntries",
}


def claims(issuer: str, audience: Any, **changes: Any) -> dict[str, Any]:
    """Those of an admin; None takes one away."""
    now = int(time.time())
    given = {
        "iss": issuer,
        "sub": "matrix:tokens",
        "aud": audience,
        "iat": now,
        "exp": now + HOUR,
        "grants": [{"role": "admin"}],
    } | changes
    return {name: value for name, value in given.items() if value is not None}


def signed(key: OKPKey, kid: str, said: dict[str, Any]) -> str:
    return jwt.encode({"alg": ALGORITHM, "kid": kid}, said, key, algorithms=[ALGORITHM])


def unsigned(header: dict[str, Any], said: dict[str, Any]) -> str:
    parts = (json.dumps(part).encode() for part in (header, said))
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def swapped(key: OKPKey, kid: str, said: dict[str, Any]) -> str:
    """HS256 with the public key as the secret: what a verifier takes that lets the header choose."""
    text = unsigned({"alg": "HS256", "kid": kid}, said)
    secret = key.as_pem(private=False)
    mac = hmac.digest(secret, text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def bad_tokens(signer: Signer, issuer: str, audience: str) -> Iterator[tuple[str, str]]:
    """Each kind once, of what this key signs for this audience."""
    key, kid = signer.key, signer.kid
    good = claims(issuer, audience)
    now = int(time.time())
    other = OKPKey.generate_key("Ed25519", private=True)
    yield "expired", signed(key, kid, good | {"exp": expired_at(), "iat": expired_at() - HOUR})
    yield "no exp", signed(key, kid, claims(issuer, audience, exp=None))
    yield "nbf ahead", signed(key, kid, good | {"nbf": now + HOUR})
    yield "iat ahead", signed(key, kid, good | {"iat": now + HOUR, "exp": now + 2 * HOUR})
    yield "lives for two days", signed(key, kid, good | {"exp": now + 48 * HOUR})
    yield "no iat", signed(key, kid, claims(issuer, audience, iat=None))
    yield "wrong aud", signed(key, kid, good | {"aud": "somebody"})
    yield "no aud", signed(key, kid, claims(issuer, None))
    yield "wrong iss", signed(key, kid, good | {"iss": "somebody"})
    yield "unknown kid", signed(key, "unknown", good)
    yield "other key", signed(other, kid, good)
    yield "alg none", unsigned({"alg": "none", "kid": kid}, good) + "."
    yield "HS256 of the public key", swapped(key, kid, good)
    yield "claims changed", _changed(signed(key, kid, good | {"grants": []}), good)
    yield "no token at all", "garbage"


def _changed(token: str, said: dict[str, Any]) -> str:
    """Other claims under the signature of a token."""
    header, _, signature = token.split(".")
    return f"{header}.{unsigned({}, said).split('.')[1]}.{signature}"


Try = Callable[[str | None], Awaitable[bool]]


async def try_all(asking: Asking, cells: Cells) -> None:
    """Every token at every door: only the good one opens it."""
    issuer = Signer.from_file(asking.keys.issuer)
    public = [*bad_tokens(issuer, EMBEDDED_ISSUER, PUBLIC_AUDIENCE)]
    public += [("internal", asking.internal(ADMIN, service)) for service in SERVICES]
    for door, opens in _public_doors(asking).items():
        cells.check(
            door, "tokens", "good", expected=True, observed=await opens(asking.token(ADMIN))
        )
        for kind, token in (("none", None), *public):
            cells.check(door, "tokens", kind, expected=False, observed=await opens(token))
    for service in SERVICES:
        await _try_service(asking, cells, service)


async def _try_service(asking: Asking, cells: Cells, service: str) -> None:
    """Past the gateway: tokens for another service, of the public issuer, of a service that is not named."""
    gateway = Signer.from_file(asking.keys.process("gateway"))
    tokens: list[tuple[str, str | None]] = [("none", None)]
    tokens += bad_tokens(gateway, GATEWAY, service)
    tokens += [("public", asking.token(ADMIN))]
    tokens += [(f"for {s}", asking.internal(ADMIN, s)) for s in SERVICES if s != service]
    for other in SERVICES:
        signer = Signer.from_file(asking.keys.process(other))
        person = claims(f"service:{other}", service)
        tokens.append(
            (f"gateway's, signed by {other}", signed(signer.key, GATEWAY, claims(GATEWAY, service)))
        )
        tokens.append(
            (
                f"issuer gateway, kid {other}",
                signed(signer.key, signer.kid, claims(GATEWAY, service)),
            )
        )
        if service in (
            "survey",
            "employee_exp",
        ):  # people's questions, from a service that claims a person
            tokens.append((f"person of {other}", signed(signer.key, signer.kid, person)))
            minted = signer.mint(
                service_viewer(other), issuer=f"service:{other}", audience=service, seconds=60
            )
            if (service, other) != ("survey", "metrics"):
                tokens.append((f"own name of {other}", minted))
    good = await _rpc(asking, service, asking.internal(ADMIN, service))
    cells.check("grpc", "tokens", f"{service} good", expected=True, observed=good)
    for kind, token in tokens:
        observed = await _rpc(asking, service, token)
        cells.check("grpc", "tokens", f"{service} {kind}", expected=False, observed=observed)


async def _rpc(asking: Asking, service: str, token: str | None) -> bool:
    """Whether a service answers; that the empty request is no good is an answer."""
    call: Any = asking.channel(service).unary_unary(f"/{RPCS[service]}")
    metadata = (("authorization", f"Bearer {token}"),) if token else ()
    try:
        await call(b"", metadata=metadata, timeout=20)
    except grpc.aio.AioRpcError as error:
        refused = {grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED}
        return error.code() not in refused
    return True


async def listens(asking: Asking, token: str | None, department: str) -> bool:
    """Whether a socket hears of scores."""
    async with socket(asking.url.replace("http", "ws") + "/graphql") as client:
        payload = {"Authorization": f"Bearer {token}"} if token else {}
        await client.send(type="connection_init", payload=payload)
        asked = f'subscription {{ scoreChanged(department: "{department}") {{ at }} }}'
        await client.subscribe("1", asked)
        with suppress(ConnectionClosed):
            await client.send(type="ping")
            while (message := await client.receive())["type"] != "pong":
                if "errors" in str(message.get("payload")) or message["type"] == "error":
                    return False
            return True
        return False


def _public_doors(asking: Asking) -> dict[str, Try]:
    async def query(token: str | None) -> bool:
        answer = await asking.graphql("{ organization { key } }", token)
        return bool((answer.body.get("data") or {}).get("organization"))

    async def mutation(token: str | None) -> bool:
        asked = 'mutation { updateSurvey(input: {key: "pulse", title: "Pulse"}) { userErrors { code } } }'
        return bool((await asking.graphql(asked, token)).body.get("data"))

    async def export(token: str | None) -> bool:
        path = f"/exports/scores?department=root&{DAYS}&metrics=nps"
        return (await asking.send("GET", path, token)).status == 200

    async def upload(token: str | None) -> bool:
        parts = {
            "mapping": (None, DEPARTMENTS.encode()),
            "file": ("x.csv", b"key,name,department\n"),
        }
        path = "/imports/departments?dryRun=true"
        return (await asking.send("POST", path, token, files=parts)).status == 200

    async def subscription(token: str | None) -> bool:
        return await listens(asking, token, "root")

    return {
        "query": query,
        "mutation": mutation,
        "export": export,
        "import": upload,
        "subscription": subscription,
    }
