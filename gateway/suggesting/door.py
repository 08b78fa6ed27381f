"""POST /imports/suggestion: a first mapping for a file whose first part is the body (README.md, Imports)."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs

import orjson
from starlette.types import Receive, Scope

from gateway.doors.http import address_of
from gateway.doors.pace import Pace, TooSlow
from gateway.doors.rest import JSON, Answer, RestDoor
from gateway.request.asked import ClientGone, NotARequest
from gateway.request.gateway import Gateway
from gateway.suggesting.suggestion import suggestion_for
from services.kit.places import Places
from services.kit.rights.access import ALLOWED, Action, Viewer, not_allowed

LARGEST_BYTES: Final = 1024**2
AT_ONCE: Final = 4
SECONDS: Final = 120.0
PARAMETERS: Final = ("name", "kind")
STORES: Final = frozenset(
    {Action.SUBMIT, Action.ADD_DEPARTMENTS, Action.ADD_TOUCHPOINTS, Action.WRITE_EMPLOYEES}
)


def suggestion_door(gateway: Gateway) -> RestDoor:
    """The ASGI application behind /imports/suggestion."""
    return RestDoor("suggestion", Suggestions(gateway).respond, gateway.files)


class Suggestions:
    """Answers with a mapping; nothing is stored, and no service is asked."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.places = Places("suggestions", AT_ONCE, gateway.files.of_a_subject)

    async def respond(
        self, scope: Scope, headers: Mapping[str, str], receive: Receive, answer: Answer
    ) -> None:
        if scope["method"] != "POST":
            raise NotARequest(405, "send POST", {"allow": "POST"})
        credentials = self.gateway.browsers.credentials(headers)
        viewer = await self.gateway.signed_in(credentials, address_of(scope))
        check_may_import(viewer)
        query = _query_of(scope["query_string"])
        with self.places.taken_by(viewer.subject):
            content = await self._body(receive, headers)
            is_cut = len(content) == LARGEST_BYTES
            found = await suggestion_for(
                content, query.get("name") or "the file", query.get("kind") or None, is_cut=is_cut
            )
        await answer.begin(200, JSON)
        await answer.end(orjson.dumps(found))

    async def _body(self, receive: Receive, headers: Mapping[str, str]) -> bytes:
        """The whole body; NotARequest for one that is too large or too slow."""
        declared = headers.get("content-length", "")
        if declared.isdigit() and int(declared) > LARGEST_BYTES:
            raise _too_large()
        body, pace = bytearray(), Pace(self.gateway.files, SECONDS)
        is_over = False
        while not is_over:
            try:
                message = await pace.keep(receive())
            except TooSlow as error:
                words = f"the upload was ended: {error}"
                raise NotARequest(408, words, {"connection": "close"}) from error
            if message["type"] == "http.disconnect":
                raise ClientGone
            body += message.get("body", b"")
            pace.bytes = len(body)
            if len(body) > LARGEST_BYTES:
                raise _too_large()
            is_over = not message.get("more_body", False)
        return bytes(body)


def check_may_import(viewer: Viewer) -> None:
    """Denied for who may import nothing anywhere: the rows of a file are none of their work."""
    if not any(ALLOWED[grant.role] & STORES for grant in viewer.grants):
        raise not_allowed(Action.SUBMIT)


def _query_of(query_string: bytes) -> dict[str, str]:
    given = parse_qs(query_string.decode("latin-1"), keep_blank_values=True)
    if unknown := given.keys() - set(PARAMETERS):
        known = ", ".join(PARAMETERS)
        raise NotARequest(400, f"unknown parameter `{sorted(unknown)[0][:40]}`: known are {known}")
    return {name: values[-1] for name, values in given.items()}


def _too_large() -> NotARequest:
    message = "send the first part of the file, of at most 1 MiB: that is enough for a mapping"
    return NotARequest(413, message, {"connection": "close"})
