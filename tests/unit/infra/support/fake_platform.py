"""A platform as a transport: answers from a list, and failures before them."""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import orjson

TOKEN = "good"
Trouble = Callable[[], httpx.Response]


class FakePlatform(httpx.BaseTransport):
    """GraphQL is answered with a root key; an import with the next list of lines. Troubles come first, one each."""

    def __init__(self, *imports: Iterable[Any]) -> None:
        self.imports = deque(imports)
        self.troubles: deque[Trouble] = deque()
        self.bodies: list[bytes] = []
        self.urls: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(request.read())
        self.urls.append(str(request.url))
        if self.troubles:
            return self.troubles.popleft()()
        if request.headers["Authorization"] != f"Bearer {TOKEN}":
            return failed("UNAUTHENTICATED")
        if request.url.path == "/graphql":
            assert request.headers["content-type"] == "application/json"
            return httpx.Response(200, json={"data": {"organization": {"key": "root"}}})
        assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
        return httpx.Response(200, content=b"".join(map(_line, self.imports.popleft())))


def _line(line: Any) -> bytes:
    return line if isinstance(line, bytes) else orjson.dumps(line) + b"\n"


def failed(code: str, message: str = "no") -> httpx.Response:
    """A GraphQL answer that is one error."""
    errors = [{"message": message, "extensions": {"code": code}}]
    return httpx.Response(200, content=orjson.dumps({"data": None, "errors": errors}))


def broken_off() -> httpx.Response:
    """A connection that ends before the answer."""
    raise httpx.RemoteProtocolError("server disconnected")


def lost() -> httpx.Response:
    """A connection that is refused."""
    raise httpx.ConnectError("connection refused")
