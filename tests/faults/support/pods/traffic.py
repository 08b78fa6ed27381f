"""Requests of many kinds, each sent once: whatever does not work is a failure, and is kept."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from uuid_utils import uuid7

from infra.client.api import Json
from tests.faults.support.clients import DEPARTMENTS, MANY, ONE, Ledger

TIMEOUT_SECONDS = 20.0
PAUSE_SECONDS = 0.02  # between two requests of a client
SIZES = (1, 1, 1, 1, 20)  # responses per call, of each client that submits
READS = (
    "{ organization { key name } departments(first: 5) { edges { node { key } } } }",
    "{ surveys(first: 5) { edges { node { key state } } } }",
    "{ metricDefinitions { key } }",
    "{ waves(first: 5) { edges { node { key } } } }",
)
SCORE = """query ($key: String!, $from: Date!, $to: Date!) { department(key: $key) {
  scorecard(period: {from: $from, to: $to}) { nps { base } } } }"""
SCORE_DAYS = 90
READERS = 2


@dataclass
class Traffic:
    """What was asked, and what became of it."""

    url: str
    token: str
    ledger: Ledger = field(default_factory=Ledger)
    requests: int = 0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def fail(self, what: str) -> None:
        """Keep a failure, and when it was."""
        self.failures.append(f"{time.strftime('%H:%M:%S')} {what}")

    async def ask(
        self, client: httpx.AsyncClient, document: str, variables: Json | None = None
    ) -> Json | None:
        """The data of one request, sent once; None where it failed."""
        self.requests += 1
        began = time.monotonic()
        try:
            reply = await client.post(
                "/graphql", json={"query": document, "variables": variables or {}}
            )
        except httpx.HTTPError as error:
            self.fail(f"{type(error).__name__} {error}: {document[:40]}")
            return None
        self.slowest = max(self.slowest, time.monotonic() - began)
        body: Any = reply.json() if reply.is_success else {"errors": reply.text}
        if "errors" in body or None in body["data"].values():
            self.fail(f"HTTP {reply.status_code} {str(body)[:400]}")
            return None
        data: Json = body["data"]
        return data

    def client(self) -> httpx.AsyncClient:
        """A browser's or a program's connections."""
        return httpx.AsyncClient(
            base_url=self.url,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
            verify=False,  # no TLS on loopback
        )

    async def submit(self, size: int, seed: int) -> None:
        """Submit responses until stopped; what is acknowledged goes to the ledger."""
        dice = random.Random(seed)
        async with self.client() as client:
            while not self.stopping.is_set():
                await self._submit(client, [_response(dice) for _ in range(size)])
                await asyncio.sleep(PAUSE_SECONDS)

    async def _submit(self, client: httpx.AsyncClient, responses: list[Json]) -> None:
        if len(responses) == 1:
            data = await self.ask(client, ONE, {"input": responses[0]})
        else:
            data = await self.ask(client, MANY, {"input": {"responses": responses}})
        if data is None:
            return
        (payload,) = data.values()
        refused = [*payload["userErrors"]]
        refused += [
            error for result in payload.get("results", ()) for error in result["userErrors"]
        ]
        if refused:
            self.fail(f"refused: {str(refused)[:300]}")
            return
        for sent in responses:
            self.ledger.acked[sent["id"]] = (sent["department"], sent["answers"][0]["score"])

    async def read(self, seed: int) -> None:
        """Read from every service in turn with scores, until stopped."""
        dice = random.Random(seed)
        async with self.client() as client:
            while not self.stopping.is_set():
                await self.ask(client, dice.choice(READS))
                await self.read_score(client, dice.choice(DEPARTMENTS))
                await asyncio.sleep(PAUSE_SECONDS)

    async def read_score(self, client: httpx.AsyncClient, department: str) -> int | None:
        """How many answers a department has; None where that failed."""
        today = datetime.now(UTC).date()
        period = {"from": str(today - timedelta(SCORE_DAYS - 1)), "to": str(today + timedelta(1))}
        data = await self.ask(client, SCORE, {"key": department, **period})
        if data is None:
            return None
        nps = data["department"]["scorecard"]["nps"]
        return nps["base"] if nps else 0


def _response(dice: random.Random) -> Json:
    return {
        "id": str(uuid7()),
        "survey": "pulse",
        "department": dice.choice(DEPARTMENTS),
        "answers": [{"question": "recommend", "score": dice.randrange(11)}],
    }
