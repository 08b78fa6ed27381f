"""A GraphQL request as it was sent: what it may say, and the refusal of what is none."""

import asyncio
import gc
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

BODY_BYTES = 256 * 1024
LARGEST_BODY_BYTES = 16 * 1024 * 1024
"""Only for submitResponses with a token: 1,000 responses with 16,000 characters each."""
VALUES = 150_000
"""That a large body may hold, by its commas and brackets: 1,000 responses with 48 answers."""


class NotARequest(Exception):
    """What came over HTTP is no GraphQL request."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}

    @property
    def code(self) -> str:
        """What `extensions.code` of the answer says."""
        return {403: "FORBIDDEN", 408: "DEADLINE_EXCEEDED"}.get(self.status, "BAD_REQUEST")


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A well-formed GraphQL request."""

    query: str
    operation: str | None
    variables: dict[str, Any]
    is_large: bool


def too_large(limit: int) -> NotARequest:
    """The answer to a body beyond a limit; the rest of it is not read."""
    return NotARequest(
        413,
        f"the body is larger than {limit // (1024 * 1024)} MiB: send fewer responses at once"
        if limit == LARGEST_BODY_BYTES
        else f"the body is larger than {BODY_BYTES // 1024} KiB: only submitResponses takes more, with a token of "
        "a role that submits",
        {"connection": "close"},
    )


async def parse_body(body: bytes) -> Asked:
    """The request in a body; NotARequest for anything that is none."""
    is_large = len(body) > BODY_BYTES
    if is_large:
        _count_values(body)
        await asyncio.sleep(0)  # others have their turn: counting takes as long as parsing
    try:
        content = _parse_large(body) if is_large else orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotARequest(400, f"the body is no JSON in UTF-8: {error}") from error
    return check_content(content, is_large=is_large)


def _count_values(body: bytes) -> None:
    if sum(map(body.count, (b",", b"[", b"{"))) > VALUES:
        raise NotARequest(
            413, f"the body holds more than {VALUES:,} values: send fewer responses at once"
        )


def _parse_large(body: bytes) -> Any:
    """Without the garbage collector: looking again and again at what is being made takes ten times as long.

    In this thread: the parser lets no other one run.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return orjson.loads(body)
    finally:
        if was_enabled:
            gc.enable()


def check_content(content: Any, *, is_large: bool = False) -> Asked:
    """The request in a JSON value; NotARequest for anything that is none."""
    if not isinstance(content, dict):
        raise NotARequest(400, "a request is a JSON object with `query`; batches are not taken")
    query = content.get("query")
    if not isinstance(query, str) or not query:
        raise NotARequest(400, "`query` must be a GraphQL document")
    _optional(content, "extensions", dict, "an object")
    return Asked(
        query=query,
        operation=_optional(content, "operationName", str, "a string"),
        variables=_optional(content, "variables", dict, "an object") or {},
        is_large=is_large,
    )


def _optional(content: dict[str, Any], name: str, kind: type, what: str) -> Any:
    value = content.get(name)
    if value is not None and not isinstance(value, kind):
        raise NotARequest(400, f"`{name}` must be {what} or null")
    return value
