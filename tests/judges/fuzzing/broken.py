"""A GraphQL server of which a field always fails, so that a judge that sees no failures is found."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from graphql import build_schema, graphql_sync

SCHEMA = build_schema("type Query { fails: Int }")


def _fails(*_: Any) -> int:
    raise RuntimeError("as planned")


class _Door(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        result = graphql_sync(SCHEMA, asked["query"], {"fails": _fails})
        body = json.dumps(result.formatted).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing is worth a line."""


@contextmanager
def broken_server() -> Iterator[str]:
    """Its address, while it serves."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/graphql"
    finally:
        server.shutdown()
        server.server_close()
