"""The web: files that `gateway/web` was built to, from memory. Every address that is no door is a page's.

The page is the same for everybody and holds nothing of anybody: what it shows it asks the API for.
"""

import gzip
import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

INDEX: Final = "index.html"
EXPLORER: Final = "explorer.html"
NOT_BUILT: Final = "The pages of cxm are not built: run `make web`. The API answers at /graphql.\n"
FOR_EVER: Final = "public, max-age=31536000, immutable"
"""Names of assets have a hash of what is in them."""
ASK_FIRST: Final = "no-cache"
LEAST_COMPRESSED: Final = 1_000
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""`data:` and `blob:` are pictures that the page draws itself: a chart as PNG, a QR code. No other host is asked."""
PAGE_HEADERS: Final = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class WebFile:
    """One file; `packed` with gzip, None where that saves nothing."""

    body: bytes
    packed: bytes | None
    media_type: str
    tag: str


class Web:
    """All files of the build; none without a folder."""

    def __init__(self, folder: Path | None) -> None:
        paths = [] if folder is None else sorted(folder.rglob("*"))
        self.files = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in paths
            if folder is not None and path.is_file()
        }

    def is_page(self, request: Request) -> bool:
        """Whether a person's browser asks, of whom an address that is no door wants a page."""
        if request.method not in ("GET", "HEAD"):
            return False
        return request.url.path == "/" or "text/html" in request.headers.get("accept", "")

    def page(self, request: Request) -> Response:
        """The page; it finds out by its address what to show."""
        index = self.files.get(INDEX)
        if index is None:
            return PlainTextResponse(NOT_BUILT, 404)
        return _answer(request, index, {**PAGE_HEADERS, "cache-control": ASK_FIRST})

    def explorer(self, request: Request) -> Response | None:
        """The page on which the API is tried out, for who opens its address; None where it is not built."""
        file = self.files.get(EXPLORER)
        if file is None:
            return None
        headers = {**PAGE_HEADERS, "cache-control": ASK_FIRST, "vary": "accept, accept-encoding"}
        return _answer(request, file, headers)

    async def asset(self, request: Request) -> Response:
        """A script, a style or a picture."""
        file = self.files.get(f"assets/{request.path_params['name']}")
        if file is None:
            return PlainTextResponse("there is no such file: load the page again\n", 404)
        return _answer(request, file, {"cache-control": FOR_EVER})


def _read(path: Path) -> WebFile:
    body = path.read_bytes()
    packed = gzip.compress(body, 9, mtime=0) if len(body) >= LEAST_COMPRESSED else None
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if packed is not None and len(packed) >= len(body):
        packed = None
    return WebFile(body, packed, media_type, f'"{sha256(body).hexdigest()[:32]}"')


def _answer(request: Request, file: WebFile, headers: dict[str, str]) -> Response:
    headers = {"vary": "accept-encoding", **headers, "etag": file.tag}
    if request.headers.get("if-none-match") == file.tag:
        return Response(None, 304, headers)
    body = file.body
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = file.packed, "gzip"
    return Response(body, 200, headers, file.media_type)
