"""People who use the platform while it is attacked: they submit, read scores, listen and export."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
from websockets.exceptions import ConnectionClosed

from tests.security.support.asking import Asking
from tests.security.support.building import ADMIN, PRIVATE
from tests.security.support.doors.filing import DAYS
from tests.support.websocket import socket

SUBMIT = """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { response { id }
  userErrors { code } } }"""
SCORES = """{ department(key: "own") { scorecard(period: {from: "2025-01-01", to: "2120-01-01"}) {
  nps { base value } turnoverRate { value } } } }"""
LIVE_SECONDS = 5.0
KINDS = ("submit", "scorecard", "export", "subscribe")
"""Of calls whose time is taken."""


@dataclass
class Honest:
    """What came of it: seconds of each call by kind, and what failed."""

    asking: Asking
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)
    stored: int = 0

    async def every(self, pause: float, kind: str, work: Callable[[], Awaitable[bool]]) -> None:
        """Do it again and again, with a pause between; each time it must succeed."""
        while True:
            started = time.monotonic()
            try:
                if not await work():
                    self.failures.append(f"{kind}: another answer")
            except (httpx.HTTPError, OSError, TimeoutError, ConnectionClosed) as error:
                self.failures.append(f"{kind}: {error!r}")
            if kind != "listen":  # which waits for others
                self.seconds[kind].append(time.monotonic() - started)
            await asyncio.sleep(pause)

    async def submit(self) -> bool:
        answers = [{"question": "recommend", "score": 9}, {"question": "why", "text": "good"}]
        given = {"id": str(uuid4()), "survey": PRIVATE, "touchpoint": "tp-own", "answers": answers}
        answer = await self.asking.graphql(SUBMIT, self.asking.token(ADMIN), {"input": given})
        stored = '"userErrors":[]' in answer.text and '"errors"' not in answer.text
        self.stored += stored
        return stored

    async def scorecard(self) -> bool:
        answer = await self.asking.graphql(SCORES, self.asking.token(ADMIN))
        return '"base":' in answer.text and '"errors"' not in answer.text

    async def export(self) -> bool:
        path = f"/exports/scores?department=own&{DAYS}&metrics=nps"
        answer = await self.asking.send("GET", path, self.asking.token(ADMIN))
        return answer.status == 200 and answer.text.startswith("department")

    async def listen(self) -> bool:
        """A new socket hears that scores changed, since responses keep coming."""
        started = time.monotonic()
        async with socket(self.asking.url.replace("http", "ws") + "/graphql") as client:
            await client.initialise(f"Bearer {self.asking.token(ADMIN)}")
            await client.watch("1", "own")
            self.seconds["subscribe"].append(time.monotonic() - started)
            async with asyncio.timeout(LIVE_SECONDS):
                return bool(await client.change())

    def start(self) -> list["asyncio.Task[None]"]:
        """Everybody at once."""
        everybody = (
            (0.2, "submit", self.submit),
            (0.1, "scorecard", self.scorecard),
            (1.0, "export", self.export),
            (1.0, "listen", self.listen),
        )
        return [asyncio.create_task(self.every(*one)) for one in everybody]
