"""What is given to frontend teams works: each operation of docs/frontend is answered by a real platform, and
a screen is answered in part while a service is away."""

import asyncio
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import httpx
import pytest

from tests.path.support.collection import (
    ANSWERING,
    LISTENING,
    ORGANISATION,
    REST,
    Asking,
    Known,
    documents,
)
from tests.path.support.partial import MISSING, cut, screen, without
from tests.support.platform import START_SECONDS, Running, eventually, up
from tests.support.websocket import Socket, socket

PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.2


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One for all tests here: none leaves a service away."""
    folder = tmp_path_factory.mktemp("frontend")
    with up(folder / "data", folder / "output", "--no-demo") as running:
        eventually(running.is_ready, seconds=START_SECONDS)
        yield running


class Frontend:
    """A client that sends operations of the collection, and knows what was answered."""

    def __init__(self, client: httpx.AsyncClient, tokens: Mapping[str, str]) -> None:
        self.client = client
        self.tokens = tokens
        self.documents = documents()
        self.known: Known = {}

    async def ask(self, asking: Asking) -> None:
        """It must be answered whole, and nothing of it refused."""
        if asking.state:
            await self._await_erasure(asking.state)
        data = await self._answer(asking.name, asking.variables(self.known), asking.role)
        assert list(refusals(data)) == [], asking.name
        self.known[asking.name] = data

    async def _answer(self, name: str, variables: Mapping[str, Any], role: str) -> dict[str, Any]:
        body = {"query": self.documents[name], "variables": variables}
        headers = {"Authorization": self.tokens[role]}
        reply = await self.client.post("/graphql", json=body, headers=headers)
        answer = reply.json()
        assert "errors" not in answer, (name, answer["errors"])
        data: dict[str, Any] = answer["data"]
        return data

    async def _await_erasure(self, state: str) -> None:
        """Return when the request of erasure is as far."""
        request = self.known["RequestErasure"]["requestErasure"]["request"]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while request["state"] != state:
                await asyncio.sleep(POLL_SECONDS)
                shown = await self._answer("PrivacyRequest", {"id": request["id"]}, "admin")
                request = shown["privacyRequest"]


def refusals(answer: Any) -> Iterator[Any]:
    """All userErrors, however deep."""
    if isinstance(answer, dict):
        yield from answer.get("userErrors", ())
        for part in answer.values():
            yield from refusals(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from refusals(part)


async def heard(subscriber: Socket) -> dict[str, Any]:
    """The first event of each subscription, by its name."""
    found: dict[str, Any] = {}
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(found) < len(LISTENING):
            message = await subscriber.receive()
            assert message["type"] == "next", message
            found[message["id"]] = message["payload"]
    return found


def test_every_operation_of_the_collection_is_tried() -> None:
    tried = [asking.name for asking in (*ORGANISATION, *LISTENING, *ANSWERING, *chain(*REST))]

    assert sorted(tried) == sorted(documents())
    assert len(tried) == len(set(tried))


async def test_every_operation_of_the_collection_is_answered(platform: Running) -> None:
    tokens = {role: f"Bearer {platform.token(role)}" for role in ("admin", "privacy_officer")}
    url = platform.url.replace("http", "ws") + "/graphql"
    async with (
        httpx.AsyncClient(base_url=platform.url, trust_env=False, timeout=60) as client,
        socket(url) as subscriber,
    ):
        frontend = Frontend(client, tokens)
        for asking in ORGANISATION:
            await frontend.ask(asking)
        await subscriber.initialise(tokens["admin"])
        for asking in LISTENING:
            variables = asking.variables(frontend.known)
            await subscriber.subscribe(asking.name, frontend.documents[asking.name], **variables)
        await subscriber.settle()
        for asking in ANSWERING:
            await frontend.ask(asking)
        events = await heard(subscriber)
        for group in REST:
            await asyncio.gather(*map(frontend.ask, group))

    known = frontend.known
    assert [event.get("errors") for event in events.values()] == [None, None]
    assert events["AlertRaised"]["data"]["alertRaised"]["department"]["key"] == "billing"
    scorecard = known["Scorecard"]["department"]["scorecard"]
    assert scorecard["nps"]["base"] > 100
    assert known["AllowAgain"]["allowAgain"]["changed"]
    assert known["Refetch"]["node"]["key"] == "root"
    trend = known["Trend"]["department"]["scorecard"]["score"]["trend"]
    assert any(point["value"] is not None for point in trend)
    assert known["Comments"]["department"]["verbatims"]["edges"]
    assert known["AnswersBehind"]["department"]["scorecard"]["score"]["responses"]["edges"]


def test_the_rest_of_the_screen_is_answered_without_each_service(platform: Running) -> None:
    whole = screen(platform)
    assert "errors" not in whole
    assert whole["data"]["department"]["scorecard"]["nps"]["base"] > 0

    for service, missing in MISSING.items():
        with without(platform, service):
            partial = screen(platform)

        found = {
            ".".join(error["path"]): error["extensions"]["code"] for error in partial["errors"]
        }
        assert found == dict.fromkeys(missing, "UNAVAILABLE"), service
        assert partial["data"] == cut(whole["data"], missing), service


def test_what_is_cut_is_what_is_named() -> None:
    assert cut({"a": {"b": 1, "c": 2}, "b": 3}, {"a.b"}) == {"a": {"b": None, "c": 2}, "b": 3}
