"""Without a token an address sends so many responses to a survey, and no faster."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.config import Settings
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices
from tests.unit.gateway.support.wire import Wire, open_wire

MANY = """mutation ($input: SubmitResponsesInput!) { submitResponses(input: $input) {
    results { status } userErrors { code } } }"""
ONE = """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) {
    userErrors { code } } }"""
CORRECT = (
    """mutation { correctResponse(input: {id: "a", receipt: "b", answers: []}) { changed } }"""
)
ANSWERS = [{"question": "recommend", "score": 9}]
BURST = 5


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 5, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def platform(services: StubServices, tmp_path: Path, hands: Hands) -> AsyncIterator[Platform]:
    """Takes 5 responses at once, 3 in a call."""
    limits = {"anonymous_items": 3, "anonymous_burst": BURST, "anonymous_rate": 0.5}
    async with open_platform(tmp_path, services, **limits) as running:
        running.gateway.brake.now = hands
        yield running


def responses(count: int, survey: str = "pulse") -> dict[str, Any]:
    return {"responses": [response(survey) for _ in range(count)]}


def response(survey: str = "pulse", **more: Any) -> dict[str, Any]:
    return {"survey": survey, "answers": ANSWERS, **more}


async def send(platform: Platform, count: int, survey: str = "pulse") -> httpx.Response:
    return await platform.post(MANY, input=responses(count, survey))


async def test_who_sends_too_fast_waits(platform: Platform, hands: Hands) -> None:
    assert (await send(platform, 3)).status_code == 200
    assert (await send(platform, 2)).status_code == 200

    refused = await send(platform, 1)

    extensions = refused.json()["errors"][0]["extensions"]
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
    assert (extensions["code"], extensions["retryAfter"]) == ("RATE_LIMITED", 2)
    assert "data" not in refused.json()
    assert len(platform.services.asked["SubmitResponses"]) == 2  # nothing of it was sent on
    hands.advance(1.9)
    assert (await send(platform, 1)).status_code == 429  # and took nothing
    hands.advance(0.1)
    assert (await send(platform, 1)).status_code == 200


async def test_a_refusal_is_429_for_clients_of_plain_json_too(platform: Platform) -> None:
    await send(platform, 3)
    body = {"query": MANY, "variables": {"input": responses(3)}}

    refused = await platform.http.post("/graphql", json=body)

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")


async def test_a_token_has_no_brake(platform: Platform) -> None:
    for _ in range(3):
        reply = await platform.post(MANY, platform.bearer(), input=responses(20))
        assert reply.json()["data"]["submitResponses"]["userErrors"] == []


async def test_each_survey_has_a_bucket_and_all_together_one(platform: Platform) -> None:
    for survey in ("a", "b", "c", "d"):
        assert (await send(platform, 3, survey)).status_code == 200
        assert (await send(platform, 2, survey)).status_code == 200

    assert (await send(platform, 1, "e")).status_code == 429


async def test_all_or_nothing_is_taken_from_the_buckets(platform: Platform) -> None:
    await send(platform, 3, "a")
    await send(platform, 2, "a")

    mixed = {"responses": [response("a"), response("b"), response("b")]}
    assert (await platform.post(MANY, input=mixed)).status_code == 429
    assert (await send(platform, 3, "b")).status_code == 200
    assert (await send(platform, 2, "b")).status_code == 200


async def test_an_invitation_is_no_way_around(platform: Platform) -> None:
    """Nobody knows here whether it is one."""
    for _ in range(BURST):
        reply = await platform.post(ONE, input=response(invitation="guessed"))
        assert reply.status_code == 200

    assert (await platform.post(ONE, input=response(invitation="guessed"))).status_code == 429


async def test_corrections_have_a_bucket_too(platform: Platform) -> None:
    for _ in range(BURST):
        assert (await platform.post(CORRECT)).status_code == 200

    assert (await platform.post(CORRECT)).status_code == 429


LITERALS = '{survey: "pulse", answers: [{question: "recommend", score: 9}]} ' * 4
BLOCKS = '{survey: """pulse""", answers: [{question: "recommend", score: 9}]} ' * 4
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "a variable": (MANY, {"input": responses(4)}),
    "a variable in a literal": (
        "mutation ($r: [SubmitResponseInput!]!) { submitResponses(input: {responses: $r}) {"
        " userErrors { code } } }",
        {"r": responses(4)["responses"]},
    ),
    "variables in a literal list": (
        "mutation ($a: SubmitResponseInput!) { submitResponses(input: {responses: [$a, $a, $a, $a]}) {"
        " userErrors { code } } }",
        {"a": response()},
    ),
    "literals": (
        f"mutation {{ submitResponses(input: {{responses: [{LITERALS}]}}) {{ userErrors {{ code }} }} }}",
        {},
    ),
    "a default": (
        f"mutation ($input: SubmitResponsesInput! = {{responses: [{BLOCKS}]}}) {{"
        " submitResponses(input: $input) { userErrors { code } } }",
        {},
    ),
    "aliases": (
        "mutation ($i: SubmitResponseInput!) {"
        + " ".join(f"a{n}: submitResponse(input: $i) {{ userErrors {{ code }} }}" for n in range(4))
        + "}",
        {"i": response()},
    ),
    "fragments": (
        "mutation ($i: SubmitResponseInput!) { ...f ... on Mutation { x: submitResponse(input: $i) {"
        " userErrors { code } } } } fragment f on Mutation { "
        + " ".join(f"a{n}: submitResponse(input: $i) {{ userErrors {{ code }} }}" for n in range(3))
        + " }",
        {"i": response()},
    ),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=CALLS)
async def test_a_call_has_few_items_however_they_are_written(platform: Platform, call: str) -> None:
    document, variables = CALLS[call]

    refused = await platform.post(document, **variables)

    reasons = [error["extensions"].get("reason") for error in refused.json()["errors"]]
    assert (refused.status_code, reasons) == (400, ["TOO_MANY"])
    assert not platform.services.asked["SubmitResponses"]
    with_token = await platform.post(document, platform.bearer(), **variables)
    assert "errors" not in with_token.json()


@pytest.mark.parametrize("call", CALLS, ids=CALLS)
async def test_every_way_of_writing_counts_for_the_survey(
    services: StubServices, tmp_path: Path, call: str
) -> None:
    limits = {"anonymous_items": 4, "anonymous_burst": 4, "anonymous_rate": 0.5}
    async with open_platform(tmp_path, services, **limits) as platform:
        document, variables = CALLS[call]
        assert (await platform.post(document, **variables)).status_code == 200

        assert (await platform.post(ONE, input=response("another"))).status_code == 200
        assert (await platform.post(ONE, input=response())).status_code == 429


@pytest.mark.parametrize(
    "variables", [{}, {"input": None}, {"input": 1}, {"input": {"responses": 5}}]
)
async def test_nonsense_is_refused_as_before(platform: Platform, variables: dict[str, Any]) -> None:
    assert await platform.codes(MANY, **variables) == ["BAD_USER_INPUT"]


async def test_a_socket_has_the_same_brake(platform: Platform) -> None:
    platform.gateway.listeners.live.set()
    async with serving(platform.gateway, platform.settings) as url, socket(url) as client:
        await client.initialise()
        answers = []
        for number in range(3):
            await client.subscribe(str(number), MANY, input=responses(2))
            answers.append((await client.receive())["payload"])
            await client.receive()

    assert [answer["data"] is None for answer in answers] == [False, False, True]
    assert answers[2]["errors"][0]["extensions"]["retryAfter"] == 2


async def test_behind_a_proxy_each_client_has_its_own(platform: Platform) -> None:
    async def status(wire: Wire, address: str) -> int:
        headers = (f"x-forwarded-for: {address}",)
        return await wire.ask(wire.request(MANY, *headers, variables={"input": responses(3)}))

    async with open_wire(platform, trusted_proxies=1) as wire:
        assert await status(wire, "203.0.113.1") == 200
        assert await status(wire, "203.0.113.1") == 429
        assert await status(wire, "203.0.113.2") == 200
        assert await status(wire, "2001:db8:0:1::1") == 200
        assert await status(wire, "2001:db8:0:1::2") == 429  # the same /64
        assert await status(wire, "2001:db8:0:2::1") == 200


async def test_behind_a_proxy_sockets_too(platform: Platform) -> None:
    platform.gateway.listeners.live.set()
    settings = platform.settings.model_copy(update={"trusted_proxies": 1})
    taken = []
    async with serving(platform.gateway, settings) as url:
        for address in ("203.0.113.1", "203.0.113.1", "203.0.113.2"):
            async with socket(url, **{"X-Forwarded-For": address}) as client:
                await client.initialise()
                await client.subscribe("1", MANY, input=responses(3))
                taken.append((await client.receive())["payload"]["data"] is not None)

    assert taken == [True, False, True]


async def test_at_once_nobody_gets_more(platform: Platform) -> None:
    replies = await asyncio.gather(*(send(platform, 1) for _ in range(20)))

    assert sum(reply.status_code == 200 for reply in replies) == BURST


def test_a_bucket_holds_a_whole_call(platform: Platform) -> None:
    values = platform.settings.model_dump() | {"anonymous_items": 20, "anonymous_burst": 19}

    with pytest.raises(ValueError, match="anonymous_burst"):
        Settings(**values)
