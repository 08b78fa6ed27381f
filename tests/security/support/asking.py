"""Clients of every door of a running platform, and tokens of any viewer."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import grpc
import httpx

from infra.local.keys import Keys
from infra.local.sockets import socket_dir
from services.kit.rights.access import Grant, Role
from services.kit.rights.access import Viewer as TokenViewer
from services.kit.rights.tokens import EMBEDDED_ISSUER, GATEWAY, PUBLIC_AUDIENCE, Signer
from services.kit.rpc.servicing import open_channel
from tests.security.support.model import Viewer

TOKEN_SECONDS = 3600
INTERNAL_SECONDS = 600
OWN_TO_A_REQUEST = {"date", "content-length"}
REQUEST_ID = re.compile(r'"requestId": ?"[^"]*"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door answered."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    def without(self, *names: str) -> tuple[int, str, tuple[tuple[str, str], ...]]:
        """All that tells two answers apart, but for these names of what was asked."""
        text = REQUEST_ID.sub("", self.text)
        for name in sorted(filter(None, names), key=len, reverse=True):
            text = text.replace(name, "?")
        kept = ((k, v) for k, v in self.headers.items() if k not in OWN_TO_A_REQUEST)
        return self.status, text, tuple(sorted(kept))


def token_viewer(viewer: Viewer) -> TokenViewer:
    """As tokens carry a viewer of the model."""
    grants = (Grant(Role(g.role), g.department, g.since, g.to) for g in viewer.grants)
    return TokenViewer(f"matrix:{viewer.name}", tuple(grants))


class Asking:
    """One running platform: its HTTP and gRPC doors, and what signs tokens for them."""

    def __init__(self, url: str, data_dir: Path) -> None:
        self.url = url
        self.data_dir = data_dir
        self.keys = Keys(data_dir / "secrets")
        self.http = httpx.AsyncClient(base_url=url, trust_env=False, timeout=60, verify=False)
        self.channels: dict[str, grpc.aio.Channel] = {}
        self.minted: dict[tuple[str, str], str] = {}

    @cached_property
    def issuer(self) -> Signer:
        return Signer.from_file(self.keys.issuer)

    @cached_property
    def gateway(self) -> Signer:
        return Signer.from_file(self.keys.process("gateway"))

    def token(self, viewer: Viewer) -> str:
        """A bearer token of the embedded issuer."""
        key = (viewer.name, PUBLIC_AUDIENCE)
        if key not in self.minted:
            self.minted[key] = self.issuer.mint(
                token_viewer(viewer),
                issuer=EMBEDDED_ISSUER,
                audience=PUBLIC_AUDIENCE,
                seconds=TOKEN_SECONDS,
            )
        return self.minted[key]

    def internal(self, viewer: Viewer, service: str) -> str:
        """What the gateway would sign for this viewer and service."""
        key = (viewer.name, service)
        if key not in self.minted:
            self.minted[key] = self.gateway.mint(
                token_viewer(viewer), issuer=GATEWAY, audience=service, seconds=INTERNAL_SECONDS
            )
        return self.minted[key]

    async def send(self, method: str, path: str, token: str | None, **more: Any) -> Answer:
        """Any request."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        headers |= more.pop("headers", {})
        reply = await self.http.request(method, path, headers=headers, **more)
        return Answer(reply.status_code, reply.text, dict(reply.headers))

    async def graphql(
        self, query: str, token: str | None, variables: dict[str, Any] | None = None
    ) -> Answer:
        body = {"query": query, "variables": variables or {}}
        return await self.send("POST", "/graphql", token, json=body)

    def database_url(self, service: str, role: str) -> str:
        """Of a service's database for one of its roles."""
        user = f"cxm_{service}_{role}"
        password = json.loads((self.keys.directory / "postgres.json").read_text())[user]
        host = quote(str(socket_dir(self.data_dir)), safe="/")
        return (
            f"postgresql://{user}:{quote(password, safe='')}@/cxm_{service}?host={host}&port=5432"
        )

    def channel(self, service: str) -> grpc.aio.Channel:
        if service not in self.channels:
            path = f"unix:{socket_dir(self.data_dir)}/{service}.sock"
            self.channels[service] = open_channel(path)
        return self.channels[service]

    async def close(self) -> None:
        await self.http.aclose()
        for channel in self.channels.values():
            await channel.close()


def expired_at() -> int:
    """An instant in the past that no leeway reaches."""
    return int(time.time()) - 3600
