"""What a gateway that ends still says to those whose requests it does not finish."""

import asyncio
from typing import Final

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import errors
from gateway.request.outcome import new_request_id

MESSAGE: Final = "the server that had this request has ended before it was answered: send it again"
HEADERS: Final = (
    (b"content-type", b"application/json; charset=utf-8"),
    (b"retry-after", b"1"),
    (b"connection", b"close"),
)

log = structlog.get_logger()


class Ending:
    """Middleware: a request that is cut at the end is answered 503, unless its answer has begun."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def sent(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except asyncio.CancelledError:
            # Only the server cancels a request as a whole: when it ends, and has waited as long as it does.
            log.warning("a request was cut, for the gateway ends", has_begun=has_begun)
            if has_begun:
                raise  # the server closes what ends without its last piece
            entry = errors.error_entry(None, MESSAGE, "UNAVAILABLE", new_request_id())
            status = errors.STATUSES["UNAVAILABLE"]
            body = orjson.dumps({"errors": [entry]}) + b"\n"
            headers = [*HEADERS, (b"content-length", b"%d" % len(body))]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
