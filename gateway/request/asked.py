"""A GraphQL request as it was sent: what it may say, and the refusal of what is none."""

import asyncio
import gc
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

BODY_BYTES = 256 * 1024
LARGEST_BODY_BYTES = 16 * 1024 * 1024
"""Only for submitResponses with a token: 1,000 responses with 16,000 characters each."""
QUERY_STRING_BYTES = 16 * 1024
BATCH = 10
"""Requests that one body may hold."""
HARDENED_BATCH = 5
"""The same where the gateway is hardened."""
LONGEST_DOCUMENT_ID = 256
FIELDS: Final = 8
"""Of a query string."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}\Z")
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
    """A well-formed GraphQL request.

    `query` may be empty where `hash` is given: the SHA-256 of a document that was sent before, in hexadecimal digits;
    it is empty where `document_id` names a trusted document. `is_get`: it came by GET, which changes nothing.
    `wants_cost`: the answer is to say what it cost.
    """

    query: str
    operation: str | None
    variables: dict[str, Any]
    hash: str = ""
    document_id: str = ""
    is_large: bool = False
    is_get: bool = False
    wants_cost: bool = False


@dataclass(frozen=True, slots=True)
class Unparsed:
    """What came over HTTP, not parsed yet: a body, or the query string of a GET."""

    data: bytes
    is_get: bool = False
    wants_new: bool = False
    """No answer that was kept will do."""

    async def parsed(self, batch: int = BATCH) -> Asked | list[Asked]:
        """The request, or those of a batch; NotARequest for anything that is neither, or a longer batch."""
        return parse_query_string(self.data) if self.is_get else await parse_body(self.data, batch)


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


def parse_query_string(text: bytes) -> Asked:
    """The request in the query string of a GET; NotARequest for anything that is none."""
    if len(text) > QUERY_STRING_BYTES:
        words = f"the query string is longer than {QUERY_STRING_BYTES // 1024} KiB: send POST"
        raise NotARequest(414, words)
    try:
        pairs = parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS
        )
    except ValueError as error:
        raise NotARequest(400, f"the query string cannot be read: {error}") from error
    given = dict(pairs)
    if len(given) < len(pairs):
        raise NotARequest(400, "a parameter of the query string is given twice")
    content: dict[str, Any] = {
        name: given[name] or None
        for name in ("query", "operationName", "documentId")
        if name in given
    }
    for name in ("variables", "extensions"):
        try:
            content[name] = orjson.loads(given[name]) if given.get(name) else None
        except orjson.JSONDecodeError as error:
            raise NotARequest(400, f"`{name}` is no JSON: {error}") from error
    return check_content(content, is_get=True)


async def parse_body(body: bytes, batch: int = BATCH) -> Asked | list[Asked]:
    """The request in a body, or those of a batch; NotARequest for anything that is neither, or a longer batch."""
    is_large = len(body) > BODY_BYTES
    if is_large:
        _count_values(body)
        await asyncio.sleep(0)  # others have their turn: counting takes as long as parsing
    try:
        content = _parse_large(body) if is_large else orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotARequest(400, f"the body is no JSON in UTF-8: {error}") from error
    if not isinstance(content, list):
        return check_content(content, is_large=is_large)
    if not 1 <= len(content) <= batch:
        raise NotARequest(400, f"a batch holds 1 to {batch} requests, this one {len(content)}")
    if is_large:
        raise too_large(BODY_BYTES)
    return [check_content(each) for each in content]


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


def check_content(content: Any, *, is_large: bool = False, is_get: bool = False) -> Asked:
    """The request in a JSON value; NotARequest for anything that is none."""
    if not isinstance(content, dict):
        raise NotARequest(400, "a request is a JSON object with `query` or `documentId`")
    extensions = _optional(content, "extensions", dict, "an object") or {}
    digest = _hash(extensions)
    document_id = _document_id(content, digest)
    query = content.get("query")
    if query is None and (digest or document_id):
        query = ""
    elif not isinstance(query, str) or not query:
        raise NotARequest(400, "`query` must be a GraphQL document")
    return Asked(
        query=query,
        operation=_optional(content, "operationName", str, "a string"),
        variables=_optional(content, "variables", dict, "an object") or {},
        hash=digest,
        document_id=document_id,
        is_large=is_large,
        is_get=is_get,
        wants_cost=bool(_optional(extensions, "cost", bool, "true, false")),
    )


def _document_id(content: dict[str, Any], digest: str) -> str:
    """Of a trusted document; "" where the request names none. NotARequest where it names its document twice."""
    key: str = _optional(content, "documentId", str, "a string") or ""
    if len(key) > LONGEST_DOCUMENT_ID:
        raise NotARequest(400, f"`documentId` has at most {LONGEST_DOCUMENT_ID} characters")
    if key and (digest or content.get("query") is not None):
        raise NotARequest(400, "`documentId` stands alone: leave out `query` and `persistedQuery`")
    return key


def _hash(extensions: dict[str, Any]) -> str:
    """Of an automatically persisted document; "" where the request has none."""
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return ""
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(digest, str) or persisted.get("version") != 1 or not _DIGEST.match(digest):
        words = "`extensions.persistedQuery` must be {version: 1, sha256Hash: 64 digits}"
        raise NotARequest(400, words)
    return digest


def _optional(content: dict[str, Any], name: str, kind: type, what: str) -> Any:
    value = content.get(name)
    if value is not None and not isinstance(value, kind):
        raise NotARequest(400, f"`{name}` must be {what} or null")
    return value
