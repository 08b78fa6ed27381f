"""How long requests take at the doors that are not GraphQL, and what they are answered with."""

import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.kit.numbers import metering

NAMES: Final = {
    "r": "respondents",
    "w": "employees",
    "t": "visitors",
    "imports": "imports",
    "exports": "exports",
    "signin": "signin",
    "signout": "signin",
}
"""Of doors, by the first part of a path; all else are pages and what is not there."""
EMPLOYEES: Final = "employees"
FAILED: Final = "5"
GRAPHQL: Final = "/graphql"
_DURATION = metering.histogram(
    "cxm.http.duration",
    unit="s",
    meaning="How long requests took, GraphQL apart; status: the first digit of that of HTTP, 0 where nobody was left.",
    labels=("door", "status"),
    bounds=metering.SECONDS,
)


class MeasuredDoors:
    """Measures an application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == GRAPHQL:
            await self.app(scope, receive, send)
            return
        status = "0"

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"] // 100)
            await send(message)

        since = time.perf_counter()
        try:
            await self.app(scope, receive, sent)
        finally:
            door = NAMES.get(scope["path"].split("/", 2)[1], "pages")
            # Nobody shall see when employees answer, or how many do: of their door only failures are told.
            if door != EMPLOYEES or status == FAILED:
                _DURATION.record(time.perf_counter() - since, door, status)
