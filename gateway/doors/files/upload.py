"""A multipart/form-data body as it arrives: the mapping whole, then the file in pieces; never all of it."""

from collections.abc import AsyncIterator, Mapping
from typing import Final

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.types import Receive

from gateway.calls.file_limits import FileLimits
from gateway.doors.body import declared_length
from gateway.doors.pace import Pace, TooSlow
from gateway.request.asked import ClientGone, NotARequest

LARGEST_MAPPING_BYTES: Final = 16 * 1024
LARGEST_FILE_BYTES: Final = 4 * 1024**3
AROUND_BYTES: Final = 8 * 1024  # boundaries and headers
PIECE_BYTES: Final = 256 * 1024
MAPPING, FILE = "mapping", "file"
_ADVICE: Final = "send multipart/form-data with the parts `mapping` and `file`, in this order"


class Upload:
    """One request's body. The parts come in this order: `mapping` (TOML in UTF-8), `file`."""

    def __init__(self, receive: Receive, headers: Mapping[str, str], limits: FileLimits) -> None:
        name, options = parse_options_header(headers.get("content-type", ""))
        boundary = options.get(b"boundary")
        if name != b"multipart/form-data" or not boundary:
            raise NotARequest(415, _ADVICE)
        largest = LARGEST_FILE_BYTES + LARGEST_MAPPING_BYTES + AROUND_BYTES
        if declared_length(headers) > largest:
            raise _too_large()
        self.receive = receive
        self.pace = Pace(limits, limits.upload_seconds)
        self.form = _Form()
        self.is_over = False
        try:
            self.parser = MultipartParser(boundary, self.form.callbacks())  # type: ignore[arg-type]
        except FormParserError as error:
            raise NotARequest(400, f"the body's boundary is not one: {error}") from error

    async def mapping(self) -> str:
        """The first part."""
        while not self.form.is_mapping_read:
            await self._feed()
        try:
            return self.form.mapping.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise NotARequest(400, f"the mapping is not UTF-8: {error}") from error

    async def pieces(self) -> AsyncIterator[bytes]:
        """The file, in pieces of at most 256 KiB; NotARequest where it ends before its end."""
        while True:
            data, self.form.file = b"".join(self.form.file), []
            for start in range(0, len(data), PIECE_BYTES):
                yield data[start : start + PIECE_BYTES]
            if self.is_over:
                break
            await self._feed()
        if not self.form.is_whole:
            raise NotARequest(400, f"the upload was cut: {_ADVICE}")

    async def _feed(self) -> None:
        if self.is_over:
            raise NotARequest(400, f"the upload has no part `{MAPPING}`: {_ADVICE}")
        data = await self._next()
        try:
            self.parser.write(data)
        except FormParserError as error:
            raise NotARequest(400, f"the body is no multipart/form-data: {error}") from error
        self.form.check()

    async def _next(self) -> bytes:
        try:
            message = await self.pace.keep(self.receive())
        except TooSlow as error:
            raise NotARequest(
                408, f"the upload was ended: {error}", {"connection": "close"}
            ) from error
        if message["type"] == "http.disconnect":
            raise ClientGone
        self.is_over = not message.get("more_body", False)
        data = bytes(message.get("body", b""))
        self.pace.bytes += len(data)
        return data


class _Form:
    """What the parser found so far."""

    def __init__(self) -> None:
        self.mapping = bytearray()
        self.file: list[bytes] = []
        self.file_bytes = 0
        self.part = ""
        self.seen: list[str] = []
        self.header = ""
        self.value = b""
        self.is_mapping_read = False
        self.is_whole = False

    def callbacks(self) -> dict[str, object]:
        return {
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": lambda: self.seen.append(self.part),
            "on_part_data": self._on_data,
            "on_part_end": self._on_part_end,
            "on_part_begin": self._on_part_begin,
        }

    def check(self) -> None:
        """Refuse other parts, another order, and what is too large."""
        if self.seen != [MAPPING, FILE][: len(self.seen)]:
            raise NotARequest(400, f"the body has the parts {', '.join(self.seen[:5])}: {_ADVICE}")
        if len(self.mapping) > LARGEST_MAPPING_BYTES:
            raise NotARequest(413, "the mapping is larger than 16 KiB")
        if self.file_bytes > LARGEST_FILE_BYTES:
            raise _too_large()

    def _on_part_begin(self) -> None:
        self.part = ""

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self.header += data[start:end].decode("latin-1").lower()

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self.value += data[start:end]

    def _on_header_end(self) -> None:
        if self.header == "content-disposition":
            _, options = parse_options_header(self.value)
            self.part = options.get(b"name", b"").decode("latin-1")
        self.header, self.value = "", b""

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self.part == MAPPING:
            self.mapping += data[start:end]
        elif self.part == FILE:
            self.file.append(data[start:end])
            self.file_bytes += end - start

    def _on_part_end(self) -> None:
        self.is_mapping_read = self.is_mapping_read or self.part == MAPPING
        self.is_whole = self.is_whole or self.part == FILE


def _too_large() -> NotARequest:
    message = "the file is larger than 4 GiB: cut it, every part with the header"
    return NotARequest(413, message, {"connection": "close"})
