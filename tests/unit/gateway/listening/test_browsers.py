"""What browsers are told: of every answer, and which pages may call."""

import pytest
from pydantic import ValidationError

from gateway.browsers.origins import Origins
from gateway.config import Settings
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.wire import Wire, open_wire

OURS, FOREIGN = "https://cx.example.org", "https://example.net"


async def headers(wire: Wire, request: bytes) -> dict[str, str]:
    client = await wire.connect()
    await client.send(request)
    _, found, _ = await client.answer()
    client.writer.close()
    return found


def preflight(origin: str) -> bytes:
    lines = (
        "OPTIONS /graphql HTTP/1.1",
        f"origin: {origin}",
        "access-control-request-method: POST",
        "access-control-request-headers: authorization,content-type",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /healthz HTTP/1.1\r\n\r\n",
        b"GET /nowhere HTTP/1.1\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\n\r\n",
        b"POST /imports/responses HTTP/1.1\r\n\r\n",
        b"GET /exports/responses HTTP/1.1\r\n\r\n",
        b"GET /exports/responses HTTP/1.1\r\n" + b"a: b\r\n" * 101 + b"\r\n",
        b"no HTTP\r\n\r\n",
    ],
)
async def test_no_answer_is_guessed_at_or_kept(platform: Platform, request_line: bytes) -> None:
    async with open_wire(platform) as wire:
        found = await headers(wire, request_line)

    assert found["x-content-type-options"] == "nosniff"
    assert found["cache-control"] == "no-store"


async def test_only_pages_of_allowed_origins_may_call(platform: Platform) -> None:
    async with open_wire(platform, allowed_origins=frozenset({OURS})) as wire:
        allowed = await headers(wire, preflight(OURS))
        answer = await headers(wire, wire.request("{ __typename }", f"origin: {OURS}"))
        refused = await headers(wire, preflight(FOREIGN))
        foreign = await headers(wire, wire.request("{ __typename }", f"origin: {FOREIGN}"))

    assert allowed["access-control-allow-origin"] == OURS
    assert "authorization" in allowed["access-control-allow-headers"]
    assert answer["access-control-allow-origin"] == OURS
    assert "access-control-allow-origin" not in refused | foreign
    assert "access-control-allow-credentials" not in allowed | answer


async def test_no_origin_is_allowed_unless_it_is_configured(platform: Platform) -> None:
    async with open_wire(platform) as wire:
        found = await headers(wire, preflight(OURS))

    assert not [name for name in found if name.startswith("access-control")]


@pytest.mark.parametrize(
    "origin", ["*", "https://*.example.org", "example.org", f"{OURS}/", "null"]
)
def test_an_origin_is_written_out(platform: Platform, origin: str) -> None:
    given = platform.settings.model_dump() | {"allowed_origins": [origin]}

    with pytest.raises(ValidationError, match="is no origin"):
        Settings(**given)


def handshake(host: str, *headers: str) -> bytes:
    lines = (
        "GET /graphql HTTP/1.1",
        f"host: {host}",
        "connection: Upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-protocol: graphql-transport-ws",
        *headers,
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ((), 101),  # a program
        (("origin: http://cxm",), 101),
        ((f"origin: {OURS}",), 101),
        ((f"origin: {FOREIGN}",), 403),
        (("origin: null",), 403),
        (("origin: http://cxm.example.net",), 403),
    ],
)
async def test_pages_of_other_origins_open_no_socket(
    platform: Platform, headers: tuple[str, ...], status: int
) -> None:
    async with open_wire(platform, allowed_origins=frozenset({OURS})) as wire:
        client = await wire.connect()
        await client.send(handshake("cxm", *headers))
        answered, found, body = await client.answer()
        client.writer.close()

    assert answered == status
    if status == 403:
        assert b"CXM_GATEWAY_ALLOWED_ORIGINS" in body
        assert found["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("origin", "host", "is_allowed"),
    [
        ("https://cx.example.org", "cx.example.org", True),
        ("https://CX.example.org", "cx.example.org:443", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://127.0.0.1:8000", "127.0.0.1", False),
        ("http://127.0.0.1:3000", "127.0.0.1:8000", False),
        ("file://", "", False),
        ("ftp://cx.example.org", "cx.example.org", False),
    ],
)
def test_the_own_host_is_allowed(origin: str, host: str, is_allowed: bool) -> None:
    assert Origins(()).allow(origin, host) is is_allowed
