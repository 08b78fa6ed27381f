"""GraphQL over WebSocket: the subprotocol graphql-transport-ws, for operations of every kind.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md names the messages and the codes of closing.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from starlette.types import Receive, Scope, Send

from gateway.deprecations.counting import client_is, client_of
from gateway.doors.http import address_of, headers_of
from gateway.doors.lasting.websocket import Closing, WebSocketConnection
from gateway.request.execution.lasting import LastingOperations
from gateway.strangers.addresses import counted_as
from services.kit.errors import RateLimited
from services.kit.numbers import metering
from services.kit.rights.access import ANONYMOUS, Viewer

SUBPROTOCOL = "graphql-transport-ws"
MOST_SOCKETS = 500
"""Of one subject, or of one address without a token."""
CLOSING_SECONDS = 1.0

log = structlog.get_logger()
_OPEN = metering.gauge("cxm.sockets.open", unit="{socket}", meaning="WebSockets that are open.")


class Sockets:
    """The ASGI application behind /graphql for WebSockets."""

    def __init__(self, lasting: LastingOperations) -> None:
        self.lasting = lasting
        self.by_subject = Counter[str]()
        _OPEN.set(0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # the handshake
        if SUBPROTOCOL not in scope["subprotocols"]:
            await send({"type": "websocket.accept"})
            await send(_close(Closing(4406, "the subprotocol must be graphql-transport-ws")))
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        headers = headers_of(scope)
        client_is(client_of(headers))
        credentials = self.lasting.gateway.browsers.socket_credentials(headers)
        connection = WebSocketConnection(
            self.lasting, receive, send, credentials, address_of(scope), self.admit
        )
        try:
            await connection.run()
        except Closing as closing:
            with suppress(TimeoutError):
                async with asyncio.timeout(
                    CLOSING_SECONDS
                ):  # who does not read does not read this either
                    await send(_close(closing))
        except OSError:
            log.debug("client gone")
        except Exception as error:
            log.error("a connection failed", exc_info=error)
            await send(_close(Closing(4500, "internal error")))

    @contextmanager
    def admit(self, viewer: Viewer, address: str) -> Iterator[None]:
        """Count a socket, or an answer that goes on, of a viewer; of strangers by address. RateLimited: too many."""
        whose = counted_as(address) if viewer is ANONYMOUS else viewer.subject
        if self.by_subject[whose] >= MOST_SOCKETS:
            raise RateLimited(
                f"more than {MOST_SOCKETS} sockets: use one for many operations",
                reason="TOO_MANY_SOCKETS",
            )
        self.by_subject[whose] += 1
        _OPEN.add(1)
        try:
            yield
        finally:
            _OPEN.add(-1)
            self.by_subject[whose] -= 1
            if not self.by_subject[whose]:
                del self.by_subject[whose]


def _close(closing: Closing) -> dict[str, Any]:
    return {"type": "websocket.close", "code": closing.code, "reason": closing.reason}
