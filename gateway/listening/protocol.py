"""HTTP as it arrives: headers are counted while they are read, and who sends none or too slowly is not waited for."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

from gateway.browsers.origins import OWN_ORIGIN, Origins
from gateway.listening.connections import Connections
from gateway.listening.writing import JoinedWrites
from gateway.strangers.addresses import forwarded_address

HEADERS: Final = 100
HEADER_BYTES: Final = 64 * 1024
"""Of the request line and all headers, and of the trailers."""
HEADER_SECONDS: Final = 10.0
FRAMES_A_SECOND: Final = 200
MOST_FRAMES: Final = 1_000
"""Of a WebSocket at once: pings, pongs, and frames that go on with a message. Other messages are counted in values."""

_REFUSAL: Final = (
    b"HTTP/1.1 %s\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\nconnection: close\r\n"
    b"x-content-type-options: nosniff\r\ncache-control: no-store\r\n%s\r\n%s"
)
_RETRY: Final = b"retry-after: 1\r\n"
TOO_MANY_HEADERS: Final = f"send at most {HEADERS} headers, {HEADER_BYTES // 1024} KiB in all"
FULL: Final = "every connection is taken: try again in a moment"
TOO_MANY_FRAMES: Final = "too many frames a second: connect again and send fewer"
TOO_SLOW: Final = "the headers did not arrive in time"
FOREIGN_PAGE: Final = (
    "pages of this origin may not connect: whoever runs it names it in CXM_GATEWAY_ALLOWED_ORIGINS"
)
OF_ONE_ADDRESS: Final = "too many requests of your address are under way: wait for some of them"


class TooManyHeaders(Exception):
    """More headers, or longer ones, than are taken."""


class Entrance(HttpToolsProtocol):
    """One connection: uvicorn's protocol within limits. `open_connections` are those of its listener."""

    def __init__(
        self,
        *arguments: Any,
        open_connections: Connections,
        origins: Origins = OWN_ORIGIN,
        client_address_header: str = "",
        trusted_proxies: int = 0,
        header_seconds: float = HEADER_SECONDS,
        **others: Any,
    ) -> None:
        super().__init__(*arguments, **others)
        self.open_connections = open_connections
        self.origins = origins
        self.client_address_header = client_address_header.lower().encode("latin-1")
        self.trusted_proxies = trusted_proxies
        self.header_seconds = header_seconds
        self.peer = ""
        self.forwarded: str | None = None
        """Whose request is under way, as a proxy says."""
        self.has_asked = False
        self.is_idle = True
        self.is_reading_header = True
        self.is_message_whole = True
        self.has_too_many_headers = False
        self.headers_read = 0
        self.header_bytes = 0
        self.unread_bytes = 0
        """Arrived since the parser had something to say: the part of one header, trailer or chunk's size line."""
        self.deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.peer = self.client[0] if self.client else ""
        if self.open_connections.enter(self, self.peer):
            self._arm()
        else:
            self._refuse(b"503 Service Unavailable", FULL, _RETRY)

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        self._unset_keepalive_if_required()
        self._leave()
        super().connection_lost(exc)

    def drop(self) -> None:
        """End the connection at once; what it was still to be sent is not waited for."""
        self._disarm()
        self._leave()
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self.timeout_keep_alive_task is not None:
            self.is_reading_header = True  # even an empty line ends the idle time
        self.unread_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return
        if self.unread_bytes > HEADER_BYTES:
            self.has_too_many_headers = True
            self.send_400_response("")
        elif self.is_reading_header and self.deadline is None:
            self._arm()

    def send_400_response(self, msg: str) -> None:
        """Say why the bytes that came are not taken, and close."""
        if self.has_too_many_headers:
            self._refuse(b"431 Request Header Fields Too Large", TOO_MANY_HEADERS)
        else:
            self._refuse(b"400 Bad Request", msg)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.is_reading_header = True
        self.is_message_whole = False
        self.headers_read = self.header_bytes = 0

    def on_url(self, url: bytes) -> None:
        self._count_header_bytes(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers_read += 1
        self._count_header_bytes(len(name) + len(value) + 4)
        if not self.is_reading_header:
            return  # a trailer: counted, and of no use to anybody
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self.transport.is_closing():
            return
        self.unread_bytes = 0
        self.is_reading_header = False
        self._disarm()
        self.has_asked = True
        self.is_idle = False
        self.open_connections.begin(self)
        if self.trusted_proxies and not self._admit_forwarded():
            return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.unread_bytes = 0
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        self.unread_bytes = 0
        self.is_message_whole = True
        if self.transport.is_closing():
            return
        self._disarm()
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        if cycle.scope["method"] != "HEAD":  # no body follows its head
            cycle.transport = JoinedWrites(self.transport)  # type: ignore[assignment]
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        self._finish_forwarded()
        super().on_response_complete()
        if self.transport.is_closing():
            return
        if not self.cycle.response_complete:
            return  # the next one of a pipeline
        if self.is_message_whole:
            self.is_idle = True
            self.open_connections.finish(self)
        else:
            self._arm()  # the rest of a body that nobody reads

    def timeout_keep_alive_handler(self) -> None:
        """Nothing came for long: also what was sent is not taken."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        super().timeout_keep_alive_handler()

    def handle_websocket_upgrade(self) -> None:
        """For pages of allowed origins; the connection stays counted until its WebSocket ends."""
        if self.transport.is_closing():
            return
        if not self.origins.admit(self.headers):
            self._refuse(b"403 Forbidden", FOREIGN_PAGE)
            return
        self.is_idle = False
        self._disarm()
        self.ws_protocol_class = partial(  # type: ignore[assignment]
            CountedWebSocket, on_lost=self._leave, forwarded=self.forwarded
        )
        super().handle_websocket_upgrade()

    def _count_header_bytes(self, count: int) -> None:
        self.header_bytes += count
        if self.headers_read > HEADERS or self.header_bytes > HEADER_BYTES:
            self.has_too_many_headers = True
            raise TooManyHeaders

    def _admit_forwarded(self) -> bool:
        """Take the address a trusted proxy tells as the client's; False if it has too many requests under way."""
        self._finish_forwarded()
        address = forwarded_address(self.headers, self.client_address_header, self.trusted_proxies)
        if address is None:
            return True
        self.scope["client"] = (address, 0)
        if not self.open_connections.begin_request(address):
            self._refuse(b"429 Too Many Requests", OF_ONE_ADDRESS, _RETRY)
            return False
        self.forwarded = address
        return True

    def _finish_forwarded(self) -> None:
        if self.forwarded is not None:
            self.open_connections.finish_request(self.forwarded)
            self.forwarded = None

    def _leave(self) -> None:
        self._finish_forwarded()
        self.open_connections.leave(self, self.peer)

    def _arm(self) -> None:
        self._disarm()
        self.deadline = self.loop.call_later(self.header_seconds, self._end_waiting)

    def _end_waiting(self) -> None:
        if not self.is_message_whole and self.is_reading_header:
            self._refuse(b"408 Request Timeout", TOO_SLOW)
        else:
            self.drop()

    def _disarm(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _refuse(self, status: bytes, message: str, headers: bytes = b"") -> None:
        body = message.encode()
        self.transport.write(_REFUSAL % (status, len(body), headers, body))
        self.transport.close()


class CountedWebSocket(WebSocketsSansIOProtocol):
    """A WebSocket that says when its connection is gone. `forwarded`: whose it is, as a proxy says."""

    def __init__(
        self,
        *arguments: Any,
        on_lost: Callable[[], None],
        forwarded: str | None,
        **others: Any,
    ) -> None:
        super().__init__(*arguments, **others)
        self.on_lost = on_lost
        self.forwarded = forwarded
        self.frames_left = float(MOST_FRAMES)
        self.counted_at = self.loop.time()
        self.is_flooded = False

    def handle_ping(self) -> None:
        if self._count_frame():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        if self._count_frame():
            super().handle_pong(event)

    def handle_cont(self, event: Frame) -> None:
        if self._count_frame():
            super().handle_cont(event)

    def _count_frame(self) -> bool:
        """Whether there may be one more now; the connection ends with the first that may not."""
        if self.is_flooded:
            return False
        now = self.loop.time()
        grown = self.frames_left + (now - self.counted_at) * FRAMES_A_SECOND
        self.frames_left, self.counted_at = min(grown, MOST_FRAMES) - 1, now
        if self.frames_left >= 0:
            return True
        self.is_flooded = True
        self.conn.fail(CloseCode.TRY_AGAIN_LATER, TOO_MANY_FRAMES)
        self.handle_parser_exception()
        return False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.forwarded is not None:
            self.client = (self.forwarded, 0)

    def connection_lost(self, exc: Exception | None) -> None:
        self.on_lost()
        super().connection_lost(exc)
