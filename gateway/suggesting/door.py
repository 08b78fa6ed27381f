"""POST /imports/suggestion: a first mapping for a file whose first part is the body (README.md, Imports)."""

from collections.abc import Mapping
from typing import Final

import orjson
from starlette.types import Receive, Scope

from gateway.doors.body import Body, declared_length
from gateway.doors.files.rest import JSON, Answer, RestDoor, parameters_of
from gateway.request.asked import NotARequest
from gateway.request.gateway import Caller, Gateway
from gateway.suggesting.suggestion import suggestion_for
from services.kit.places import Places
from services.kit.rights.access import ALLOWED, Action, Viewer, not_allowed

LARGEST_BYTES: Final = 1024**2
AT_ONCE: Final = 4
PARAMETERS: Final = ("name", "kind")
STORES: Final = frozenset(
    {Action.SUBMIT, Action.ADD_DEPARTMENTS, Action.ADD_TOUCHPOINTS, Action.WRITE_EMPLOYEES}
)


def suggestion_door(gateway: Gateway) -> RestDoor:
    """The ASGI application behind /imports/suggestion."""
    return RestDoor("suggestion", Suggestions(gateway).respond, gateway)


class Suggestions:
    """Answers with a mapping; nothing is stored, and no service is asked."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.places = Places("suggestions", AT_ONCE, gateway.files.of_a_subject)

    async def respond(
        self,
        scope: Scope,
        headers: Mapping[str, str],
        caller: Caller,
        receive: Receive,
        answer: Answer,
    ) -> None:
        if scope["method"] != "POST":
            raise NotARequest(405, "send POST", {"allow": "POST"})
        viewer = caller.signed_in
        check_may_import(viewer)
        query = parameters_of(scope["query_string"], PARAMETERS)
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
        body = Body(receive, self.gateway.files)
        if declared_length(headers) > LARGEST_BYTES or not await body.is_within(LARGEST_BYTES):
            raise _too_large()
        return bytes(body.data)


def check_may_import(viewer: Viewer) -> None:
    """Denied for who may import nothing anywhere: the rows of a file are none of their work."""
    if not any(ALLOWED[grant.role] & STORES for grant in viewer.grants):
        raise not_allowed(Action.SUBMIT)


def _too_large() -> NotARequest:
    message = "send the first part of the file, of at most 1 MiB: that is enough for a mapping"
    return NotARequest(413, message, {"connection": "close"})
