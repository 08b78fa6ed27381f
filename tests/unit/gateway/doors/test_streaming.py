"""Answers that go on over HTTP: Server-Sent Events and multipart/mixed, read piece by piece."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from cxm.metrics.v1.events_pb2 import ScoreChanged
from gateway.doors.lasting import streaming, websocket_limits
from gateway.doors.lasting.streaming import EVENTS, PARTS, framing_of
from gateway.live.rights import check_all
from services.kit.rights.tokens import Verified
from tests.support.websocket import serving
from tests.unit.gateway.support.running import Platform

ME = "{ viewer { subject } }"
CHANGED = 'subscription { scoreChanged(department: "root") { department metrics } }'
SSE = "text/event-stream"
MULTIPART = 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0", application/json'


@pytest.fixture
async def url(platform: Platform) -> AsyncIterator[str]:
    """Served with an upstream that stands."""
    platform.gateway.listeners.live.set()
    async with serving(platform.gateway, platform.settings) as address:
        yield address.replace("ws", "http", 1)


class Stream:
    """An answer, read to the end of one piece after another."""

    def __init__(self, response: httpx.Response, end: str) -> None:
        self.response = response
        self.chunks = response.aiter_text()
        self.end = end
        self.text = ""

    async def piece(self) -> str:
        async with asyncio.timeout(10):
            while self.end not in self.text:
                self.text += await anext(self.chunks)
        found, _, self.text = self.text.partition(self.end)
        return found

    async def event(self) -> tuple[str, Any]:
        """The next event, beats left out: its name and its data."""
        while (piece := await self.piece()) == ":":
            pass
        name, data = piece.split("\n")
        content = data.removeprefix("data: ")
        return name.removeprefix("event: "), json.loads(content) if content else None

    async def rest(self) -> str:
        """What comes until the answer is over."""
        async with asyncio.timeout(10):
            return self.text + "".join([chunk async for chunk in self.chunks])


@asynccontextmanager
async def ask(
    url: str, platform: Platform, query: str, accept: str = SSE, **headers: str
) -> AsyncIterator[Stream]:
    given = {"accept": accept, "authorization": platform.bearer()} | headers
    async with (
        httpx.AsyncClient(trust_env=False) as client,
        client.stream("POST", url, json={"query": query}, headers=given) as response,
    ):
        yield Stream(response, "\r\n--graphql" if accept == MULTIPART else "\n\n")


def announce(platform: Platform, metric: str) -> None:
    change = ScoreChanged()
    change.at.FromDatetime(datetime.now(UTC))
    change.departments.add(department_id="id-root", metrics=[metric])
    platform.gateway.listeners.hear(change)


@pytest.mark.parametrize(
    ("accept", "framing"),
    [
        (SSE, EVENTS),
        ("Text/Event-Stream;q=1, multipart/mixed", EVENTS),
        (MULTIPART, PARTS),
        ("multipart/mixed, application/json", None),
        ("application/json, text/event-stream", None),
        ("*/*", None),
        ("", None),
    ],
)
def test_an_answer_goes_on_where_the_client_names_it_first(accept: str, framing: Any) -> None:
    assert framing_of(accept) is framing


async def test_a_query_is_one_event_and_the_end(url: str, platform: Platform) -> None:
    async with ask(url, platform, ME) as stream:
        assert stream.response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert stream.response.headers["cache-control"] == "no-store"
        assert await stream.event() == ("next", {"data": {"viewer": {"subject": "ann"}}})
        assert await stream.event() == ("complete", None)
        assert await stream.rest() == ""


async def test_a_subscription_tells_what_happens_after_it_began(
    url: str, platform: Platform
) -> None:
    async with ask(url, platform, CHANGED) as stream:
        announce(platform, "nps")
        name, told = await stream.event()

    assert name == "next"
    assert told["data"]["scoreChanged"] == {"department": "root", "metrics": ["nps"]}
    async with asyncio.timeout(10):
        await platform.gateway.listeners.idle.wait()  # nobody listens once the client is gone


async def test_parts_tell_the_same(url: str, platform: Platform) -> None:
    async with ask(url, platform, CHANGED, MULTIPART) as stream:
        assert stream.response.headers["content-type"].startswith("multipart/mixed; boundary=")
        announce(platform, "csat")
        head, _, content = (await stream.piece()).partition("\r\n\r\n")

    assert head == "--graphql\r\ncontent-type: application/json"
    told = json.loads(content)["payload"]["data"]["scoreChanged"]
    assert told == {"department": "root", "metrics": ["csat"]}


async def test_still_answers_beat(
    url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "BEAT_SECONDS", 0.01)
    async with ask(url, platform, CHANGED) as stream:
        assert [await stream.piece() for _ in range(3)] == [":", ":", ":"]


async def test_what_is_not_executed_is_answered_at_once(url: str, platform: Platform) -> None:
    async with ask(url, platform, "{ nothing }") as refused:
        await refused.response.aread()
        assert refused.response.status_code == 400
        assert refused.response.json()["errors"][0]["extensions"]["code"].endswith("FAILED")
    async with ask(url, platform, ME, authorization="Bearer nonsense") as stranger:
        assert stranger.response.status_code == 401
    async with ask(url, platform, "mutation { nothing }") as mutation:
        assert mutation.response.status_code == 400


async def test_a_subscription_ends_with_its_token(
    url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Verified, "seconds_left", lambda _: 0.0)  # it held when it was read
    async with ask(url, platform, CHANGED) as stream:
        _, told = await stream.event()
        assert told["errors"][0]["extensions"]["reason"] == "TOKEN_EXPIRED"
        assert await stream.event() == ("complete", None)


async def test_a_subscription_ends_with_the_right_to_it(url: str, platform: Platform) -> None:
    gateway = platform.gateway
    async with ask(url, platform, CHANGED) as stream:
        platform.services.hidden.add("id-root")
        await check_all(gateway.clients, gateway.grants, gateway.listeners)
        _, told = await stream.event()

    assert told["errors"][0]["extensions"]["code"] in ("NOT_FOUND", "FORBIDDEN")


async def test_a_gateway_that_ends_says_so(platform: Platform) -> None:
    platform.gateway.listeners.live.set()
    served = serving(platform.gateway, platform.settings)
    address = (await served.__aenter__()).replace("ws", "http", 1)
    async with ask(address, platform, CHANGED) as stream:
        await stream.piece()
        ending = asyncio.create_task(served.__aexit__(None, None, None))
        _, told = await stream.event()
        await stream.rest()
        await ending

    assert told["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


async def test_places_are_those_of_sockets(
    url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket_limits, "MOST_SOCKETS", 1)
    async with ask(url, platform, CHANGED), ask(url, platform, CHANGED) as second:
        assert second.response.status_code == 429
