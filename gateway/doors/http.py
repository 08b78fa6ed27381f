"""GraphQL over HTTP: an ASGI application of its own, without the framework's per-request work.

Follows the GraphQL-over-HTTP specification: under application/graphql-response+json a request that is not
executed is 400 (401 for a bad token), under application/json it is 200; neither has `data` then.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import orjson
import structlog
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from gateway import errors
from gateway.browsers.cookies import MARKER, RequestCredentials, unmarked
from gateway.deprecations.counting import client_is, client_of
from gateway.doors.body import Bodies, declared_length
from gateway.doors.lasting.streaming import (
    Framing,
    Streams,
    framing_of,
    framing_of_deferred,
    may_take_parts,
)
from gateway.doors.negotiation import JSON, RESPONSE, answer_type, is_json
from gateway.doors.web import Web
from gateway.request.asked import BODY_BYTES, ClientGone, NotARequest, Unparsed, too_large
from gateway.request.execution.requests import Requests
from gateway.request.outcome import Outcome, new_request_id, refused_for_now
from services.kit.errors import Failure, RateLimited, Unavailable
from services.kit.rights.access import Action, has_role_for

PERSONS: Final = (
    "This is the GraphQL API of cxm, for programs: send POST with a JSON body, or GET for a query. "
    "Its schema is gateway/schema.graphql; the pages for persons begin at /\n"
)

log = structlog.get_logger()

PREFLIGHTED: Final = frozenset(
    {"authorization", MARKER, "apollo-require-preflight", "x-apollo-operation-name"}
)
"""Headers that a page of another origin may not send without asking first: any of them says that none did."""
_NAMED: Final = "X-CXM: 1, Apollo-Require-Preflight or Authorization"
_ALLOW = {"allow": "GET, POST"}
_CHALLENGE = {"www-authenticate": 'Bearer error="invalid_token"'}


class GraphQLOverHttp:
    """The ASGI application behind /graphql."""

    def __init__(self, requests: Requests, streams: Streams, pages: Web) -> None:
        self.requests = requests
        self.gateway = requests.gateway
        self.streams = streams
        self.pages = pages
        self.bodies = Bodies(self.gateway.files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        client_is(client_of(headers))
        if _is_opened_by_a_person(scope, headers):
            await self._show(scope, receive, send)
            return
        credentials = self.gateway.browsers.credentials(headers, may_replace=True)
        framing = framing_of(headers.get("accept", ""))
        accept = headers.get("accept", "")
        takes_parts = framing is not None or may_take_parts(accept)
        media_type = answer_type(accept) or (RESPONSE if takes_parts else None)
        try:
            if media_type is None:
                raise NotARequest(406, f"Accept must allow {RESPONSE} or {JSON}")
            outcome = await self._answer(scope, headers, credentials, framing, receive, send)
            if outcome is None:
                return
            status, extra = _status(outcome, media_type)
            body = outcome.written()
        except NotARequest as refused:
            status, extra = refused.status, refused.headers
            body = orjson.dumps(_error(refused.message, refused.code))
        except ClientGone:
            return
        except Exception as error:
            log.error("a request failed", exc_info=error)
            status, extra = 500, {}
            body = orjson.dumps(_error(errors.INTERNAL_MESSAGE, "INTERNAL"))
        if credentials.cookie is not None:
            extra = {**extra, "set-cookie": credentials.cookie}
        await _send(send, status, media_type or JSON, extra, body)

    async def _show(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The explorer to a person, words where there is none."""
        if not self.gateway.is_hardened:
            page = self.pages.explorer(Request(scope))
            if page is not None:
                await page(scope, receive, send)
                return
        await _send(send, 405, "text/plain", _ALLOW, PERSONS.encode())

    async def _answer(
        self,
        scope: Scope,
        headers: Mapping[str, str],
        credentials: RequestCredentials,
        framing: Framing | None,
        receive: Receive,
        send: Send,
    ) -> Outcome | None:
        """What is still to be sent; None where the answer went on, and is over."""
        self._check(scope, headers, credentials)
        address = address_of(scope)
        try:
            sent = await self._sent(scope, headers, credentials, address, receive)
        except (RateLimited, Unavailable) as failure:
            return refused_for_now(failure)
        if framing is None:
            framing = framing_of_deferred(headers.get("accept", ""), sent)
        if framing is not None:
            return await self.streams.answer(sent, framing, credentials, receive, send, address)
        traceparent = headers.get("traceparent")
        return await self.requests.run(sent, credentials, traceparent, receive, address)

    def _check(
        self, scope: Scope, headers: Mapping[str, str], credentials: RequestCredentials
    ) -> None:
        """NotARequest for what is none before its body is read, or what any page could have sent."""
        if scope["method"] not in ("GET", "POST"):
            raise NotARequest(405, "send POST with a JSON body, or GET for a query", _ALLOW)
        is_get = scope["method"] == "GET"
        if not is_get and not is_json(headers.get("content-type", "")):
            raise NotARequest(415, f"Content-Type must be {JSON}, in UTF-8")
        if credentials.secret is not None and not credentials.is_marked:
            raise NotARequest(403, unmarked().message)
        if is_get and self.gateway.is_hardened and PREFLIGHTED.isdisjoint(headers):
            raise NotARequest(403, f"GET needs a header that no page of others can send: {_NAMED}")

    async def _sent(
        self,
        scope: Scope,
        headers: Mapping[str, str],
        credentials: RequestCredentials,
        address: str,
        receive: Receive,
    ) -> Unparsed:
        if scope["method"] == "GET":
            return Unparsed(scope["query_string"], True, _wants_new(headers))
        sender = partial(self._sender_of_large, credentials, address)
        body = await self.bodies.read(receive, declared_length(headers), sender)
        return Unparsed(body, False, _wants_new(headers))

    async def _sender_of_large(self, credentials: RequestCredentials, address: str) -> str:
        """Large bodies are taken from who has a token that holds and may submit, before anything of them is parsed."""
        try:
            viewer = await self.gateway.signed_in(credentials, address)
        except (RateLimited, Unavailable):
            raise  # it may be right
        except Failure as failure:
            raise too_large(BODY_BYTES) from failure
        if not has_role_for(viewer, Action.SUBMIT):
            raise too_large(BODY_BYTES)
        return viewer.subject


def _is_opened_by_a_person(scope: Scope, headers: Mapping[str, str]) -> bool:
    """In a browser, and without a query."""
    is_read = scope["method"] in ("GET", "HEAD") and not scope["query_string"]
    return is_read and "text/html" in headers.get("accept", "")


def _wants_new(headers: Mapping[str, str]) -> bool:
    """As RFC 9111 has it: no answer that was stored."""
    return "no-cache" in headers.get("cache-control", "")


def headers_of(scope: Scope) -> dict[str, str]:
    """Headers by lower-case name; several of one name are joined, as HTTP says."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]},{text}" if key in headers else text
    return headers


def address_of(scope: Scope) -> str:
    """Whom a request is from, behind trusted proxies too; empty over a socket of the file system."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _status(outcome: Outcome, media_type: str) -> tuple[int, Mapping[str, str]]:
    if outcome.retry_after is not None:  # said to proxies too, whatever the media type
        return outcome.status, {"retry-after": str(outcome.retry_after)}
    if not outcome.is_request_error or media_type != RESPONSE:
        return 200, {}
    return outcome.status, _CHALLENGE if outcome.status == 401 else {}


def _error(message: str, code: str) -> dict[str, Any]:
    return {"errors": [errors.error_entry(None, message, code, new_request_id())]}


async def _send(
    send: Send, status: int, media_type: str, extra: Mapping[str, str], body: bytes
) -> None:
    headers = [
        (b"content-type", f"{media_type}; charset=utf-8".encode()),
        (b"content-length", str(len(body)).encode()),
        *((name.encode(), value.encode()) for name, value in extra.items()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
