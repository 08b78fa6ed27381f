"""Answers come in, pages move: 200 subscribers and 10,000 responses."""

import asyncio
import random
from contextlib import AsyncExitStack
from typing import Any

import httpx

from services.kit.clock import new_id
from tests.path.support.pulse import NPS, PERIOD, set_up
from tests.support.platform import Running
from tests.support.websocket import Socket, socket

SUBSCRIBERS, CALLS, BATCH = 200, 10, 1_000
SUBMIT = """mutation ($input: SubmitResponsesInput!) {
  submitResponses(input: $input) { results { status } userErrors { code } } }"""


class Api:
    """The public API, as many clients of one token."""

    def __init__(self, platform: Running, client: httpx.AsyncClient) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {platform.token('admin')}"}

    async def ask(self, query: str, variables: dict[str, Any]) -> Any:
        body = {"query": query, "variables": variables}
        reply = await self.client.post("/graphql", json=body, headers=self.headers)
        reply_body = reply.json()
        assert "errors" not in reply_body, reply_body
        return reply_body["data"]

    async def base(self, key: str) -> int:
        found = await self.ask(NPS, {"key": key, "period": PERIOD})
        base: int = found["department"]["scorecard"]["nps"]["base"]
        return base

    async def submit(self, scores: list[int]) -> None:
        responses = [
            {
                "id": new_id(),
                "survey": "pulse",
                "touchpoint": "invoice",
                "answers": [{"question": "recommend", "score": score}],
            }
            for score in scores
        ]
        found = await self.ask(SUBMIT, {"input": {"responses": responses}})
        assert {r["status"] for r in found["submitResponses"]["results"]} == {"STORED"}


async def read_until(api: Api, subscriber: Socket, department: str, final: int) -> int:
    """Read again after every event until the final state is there; returns how many events came."""
    events = 0
    while True:
        await subscriber.change()
        events += 1
        if await api.base(department) == final:
            return events


async def test_two_hundred_subscribers_all_see_the_final_state_after_ten_thousand_responses(
    platform: Running,
) -> None:
    set_up(platform)
    url = platform.url.replace("http", "ws") + "/graphql"
    async with AsyncExitStack() as stack:
        limits = httpx.Limits(max_connections=16)
        client = httpx.AsyncClient(
            base_url=platform.url, trust_env=False, timeout=60, limits=limits
        )
        api = Api(platform, await stack.enter_async_context(client))
        subscribers = [await stack.enter_async_context(socket(url)) for _ in range(SUBSCRIBERS)]
        departments = [("root", "billing")[n % 2] for n in range(SUBSCRIBERS)]
        for subscriber, department in zip(subscribers, departments, strict=True):
            await subscriber.initialise(api.headers["Authorization"])
            await subscriber.watch("1", department)

        async with asyncio.timeout(120), asyncio.TaskGroup() as group:
            readers = [
                group.create_task(read_until(api, subscriber, department, CALLS * BATCH))
                for subscriber, department in zip(subscribers, departments, strict=True)
            ]
            for _ in range(CALLS):
                await api.submit(random.choices(range(11), k=BATCH))

    assert len(readers) == SUBSCRIBERS
    assert all(reader.result() >= 1 for reader in readers)
